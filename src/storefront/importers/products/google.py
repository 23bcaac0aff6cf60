"""Google Merchant's feed as XML: RSS 2.0 or Atom with elements of the namespace g (support.google.com/merchants)."""

from collections.abc import Callable
from typing import TypeVar

from storefront.importers import xml
from storefront.importers.products.feeds import GOOGLE
from storefront.importers.products.goods import Options, Parsed
from storefront.importers.products.making import Making
from storefront.importers.values import Unfit
from storefront.importers.xml import Element
from storefront.links import Registry
from storefront.problems import Place, Problem

Value = TypeVar("Value")
KINDS = ("item", "entry")  # of RSS and of Atom


def read(data: bytes, file: str, options: Options, networks: Registry) -> Parsed:
    """All products of a feed. Raises `ProblemsFound` when it is too large."""
    for kind in KINDS:
        reader = _Reader(options, networks)
        ended = xml.read(data, file, kind, reader.read)
        if reader.rows or ended:
            break
    if ended is None and not reader.rows:
        hint = "See that it is a product feed in XML, and that --from says so."
        ended = Problem("unreadable", "there is no product in this file", Place(file), hint)
    problems = (*reader.problems, *([ended] if ended else ()))
    refused = reader.rows - len(reader.goods) + bool(ended)
    return Parsed(goods=tuple(reader.goods), problems=problems, rows=reader.rows + bool(ended), refused=refused)


class _Reader(Making):
    """Reads element by element and keeps what is wrong."""

    def __init__(self, options: Options, networks: Registry) -> None:
        super().__init__(options, networks)
        self.rows = 0
        self.element = Element("", {}, Place(""), "", [])

    def read(self, element: Element, _root: Element) -> None:
        self.element, self.unfit = element, []
        self.rows += 1
        self.keep(element.place)
        self.problems += self.unfit

    def found(self, key: str) -> Element | None:
        """The element of a thing; Google's own counts before RSS's and Atom's."""
        names = [name for spelling in GOOGLE.headings.get(key, ()) for name in (f"g:{spelling}", spelling)]
        return next((each for name in names for each in self.element.all(name)), None)

    def cell(self, key: str) -> str:
        found = self.found(key)
        return (found.text or found.attributes.get("href", "")).strip() if found else ""

    def wrong(self, key: str, unfit: Unfit) -> None:
        place = (self.found(key) or self.element).place
        self.unfit.append(Problem(unfit.code, unfit.message, place, unfit.hint))

    def taken(self, key: str, reading: Callable[[str], Value]) -> Value | None:
        try:
            return reading(self.cell(key))
        except Unfit as unfit:
            self.wrong(key, unfit)
            return None
