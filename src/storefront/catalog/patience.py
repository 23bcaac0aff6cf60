"""How long things take: the days of `data/due.yaml`, and ages in calendar months."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront.reader import decode, parse

NOTHING: Mapping[str, int] = {}
DATA = Path(__file__).parents[1] / "data" / "due.yaml"


class Age(Struct, frozen=True, forbid_unknown_fields=True):
    """An age at which an update is worth most; `after` is how a reviewer would write it."""

    after: str
    days: int = 0
    months: int = 0

    def since(self, day: date) -> date:
        """The day on which something of that day reaches this age; a month without the day ends earlier."""
        month = day.month - 1 + self.months
        year, month = day.year + month // 12, month % 12 + 1
        there = date(year, month, min(day.day, monthrange(year, month)[1]))
        return there + timedelta(days=self.days)


class Defaults(Struct, frozen=True, forbid_unknown_fields=True):
    """The days of `data/due.yaml`."""

    reviewed_on: str
    updates: tuple[Age, ...]
    planned_days: int
    ask_days: int
    ask_days_of: dict[int, tuple[str, ...]]

    def ask_after(self, category: str, own: Mapping[str, int] = NOTHING) -> int:
        """How many days after a thing of a category (a path with " > ") came its review may be asked for.

        `own` are the site's days by words of categories, which come first.
        """
        for part in reversed(category.casefold().split(">")):
            for word, days in own.items():
                if word.casefold() in part:
                    return days
            for days, words in self.ask_days_of.items():
                if any(word in part for word in words):
                    return days
        return self.ask_days


@cache
def defaults() -> Defaults:
    """The days that come with the program, from `data/due.yaml`."""
    return msgspec.convert(parse(decode(DATA.read_bytes(), DATA.name), DATA.name), Defaults, strict=False)
