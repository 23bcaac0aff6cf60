"""A report as lines of text: tables with their figures under each other, as wide as they are."""

from collections.abc import Iterator, Sequence

from storefront.report.cells import right, shown
from storefront.report.table import Report, Table, Value

GAP = "  "


def lines(report: Report) -> Iterator[str]:
    """The whole report."""
    yield report.title
    yield "=" * len(report.title)
    for label, value in report.facts:
        yield f"{label}: {value}"
    for table in report.tables:
        yield ""
        yield from of_table(table.for_people())
    if report.notes:
        yield ""
        yield from (f"* {note}" for note in report.notes)


def of_table(table: Table) -> Iterator[str]:
    """One table, with its notes below."""
    yield table.title
    yield "-" * len(table.title)
    if not table.rows:
        yield "Nothing to show."
    else:
        heads = [f"{each.title} ({each.currency})" if each.currency else each.title for each in table.columns]
        rows = [_cells(table, row) for row in table.rows]
        total = _cells(table, table.total) if table.total else None
        widths = [max(map(len, column)) for column in zip(heads, *rows, *([total] if total else []), strict=True)]
        yield _line(table, heads, widths)
        yield _line(table, ["-" * width for width in widths], widths)
        yield from (_line(table, row, widths) for row in rows)
        if total:
            yield _line(table, ["-" * width for width in widths], widths)
            yield _line(table, total, widths)
    yield from (f"* {note}" for note in table.notes)


def _cells(table: Table, row: Sequence[Value]) -> list[str]:
    return [shown(column, value) for column, value in zip(table.columns, row, strict=True)]


def _line(table: Table, cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = (
        cell.rjust(width) if right(column) else cell.ljust(width)
        for column, cell, width in zip(table.columns, cells, widths, strict=True)
    )
    return GAP.join(fitted).rstrip()
