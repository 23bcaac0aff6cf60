"""Checks that the rules of many records share: days and moments, amounts of money, countries, windows of time."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache

from babel.core import get_global

from storefront import money
from storefront.problems import KeyPath
from storefront.vocabulary import meant
from storefront.vocabulary.common import Record, Relationships, as_tuple
from storefront.vocabulary.validate import Mistake

ORDER = ("squad", "brand", "public")  # who sees something first


def tie(stated: Relationships, path: KeyPath) -> Iterator[Mistake]:
    """A tie that must be known is at least one word; an empty list would say that nobody asked."""
    if not as_tuple(stated):
        hint = "Write paid, gifted, purchased or another word; none says that there is no tie."
        yield Mistake(path, "missing-key", f"{path[-1]} is an empty list, and a tie must be known", hint)


def window(record: Record, path: KeyPath) -> Iterator[Mistake]:
    """Moments of a record that do not exist, or an end before its beginning."""
    if not (record.starts or record.until or record.embargo_until or record.releases):  # as nearly every record
        return
    yield from moments(path, embargo_until=record.embargo_until)
    yield from span(path, record.starts, record.until)
    yield from _releases(record, path)


def _releases(record: Record, path: KeyPath) -> Iterator[Mistake]:
    """Squads see a thing before brands do, and brands before everybody; each audience once."""
    named = [each.audience for each in record.releases]
    for i, release in enumerate(record.releases):
        yield from moments((*path, "releases", i), at=release.at)
        if release.audience in named[:i]:
            message = f"{release.audience} is there twice"
            yield Mistake((*path, "releases", i, "audience"), "bad-value", message, "Delete one of the two.")
        kind = release.audience.partition(":")[0]
        later = [each for each in record.releases if ORDER.index(each.audience.partition(":")[0]) > ORDER.index(kind)]
        if any(each.at[:10] < release.at[:10] or _earlier(each.at, release.at) for each in later):
            message = f"{release.audience} would see this later than an audience that must come after it"
            hint = "Squads come first, then brands, then the public."
            yield Mistake((*path, "releases", i, "at"), "bad-date", message, hint)


def _earlier(one: str, other: str) -> bool:
    """Whether a moment lies before another, as far as both are written alike."""
    return len(one) == len(other) and one[16:] == other[16:] and one < other


def span(path: KeyPath, starts: str | None, until: str | None) -> Iterator[Mistake]:
    """A time from one moment until another: moments that do not exist, or the wrong way round."""
    yield from moments(path, **{"from": starts, "until": until})
    if starts and until and until[:10] < starts[:10]:
        yield Mistake((*path, "until"), "bad-date", "it ends before it begins", "Change from or until.")


def days(path: KeyPath, **given: str | None) -> Iterator[Mistake]:
    """Days that do not exist; two in one call must be in order."""
    there = [text for text in given.values() if text]
    for key, text in given.items():
        if text and not _is_day(text):
            hint = f"Did you mean {near}?" if (near := meant.day(text)) else "Check month and day."
            yield Mistake((*path, key), "bad-date", f"there is no {text} in the calendar", hint)
    if all(map(_is_day, there)) and there != sorted(there):
        yield Mistake((*path, list(given)[-1]), "bad-date", "it ends before it begins", "Exchange the two days.")


def moments(path: KeyPath, **given: str | None) -> Iterator[Mistake]:
    """Days or times that do not exist."""
    for key, text in given.items():
        if text and not _is_moment(text):
            hint = f"Did you mean {near}?" if (near := meant.day(text)) else "Check month, day and hour."
            yield Mistake((*path, key), "bad-date", f"there is no such time as {text}", hint)


@lru_cache(maxsize=4096)  # many reviews share a few days
def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and "1900" <= text < "9999"
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text)) and "1900" <= text < "9999"
    except ValueError:
        return False


def amounts(path: KeyPath, **given: str | None) -> Iterator[Mistake]:
    """Amounts of money that cannot be, by the smallest coin of their currency."""
    for key, text in given.items():
        if text:
            yield from amount(text, (*path, key))


def amount(text: str, path: KeyPath) -> Iterator[Mistake]:
    """An amount of money that cannot be."""
    try:
        money.parse(text)
    except ValueError as error:
        yield Mistake(path, "bad-money", str(error), "Write it as 18.00 GBP or 1800 JPY.")


@cache
def _countries() -> frozenset[str]:
    return frozenset(get_global("territory_currencies"))


def country(region: str | None, path: KeyPath) -> Iterator[Mistake]:
    """A country, or the one that a region begins with, must exist (ISO 3166)."""
    country = (region or "")[:2]
    if country and country not in _countries():
        near = meant.country(country)
        hint = f"Did you mean {near}?" if near else "Use the two letters of ISO 3166, such as GB or NO."
        yield Mistake(path, "bad-value", f"{country} is not a country code", hint)
