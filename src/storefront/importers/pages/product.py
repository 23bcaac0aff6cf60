"""A product from a shop's page: JSON-LD, else microdata, else Open Graph, else the page's title and address."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from storefront.importers import values
from storefront.importers.incoming import ASIN, GTIN, LINK, MPN, NAME
from storefront.importers.pages.saved import Page, text_of
from storefront.importers.products import cells
from storefront.importers.products.goods import Goods
from storefront.importers.values import Unfit
from storefront.links import Registry, host_of
from storefront.links.addresses import asin_of
from storefront.problems import Place, Problem, ProblemsFound

GTINS = ("gtin13", "gtin", "gtin14", "gtin12", "gtin8", "isbn")
FRONT = frozenset({"home", "start", "startseite", "accueil", "inicio", "shop"})


def read(page: Page, networks: Registry, url: str = "") -> Goods:
    """The product of a page; `url` is its address where the user has given it. Raises `ProblemsFound`.

    A bar code or amount that is wrong on the page is left out; an address that cannot stand is a problem.
    """
    place = Place(page.file)
    thing: Mapping[str, Any] = next(page.things("Product", "ProductGroup"), {})
    offer = _offer(thing)
    title = values.line(text_of(thing.get("name")) or page.meta("og:title") or page.text("h1") or page.text("title"))
    link = _link(page.url or url or text_of(offer.get("url")), networks, place)
    if not title or not link:
        lacks = "its name" if link else "its address"
        hint = "Save the page whole in your browser, or say where it is: --url https://…"
        raise ProblemsFound([Problem("missing-key", f"the page does not tell {lacks}", place, hint)])
    gtin = next((text for key in GTINS if (text := _fit(cells.gtin, text_of(thing.get(key))))), "")
    mpn, sku = values.line(text_of(thing.get("mpn"))), values.line(text_of(thing.get("sku")))
    asin = asin_of(link) or ""
    told = ((GTIN, gtin), (MPN, mpn), (ASIN, asin), (LINK, link), (NAME, sku))
    quoted = networks.quotes(None, host_of(link))
    return Goods(
        names=tuple((kind, text) for kind, text in told if text),
        title=title,
        brand=values.line(text_of(thing.get("brand")) or page.meta("product:brand", "og:brand")),
        description=_fit(_words, text_of(thing.get("description")) or page.meta("og:description", "description")),
        category=_category(thing, page, title),
        gtin=gtin,
        mpn=mpn,
        asin=asin,
        link=link,
        price=_price(offer, page) if quoted else "",
        availability=_fit(
            cells.stock, text_of(offer.get("availability")) or page.meta("product:availability", "og:availability")
        ),
        pictures=bool(page.picture_names()),
        place=place,
    )


def _words(text: str) -> str:
    """A description; many shops escape the markup in it once more."""
    return cells.plain(html.unescape(text))


def shop_of(page: Page) -> str:
    """What the shop calls itself on a page; its host where it does not."""
    sold = next(page.things("Product", "ProductGroup"), {})
    seller = text_of(_offer(sold).get("seller"))
    return values.line(seller or page.meta("og:site_name")) or host_of(page.url).removeprefix("www.")


def _offer(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first offer; of a group of products, that of its first variant."""
    for holder in (thing, *_things(thing.get("hasVariant"))):
        for offer in _things(holder.get("offers")):
            inner = _things(offer.get("offers"))
            return offer if offer.get("price") or offer.get("lowPrice") or not inner else inner[0]
    return {}


def _things(value: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _price(offer: Mapping[str, Any], page: Page) -> str:
    """What it costs. From several prices none is chosen."""
    specified = next(iter(_things(offer.get("priceSpecification"))), {})
    low, high = text_of(offer.get("lowPrice")), text_of(offer.get("highPrice"))
    price = text_of(offer.get("price")) or text_of(specified.get("price")) or (low if low == high else "")
    currency = text_of(offer.get("priceCurrency")) or text_of(specified.get("priceCurrency"))
    if not price and not offer:
        price = page.meta("product:price:amount", "og:price:amount")
        currency = page.meta("product:price:currency", "og:price:currency")
    if not currency.isalpha():
        return ""
    return _fit(lambda text: cells.amount(_with_point(text), currency.upper()), price)


def _with_point(text: str) -> str:
    """A number of structured data, which has a point before its decimals and as many of these as it likes."""
    whole, point, decimals = text.partition(".")
    return f"{whole}.{decimals[:2]:0<2}" if point and decimals.isdigit() and whole.isdigit() else text


def _category(thing: Mapping[str, Any], page: Page, title: str) -> str:
    """The product's own category, else the way to it: what stands between the shop's front page and the product."""
    if found := cells.path(text_of(thing.get("category"))):
        return found
    crumbs = next(page.things("BreadcrumbList"), {})
    names = [values.line(text_of(each.get("name")) or text_of(each.get("item"))) for each in _in_order(crumbs)]
    kept = [name for name in names if name and name.casefold() not in FRONT and name != title and "://" not in name]
    return " > ".join(kept)


def _in_order(crumbs: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = _things(crumbs.get("itemListElement"))
    return iter(sorted(found, key=lambda each: text_of(each.get("position")).zfill(4)))


def _link(url: str, networks: Registry, place: Place) -> str:
    try:
        return cells.link(url, networks)
    except Unfit as unfit:
        raise ProblemsFound([Problem(unfit.code, unfit.message, place, unfit.hint)]) from None


def _fit(reading: Any, text: str) -> str:
    """A value of the page, or nothing where it does not fit: what a shop writes wrong is not the creator's mistake."""
    try:
        made: str = reading(text)
    except Unfit:
        return ""
    return made
