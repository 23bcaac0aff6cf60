"""Stocking: goods to the files of products and brands. What stands in a file stays; a feed adds what is missing.

Prices and stock are the shop's and are renewed. Everything is pure: texts go in, texts come out.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from storefront import digests, editing
from storefront.content import CONTENT
from storefront.editing import Document, Entry, Scalar
from storefront.editing import Mapping as Keys
from storefront.editing import Sequence as Listed
from storefront.editing.order import keys_of
from storefront.importers.products.goods import AVAILABILITY, PRICE, Goods
from storefront.problems import Problem, shown
from storefront.slugs import slug
from storefront.vocabulary import rules
from storefront.vocabulary.product import Offer, Product
from storefront.vocabulary.validate import convert

BY_HAND = "manual"  # the source that an offer has which names none
DEFAULT_STOCK = "in_stock"  # what an offer that says nothing means


class Outcome(StrEnum):
    """What became of a product of a feed."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "unchanged"
    ELSEWHERE = "not here"
    REFUSED = "refused"


class Shelf(Struct, frozen=True, kw_only=True):
    """What a feed cannot say: the shop, the day, and what to take where nothing is told; `only` limits to some keys."""

    merchant: str
    as_of: str
    brand: str = ""
    category: str = ""
    only: Collection[str] = ()
    source: str = "feed"


def values_of(goods: Goods, brand: str, shelf: Shelf) -> dict[str, Any]:
    """A product as content holds it, without its offer."""
    told = {
        "title": goods.title,
        "brand": brand,
        "description": goods.description,
        "category": goods.category or shelf.category,
        "google_product_category": goods.google_product_category,
        "gtin": goods.gtin,
        "mpn": goods.mpn,
        "asin": goods.asin,
        "variants": list(goods.variants),
    }
    return {key: value for key, value in told.items() if value}


def offer_of(goods: Goods, shelf: Shelf) -> dict[str, str]:
    """The shop's offer. A price has its day; without a price only stock has one."""
    told = {
        "merchant": shelf.merchant,
        "link": goods.link,
        "price": goods.price,
        "sale_price": goods.sale_price,
        "sale_price_effective_date": goods.sale_price_effective_date if goods.sale_price else "",
        "availability": goods.availability if goods.availability != DEFAULT_STOCK else "",
        "as_of": _day(goods, shelf) if goods.price or goods.availability else "",
        "source": shelf.source if goods.price or goods.availability else "",
    }
    return {key: text for key, text in told.items() if text and (key, text) != ("source", BY_HAND)}


def new_file(goods: Goods, brand: str, shelf: Shelf) -> str | list[Problem]:
    """The text of a product's file, or what it lacks."""
    data = values_of(goods, brand, shelf)
    if goods.link or goods.asin:
        data["offers"] = [offer_of(goods, shelf)]
    wrong = _wrong(data, goods)
    if wrong:
        return wrong
    document = Document([], Keys())
    for key in keys_of(Product):
        if key in data:
            editing.put(document.root, key, data[key])
    return editing.written(document)


def _wrong(data: dict[str, Any], goods: Goods) -> list[Problem]:
    made = convert(dict(data), Product)
    mistakes = made if isinstance(made, list) else list(rules.of_product(made))
    hints = {
        "category": "Add --category 'Kitchen > Kettles', for whatever has none.",
        "brand": "Add --brand 'Hearth & Lane', for whatever has none.",
    }
    lacks = next((hints[key] for key in hints if key not in data), "")
    return [
        Problem(
            each.code,
            f"{shown(goods.title)}: {each.message}",
            goods.place,
            (lacks if not each.path else each.hint) or "Correct it in the file, and import that again.",
        )
        for each in mistakes
    ]


