"""Exclusivity: what participants of a campaign newly show of competitors while they have agreed to show nothing new.

Only what is new counts: a post or review by its day, and anything by the day from which it is shown. A pick without
such a day is told of while the clause holds, unless its list was last gone through before; it stops nothing. Drafts and
what is retired or removed are not shown, and neither are creators who are not approved.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.catalog.campaigns import is_within
from storefront.clock import PUBLIC, start_of
from storefront.content import Kind, Origin, Places
from storefront.problems import KeyPath, Place, Problem
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign, CampaignWindow, Exclusivity
from storefront.vocabulary.common import Record
from storefront.vocabulary.community import Standing
from storefront.vocabulary.curation import Item, ItemStatus, List
from storefront.vocabulary.trade import Brand

Brands = Mapping[str, Entry[Brand]]
DAY = len("2026-11-15")


class Clause(Struct, frozen=True):
    """A clause of a campaign: whom it binds, what they show nothing of, and its first and last day."""

    entry: Entry[Campaign]
    index: int
    record: Exclusivity
    people: frozenset[str]
    rivals: tuple[str, ...]
    first: str
    last: str

    def covers(self, *days: str | None) -> bool:
        """Whether one of some days is among its own."""
        return any(day and self.first <= day <= self.last for day in days)

    def place(self, places: Places) -> Place:
        """Where it is written."""
        return places.of(self.entry.origin, "exclusivity", self.index)


class Breach(Struct, frozen=True):
    """Something of a competitor that a creator shows: what, where it is written, its brand, and since when."""

    clause: Clause
    creator: str
    kind: str
    brand: str
    origin: Origin
    path: KeyPath
    day: str | None


def check(curation: Curation, places: Places, now: datetime) -> tuple[list[Problem], list[Problem]]:
    """What must not be published, and what is only to be told."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    terms = clauses(curation)
    if not any(each.kind is Kind.BRAND for each in curation.unread):
        errors += [_empty(clause, places) for clause in terms if not (clause.rivals or clause.record.categories)]
    undated: dict[tuple[Place, Origin], list[Breach]] = defaultdict(list)
    for each in breaches(curation, terms, now):
        if each.day is None:
            undated[each.clause.place(places), each.origin].append(each)
        else:
            (errors if each.clause.record.severity == "error" else warnings).append(_told(each, places))
    warnings += [_undated(picks, places) for picks in undated.values()]
    warnings += _clashes(curation, terms, places)
    return errors, warnings


def clauses(curation: Curation) -> list[Clause]:
    """All that campaigns which are no drafts have agreed."""
    zone = zone_of(curation)
    return [
        _clause(entry, index, record, curation, zone)
        for entry in curation.campaigns.values()
        if not entry.record.draft
        for index, record in enumerate(entry.record.exclusivity)
    ]


def zone_of(curation: Curation) -> ZoneInfo:
    """The zone in which the site's days begin."""
    return ZoneInfo(curation.site.record.timezone if curation.site else "UTC")


def _clause(entry: Entry[Campaign], index: int, record: Exclusivity, curation: Curation, zone: ZoneInfo) -> Clause:
    window = entry.record.window
    people = record.who or tuple(each.creator for each in entry.record.participants)
    approved = (handle for handle in people if _is_approved(handle, curation))
    rivals = competitors(record, entry.record, curation.brands)
    first, last = span(record, window, zone)
    return Clause(entry, index, record, frozenset(approved), rivals, first, last)


def span(record: Exclusivity, window: CampaignWindow, zone: ZoneInfo) -> tuple[str, str]:
    """The first and the last day of a clause; its own, else those of the campaign's window."""
    return record.starts or _day(window.starts, zone), record.until or _day(window.until or window.starts, zone)


def competitors(record: Exclusivity, campaign: Campaign, brands: Brands) -> tuple[str, ...]:
    """The brands that a clause names; one that names neither brands nor categories means all that compete."""
    if record.brands or record.categories:
        return record.brands
    own = brands[campaign.brand].record.competes_with if campaign.brand in brands else ()
    theirs = (name for name, entry in brands.items() if campaign.brand in entry.record.competes_with)
    return tuple(dict.fromkeys((*own, *theirs)))


def breaches(curation: Curation, terms: Sequence[Clause], now: datetime) -> Iterator[Breach]:
    """All that is shown in spite of clauses; without a day where nobody can tell whether it is new."""
    for clause in terms:
        found = _Found(clause, curation, now)
        yield from found.picks()
        yield from found.posts()
        yield from found.reviews()


