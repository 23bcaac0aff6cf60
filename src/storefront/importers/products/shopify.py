"""Shopify's product CSV in both dialects, and products.json (help.shopify.com/en/manual/products/import-export).

The rows of a product follow each other: the first has its words, the others more variants and pictures. The file
says neither the shop's currency nor its address. What is not published or not active is left out.
A price that was higher before is the shop's claim, without days: it is not taken over.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from storefront.importers import tables, values
from storefront.importers.cells import Cells
from storefront.importers.incoming import GTIN, LINK, NAME
from storefront.importers.products import cells
from storefront.importers.products.goods import Goods, Options, Parsed
from storefront.importers.products.grouping import titled
from storefront.importers.tables import Row, Table
from storefront.importers.texts import decode
from storefront.importers.values import Unfit
from storefront.links import Registry
from storefront.problems import Place, Problem, ProblemsFound

PLATFORM = "Shopify"
DEFAULT = "Default Title"  # what Shopify calls the only variant of a product
HEADINGS: Mapping[str, Sequence[str]] = {
    "handle": ("Handle", "URL handle"),
    "title": ("Title",),
    "description": ("Body (HTML)", "Description"),
    "brand": ("Vendor",),
    "category": ("Product Category",),
    "type": ("Type",),
    "published": ("Published", "Published on online store"),
    "status": ("Status",),
    "name1": ("Option1 Name",),
    "name2": ("Option2 Name",),
    "name3": ("Option3 Name",),
    "value1": ("Option1 Value",),
    "value2": ("Option2 Value",),
    "value3": ("Option3 Value",),
    "sku": ("Variant SKU", "SKU"),
    "price": ("Variant Price", "Price"),
    "gtin": ("Variant Barcode", "Barcode"),
    "stock": ("Variant Inventory Qty", "Inventory quantity"),
    "tracker": ("Variant Inventory Tracker", "Inventory tracker"),
    "policy": ("Variant Inventory Policy", "Continue selling when out of stock"),
    "image": ("Image Src", "Product image URL"),
    "mpn": ("Google Shopping / MPN", "Google Shopping / Manufacturer part number (MPN)"),
}
_COUNT = re.compile(r"-?[0-9]{1,9}")
GOES_ON = frozenset({"continue", "true"})  # sells what it has not
HIDDEN = frozenset({"draft", "archived", "unlisted"})


def read(data: bytes, file: str, options: Options, networks: Registry) -> Parsed:
    """All published products of a CSV file. Raises `ProblemsFound` when it is none of Shopify's."""
    del networks  # a product's address is made from the shop's own
    table = tables.read(data, file)
    reader = _Reader(table, options)
    handle = reader.at["handle"]
    for _, rows in groupby(table.rows, key=lambda row: row.cells[handle]):
        reader.read(list(rows))
    count = reader.products + len(table.broken)
    return Parsed(
        goods=tuple(reader.goods),
        problems=(*table.broken, *reader.problems),
        rows=count,
        refused=reader.refused + len(table.broken),
        unread=reader.unread(),
    )


class _Reader(Cells):
    """Reads product by product and keeps what is wrong."""

    def __init__(self, table: Table, options: Options) -> None:
        super().__init__(table, PLATFORM, HEADINGS, ("handle", "title", "price"), ())
        self.options = options
        self.products = self.refused = 0
        self.goods: list[Goods] = []
        self.problems: list[Problem] = []

    def read(self, rows: Sequence[Row]) -> None:
        self.take(rows[0])
        self.products += 1
        if self.cell("status").strip().casefold() in HIDDEN or self.cell("published").strip().casefold() == "false":
            return
        made = self.made(rows)
        if not made.title:
            self.wrong("title", Unfit("missing-key", "the product has no name", "Fill it in."))
        if self.unfit:
            self.refused += 1
        else:
            self.goods.append(made)
        self.problems += self.unfit

    def made(self, rows: Sequence[Row]) -> Goods:
        handle = self.cell("handle").strip()
        price = self.taken("price", lambda text: cells.amount(text, self.options.currency)) or ""
        told = {key: values.line(self.taken(key, cells.plain) or "") for key in ("title", "brand", "category", "type")}
        description = self.taken("description", cells.plain) or ""
        mpn, place = self.cell("mpn").strip(), self.table.place(self.row, None)
        named = [self.cell(f"name{number}").strip() for number in (1, 2, 3)]
        pictures = any(self.picture(row) for row in rows)
        variants = list(self.variants(rows, named))
        several = [each for each, _, _ in variants if each.get("title") and each["title"] != DEFAULT]
        barcodes = [each.get("gtin", "") for each, _, _ in variants]
        return _goods(
            self.options,
            handle=handle,
            names=[(GTIN, each) for each in barcodes] + [(NAME, sku) for _, sku, _ in variants],
            title=told["title"],
            brand=told["brand"],
            description=description,
            category=cells.path(told["category"]) or cells.path(told["type"]),
            gtin="" if len(several) > 1 else next(iter(barcodes), ""),
            mpn="" if len(several) > 1 else mpn,
            price=price,
            availability=_any(stock for _, _, stock in variants),
            variants=tuple(several) if len(several) > 1 else (),
            pictures=pictures,
            place=place,
        )

    def picture(self, row: Row) -> bool:
        column = self.at.get("image")
        return column is not None and bool(row.cells[column].strip())

    def variants(self, rows: Sequence[Row], named: Sequence[str]) -> Iterator[tuple[dict[str, str], str, str]]:
        """Each variant, its SKU and whether it can be had; rows without a price are pictures."""
        for row in rows:
            self.row = row
            if not self.cell("price").strip():
                continue
            options = [self.cell(f"value{number}").strip() for number in (1, 2, 3)]
            made = _variant(named, options) | {"gtin": self.taken("gtin", cells.gtin) or ""}
            yield {key: text for key, text in made.items() if text}, self.cell("sku").strip(), self.stock()

    def stock(self) -> str:
        """What the shop counts decides; what it does not count can be had."""
        count = self.cell("stock").strip()
        counted = self.cell("tracker").strip() and self.cell("policy").strip().casefold() not in GOES_ON
        return cells.OUT_OF_STOCK if counted and _COUNT.fullmatch(count) and int(count) <= 0 else cells.IN_STOCK


