"""A table as CSV (RFC 4180): the columns' keys, plain figures, nothing for what is not known, and no formulas."""

import csv
import io

from storefront.escaping import cell
from storefront.report.cells import plain
from storefront.report.table import Table, Value


def written(table: Table) -> str:
    """The table without its total and notes, which are not of its columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.key for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def _cell(value: Value) -> str | int | None:
    return cell(value) if isinstance(value, str) else plain(value)
