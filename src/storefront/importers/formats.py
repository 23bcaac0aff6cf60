"""The formats that reviews can be read from, each loaded when it is asked for."""

from functools import partial
from importlib import import_module
from typing import Protocol

from storefront.importers.incoming import Options, Parsed

TABLES = ("judgeme", "loox", "okendo", "powerreviews", "shopify", "yotpo")
GOOGLE = "google-xml"
BAZAARVOICE = "bazaarvoice"
FORMATS = (*TABLES, BAZAARVOICE, GOOGLE)


class Format(Protocol):
    """Reads the bytes of a file. Raises `ProblemsFound` when it is none of this format."""

    def __call__(self, data: bytes, file: str, options: Options, /) -> Parsed: ...


def reader(name: str) -> Format:
    """The reader of a format of `FORMATS`."""
    if name == GOOGLE:
        from storefront.importers import google

        return google.read
    if name == BAZAARVOICE:
        from storefront.importers import bazaarvoice

        return bazaarvoice.read
    from storefront.importers import columns

    return partial(columns.read, import_module(f"storefront.importers.{name}").COLUMNS)
