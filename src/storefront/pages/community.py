"""The pages of what belongs to several people: squads, calls, thanks, and how one gets in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.community import Community
from storefront.catalog.community_facts import CallFact, EntranceFact, SharedListFact, SquadFact, ThanksFact
from storefront.catalog.facts import Byline, Mention, SiteFact
from storefront.catalog.relationships import OF_INCENTIVE
from storefront.pages import frame, parts, pictures, product_page, routes, statement, views
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.community import Access, Size

Made = tuple[str, Callable[[Any], views.Sheet | bytes], Struct, str]


class SquadInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A squad."""

    site: SiteFact
    squad: SquadFact


class SquadsInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All squads: id, name, town, country and how many members each has."""

    site: SiteFact
    squads: tuple[tuple[str, str, str | None, str | None, int], ...]


class CallInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A call."""

    site: SiteFact
    call: CallFact


class CallsInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All calls: id, title, last day, and whether it is past."""

    site: SiteFact
    calls: tuple[tuple[str, str, str, bool], ...]


class ThanksInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All thanks: of each brand its id, its name, and whom it thanks."""

    site: SiteFact
    thanks: tuple[tuple[str, str, tuple[ThanksFact, ...]], ...]


class JoinInputs(Struct, frozen=True, kw_only=True, gc=False):
    """How one becomes a creator."""

    site: SiteFact
    entrance: EntranceFact


def plan(community: Community, brands: Sequence[tuple[str, str]], site: SiteFact) -> Iterator[Made]:
    """Each page: its address, what makes it, what it reads, and the fact it is about. `brands` are ids and names."""
    for squad in community.squads.values():
        yield routes.squad(squad.id), squad_sheet, SquadInputs(site=site, squad=squad), squad.ref
    if community.squads:
        told = tuple((s.id, s.name, s.city, s.country, s.members) for s in community.squads.values())
        yield routes.SQUADS, squads_sheet, SquadsInputs(site=site, squads=told), ""
    for call in community.calls.values():
        yield routes.call(call.id), call_sheet, CallInputs(site=site, call=call), call.ref
    if community.calls:
        calls = tuple((c.id, c.title, c.closes, c.closed) for c in community.calls.values())
        yield routes.CALLS, calls_sheet, CallsInputs(site=site, calls=calls), ""
    if community.thanks:
        thanks = tuple((key, name, community.thanks[key]) for key, name in brands if key in community.thanks)
        yield routes.THANKS, thanks_sheet, ThanksInputs(site=site, thanks=thanks), ""
    if community.entrance:
        yield routes.JOIN, join_sheet, JoinInputs(site=site, entrance=community.entrance), ""


def squad_sheet(inputs: SquadInputs) -> views.Sheet:
    """A squad: who runs it, who is in it, and the lists that they keep together."""
    squad, spoken = inputs.squad, voice(inputs.site)
    picks = [mention.pick for shared in squad.lists for mention in shared.mentions]
    networks = statement.networks_of((pick.offer for pick in picks), spoken)
    described = markdown.excerpt(squad.about) if squad.about else spoken.say("desc_squads")
    trail = [spoken.link(spoken.say("nav_squads"), routes.SQUADS), spoken.link(squad.name, routes.squad(squad.id))]
    view = views.CommunityView(
        title=squad.name,
        kicker=_place(squad.city, squad.country, spoken) or spoken.say("nav_squads"),
        html=markdown.render(squad.about) if squad.about else parts.NO_HTML,
        facts=tuple(_of_squad(squad, spoken)),
        notes=tuple(_notes(squad, spoken)),
        action=_form(squad.access, spoken) if squad.access else None,
        people=tuple(_person(each, spoken) for each in squad.people),
        shared=tuple(_shared(each, spoken) for each in squad.lists),
    )
    return _sheet(
        routes.squad(squad.id),
        squad.name,
        described,
        trail,
        view,
        spoken,
        statement.site_statement(statement.of_picks(picks), networks, spoken),
    )


def _of_squad(squad: SquadFact, spoken: Voice) -> Iterator[views.Fact]:
    yield spoken.fact("fact_members", squad.members)
    yield spoken.fact("fact_steward", squad.steward)
    if size := _size(squad.size, spoken):
        yield spoken.fact("fact_size", size)


