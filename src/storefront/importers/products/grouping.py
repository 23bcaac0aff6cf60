"""Grouping: rows that are variants of one product become one, in the order of the feed."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from storefront.importers.products.cells import IN_STOCK
from storefront.importers.products.goods import Goods

# What the first row that tells it tells for all.
SHARED = ("brand", "description", "category", "google_product_category", "link", "handle", "asin")


def grouped(goods: Iterable[Goods]) -> list[Goods]:
    """One for each group, where its first row stands; goods without a group stay."""
    groups: dict[object, list[Goods]] = {}
    for index, each in enumerate(goods):
        groups.setdefault(each.group or index, []).append(each)
    return [_one(rows) if len(rows) > 1 else _alone(rows[0]) for rows in groups.values()]


def _alone(goods: Goods) -> Goods:
    return structs.replace(goods, variants=goods.variants if len(goods.variants) > 1 else ())


def _one(rows: Sequence[Goods]) -> Goods:
    first = rows[0]
    priced = next((row for row in rows if row.price), first)
    stocked = [row.availability for row in rows if row.availability]
    title = _common([row.title for row in rows]) or first.title
    variants = [titled(variant, row.title, title) for row in rows for variant in row.variants]
    return structs.replace(
        first,
        title=title,
        names=tuple(dict.fromkeys(name for row in rows for name in row.names)),
        **{key: next((text for row in rows if (text := getattr(row, key))), "") for key in SHARED},
        gtin="",
        mpn="",
        price=priced.price,
        sale_price=priced.sale_price,
        sale_price_effective_date=priced.sale_price_effective_date,
        availability=IN_STOCK if IN_STOCK in stocked else next(iter(stocked), ""),
        variants=tuple({each["title"]: each for each in variants if each.get("title")}.values()),
        pictures=any(row.pictures for row in rows),
    )


def _common(titles: Sequence[str]) -> str:
    """The words with which all titles begin."""
    words = []
    for each in zip(*(title.split() for title in titles), strict=False):
        if len(set(each)) > 1:
            break
        words.append(each[0])
    return " ".join(words).rstrip(" -–,/(")


def titled(variant: dict[str, str], title: str, of: str) -> dict[str, str]:
    """A variant with a name: its colour and size, or what its title says beyond the product's."""
    told = " / ".join(filter(None, (variant.get("color"), variant.get("size"))))
    rest = title.removeprefix(of).strip(" -–,/()")
    name = variant.get("title") or told or rest
    return {"title": name, **{key: text for key, text in variant.items() if key != "title"}} if name else {}
