"""WooCommerce's product CSV: variations stand in rows of their own and name their parent, by id:44 or by its SKU."""

from msgspec import structs

from storefront.importers import tables
from storefront.importers.cells import Cells
from storefront.importers.incoming import NAME
from storefront.importers.products import columns
from storefront.importers.products.feeds import WOOCOMMERCE
from storefront.importers.products.goods import Goods, Options, Parsed
from storefront.links import Registry


def read(data: bytes, file: str, options: Options, networks: Registry) -> Parsed:
    """All products of a file, variations under their parents. Raises `ProblemsFound` when it is none of WooCommerce's.

    The file does not say where a product stands in the shop, unless it is another shop's.
    """
    parsed = columns.read(WOOCOMMERCE, data, file, options, networks)
    table = tables.read(data, file)
    parents = Cells(table, WOOCOMMERCE.platform, {"parent": ("Parent",)}, (), ())
    by_line = {}
    for row in table.rows:
        parents.take(row)
        by_line[row.line] = parents.cell("parent").strip().removeprefix("id:")
    called = {text: _id(each) for each in parsed.goods for kind, text in each.names if kind == NAME}
    goods = [_grouped(each, by_line.get(each.place.line, ""), called) for each in parsed.goods]
    unread = tuple(each for each in parsed.unread if each != "Parent")
    return structs.replace(parsed, goods=tuple(goods), unread=unread)


def _grouped(goods: Goods, parent: str, called: dict[str, str]) -> Goods:
    category = goods.category.partition(", ")[0]  # of several, the first
    return structs.replace(goods, group=called.get(parent, parent) or _id(goods), category=category)


def _id(goods: Goods) -> str:
    return next((text for kind, text in goods.names if kind == NAME), goods.title)