def _size(size: Size, spoken: Voice) -> str:
    if size.min and size.max:
        return spoken.say("size_between", low=size.min, high=size.max)
    if size.min:
        return spoken.say("size_from", low=size.min)
    return spoken.say("size_to", high=size.max) if size.max else ""


def _notes(squad: SquadFact, spoken: Voice) -> Iterator[str]:
    if squad.size.min and squad.members < squad.size.min:
        yield spoken.say("squad_forming")
    if squad.minors:
        yield spoken.say("minors_note")
    if unnamed := squad.members - len(squad.people):
        yield spoken.say("unnamed_members", unnamed)
    if squad.access:
        yield from _entrance(squad.access, spoken)


def _entrance(access: Access, spoken: Voice) -> Iterator[str]:
    """How one gets in, in sentences."""
    yield spoken.say(f"access_{access.kind}")
    if access.text:
        yield access.text
    if waiting := access.waiting:
        yield spoken.say("access_waiting", waiting.count, day=spoken.day(waiting.as_of).text)
    if access.opens:
        yield spoken.say("access_opens", day=spoken.day(access.opens).text)
    if access.url:
        yield spoken.say("form_elsewhere", host=urlsplit(access.url).netloc)


def _form(access: Access, spoken: Voice) -> views.Link | None:
    return views.Link(text=spoken.say("apply"), url=access.url) if access.url else None


def _person(byline: Byline, spoken: Voice) -> views.PersonCard:
    return views.PersonCard(
        url=spoken.url(routes.vanity(byline.handle)),
        hreflang=parts.language_if_other(locales.spoken(byline.locale), spoken),
        name=byline.name,
        tagline=None,
        place=None,
        lang=None,
        picture=pictures.picture(byline.avatar, "portrait", spoken),
        facts=(),
    )


def _shared(fact: SharedListFact, spoken: Voice) -> views.SharedView:
    return views.SharedView(
        anchor=f"list-{fact.id}",
        title=fact.title,
        html=markdown.render(fact.intro) if fact.intro else parts.NO_HTML,
        picks=tuple(_pick(each, spoken) for each in fact.mentions),
    )


def _pick(mention: Mention, spoken: Voice) -> views.Mention:
    """A pick with the product that it is of, for a page that is about no one product."""
    thing = mention.pick.thing
    product = spoken.link(thing.title, routes.product(thing.id)) if thing else None
    return product_page.mention(mention, spoken, product, pictures.picture(mention.pick.shot, "card", spoken))


def _place(city: str | None, country: str | None, spoken: Voice) -> str:
    named = locales.country(country, spoken.locale) if country else ""
    return ", ".join(each for each in (city, named) if each)


def squads_sheet(inputs: SquadsInputs) -> views.Sheet:
    """All squads, by town."""
    spoken = voice(inputs.site)
    towns: dict[str, list[views.Entry]] = {}
    for key, name, city, country, members in sorted(inputs.squads, key=lambda s: (s[3] or "~", s[2] or "~", s[1])):
        entry = views.Entry(link=spoken.link(name, routes.squad(key)), text=spoken.say("members", members))
        towns.setdefault(_place(city, country, spoken) or spoken.say("no_town"), []).append(entry)
    groups = [
        views.EntryGroup(anchor=f"town-{number}", title=town, entries=tuple(entries))
        for number, (town, entries) in enumerate(towns.items(), 1)
    ]
    return _index(routes.SQUADS, "nav_squads", "desc_squads", groups, spoken)


def calls_sheet(inputs: CallsInputs) -> views.Sheet:
    """All calls: those that are open, the one that ends first before others, and those that are over."""
    spoken = voice(inputs.site)
    groups = []
    for anchor, over in (("open", False), ("over", True)):
        found = sorted((each for each in inputs.calls if each[3] is over), key=lambda each: (each[2], each[0]))
        entries = [
            views.Entry(
                link=spoken.link(title, routes.call(key)), text=spoken.say("closes_on", day=spoken.day(closes).text)
            )
            for key, title, closes, _ in found
        ]
        if entries:
            title = spoken.say(f"calls_{anchor}")
            groups.append(views.EntryGroup(anchor=anchor, title=title, entries=tuple(entries)))
    return _index(routes.CALLS, "nav_calls", "desc_calls", groups, spoken)


