"""Squads, calls, thanks and snippets as facts, and who may be named where.

A creator is named beyond what she wrote herself only as her `sharing` allows; whoever is a member of a squad of minors
has a first name and no place, on every page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, structs

from storefront.catalog import minors, pictures
from storefront.catalog.community_facts import (
    CallFact,
    EntranceFact,
    SharedListFact,
    SnippetFact,
    SquadFact,
    ThanksFact,
)
from storefront.catalog.facts import Byline, Mention
from storefront.catalog.live import Live
from storefront.catalog.pictures import MadeOf
from storefront.catalog.recalls import recalls_of
from storefront.catalog.relationships import ties_to
from storefront.catalog.samples import Given
from storefront.clock import end_of
from storefront.content import Origin
from storefront.disclosure import strongest_first
from storefront.records import Entry, OwnedKey
from storefront.vocabulary.common import as_tuple
from storefront.vocabulary.community import SharedList, Snippet, Squad, Standing, is_few
from storefront.vocabulary.influencer import Influencer, Sharing

Mentions = Mapping[str, tuple[Mention, ...]]


class Community(Struct, frozen=True):
    """What belongs to several people. `named` are the creators who may be named beyond what they wrote."""

    named: frozenset[str]
    squads: dict[str, SquadFact]
    calls: dict[str, CallFact]
    thanks: dict[str, tuple[ThanksFact, ...]]
    snippets: dict[OwnedKey, SnippetFact]
    entrance: EntranceFact | None


def recognises(sharing: Sharing, audience: str) -> bool:
    """Whether a creator may be named beyond what she wrote, in a build for an audience (`clock.Clock`)."""
    return sharing.recognition == "public" or (sharing.recognition == "brand" and audience.startswith("brand:"))


def safe(entry: Entry[Influencer], live: Live) -> Influencer:
    """A creator's record as pages may tell it: of a minor the first name, without a place and accounts elsewhere."""
    record = entry.record
    if entry.id not in live.minors:
        return record
    return structs.replace(record, name=minors.parted(record, entry.id).first, location=None, profiles=())


def memberships(handle: str, live: Live) -> tuple[tuple[str, str], ...]:
    """The squads on whose pages a creator is named: id and name."""
    if not live.squads or not recognises(live.influencers[handle].record.sharing, live.clock.audience):
        return ()
    return tuple((entry.id, entry.record.name) for entry in live.squads.values() if handle in entry.record.members)


def join(
    live: Live, bylines: Mapping[str, Byline], mentions: Mentions, made: MadeOf, site: Any, given: Given
) -> Community:
    """The community of a site, or of a part of one."""
    audience = live.clock.audience
    named = frozenset(
        handle for handle, entry in live.influencers.items() if recognises(entry.record.sharing, audience)
    )
    joiner = _Joiner(live, bylines, named, made, given)
    return Community(
        named=named,
        squads={key: joiner.squad(entry, mentions) for key, entry in live.squads.items()},
        calls={key: joiner.call(entry) for key, entry in live.calls.items()},
        thanks={key: found for key in live.brands if (found := joiner.thanks(key))},
        snippets={key: joiner.snippet(entry) for key, entry in live.snippets.items() if key[0] in named},
        entrance=_entrance(live, site),
    )


def origins(live: Live) -> Iterable[tuple[str, Origin]]:
    """Where each fact of the community was written."""
    yield from ((f"squad:{key}", entry.origin) for key, entry in live.squads.items())
    yield from ((f"call:{key}", entry.origin) for key, entry in live.calls.items())
    yield from ((f"snippet:{'/'.join(key)}", entry.origin) for key, entry in live.snippets.items())


def _entrance(live: Live, site: Any) -> EntranceFact | None:
    if site.access is None:
        return None
    standing = [entry.record.status for entry in live.all_influencers]
    waiting = sum(each in {Standing.APPLIED, Standing.WAITLISTED} for each in standing)
    return EntranceFact(ref="entrance", access=site.access, admitted=len(live.influencers), waiting=waiting)


