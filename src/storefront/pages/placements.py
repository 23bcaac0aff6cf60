"""Placements: what each sub-id in a network's report stands for."""

import csv
import io
from collections.abc import Iterable, Iterator

from msgspec import Struct

from storefront.catalog.facts import OfferFact, Pick
from storefront.catalog.whole import Catalog
from storefront.escaping import cell
from storefront.pages import routes


class Placement(Struct, frozen=True, kw_only=True):
    """Where a link with a sub-id stands: whose it is, on which page, in which list or post, to what and through whom.

    `creator` is empty for the publisher's own links, `network` where a merchant has none, `product`
    for a thing without a page, `route` where the link does not go through the site. Cards on other
    pages have the link of the page named here.
    """

    subid: str
    creator: str
    page: str
    slot: str
    product: str
    title: str
    merchant: str
    network: str
    route: str = ""


def placements(catalog: Catalog) -> Iterator[Placement]:
    """Every sub-id of a site, in order of creator and place."""
    for entry in catalog.lists.values():
        yield from _of_picks(entry.picks, routes.list_page(entry.byline.handle, entry.slug), entry.slug)
    for post in catalog.posts.values():
        yield from _of_picks(post.picks, routes.post(post.byline.handle, post.id), f"post {post.id}")
    for product in catalog.products.values():
        for offer in product.offers:
            yield from _of(offer, routes.product(product.thing.id), "offer", product.thing.id, product.thing.title)


def _of_picks(picks: Iterable[Pick], page: str, slot: str) -> Iterator[Placement]:
    for pick in picks:
        if pick.offer:
            yield from _of(pick.offer, page, slot, pick.thing.id if pick.thing else "", pick.title)


def _of(offer: OfferFact, page: str, slot: str, product: str, title: str) -> Iterator[Placement]:
    if offer.subid:
        yield Placement(
            subid=offer.subid,
            creator=offer.creator or "",
            page=page,
            slot=slot,
            product=product,
            title=title,
            merchant=offer.merchant,
            network=offer.network or "",
            route=offer.route or "",
        )


def table(found: Iterable[Placement]) -> str:
    """Placements as CSV (RFC 4180), with a line of headings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(Placement.__struct_fields__)
    writer.writerows([cell(getattr(each, name)) for name in Placement.__struct_fields__] for each in found)
    return out.getvalue()
