"""Briefs: campaigns as facts for their pages, those that everybody may read."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from storefront.catalog import community, exclusivity, seasons
from storefront.catalog.campaign_facts import CampaignFact, DateFact, ExclusiveFact, MessageFact
from storefront.catalog.facts import Byline
from storefront.catalog.live import Live
from storefront.clock import end_of, start_of
from storefront.content import Origin
from storefront.records import Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import as_tuple
from storefront.vocabulary.site import Site

DAY = len("2026-11-15")


def briefs(
    live: Live, bylines: Mapping[str, Byline], site: Site, origins: dict[str, Origin]
) -> dict[str, CampaignFact]:
    """The campaigns with a page whose brand is shown, by id; where each is written goes into `origins`."""
    found = {}
    for name, entry in live.campaigns.items():
        if entry.record.brand in live.brands:
            found[name] = fact = _fact(entry, live, bylines, site)
            origins[fact.ref] = entry.origin
    return found


def _fact(entry: Entry[Campaign], live: Live, bylines: Mapping[str, Byline], site: Site) -> CampaignFact:
    campaign = entry.record
    named = _named(campaign, live)
    seasonal = any(message.weight(season) != message.default for message in campaign.messages.values()
                   for season in seasons.NORTHERN)  # fmt: skip
    season = seasons.season_of(live.clock.today, south=_is_south(campaign, live, site))
    return CampaignFact(
        ref=f"campaign:{entry.id}",
        id=entry.id,
        title=campaign.title,
        brand=campaign.brand,
        brand_name=live.brands[campaign.brand].record.name,
        brief=campaign.brief,
        goal=(campaign.goal.metric, campaign.goal.target) if campaign.goal else None,
        starts=campaign.window.starts,
        until=campaign.window.until,
        markets=campaign.markets,
        disclosure=as_tuple(campaign.disclosure),
        season=season if seasonal else None,
        messages=tuple(
            MessageFact(name, message.text, message.weight(season)) for name, message in campaign.messages.items()
        ),
        avoid=tuple((avoid.pattern, avoid.why) for avoid in campaign.avoid),
        require=tuple((each.pattern, each.why) for each in campaign.require),
        exclusivity=tuple(_exclusive(campaign, live, named)),
        dates=tuple(sorted(_dates(campaign, live, named), key=lambda each: each.at)),
        people=tuple(bylines[handle] for handle in named),
        participants=len(campaign.participants),
        rights_until=campaign.rights.until if campaign.rights else None,
    )


def _exclusive(campaign: Campaign, live: Live, named: Mapping[str, str]) -> Iterator[ExclusiveFact]:
    """Clauses with a competitor that is shown here, or a category, and with somebody who has pages."""
    for clause in campaign.exclusivity:
        rivals = exclusivity.competitors(clause, campaign, live.brands)
        brands = tuple(live.brands[rival].record.name for rival in rivals if rival in live.brands)
        bound = clause.who or tuple(each.creator for each in campaign.participants)
        here = [handle for handle in bound if handle in live.influencers]
        who = tuple(named[handle] for handle in here if handle in named) if clause.who else ()
        if (brands or clause.categories) and here:
            first, last = exclusivity.span(clause, campaign.window, live.clock.zone)
            unnamed = len(here) - len(who) if clause.who else 0
            yield ExclusiveFact(brands, clause.categories, first, last, who, unnamed)


def _named(campaign: Campaign, live: Live) -> dict[str, str]:
    """The participants who may be named here, by handle."""
    found = {}
    for participant in campaign.participants:
        entry = live.influencers.get(participant.creator)
        if entry and community.recognises(entry.record.sharing, live.clock.audience):
            found[entry.id] = community.safe(entry, live).name
    return found


def _is_south(campaign: Campaign, live: Live, site: Site) -> bool:
    """Whether most participants live in the south; without any, what the site's markets say."""
    people = [
        live.influencers[each.creator].record for each in campaign.participants if each.creator in live.influencers
    ]
    there = [seasons.is_south(person, site.markets) for person in people]
    return sum(there) * 2 > len(there) if there else seasons.is_south(None, site.markets)


def _dates(campaign: Campaign, live: Live, named: Mapping[str, str]) -> Iterator[DateFact]:
    yield _date(campaign.window.starts, "begins", "", live)
    if campaign.window.until:
        yield _date(campaign.window.until, "ends", "", live)
    dates = [(each.at, "date", each.what, each.who, 1) for each in campaign.schedule]
    owed = [(each.by, "deliverable", each.what, each.who, each.count) for each in campaign.deliverables]
    for at, kind, what, handles, count in (*dates, *owed):
        here = [handle for handle in handles if handle in live.influencers]
        who = tuple(named[handle] for handle in here if handle in named)
        if here or not handles:  # else it is for people who have no pages
            yield _date(at, kind, what, live, who, len(here) - len(who), count)


def _date(
    text: str, kind: str, what: str, live: Live, who: tuple[str, ...] = (), unnamed: int = 0, count: int = 1
) -> DateFact:
    """A day as it is, a moment in the site's zone."""
    if len(text) == DAY:
        return DateFact(text, None, kind, what, count, who, unnamed)
    moment: datetime = end_of(text, live.clock.zone) if kind == "ends" else start_of(text, live.clock.zone)
    there = moment.astimezone(live.clock.zone)
    return DateFact(f"{there:%Y-%m-%dT%H:%M}", f"{moment:%Y-%m-%dT%H:%M:%SZ}", kind, what, count, who, unnamed)
