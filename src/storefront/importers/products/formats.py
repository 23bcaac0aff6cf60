"""The formats that products can be read from, each loaded when it is asked for."""

from functools import partial
from typing import Protocol

from storefront.importers.products.goods import Options, Parsed
from storefront.links import Registry

GOOGLE_XML, SHOPIFY, SHOPIFY_JSON, WOOCOMMERCE, RAKUTEN = (
    "google-xml",
    "shopify",
    "shopify-json",
    "woocommerce",
    "rakuten",
)
TABLES = ("awin", "cj", "google", "impact")
FORMATS = tuple(sorted((*TABLES, GOOGLE_XML, SHOPIFY, SHOPIFY_JSON, WOOCOMMERCE, RAKUTEN)))


class Format(Protocol):
    """Reads the bytes of a file. Raises `ProblemsFound` when it is none of this format."""

    def __call__(self, data: bytes, file: str, options: Options, networks: Registry, /) -> Parsed: ...


def reader(name: str) -> Format:
    """The reader of a format of `FORMATS`."""
    from storefront.importers.products import columns, feeds

    match name:
        case "google-xml":
            from storefront.importers.products import google

            return google.read
        case "shopify" | "shopify-json":
            from storefront.importers.products import shopify

            return shopify.read if name == SHOPIFY else shopify.read_json
        case "woocommerce":
            from storefront.importers.products import woocommerce

            return woocommerce.read
        case "rakuten":
            read = partial(columns.read, feeds.RAKUTEN)
            return lambda data, *rest: read(feeds.with_headings(data), *rest)
    return partial(columns.read, getattr(feeds, name.upper()))