class _Found:
    """What those whom a clause binds show of competitors."""

    def __init__(self, clause: Clause, curation: Curation, now: datetime) -> None:
        self.clause, self.curation = clause, curation
        self.zone = zone_of(curation)
        self.holds = clause.covers(now.astimezone(self.zone).date().isoformat())
        self.names = {
            curation.brands[rival].record.name.casefold(): rival for rival in clause.rivals if rival in curation.brands
        }

    def picks(self) -> Iterator[Breach]:
        for entry in self.curation.lists.values():
            if entry.owner in self.clause.people and not entry.record.draft:
                for index, item in enumerate(entry.record.items):
                    yield from self._pick(item, index, entry)

    def _pick(self, item: Item, index: int, entry: Entry[List]) -> Iterator[Breach]:
        brand = None if item.draft or item.status is ItemStatus.RETIRED else self._rival(item.product, item.brand)
        if brand is None:
            return
        day, path = self._since(item, entry.record), ("items", index, "product" if item.product else "brand")
        if self.clause.covers(day):
            yield self._breach("pick", brand, entry, path, day)
        elif self._since(item) is None and self._may_be_new(entry.record):
            yield self._breach("pick", brand, entry, path, None)

    def _may_be_new(self, listed: List) -> bool:
        """Whether a pick without a day may have come meanwhile; the day of a list is not that of each of its picks."""
        clause = self.clause
        shown = (self._since(listed) or "") <= clause.last
        return self.holds and shown and (listed.updated is None or listed.updated >= clause.first)

    def posts(self) -> Iterator[Breach]:
        for entry in self.curation.posts.values():
            if entry.owner not in self.clause.people or entry.record.draft:
                continue
            days = (entry.record.date, self._since(entry.record))
            for index, tagged in enumerate(entry.record.products if self.clause.covers(*days) else ()):
                if brand := self._rival(tagged.product):
                    yield self._breach("post", brand, entry, ("products", index, "product"), self._covered(*days))

    def reviews(self) -> Iterator[Breach]:
        for entry in self.curation.reviews.values():
            if entry.owner not in self.clause.people or entry.record.draft or entry.record.removed:
                continue
            days = (entry.record.date, self._since(entry.record))
            if self.clause.covers(*days) and (brand := self._rival(entry.record.product)):
                yield self._breach("review", brand, entry, ("product",), self._covered(*days))

    def _covered(self, *days: str | None) -> str | None:
        return next((day for day in days if self.clause.covers(day)), None)

    def _rival(self, product: str | None, named: str | None = None) -> str | None:
        """The competing brand of a product, or of a thing of a list's own that names one."""
        known = self.curation.products.get(product or "")
        if known is None:
            return self.names.get(named.casefold()) if named else None
        brand = known.record.brand
        if brand == self.clause.entry.record.brand:
            return None
        within = any(is_within(known.record.category, each) for each in self.clause.record.categories)
        return brand if within or brand in self.clause.rivals else None

    def _since(self, *records: Record) -> str | None:
        """The day from which something is shown: the last of those of it and of the list that it stands in."""
        found = [moment for each in records for moment in (each.starts, each.embargo_until) if moment]
        found += [step.at for each in records for step in each.releases if step.audience == PUBLIC]
        return max((_day(moment, self.zone) for moment in found), default=None)

    def _breach(self, kind: str, brand: str, entry: Entry[Any], path: KeyPath, day: str | None) -> Breach:
        return Breach(self.clause, entry.owner, kind, brand, entry.origin, path, day)


def _day(moment: str, zone: ZoneInfo) -> str:
    """The day of a day or time, in the site's zone."""
    return moment if len(moment) == DAY else start_of(moment, zone).astimezone(zone).date().isoformat()


def _is_approved(handle: str, curation: Curation) -> bool:
    known = curation.influencers.get(handle)
    return known is not None and known.record.status is Standing.APPROVED


def _agreed(each: Breach, there: Place) -> str:
    clause = each.clause
    return (
        f"{each.creator} has agreed to show nothing new of {each.brand} from {clause.first} to {clause.last}, by the "
        f"exclusivity of {clause.entry.id} at {there}"
    )


def _told(each: Breach, places: Places) -> Problem:
    there = each.clause.place(places)
    later = f"a day after {each.clause.last}"
    hints = {
        "pick": f"Take it out, or hold it back with from: and {later}.",
        "post": f"Take this thing out of the post, or post it on {later}.",
        "review": f"Hold it back with from: and {later}, and date it then.",
    }
    message = f"this {each.kind} is of {each.day}, and {_agreed(each, there)}"
    return Problem("exclusivity", message, places.of(each.origin, *each.path), hints[each.kind], (there,))


def _undated(picks: Sequence[Breach], places: Places) -> Problem:
    """Picks of one list that may be new."""
    first, there = picks[0], picks[0].clause.place(places)
    more = f" and {len(picks) - 1} more on this list" if len(picks) > 1 else ""
    message = f"nothing says since when this pick{more} is here, and {_agreed(first, there)}"
    hint = "Write from: and the day on which it came; what was here before may stay."
    return Problem("exclusivity", message, places.of(first.origin, *first.path), hint, (there,))


def _empty(clause: Clause, places: Places) -> Problem:
    brand = clause.entry.record.brand
    hint = f"Write brands: or categories: here, or competes_with: in content/brands/{brand}.yaml."
    return Problem("missing-key", "this exclusivity names no competitor", clause.place(places), hint)


def _clashes(curation: Curation, terms: Sequence[Clause], places: Places) -> Iterator[Problem]:
    """Creators who are bound, and take part in a competitor's campaign of the same days."""
    for clause in terms:
        for other in curation.campaigns.values():
            window = other.record.window
            begins = window.starts[:DAY] <= clause.last
            same_days = begins and not (window.until and window.until[:DAY] < clause.first)
            if other.record.draft or other.record.brand not in clause.rivals or not same_days:
                continue
            for index, participant in enumerate(other.record.participants):
                if participant.creator in clause.people:
                    there = clause.place(places)
                    message = (
                        f"{participant.creator} takes part in {other.id} and is bound to {clause.entry.id} "
                        f"from {clause.first} to {clause.last}, as its exclusivity says at {there}"
                    )
                    hint = "Ask both brands, and change the days or the participants of one campaign."
                    place = places.of(other.origin, "participants", index, "creator")
                    yield Problem("exclusivity", message, place, hint, (there,))
