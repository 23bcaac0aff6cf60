"""Google Merchant's product feed of picks (support.google.com/merchants/answer/7052112): RSS 2.0 with elements of g.

Each product is in it once, as it stands on the first list of the first creator. Its link is the product's page here,
for a feed's links lie on the site whose feed it is. The feed has no element for ties: the labels stand before the
description, as on the page, and in custom_label_0.
"""

from collections.abc import Iterable, Iterator

from storefront import digests
from storefront.exporters.picks import Exported
from storefront.exporters.xml import element

LONGEST_ID, LONGEST_LABEL, LONGEST_TITLE, LONGEST_DESCRIPTION = 50, 100, 150, 5000  # characters
HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
"""


def fits(pick: Exported) -> bool:
    """Whether the feed may have a pick: it is one of the site's products, with a price and a picture."""
    return bool(pick.product_id and pick.price and pick.image_link)


def feed(picks: Iterable[Exported], title: str, url: str) -> bytes:
    """The feed of all picks that fit."""
    first: dict[str | None, Exported] = {}
    for pick in filter(fits, picks):
        first.setdefault(pick.product_id, pick)
    head = f"{HEAD}{element('title', title)}\n{element('link', url)}\n{element('description', title)}\n"
    items = ("\n".join(["<item>", *filter(None, _item(pick)), "</item>", ""]) for pick in first.values())
    return "".join([head, *items, "</channel>\n</rss>\n"]).encode()


def _item(pick: Exported) -> Iterator[str]:
    labels = " · ".join(pick.disclosure)
    words = pick.note or pick.why or pick.description or pick.title
    yield element("g:id", _id(pick.product_id or ""))
    yield element("g:title", pick.title[:LONGEST_TITLE])
    yield element(
        "g:description", f"{labels}. {words}"[:LONGEST_DESCRIPTION] if labels else words[:LONGEST_DESCRIPTION]
    )
    yield element("g:link", pick.page)
    yield element("g:image_link", pick.image_link)
    yield element("g:availability", pick.availability)
    yield element("g:price", pick.was or pick.price)
    yield element("g:sale_price", pick.price if pick.was else None)
    yield element("g:product_type", pick.product_type)
    yield element("g:brand", pick.brand)
    yield element("g:gtin", pick.gtin)
    yield element("g:mpn", pick.mpn)
    yield element("g:identifier_exists", None if pick.gtin or pick.mpn else "no")
    yield element("g:custom_label_0", labels[:LONGEST_LABEL])


def _id(product: str) -> str:
    return product if len(product) <= LONGEST_ID else f"{product[:41]}-{digests.of_bytes(product.encode(), 4)}"