def stocked(document: Document, known: Product, goods: Goods, brand: str, shelf: Shelf) -> None:
    """Renew what a product's file says of the shop's offer, and add what it does not say."""
    root = document.root
    if not shelf.only:
        for key, value in values_of(goods, brand, shelf).items():
            if editing.find(root, key) is None and not (key in ("gtin", "mpn") and known.variants):
                editing.put(root, key, value, keys_of(Product))
    offers = editing.find(root, "offers")
    found = _offer(offers, shelf.merchant)
    if found:
        _renew(found, goods, shelf)
    elif not shelf.only and (goods.link or goods.asin or known.asin):
        if offers is None:
            editing.put(root, "offers", [offer_of(goods, shelf)], keys_of(Product))
        elif isinstance(offers.node, Listed):
            editing.append(offers.node, offer_of(goods, shelf))


def _offer(offers: Entry | None, merchant: str) -> Keys | None:
    listed = offers.node.entries if offers and isinstance(offers.node, Listed) else []
    for each in listed:
        named = editing.find(each.node, "merchant")
        if isinstance(each.node, Keys) and named and isinstance(named.node, Scalar) and named.node.value == merchant:
            return each.node
    return None


def _renew(offer: Keys, goods: Goods, shelf: Shelf) -> None:
    """Price, stock and their day. What the feed does not tell stays; a sale that is over goes.

    A row that is older than what stands here changes nothing.
    """
    seen = editing.find(offer, "as_of")
    if seen and isinstance(seen.node, Scalar) and _day(goods, shelf) < (seen.node.value or "")[:10]:
        return
    told = offer_of(goods, shelf) | ({"availability": goods.availability} if goods.availability else {})
    wanted = [
        *(PRICE if _takes(shelf, "price") and goods.price else ()),
        *(AVAILABILITY if _takes(shelf, "availability") else ()),
    ]
    if not shelf.only:
        wanted.append("link")
    order = keys_of(Offer)
    for key in wanted:
        there = editing.find(offer, key)
        if (
            key in told
            and not (key == "link" and there)
            and not (key == "availability" and not there and told[key] == DEFAULT_STOCK)
        ):
            editing.put(offer, key, told[key], order)
        elif key in ("sale_price", "sale_price_effective_date") and there:
            editing.drop(offer, key)
    if (goods.price and _takes(shelf, "price")) or goods.availability:
        editing.put(offer, "as_of", _day(goods, shelf), order)
        if shelf.source != BY_HAND or editing.find(offer, "source"):
            editing.put(offer, "source", shelf.source, order)


def _day(goods: Goods, shelf: Shelf) -> str:
    """The day that price and stock are of: the row's own, and never one to come."""
    return min(goods.as_of, shelf.as_of) if goods.as_of else shelf.as_of


def _takes(shelf: Shelf, key: str) -> bool:
    return not shelf.only or key in shelf.only


def new_id(goods: Goods, taken: Collection[str]) -> str:
    """The id of a new product: from its handle or title, with a digest of its names behind it when that is taken."""
    named = slug(goods.handle or goods.title)[: rules.MAX_SLUG].strip("-")
    if named and named not in taken:
        return named
    of = digests.of_value(goods.names or goods.title, 4)
    return f"{named[: rules.MAX_SLUG - len(of) - 1].strip('-') or 'product'}-{of}"


def file_of(folder: str, name: str) -> str:
    """Where the file of a product or brand lies."""
    return f"{CONTENT}/{folder}/{name}.yaml"


def brand_of(name: str, brands: Mapping[str, str]) -> tuple[str, bool]:
    """The id of a brand by its name among `brands` (names by id), and whether it is new."""
    same = (identity for identity, known in brands.items() if known.casefold() == name.casefold())
    made = slug(name)[: rules.MAX_SLUG].strip("-")
    found = next(same, made if made in brands else None)
    return (found, False) if found else (made, bool(made))


def names_told(goods: Goods) -> Iterator[str]:
    """Everything that goods go by in a feed."""
    yield from (text for kind, text in goods.names)
    yield goods.title
