"""Calendars as iCalendar (RFC 5545): days and moments, each with a name that stays, so that a calendar replaces it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

OCTETS = 75  # in a line, its break not counted (RFC 5545, 3.1)


class Event(Struct, frozen=True, kw_only=True):
    """A whole day, or a moment. `uid` is its name everywhere, `stamp` when it was last written."""

    uid: str
    stamp: datetime
    start: date | datetime
    summary: str
    description: str = ""
    url: str = ""
    category: str = ""


def document(product: str, events: Iterable[Event]) -> str:
    """A calendar of events; `product` names what wrote it. Nothing in it takes up anybody's time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//storefront//{product}//EN"]
    for event in events:
        lines += _event(event)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    if isinstance(event.start, datetime):
        yield f"DTSTART:{_moment(event.start)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.start + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    if event.category:
        yield f"CATEGORIES:{_text(event.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut where it is too long, never inside a character; what follows begins with a space."""
    cut, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > OCTETS:
            cut, size = f"{cut}\r\n ", 1
        cut, size = cut + character, size + width
    return cut
