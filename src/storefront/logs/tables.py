"""Tables: exports of counters, laid out anew for DuckDB with a line for each row, and without columns nobody asks for.

A cell in quotes may hold line breaks. One whose quotes are never closed would take all that follows for itself, and
spoils its own line only.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import structs

from storefront.logs import packing
from storefront.logs.sniffing import Sniffed
from storefront.logs.sources import LONGEST, NOTHING

DIVIDER = "\x1f"
SPAN = 20  # lines of a row; where its quotes are open for longer, they were never closed
FLAT = str.maketrans(dict.fromkeys(f"\r\n{DIVIDER}{NOTHING}", " "))


def lay_out(file: Path, sniffed: Sniffed, into: Path) -> tuple[Sniffed, bool]:
    """Write the rows of an export to another file: what that is, and whether the export could be unpacked to its end.

    What is no row becomes one without values.
    """
    asked = {heading for found in sniffed.format.fields.values() for heading in found} | set(sniffed.format.shows)
    columns = [at for at, name in enumerate(sniffed.columns) if name in asked]
    whole = True
    with into.open("w", encoding="utf-8", newline="\n") as out:
        rows = _rows(_lines(packing.unpacked(file, sniffed.compression), sniffed.encoding), sniffed)
        try:
            next(rows, None)  # the headings
            for row in rows:
                out.write(_written(row, columns))
        except packing.Torn:
            whole = False
    laid = structs.replace(sniffed, compression="none", encoding="utf-8", delimiter=DIVIDER)
    return structs.replace(laid, columns=tuple(sniffed.columns[at] for at in columns)), whole


def _written(row: Sequence[str] | None, columns: Iterable[int]) -> str:
    return (NOTHING if row is None else DIVIDER.join(row[at].translate(FLAT) for at in columns)) + "\n"


def _lines(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Lines with their ends. One that is too long is none of any table."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + decoder.decode(piece)).split("\n")
        yield from (f"{line if len(line) <= LONGEST else NOTHING}\n" for line in whole)
        rest = rest[: LONGEST + 1]
    if rest:
        yield rest


def _rows(lines: Iterator[str], sniffed: Sniffed) -> Iterator[list[str] | None]:
    """The rows with the headings; None for what is none. Empty lines are nothing at all."""
    ahead: deque[str] = deque()

    def following() -> Iterator[str]:
        for at in range(SPAN):
            if at == len(ahead):
                line = next(lines, None)
                if line is None:
                    return
                ahead.append(line)
            yield ahead[at]

    while True:
        reader = csv.reader(following(), delimiter=sniffed.delimiter, strict=True)
        try:
            row, used = next(reader, None), reader.line_num
        except csv.Error:
            row, used = [""], 1
        if row is None:
            return
        for _ in range(used):
            ahead.popleft()
        if row:
            yield row if len(row) == len(sniffed.columns) else None
