"""Making goods: from the named values of a row or an element, whatever format they stand in."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from storefront.importers import values
from storefront.importers.incoming import GTIN, LINK, MPN, NAME
from storefront.importers.products import cells
from storefront.importers.products.goods import Goods, Options
from storefront.importers.values import Unfit
from storefront.links import Registry
from storefront.problems import Place, Problem

Value = TypeVar("Value")
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
WINDOW = 2  # days that a sale has: the first and the last


class Making(ABC):
    """Makes goods of what `cell` gives, and keeps them and what is wrong."""

    unfit: list[Problem]

    def __init__(self, options: Options, networks: Registry) -> None:
        self.options, self.networks = options, networks
        self.goods: list[Goods] = []
        self.problems: list[Problem] = []

    @abstractmethod
    def cell(self, key: str) -> str:
        """What is told of a thing; nothing where nothing is."""

    @abstractmethod
    def wrong(self, key: str, unfit: Unfit) -> None:
        """Keep what is wrong with it, in `unfit`."""

    @abstractmethod
    def taken(self, key: str, reading: Callable[[str], Value]) -> Value | None:
        """Its value; what is wrong with it is kept."""

    def keep(self, place: Place) -> None:
        """Keep the goods that stand at a place, unless something is wrong with them."""
        made = self.made(place)
        if not made.title:
            self.wrong("title", Unfit("missing-key", "the product has no name", "Fill it in."))
        if not self.unfit:
            self.goods.append(made)

    def text(self, key: str) -> str:
        """Words in one line."""
        return values.line(self.taken(key, cells.plain) or "")

    def money(self, key: str) -> str:
        """An amount with its currency."""
        currency = self.text("currency").upper() or self.options.currency
        return self.taken(key, lambda text: cells.amount(text, currency)) or ""

    def made(self, place: Place) -> Goods:
        """The goods; what is wrong with them is in `unfit`."""
        linked = "link" if self.cell("link").strip() or not self.cell("deeplink").strip() else "deeplink"
        link = self.taken(linked, cells.linker(self.networks)) or ""
        gtin, mpn = self.taken("gtin", cells.gtin) or "", self.text("mpn")
        price, sale = self.money("price"), self.money("sale_price")
        told = ((GTIN, gtin), (MPN, mpn), (LINK, link), (NAME, self.text("id")), (NAME, self.text("sku")))
        variant = {"color": self.text("color"), "size": self.text("size"), "gtin": gtin, "mpn": mpn}
        return Goods(
            names=tuple((kind, text) for kind, text in told if text),
            title=self.text("title"),
            brand=self.text("brand"),
            description=self.taken("description", cells.plain) or "",
            category=cells.path(self.cell("category")) or cells.path(self.cell("google_product_category")),
            google_product_category=self.text("google_product_category"),
            gtin=gtin,
            mpn=mpn,
            link=link,
            price=price or sale,
            sale_price=sale if price and sale != price else "",
            sale_price_effective_date=self.taken("sale_days", _days) or "",
            availability=self.taken("availability", cells.stock) or "",
            as_of=found[0] if (found := _DAY.match(self.cell("updated").strip())) else "",
            group=self.text("group"),
            variants=({key: text for key, text in variant.items() if text},),
            pictures=bool(self.cell("image").strip()),
            place=place,
        )


def _days(text: str) -> str:
    """The first and last day of a sale, as Google's feed has them: two moments of ISO 8601 and a slash."""
    days = [each.strip()[:10] for each in text.split("/")]
    return "/".join(days) if text.strip() and len(days) == WINDOW else ""
