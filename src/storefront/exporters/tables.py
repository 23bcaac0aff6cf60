"""Reviews and picks as CSV (RFC 4180) for spreadsheets: no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from storefront.escaping import cell
from storefront.exporters.media import PictureTerms
from storefront.exporters.picks import Exported as Pick
from storefront.exporters.reviews import Exported as Review

# What was said later of a review and answered to it has no columns.
COLUMNS = {
    Review: tuple(name for name in Review.__struct_fields__ if name not in {"updates", "responses"}),
    Pick: Pick.__struct_fields__,
    PictureTerms: PictureTerms.__struct_fields__,
}
JOINT = "; "


def table(rows: Iterable[Struct], kind: type[Struct] = Review) -> bytes:
    """A line of headings and one for each review, or each thing of another kind."""
    columns = COLUMNS[kind]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(getattr(row, name)) for name in columns] for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case tuple():
            return cell(JOINT.join(value))
    return cell(str(value))
