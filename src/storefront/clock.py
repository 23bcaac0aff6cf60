"""The one clock of a build, and what it makes of days and times written in content."""

import os
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from storefront.vocabulary.common import Record


class Held(StrEnum):
    """Why a record is held back: it is a draft, under embargo, not yet shown, or no longer."""

    DRAFT = "draft"
    EMBARGO = "embargo"
    AHEAD = "ahead"
    PAST = "past"


Day = TypeVar("Day", bound=date)  # a moment is one too
Shown = frozenset[Held]
NOTHING: Shown = frozenset()
EVERYTHING: Shown = frozenset(Held)
PUBLIC = "public"


class Clock(Struct, frozen=True):
    """The moment a build is made for, and the zone in which the site's days begin.

    `shown` are held back and shown all the same: none in a build, what was asked for in a preview. `audience` is for
    whom the build is: public, or squad: or brand: and its id.
    """

    now: datetime
    zone: ZoneInfo
    shown: Shown = NOTHING
    audience: str = PUBLIC

    @property
    def today(self) -> date:
        """The day it is in the site's zone."""
        return self.now.astimezone(self.zone).date()


def read_now(text: str | None) -> datetime:
    """The build's moment: `--now`, else SOURCE_DATE_EPOCH, else the present, in UTC and whole seconds.

    Raises ValueError when the text is no day or time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if text:
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(str(error)) from None
    return datetime.now(UTC).replace(microsecond=0)


def start_of(text: str, zone: ZoneInfo) -> datetime:
    """When a day begins, or the moment itself; text without a zone is in the site's. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def end_of(text: str, zone: ZoneInfo) -> datetime:
    """When a day has ended, or the moment itself. Raises ValueError."""
    if len(text) == len("2026-11-15"):
        return start_of(later(date.fromisoformat(text), 1).isoformat(), zone)
    return start_of(text, zone)


def later(day: Day, days: int) -> Day:
    """A day, or a moment, so many days on; at the end of the calendar the last that every zone has."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day.replace(year=9999, month=12, day=30)


class Window(Struct, frozen=True):
    """Whether a record is shown now, and when that changes next (None: never)."""

    open: bool
    changes: datetime | None = None


ALWAYS = Window(open=True)


def window(record: "Record", clock: Clock) -> Window:
    """Judge draft, from, until and embargo of a record at the clock."""
    if not (record.draft or record.starts or record.until or record.embargo_until or record.releases):
        return ALWAYS
    why, changes = _judged(record, clock)
    return Window(open=why is None or why in clock.shown, changes=changes)


def held(record: "Record", clock: Clock) -> Held | None:
    """Why a record is held back at the clock, shown or not; None for what is open."""
    return _judged(record, clock)[0]


def _judged(record: "Record", clock: Clock) -> tuple[Held | None, datetime | None]:
    """Why a record is held back, and when that changes next."""
    if record.draft:
        return Held.DRAFT, None
    zone = clock.zone
    begin = start_of(record.starts, zone) if record.starts else None
    if record.releases:
        released = [start_of(each.at, zone) for each in record.releases if each.audience in {PUBLIC, clock.audience}]
        if not released:
            return Held.AHEAD, None
        begin = max(each for each in (begin, min(released)) if each)
    embargo = start_of(record.embargo_until, zone) if record.embargo_until else None
    end = end_of(record.until, zone) if record.until else None
    if end and end <= clock.now:
        return Held.PAST, None
    opens = max((each for each in (begin, embargo) if each), default=None)
    if opens and opens > clock.now:
        return Held.EMBARGO if embargo and embargo > clock.now else Held.AHEAD, opens
    return None, end
