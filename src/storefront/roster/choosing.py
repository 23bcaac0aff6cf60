"""Choosing: which creators are meant. All that is asked must hold, and each thing by any of its values."""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from storefront.roster.people import Person, Roster
from storefront.slugs import folded
from storefront.vocabulary.community import Standing
from storefront.vocabulary.site import Segment

APPROVED = (Standing.APPROVED,)  # where nobody says which


class Criteria(Struct, frozen=True, kw_only=True):
    """What is asked for; an empty tuple asks for nothing. It has the keys of a saved query, and more."""

    segments: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    shops_at: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    squads: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    status: tuple[Standing, ...] = ()


def choose(roster: Roster, criteria: Criteria) -> tuple[Person, ...]:
    """The creators of whom all holds that is wanted, by handle."""
    return tuple(
        person
        for person in roster.people
        if _fits(person, criteria)
        and (not criteria.campaigns or not person.campaigns.isdisjoint(criteria.campaigns))
        and _stands(person, roster, criteria)
    )


def segments_of(person: Person, roster: Roster, criteria: Criteria) -> tuple[str, ...]:
    """Where a creator belongs: the segments of her own file, then the saved queries that she fits, each once."""
    saved = (name for name, query in roster.queries.items() if _fits_saved(person, query, criteria))
    return tuple(dict.fromkeys((*person.segments, *saved)))


def _stands(person: Person, roster: Roster, criteria: Criteria) -> bool:
    """Whether she is in a segment that is wanted, and has a status that is.

    The status that a saved query asks for counts in the place of the usual one, and never of one that is wanted.
    """
    usual = person.status in (criteria.status or APPROVED)
    if not criteria.segments:
        return usual
    if usual and not set(criteria.segments).isdisjoint(person.segments):
        return True
    queries = [roster.queries[each] for each in criteria.segments if each in roster.queries]
    return (usual or not criteria.status) and any(_fits_saved(person, query, criteria) for query in queries)


def _fits_saved(person: Person, query: Segment, criteria: Criteria) -> bool:
    return person.status in (query.status or criteria.status or APPROVED) and _fits(person, query)


def _fits(person: Person, criteria: Criteria | Segment) -> bool:
    """Whether all holds that both an option and a saved query can ask for, but for the status."""
    tests: tuple[tuple[tuple[str, ...], Callable[[Person, str], bool]], ...] = (
        (criteria.interests, _writes_about),
        (criteria.regions, _lives_in),
        (criteria.shops_at, lambda person, shop: shop in person.shops_at),
        (criteria.brands, lambda person, brand: any(tie.brand == brand for tie in person.ties)),
        (criteria.squads, lambda person, squad: squad in person.squads),
    )
    return all(not values or any(holds(person, value) for value in values) for values, holds in tests)


def _writes_about(person: Person, words: str) -> bool:
    """Whether the words stand together in one of her interests, whatever their case and accents."""
    return any(_words(words) in _words(interest) for interest in person.interests)


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    words = " ".join(re.findall(r"\w+", folded(text)))
    return f" {words} "


def _lives_in(person: Person, region: str) -> bool:
    if person.location is None:
        return False
    place = person.location.region or ""
    return region in {place, person.location.country} or place.startswith(f"{region}-")
