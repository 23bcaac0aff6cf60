"""Emphasis: in which order the highlights of a product stand while a campaign of its brand runs.

Those that the campaign gives more weight in the season in force come first; the others follow as they are written.
"""

from collections.abc import Sequence

from storefront.catalog import campaigns, seasons
from storefront.catalog.facts import Mention
from storefront.catalog.live import Live
from storefront.clock import Clock, end_of, start_of
from storefront.vocabulary.campaign import Campaign, CampaignWindow
from storefront.vocabulary.product import Product
from storefront.vocabulary.site import Site


def ordered(product: Product, mentions: Sequence[Mention], live: Live, site: Site) -> tuple[tuple[str, str], ...]:
    """The highlights of a product in their order now."""
    campaign = running(product.brand, live) if product.highlights else None
    if campaign is None:
        return tuple(product.highlights.items())
    season = seasons.season_of(live.clock.today, south=_is_south(mentions, live, site))
    weights = {name.casefold(): message.weight(season) for name, message in campaign.messages.items()}
    return tuple(sorted(product.highlights.items(), key=lambda pair: -weights.get(pair[0].casefold(), -1)))


def running(brand: str, live: Live) -> Campaign | None:
    """The campaign of a brand that has messages and runs now; of several the one that began last."""
    found = [
        (entry.record.window.starts, name)
        for name, entry in live.terms.items()
        if entry.record.brand == brand
        and entry.record.messages
        and not entry.record.draft
        and not campaigns.silent(live.terms, name, live.clock)
        and _runs(entry.record.window, live.clock)
    ]
    return live.terms[max(found)[1]].record if found else None


def _runs(window: CampaignWindow, clock: Clock) -> bool:
    begun = start_of(window.starts, clock.zone) <= clock.now
    return begun and not (window.until and end_of(window.until, clock.zone) <= clock.now)


def _is_south(mentions: Sequence[Mention], live: Live, site: Site) -> bool:
    """Whether most creators who show a product live in the south; without any, what the site's markets say."""
    handles = dict.fromkeys(mention.byline.handle for mention in mentions)
    there = [seasons.is_south(live.influencers[handle].record, site.markets) for handle in handles]
    return sum(there) * 2 > len(there) if there else seasons.is_south(None, site.markets)
