"""The pages of campaigns that everybody may read: the brief, the calendar, and the calendar as a file."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from storefront import digests, disclosure, ics, locales, markdown
from storefront.catalog.campaign_facts import CampaignFact, DateFact, ExclusiveFact
from storefront.catalog.facts import SiteFact
from storefront.pages import frame, parts, routes, views
from storefront.pages.voice import Voice, voice

Made = tuple[str, Callable[[Any], views.Sheet | bytes], Struct, str]
MONTH, DAY = len("2026-11"), len("2026-11-15")
OWED = "deliverable"


class CampaignInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A campaign."""

    site: SiteFact
    campaign: CampaignFact


class CampaignsInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All campaigns: id, title, brand, first and last day."""

    site: SiteFact
    campaigns: tuple[tuple[str, str, str, str, str | None], ...]


def plan(campaigns: Mapping[str, CampaignFact], site: SiteFact) -> Iterator[Made]:
    """Each page: its address, what makes it, what it reads, and the fact it is about."""
    for fact in campaigns.values():
        inputs = CampaignInputs(site=site, campaign=fact)
        yield routes.campaign_ics(fact.id), calendar_file, inputs, fact.ref
        yield routes.campaign_calendar(fact.id), calendar_sheet, inputs, fact.ref
        yield routes.campaign(fact.id), brief_sheet, inputs, fact.ref
    if campaigns:
        told = tuple((c.id, c.title, c.brand_name, c.starts, c.until) for c in campaigns.values())
        yield routes.CAMPAIGNS, index_sheet, CampaignsInputs(site=site, campaigns=told), ""


def brief_sheet(inputs: CampaignInputs) -> views.Sheet:
    """The brief: what is to come across and what is not to be said, what is agreed and what is labelled."""
    campaign, spoken = inputs.campaign, voice(inputs.site)
    view = views.CampaignView(
        title=campaign.title,
        brand=spoken.link(campaign.brand_name, routes.brand(campaign.brand)),
        html=markdown.render(campaign.brief) if campaign.brief else parts.NO_HTML,
        facts=tuple(_facts(campaign, spoken)),
        notes=tuple(_notes(campaign, spoken)),
        groups=tuple(group for group in _groups(campaign, spoken) if group.entries),
        more=(spoken.link(spoken.say("campaign_calendar"), routes.campaign_calendar(campaign.id)),),
    )
    return _sheet(routes.campaign(campaign.id), campaign.title, _described(campaign, spoken), [], view, spoken)


def calendar_sheet(inputs: CampaignInputs) -> views.Sheet:
    """The calendar: every date, month by month."""
    campaign, spoken = inputs.campaign, voice(inputs.site)
    months: dict[str, list[DateFact]] = defaultdict(list)
    for each in campaign.dates:
        months[each.at[:MONTH]].append(each)
    here = spoken.link(spoken.say("campaign_calendar"), routes.campaign_calendar(campaign.id))
    view = views.CampaignView(
        title=spoken.say("campaign_dates", title=campaign.title),
        brand=spoken.link(campaign.brand_name, routes.brand(campaign.brand)),
        html=parts.NO_HTML,
        groups=tuple(
            views.CampaignGroup(
                anchor=f"month-{month}",
                title=locales.month(month, spoken.locale),
                entries=tuple(_entry(each, spoken) for each in dates),
            )
            for month, dates in months.items()
        ),
        more=(
            spoken.link(spoken.say("campaign_ics"), routes.campaign_ics(campaign.id)),
            spoken.link(spoken.say("campaign_brief"), routes.campaign(campaign.id)),
        ),
    )
    trail = [spoken.link(campaign.title, routes.campaign(campaign.id)), here]
    described = _described(campaign, spoken)
    return _sheet(routes.campaign_calendar(campaign.id), view.title, described, trail, view, spoken)


def calendar_file(inputs: CampaignInputs) -> bytes:
    """The calendar as iCalendar. Its stamp is when the campaign begins, so that it changes with its content alone."""
    campaign, spoken = inputs.campaign, voice(inputs.site)
    host = urlsplit(inputs.site.url).hostname or "storefront"
    begins = next(each for each in campaign.dates if each.kind == "begins")
    stamp = datetime.fromisoformat(begins.utc) if begins.utc else datetime.fromisoformat(begins.at).replace(tzinfo=UTC)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    events = []
    for each in campaign.dates:
        seen[each.kind, each.what] += 1
        name = digests.of_value((campaign.id, each.kind, each.what, seen[each.kind, each.what]))
        events.append(
            ics.Event(
                uid=f"{name}@{host}",
                stamp=stamp,
                start=datetime.fromisoformat(each.utc) if each.utc else date.fromisoformat(each.at),
                summary=spoken.headed(campaign.title, _what(each, spoken)),
                description=_who(each, spoken),
                url=inputs.site.url + routes.campaign(campaign.id),
            )
        )
    return ics.document("campaigns", events).encode()


def index_sheet(inputs: CampaignsInputs) -> views.Sheet:
    """All campaigns that have a page."""
    spoken = voice(inputs.site)
    entries = tuple(
        views.CampaignEntry(
            title=title,
            text=f"{brand}, {_between(starts, until, spoken)}",
            url=spoken.url(routes.campaign(name)),
        )
        for name, title, brand, starts, until in inputs.campaigns
    )
    title = spoken.say("nav_campaigns")
    view = views.CampaignView(
        title=title,
        brand=None,
        html=parts.NO_HTML,
        groups=(views.CampaignGroup(anchor="all", title=spoken.say("campaign_all"), entries=entries),),
    )
    return _sheet(routes.CAMPAIGNS, title, spoken.say("desc_campaigns"), None, view, spoken)


def _sheet(
    path: str, title: str, described: str, trail: list[views.Link] | None, view: views.CampaignView, spoken: Voice
) -> views.Sheet:
    crumbs = [spoken.link(spoken.say("nav_campaigns"), routes.CAMPAIGNS)]
    if trail is not None:
        crumbs += trail or [spoken.link(title, path)]
    site = spoken.site.title
    head = frame.head(
        spoken, path=path, title=spoken.say("title_page", title=title, site=site), description=described, crumbs=crumbs
    )
    return frame.sheet("campaign.html", head, view, spoken)


def _described(campaign: CampaignFact, spoken: Voice) -> str:
    if campaign.brief:
        return markdown.excerpt(campaign.brief)
    return spoken.say("desc_campaign", title=campaign.title, brand=campaign.brand_name)


def _between(starts: str, until: str | None, spoken: Voice) -> str:
    first = spoken.day(starts).text
    return spoken.say("campaign_between", first=first, last=spoken.day(until).text) if until else first


def _facts(campaign: CampaignFact, spoken: Voice) -> Iterator[views.Fact]:
    yield spoken.fact("campaign_window", _between(campaign.starts, campaign.until, spoken))
    if campaign.markets:
        places = [locales.country(market[:2].upper(), spoken.locale) for market in campaign.markets]
        yield spoken.fact("campaign_markets", locales.listed(places, spoken.locale))
    if campaign.goal:
        metric, target = campaign.goal
        yield spoken.fact(f"metric_{metric}", target)
    if campaign.participants:
        yield spoken.fact("campaign_people", campaign.participants)


def _notes(campaign: CampaignFact, spoken: Voice) -> Iterator[str]:
    badges = disclosure.labels(campaign.disclosure, campaign.brand_name, spoken.pack)
    if badges:
        labels = locales.listed([f"“{badge.text}”" for badge in badges], spoken.locale)
        yield spoken.say("campaign_labels", labels=labels)
    yield spoken.say("campaign_opinions")
    if campaign.rights_until:
        yield spoken.say("campaign_rights", day=spoken.day(campaign.rights_until).text)


def _groups(campaign: CampaignFact, spoken: Voice) -> Iterator[views.CampaignGroup]:
    group = views.CampaignGroup
    season = campaign.season
    title = spoken.say("campaign_messages_in", season=spoken.say(f"season_{season}")) if season else ""
    yield group(
        anchor="messages",
        title=title or spoken.say("campaign_messages"),
        entries=tuple(
            views.CampaignEntry(
                title=each.text or each.name,
                text=locales.percent(each.weight / 100, spoken.locale),
            )
            for each in campaign.messages
        ),
    )
    yield group(
        anchor="require",
        title=spoken.say("campaign_require"),
        entries=tuple(
            views.CampaignEntry(title=_alternatives(pattern, spoken), text=why) for pattern, why in campaign.require
        ),
    )
    yield group(
        anchor="avoid",
        title=spoken.say("campaign_avoid"),
        entries=tuple(
            views.CampaignEntry(title=", ".join(pattern.replace("*", "…").split("|")), text=why)
            for pattern, why in campaign.avoid
        ),
    )
    exclusive = tuple(_exclusive(each, spoken) for each in campaign.exclusivity)
    yield group(anchor="exclusive", title=spoken.say("campaign_exclusive"), entries=exclusive)
    owed = [each for each in campaign.dates if each.kind == OWED]
    agreed = tuple(_entry(each, spoken) for each in owed)
    yield group(anchor="agreed", title=spoken.say("campaign_agreed"), entries=agreed)
    dates = tuple(_entry(each, spoken) for each in campaign.dates if each.kind == "date")
    yield group(anchor="dates", title=spoken.say("campaign_schedule"), entries=dates)
    yield group(
        anchor="people",
        title=spoken.say("campaign_people"),
        entries=tuple(
            views.CampaignEntry(title=byline.name, url=spoken.url(routes.vanity(byline.handle)))
            for byline in campaign.people
        ),
    )


def _alternatives(pattern: str, spoken: Voice) -> str:
    return locales.alternatives(pattern.replace("*", "…").split("|"), spoken.locale)


def _exclusive(each: ExclusiveFact, spoken: Voice) -> views.CampaignEntry:
    others = (spoken.say("campaign_others", category=category) for category in each.categories)
    told = (_between(each.first, each.last, spoken), _who(each, spoken))
    return views.CampaignEntry(title=", ".join((*each.brands, *others)), text=", ".join(filter(None, told)))


def _entry(each: DateFact, spoken: Voice) -> views.CampaignEntry:
    return views.CampaignEntry(
        title=_what(each, spoken),
        text=_who(each, spoken) or None,
        day=spoken.day(each.at),
        time=each.at[DAY + 1 :] or None,
    )


def _who(each: DateFact | ExclusiveFact, spoken: Voice) -> str:
    """Whom it is for, those who may not be named counted; nothing where it is for all."""
    more = [spoken.say("campaign_unnamed", each.unnamed)] if each.unnamed else []
    return ", ".join([*each.who, *more])


def _what(each: DateFact, spoken: Voice) -> str:
    """What happens on a date, in words."""
    if each.kind in {"begins", "ends"}:
        return spoken.say(f"campaign_{each.kind}")
    return f"{each.count} × {each.what}" if each.count > 1 else each.what
