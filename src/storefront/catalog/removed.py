"""Removed reviews: what stays of each in its place, and nothing that it said."""

from collections.abc import Mapping

from storefront.catalog.facts import Byline
from storefront.catalog.live import Live
from storefront.catalog.review_facts import RemovedFact
from storefront.content import Origin
from storefront.records import OwnedKey


def removals(live: Live, bylines: Mapping[str, Byline], origins: dict[str, Origin]) -> dict[OwnedKey, RemovedFact]:
    """The removed reviews of open creators and products by (handle, id); their origins go into `origins`."""
    found = {}
    for key, entry in live.removed.items():
        review = entry.record
        if not review.removed:
            continue
        fact = RemovedFact(
            ref=f"removed:{entry.owner}/{entry.id}",
            id=entry.id,
            byline=bylines[entry.owner],
            product=review.product,
            product_title=live.products[review.product].record.title,
            date=review.date,
            removal=review.removed,
        )
        origins[fact.ref] = entry.origin
        found[key] = fact
    return found
