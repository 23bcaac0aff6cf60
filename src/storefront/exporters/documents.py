"""Reviews as one JSON document, with all that is known of them."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from storefront.exporters.reviews import Exported

VERSION = 1


class Document(Struct, frozen=True, kw_only=True):
    """The document. `version` changes when a key changes its meaning."""

    version: int
    title: str
    url: str
    reviews: Sequence[Exported]


def document(reviews: Sequence[Exported], title: str, url: str) -> bytes:
    """The document, laid out for reading."""
    made = Document(version=VERSION, title=title, url=url, reviews=reviews)
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"
