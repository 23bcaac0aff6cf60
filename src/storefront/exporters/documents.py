"""Reviews or picks as one JSON document, with all that is known of them."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from storefront.exporters.picks import Exported as Pick
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
    return _written(Document(version=VERSION, title=title, url=url, reviews=reviews))


class Picks(Struct, frozen=True, kw_only=True):
    """The document of picks."""

    version: int
    title: str
    url: str
    picks: Sequence[Pick]


def of_picks(picks: Sequence[Pick], title: str, url: str) -> bytes:
    """The document of picks, laid out for reading."""
    return _written(Picks(version=VERSION, title=title, url=url, picks=picks))


def _written(made: Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"
