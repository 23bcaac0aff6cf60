"""Tables: CSV (RFC 4180) with its delimiter found out, under limits, and a line and column for every cell.

A row that cannot be read is told and the next one is tried: after a quote that never closes, reading
starts again in the line below it.
"""

import csv
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from storefront.importers.texts import decode
from storefront.problems import Place, Problem, ProblemsFound

MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_BROKEN = 100  # after so many rows that cannot be read, the file is something else
MAX_CELL = csv.field_size_limit()
DELIMITERS = ",;\t|"
QUOTE = '"'
REASONS = (
    ("unexpected end", "a quote is opened in this row and not closed"),
    ("expected after", "a quote closes in the middle of a cell"),
    ("field larger", f"a cell is longer than {MAX_CELL:,} characters"),
)
HINT = "Put a cell that holds quotes in quotes, and write each quote inside it twice."


class Row(Struct, frozen=True):
    """The cells of a row, one for each heading, and the line it begins in."""

    cells: tuple[str, ...]
    line: int


class Table(Struct, frozen=True, kw_only=True):
    """A table; `broken` are the rows that could not be read, each with its problem."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Problem, ...]
    lines: tuple[str, ...]
    delimiter: str

    def place(self, row: Row, column: int | None) -> Place:
        """Where a cell of a row begins; where the row does, when no column is meant."""
        if column is None:
            return Place(self.file, row.line, 1)
        line, character = _cell_at(self.lines, row.line - 1, column, self.delimiter)
        return Place(self.file, line + 1, character + 1)


def read(data: bytes, file: str) -> Table:
    """The table in `data`. Raises `ProblemsFound` when it is no table at all.

    Lines in which nothing stands are no rows.
    """
    lines = tuple(decode(data, file).split("\n"))
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda each: _outside_quotes(first).count(each))
    found = list(islice(_records(lines, delimiter, file), MAX_ROWS + 2))
    if not found:
        hint = "The first line has the names of the columns."
        raise ProblemsFound([Problem("unreadable", "the file is empty", Place(file), hint)])
    head = found[0]
    if isinstance(head, Problem):
        raise ProblemsFound([head])
    if len(found) > MAX_ROWS + 1 or len(head.cells) > MAX_COLUMNS:
        message = f"the table has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
        raise ProblemsFound([Problem("unreadable", message, Place(file), "Divide it.")])
    headings = tuple(cell.strip() for cell in head.cells)
    rows: list[Row] = []
    broken: list[Problem] = []
    for each in found[1:]:
        fitted = each if isinstance(each, Problem) else _fitted(each, len(headings), file)
        if isinstance(fitted, Problem):
            broken.append(fitted)
        else:
            rows.append(fitted)
    return Table(file=file, headings=headings, rows=tuple(rows), broken=tuple(broken), lines=lines, delimiter=delimiter)


def _records(lines: tuple[str, ...], delimiter: str, file: str) -> Iterator[Row | Problem]:
    start = 0
    for _ in range(MAX_BROKEN):
        reader = csv.reader((f"{line}\n" for line in islice(lines, start, None)), delimiter=delimiter, strict=True)
        used = 0
        try:
            for cells in reader:
                line, used = start + used + 1, reader.line_num
                if any(cell.strip() for cell in cells):
                    yield Row(tuple(cells), line)
        except csv.Error as error:
            yield Problem("unreadable", _reason(str(error)), Place(file, start + used + 1, 1), HINT)
            start += used + 1
        else:
            return
    hint = "See that it is a table with a delimiter of comma, semicolon, tab or bar."
    yield Problem("unreadable", "the file is not read further: too many rows are broken", Place(file, start + 1), hint)


def _reason(error: str) -> str:
    return next((reason for mark, reason in REASONS if mark in error), "this row cannot be read")


def _fitted(row: Row, width: int, file: str) -> Row | Problem:
    """A row as wide as the headings: spreadsheets leave out empty cells at the end; anything more has slipped."""
    if any(cell.strip() for cell in row.cells[width:]):
        message = f"this row has {len(row.cells)} cells, and there are {width} columns"
        hint = "Put cells that hold the delimiter in quotes."
        return Problem("unreadable", message, Place(file, row.line, 1), hint)
    return Row((*row.cells[:width], *[""] * (width - len(row.cells))), row.line)


def _outside_quotes(line: str) -> str:
    return "".join(line.split(QUOTE)[::2])


def _cell_at(lines: tuple[str, ...], line: int, column: int, delimiter: str) -> tuple[int, int]:
    """Line and character, from 0, at which a cell begins, as the reader of the row has seen it."""
    character, quoted, begins = 0, False, True
    while column and line < len(lines):
        if character >= len(lines[line]):
            line, character = line + 1, 0
            continue
        here = lines[line][character]
        if here == QUOTE and (quoted or begins):
            quoted = not quoted
        elif here == delimiter and not quoted:
            column -= 1
        begins = here == delimiter and not quoted
        character += 1
    return line, character
