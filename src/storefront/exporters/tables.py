"""Reviews as CSV (RFC 4180) for spreadsheets: no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from storefront.exporters.reviews import Exported

COLUMNS = tuple(name for name in Exported.__struct_fields__ if name not in {"updates", "responses"})
# With these a spreadsheet program begins a formula, or ends a cell (OWASP, CSV injection).
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
JOINT = "; "


def table(reviews: Iterable[Exported]) -> bytes:
    """A line of headings and one for each review; what was said later and answered has no columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(getattr(review, name)) for name in COLUMNS] for review in reviews)
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
            return _plain(JOINT.join(value))
    return _plain(str(value))


def _plain(text: str) -> str:
    """Text with an apostrophe before it where it would be a formula; spaces before that do not help it."""
    return f"'{text}" if text.startswith(ACTIVE) or text.lstrip().startswith(ACTIVE) else text
