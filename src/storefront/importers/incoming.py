"""What every format of reviews is read into: reviews with the names of their products, problems, a count of rows."""

from datetime import date

from msgspec import Struct

from storefront.problems import Place, Problem
from storefront.vocabulary.imported import ImportedReview

# What a name of a product is: a shop's handle, a GTIN, a part number and so on.
# LINK is an address that means the product alone, whatever it ends in, and NAME what only the user can explain.
HANDLE, ID, SKU, GTIN, MPN, ASIN, URL = "handle", "id", "sku", "gtin", "mpn", "asin", "url"
LINK, NAME = "link", "name"


class Options(Struct, frozen=True, kw_only=True):
    """What a file cannot say of itself: the day it is, and whether 03/05/2026 is a day in May (None: unknown)."""

    today: date
    day_first: bool | None = None


class Named(Struct, frozen=True, kw_only=True):
    """What tells of a product: `names` are what it goes by, the best first, `title` what it is called."""

    names: tuple[tuple[str, str], ...]
    title: str


class Incoming(Named, frozen=True, kw_only=True):
    """A review as read, with the names of its product.

    The review's own id is the source's, or "" where the format has none.
    """

    review: ImportedReview
    place: Place


class Parsed(Struct, frozen=True, kw_only=True):
    """A whole file: each of its `rows` is either among the reviews or has problems; `refused` counts the latter.

    `unread` names the columns that nothing was taken from.
    """

    reviews: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    rows: int
    refused: int
    publisher: str | None = None
    aggregator: str | None = None
    unread: tuple[str, ...] = ()