def call_sheet(inputs: CallInputs) -> views.Sheet:
    """A call: what is asked, what is given for it, until when, and where to answer."""
    call, spoken = inputs.call, voice(inputs.site)
    trail = [spoken.link(spoken.say("nav_calls"), routes.CALLS), spoken.link(call.title, routes.call(call.id))]
    link = views.Link(text=spoken.say("answer_call"), url=call.url) if call.url and not call.closed else None
    notes = [spoken.say("call_over")] if call.closed else []
    if link:
        notes.append(spoken.say("form_elsewhere", host=urlsplit(link.url).netloc))
    if call.offered:
        kinds = dict.fromkeys(OF_INCENTIVE[each.kind] for each in call.offered)
        labels = [spoken.pack.badges[kind].format(brand=_called(call, spoken)) for kind in kinds]
        notes.append(spoken.say("offered_note", labels=locales.listed(labels, spoken.locale)))
    view = views.CommunityView(
        title=call.title,
        kicker=spoken.say("call_by", brand=call.brand[1]) if call.brand else spoken.say("nav_calls"),
        html=markdown.render(call.text),
        facts=tuple(_of_call(call, spoken)),
        offered=tuple(spoken.fact(f"given_{each.kind}", each.text) for each in call.offered),
        notes=tuple(notes),
        action=link,
    )
    return _sheet(routes.call(call.id), call.title, markdown.excerpt(call.text), trail, view, spoken)


def _called(call: CallFact, spoken: Voice) -> str:
    return call.brand[1] if call.brand else spoken.say("a_brand")


def _of_call(call: CallFact, spoken: Voice) -> Iterator[views.Fact]:
    yield spoken.fact("fact_for", spoken.say(f"for_{call.audience}"))
    yield spoken.fact("fact_closes", spoken.day(call.closes).text)
    if call.places:
        yield spoken.fact("fact_places", call.places)
    if call.squad:
        yield spoken.fact("fact_squad", call.squad[1])


def thanks_sheet(inputs: ThanksInputs) -> views.Sheet:
    """The wall of thanks."""
    spoken = voice(inputs.site)
    title = spoken.say("nav_thanks")
    groups = tuple(
        views.ThanksGroup(
            brand=spoken.link(name, routes.brand(key)), thanks=tuple(thanked(each, spoken) for each in thanks)
        )
        for key, name, thanks in inputs.thanks
    )
    view = views.CommunityView(title=title, html=parts.NO_HTML, thanks=groups, notes=(spoken.say("thanks_note"),))
    trail = [spoken.link(title, routes.THANKS)]
    return _sheet(routes.THANKS, title, spoken.say("desc_thanks"), trail, view, spoken)


def thanked(fact: ThanksFact, spoken: Voice) -> views.ThanksView:
    """Thanks to somebody."""
    return views.ThanksView(
        to=parts.byline(fact.to, spoken),
        text=fact.what,
        day=spoken.day(fact.date),
        by=fact.by,
        helped=spoken.say("thanks_users" if fact.users else "thanks_brand"),
    )


def join_sheet(inputs: JoinInputs) -> views.Sheet:
    """How one becomes a creator here."""
    fact, spoken = inputs.entrance, voice(inputs.site)
    access, title = fact.access, spoken.say("nav_join")
    facts = [spoken.fact("fact_admitted", fact.admitted)]
    if access.capacity:
        facts.append(spoken.fact("fact_places", access.capacity))
    if fact.waiting and not access.waiting:
        facts.append(spoken.fact("fact_waiting", fact.waiting))
    view = views.CommunityView(
        title=title,
        html=parts.NO_HTML,
        facts=tuple(facts),
        notes=tuple(_entrance(access, spoken)),
        action=_form(access, spoken),
    )
    return _sheet(routes.JOIN, title, spoken.say("desc_join"), [spoken.link(title, routes.JOIN)], view, spoken)


def _index(path: str, title_key: str, described: str, groups: Sequence[views.EntryGroup], spoken: Voice) -> views.Sheet:
    title = spoken.say(title_key)
    view = views.CommunityView(title=title, html=parts.NO_HTML, groups=tuple(groups))
    return _sheet(path, title, spoken.say(described), [spoken.link(title, path)], view, spoken)


def _sheet(
    path: str,
    title: str,
    description: str,
    trail: Sequence[views.Link],
    view: views.CommunityView,
    spoken: Voice,
    stated: views.Statement | None = None,
) -> views.Sheet:
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=title, site=spoken.site.title),
        description=description,
        statement=stated,
        crumbs=trail,
    )
    return frame.sheet("community.html", head, view, spoken)
