"""Brands as facts, with the standing ties that creators have to them today."""

from collections.abc import Mapping

from storefront.catalog.facts import BrandFact, Byline
from storefront.catalog.live import Live
from storefront.catalog.relationships import ties_to
from storefront.catalog.shots import Shot
from storefront.records import Entry
from storefront.vocabulary.trade import Brand


def brand_fact(
    ref: str, entry: Entry[Brand], logo: Shot | None, bylines: Mapping[str, Byline], live: Live
) -> BrandFact:
    """A brand on its own page, with everybody who has a tie to it."""
    record, today = entry.record, live.clock.today.isoformat()
    ties = (
        (bylines[handle], tie.kind, tie.since)
        for handle, person in live.influencers.items()
        for tie in person.record.relationships
        if tie.brand == entry.id and ties_to(entry.id, [tie], today)
    )
    return BrandFact(
        ref=ref,
        id=entry.id,
        name=record.name,
        url=record.url,
        logo=logo,
        description=record.description,
        country=record.country,
        ties=tuple(ties),
    )