def read_json(data: bytes, file: str, options: Options, networks: Registry) -> Parsed:
    """All products of a shop's products.json. Raises `ProblemsFound` when it is none."""
    del networks
    try:
        found = json.loads(decode(data, file))
        products = [each for each in found["products"] if isinstance(each, dict)]
    except json.JSONDecodeError as error:
        hint = "Save the file again, whole."
        raise ProblemsFound(
            [Problem("unreadable", f"this is no JSON: {error.msg}", Place(file, error.lineno, error.colno), hint)]
        ) from None
    except (KeyError, TypeError, RecursionError):
        hint = "See that it is a shop's /products.json, and that --from says so."
        raise ProblemsFound([Problem("unreadable", "there are no products in this file", Place(file), hint)]) from None
    goods, problems = [], []
    for index, product in enumerate(products):
        try:
            goods.append(_of_json(product, options, Place(file)))
        except Unfit as unfit:
            message = f"product {index + 1}: {unfit.message}"
            problems.append(Problem(unfit.code, message, Place(file), unfit.hint))
    return Parsed(goods=tuple(goods), problems=tuple(problems), rows=len(products), refused=len(problems))


def _of_json(product: Mapping[str, Any], options: Options, place: Place) -> Goods:
    title = values.line(cells.plain(_text(product, "title")))
    if not title or not _text(product, "handle"):
        raise Unfit("missing-key", "the product has no name or handle", "Save the file again, whole.")
    listed = [each for each in product.get("variants") or () if isinstance(each, dict)]
    named = [str(each.get("name", "")) for each in product.get("options") or () if isinstance(each, dict)]
    variants = [
        {key: text for key, text in made.items() if text}
        for each in listed
        if (made := _variant(named, [_text(each, f"option{number}") for number in (1, 2, 3)])
            | {"gtin": cells.gtin(_text(each, "barcode"))})
    ]  # fmt: skip
    several = [each for each in variants if each.get("title") and each["title"] != DEFAULT]
    price = _text(listed[0], "price") if listed else ""
    stock = [cells.stock(str(each["available"])) for each in listed if "available" in each]
    return _goods(
        options,
        handle=_text(product, "handle"),
        names=[(GTIN, each.get("gtin", "")) for each in variants] + [(NAME, _text(each, "sku")) for each in listed],
        title=title,
        brand=values.line(_text(product, "vendor")),
        description=cells.plain(_text(product, "body_html")),
        category=cells.path(_text(product, "product_type")),
        gtin=variants[0].get("gtin", "") if len(several) <= 1 and variants else "",
        price=cells.amount(price, options.currency),
        availability=_any(stock),
        variants=tuple(several) if len(several) > 1 else (),
        pictures=bool(product.get("images")),
        place=place,
    )


def _goods(options: Options, *, handle: str, names: Sequence[tuple[str, str]], **told: Any) -> Goods:
    link = f"{options.url.rstrip('/')}/products/{handle}" if options.url else ""
    all_names = [*names, (LINK, link), (NAME, handle)]
    return Goods(names=tuple(dict.fromkeys(each for each in all_names if each[1])), handle=handle, link=link, **told)


def _variant(named: Sequence[str], options: Sequence[str]) -> dict[str, str]:
    by_name = dict(zip((name.casefold() for name in named), options, strict=False))
    made = {"color": by_name.get("color") or by_name.get("colour") or "", "size": by_name.get("size", "")}
    return titled({"title": " / ".join(filter(None, options)), **made}, "", "")


def _any(stock: Any) -> str:
    found = list(stock)
    return cells.IN_STOCK if cells.IN_STOCK in found else next(iter(found), "")


def _text(values_: Mapping[str, Any], key: str) -> str:
    value = values_.get(key)
    return "" if value is None else str(value).strip()
