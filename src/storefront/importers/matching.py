"""Which of the site's products a name means: only a name that belongs to one product, and never a title."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from storefront.importers.incoming import ASIN, GTIN, HANDLE, ID, LINK, MPN, SKU, URL, Named
from storefront.records import Entry
from storefront.vocabulary.product import Product

GTIN_DIGITS = 14  # the longest form; shorter ones are the same number with zeros before it


class Products:
    """Finds products by what shops call them; `own` are the names that the user has given, which count first."""

    def __init__(self, products: Mapping[str, Entry[Product]], own: Mapping[str, str]) -> None:
        self.own = {_folded(name): product for name, product in own.items()}
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for identity, entry in products.items():
            for name in _names(identity, entry.record):
                known[name].add(identity)
        self.known = {name: next(iter(found)) for name, found in known.items() if len(found) == 1}

    def find(self, incoming: Named) -> str | None:
        """The id of the product that is meant; None when the site has no such product, or two."""
        texts = [*(text for _, text in incoming.names), incoming.title]
        for text in texts:
            if text and (product := self.own.get(_folded(text))):
                return product
        return next((self.known[key] for name in incoming.names for key in keys_of(*name) if key in self.known), None)


def _names(identity: str, product: Product) -> Iterator[tuple[str, str]]:
    """All that a product may be called in a shop's file: its id counts as a handle and as a part number."""
    yield from ((HANDLE, identity), (MPN, identity))
    told: list[tuple[str, str | None]] = [(GTIN, product.gtin), (MPN, product.mpn), (ASIN, product.asin)]
    told += [name for each in product.variants for name in ((GTIN, each.gtin), (MPN, each.mpn))]
    told += [name for each in product.offers for name in ((ASIN, each.asin), (URL, each.link))]
    for kind, text in told:
        yield from keys_of(kind, text or "")


def keys_of(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """What a name is looked up as: an address as itself and as the handle it ends in."""
    text = text.strip()
    if not text:
        return
    if kind in (URL, LINK):
        host, path = _host_and_path(text)
        yield URL, _folded(f"{host}{path}")
        if kind == URL and (handle := path.rpartition("/")[2]):
            yield HANDLE, _folded(handle)
    elif kind == GTIN:
        yield GTIN, text.zfill(GTIN_DIGITS)
    elif kind == SKU:
        yield MPN, _folded(text)
    elif kind == ID:
        yield HANDLE, _folded(text)
    else:
        yield kind, _folded(text)


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _folded(text: str) -> str:
    return text.strip().casefold()
