"""What every format of products is read into: goods with the names they go by there, problems, and a count of rows."""

from msgspec import Struct

from storefront.importers.incoming import Named
from storefront.problems import Place, Problem

PRICE = ("price", "sale_price", "sale_price_effective_date")
AVAILABILITY = ("availability",)


class Goods(Named, frozen=True, kw_only=True):
    """A product as a feed tells of it. Texts are in content's forms, and "" where nothing is told.

    `group` is what variants of one product have in common; `variants` are those of this row or group, each with the
    keys of a variant. `as_of` is the day on which the feed says that its row was true. `pictures` says whether the
    shop has any: they are not copied.
    """

    brand: str = ""
    description: str = ""
    category: str = ""
    google_product_category: str = ""
    gtin: str = ""
    mpn: str = ""
    asin: str = ""
    link: str = ""
    price: str = ""
    sale_price: str = ""
    sale_price_effective_date: str = ""
    availability: str = ""
    as_of: str = ""
    handle: str = ""
    group: str = ""
    variants: tuple[dict[str, str], ...] = ()
    pictures: bool = False
    place: Place


class Parsed(Struct, frozen=True, kw_only=True):
    """A whole file: each of its `rows` is either in the goods or has problems; `refused` counts the latter.

    `unread` names the columns that nothing was taken from.
    """

    goods: tuple[Goods, ...]
    problems: tuple[Problem, ...]
    rows: int
    refused: int
    unread: tuple[str, ...] = ()


class Options(Struct, frozen=True, kw_only=True):
    """What a file cannot say of itself: the shop's currency, and the shop's front page."""

    currency: str = ""
    url: str = ""
