"""From a site's folder to its creators, with what they can be found by, at a moment."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from storefront.catalog.community import safe
from storefront.catalog.reading import Reading, reading
from storefront.catalog.relationships import ties_to
from storefront.content import Origin, Places
from storefront.problems import Place
from storefront.records import Curation, Entry
from storefront.vocabulary.community import Standing
from storefront.vocabulary.influencer import BrandTie, Influencer, Location
from storefront.vocabulary.site import Segment


class Person(Struct, frozen=True, kw_only=True):
    """A creator, as pages may tell of her. `segments` are those of her own file.

    `shown` is whether she has pages now, `ties` are her standing ties that hold now, and the counts are of what she has
    written, without drafts and removed reviews.
    """

    handle: str
    name: str
    status: Standing
    shown: bool
    location: Location | None
    interests: tuple[str, ...]
    segments: tuple[str, ...]
    shops_at: tuple[str, ...]
    ties: tuple[BrandTie, ...]
    squads: frozenset[str]
    campaigns: frozenset[str]
    lists: int
    posts: int
    reviews: int
    origin: Origin


class Roster(Struct, frozen=True):
    """All creators of a site by handle, its saved queries, and the ids that can be asked for, by the kind of each."""

    today: date
    people: tuple[Person, ...]
    queries: Mapping[str, Segment]
    known: Mapping[str, tuple[str, ...]]
    places: Places

    def place(self, person: Person) -> Place:
        """Where a creator's file is. This reads it again."""
        return self.places.of(person.origin)


def collect(root: Path, now: datetime) -> Roster:
    """The creators of the site at `root`, at a moment. Raises ProblemsFound when content has problems."""
    read = reading(root, now)
    curation, queries = read.curation, read.site.segments
    written = _Written(curation)
    people = tuple(_person(entry, read, written) for _, entry in sorted(curation.influencers.items()))
    known = {
        "segments": {*queries, *(each for person in people for each in person.segments)},
        "shops_at": curation.merchants,
        "brands": curation.brands,
        "squads": curation.squads,
        "campaigns": curation.campaigns,
    }
    named = {key: tuple(sorted(names)) for key, names in known.items()}
    return Roster(read.live.clock.today, people, queries, named, read.places)


class _Written:
    """How much each creator has written, and where she belongs."""

    def __init__(self, curation: Curation) -> None:
        tables = (curation.lists, curation.posts, curation.reviews)
        self.lists, self.posts, self.reviews = (
            Counter(
                entry.owner
                for entry in table.values()
                if not (entry.record.draft or getattr(entry.record, "removed", None))
            )
            for table in tables
        )
        self.squads = [(entry.id, frozenset(entry.record.members)) for entry in curation.squads.values()]
        self.campaigns = [
            (entry.id, frozenset(each.creator for each in entry.record.participants))
            for entry in curation.campaigns.values()
        ]


def _person(entry: Entry[Influencer], read: Reading, written: _Written) -> Person:
    record, handle = safe(entry, read.live), entry.id
    today = read.live.clock.today.isoformat()
    return Person(
        handle=handle,
        name=record.name,
        status=record.status,
        shown=handle in read.live.influencers,
        location=record.location,
        interests=record.interests,
        segments=record.segments,
        shops_at=record.shops_at,
        ties=tuple(tie for tie in record.relationships if ties_to(tie.brand, [tie], today)),
        squads=frozenset(name for name, members in written.squads if handle in members),
        campaigns=frozenset(name for name, people in written.campaigns if handle in people),
        lists=written.lists[handle],
        posts=written.posts[handle],
        reviews=written.reviews[handle],
        origin=entry.origin,
    )