class _Joiner:
    """Makes facts of entries."""

    def __init__(
        self, live: Live, bylines: Mapping[str, Byline], named: frozenset[str], made: MadeOf, given: Given
    ) -> None:
        self.live, self.bylines, self.named, self.made, self.given = live, bylines, named, made, given

    def squad(self, entry: Entry[Squad], mentions: Mentions) -> SquadFact:
        record = entry.record
        members = [handle for handle in record.members if handle in self.live.influencers]
        small = is_few(record, len(members))
        return SquadFact(
            ref=f"squad:{entry.id}",
            id=entry.id,
            name=record.name,
            city=None if small else record.city,
            country=None if small else record.country,
            steward=record.steward,
            about=record.about,
            people=tuple(self.bylines[handle] for handle in members if handle in self.named),
            members=len(members),
            size=record.size,
            minors=record.minors,
            access=record.access,
            lists=tuple(self.shared(key, each, mentions) for key, each in record.lists.items()),
        )

    def shared(self, key: str, shared: SharedList, mentions: Mentions) -> SharedListFact:
        """A squad's list: of each item the pick that its member shows on a list of hers."""
        found = []
        for item in shared.items:
            if item.member in self.named:
                of_hers = (m for m in mentions.get(item.product, ()) if m.byline.handle == item.member)
                found += [m for m in of_hers if item.list in {None, m.list_slug}][:1]
        return SharedListFact(id=key, title=shared.title, intro=shared.intro, mentions=tuple(found))

    def call(self, entry: Entry[Any]) -> CallFact:
        record, live = entry.record, self.live
        brand, squad = live.brands.get(record.brand or ""), live.squads.get(record.squad or "")
        return CallFact(
            ref=f"call:{entry.id}",
            id=entry.id,
            title=record.title,
            brand=(brand.id, brand.record.name) if brand else None,
            squad=(squad.id, squad.record.name) if squad else None,
            audience=record.audience,
            text=record.text,
            closes=record.closes,
            closed=end_of(record.closes, live.clock.zone) <= live.clock.now,
            places=record.places,
            offered=record.offered,
            url=record.url,
        )

    def thanks(self, brand: str) -> tuple[ThanksFact, ...]:
        """The thanks of a brand to those who may be named, newest first."""
        given = [each for each in self.live.brands[brand].record.thanks if each.to in self.named]
        found = [
            ThanksFact(
                to=self.bylines[each.to], what=each.what, date=each.date, by=each.by, users=each.helped == "users"
            )
            for each in given
        ]
        return tuple(sorted(found, key=lambda each: each.date, reverse=True))

    def snippet(self, entry: Entry[Snippet]) -> SnippetFact:
        record, live = entry.record, self.live
        product = live.products[record.product].record
        person, today = live.influencers[entry.owner].record, live.clock.today.isoformat()
        held = [ties_to(product.brand, person.relationships, day) for day in (record.date, today)]
        ties = [tie for on_day in held for tie in on_day]
        sent = self.given.for_thing(entry.owner, record.product, record.date)
        byline = self.bylines[entry.owner]
        return SnippetFact(
            ref=f"snippet:{entry.owner}/{entry.id}",
            id=entry.id,
            byline=byline,
            kind=record.kind,
            text=record.text,
            shot=pictures.shot(entry, record.image, pictures.CARD, self.made),
            product=record.product,
            product_title=product.title,
            brand=product.brand,
            brand_name=live.brands[product.brand].record.name,
            date=record.date,
            relationships=strongest_first([*as_tuple(record.relationship), *sent, *ties]),
            holder=minors.untold(record.rights.holder, entry.owner, live) or byline.name,
            credit=byline.name if entry.owner in live.minors else record.rights.credit or byline.name,
            channels=record.rights.channels,
            recalls=recalls_of(live, record.product),
        )
