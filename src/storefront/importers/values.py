"""Cells to values: ratings, days, a plain yes, names and words. What is not certain is told, not guessed."""

import html
import re
from datetime import date, datetime, tzinfo
from typing import NoReturn

from storefront.problems import shown
from storefront.reader import HIDDEN

# What platforms write for a checked purchase. Everything else, and nothing at all, is no yes.
YES = frozenset({"true", "yes", "y", "1", "buyer", "verified", "verified buyer", "verified purchase", "verified_buyer"})
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?")
_ZONED = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)")
_NUMBERS = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?:[ ,T]+\d\d?:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)?")
_RATING = re.compile(r"[0-9](?:[.,][0-9]{1,3})?")
_BREAK = re.compile(r"<br\s*/?>|</(?:div|li)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|ul|ol)>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|br|div|span|b|i|u|strong|em|ul|ol|li|a)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S|\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){4,}")
_SPACES = re.compile(r"[ \t\u00a0]+")
_GAPS = re.compile(r"\n{3,}")
MONTHS = 12
HIGHEST, HALVES = 5, 2
UNCONVERTED = "Ratings on another scale are not converted: a rounded rating is not the reviewer's."


class Unfit(ValueError):
    """A cell that cannot be taken: the code, message and hint of a problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def quoted(text: str) -> str:
    """A cell as messages may show it: never one that holds an e-mail or IP address."""
    return "something with an address in it" if _ADDRESS.search(text) else shown(text.strip()) or "nothing"


def rating(text: str) -> str | None:
    """One to five stars in halves; 4,5 is 4.5. Raises `Unfit`."""
    text = text.strip()
    if not text:
        return None
    value = float(text.replace(",", ".")) if _RATING.fullmatch(text) else 0.0
    if not 1 <= value <= HIGHEST or value * HALVES % 1:
        raise Unfit("bad-value", f"expected a rating from 1 to 5, in halves, found {quoted(text)}", UNCONVERTED)
    return f"{value:g}"


def refuse_scale(lowest: str, highest: str) -> NoReturn:
    """Raise `Unfit` for a rating that is not on a scale from 1 to 5."""
    message = f"expected a rating on a scale from 1 to 5, found one from {shown(lowest)} to {shown(highest)}"
    raise Unfit("bad-value", message, UNCONVERTED)


def day(text: str, today: date, *, day_first: bool | None) -> str:
    """The day of a date or of a moment, as written there. Raises `Unfit` where it may be two days, or is to come."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        made = _date(text, *map(int, found.groups()))
    elif found := _NUMBERS.fullmatch(text):
        first, second, year = map(int, found.groups())
        made = _date(text, year, *_month_and_day(text, first, second, day_first=day_first))
    else:
        raise _no_day(f"expected a day, found {quoted(text)}", "Write it as 2026-11-15.")
    if made > today:
        raise _no_day(f"{made} has not come yet", "Correct the day; or the clock, with --now.")
    return made.isoformat()


def in_zone(text: str, zone: tzinfo) -> str:
    """The day that it is in a zone at a moment which says its own zone; every other text as it is."""
    found = _ZONED.fullmatch(text.strip())
    if not found:
        return text
    year, month, of_month, time, offset = found.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{month}-{of_month}T{time}{offset.replace('UTC', 'Z')}")
        return moment.astimezone(zone).date().isoformat()
    except (ValueError, OverflowError):  # no moment of the calendar, which `day` tells
        return text


def _month_and_day(text: str, first: int, second: int, *, day_first: bool | None) -> tuple[int, int]:
    if first > MONTHS or first == second or day_first:
        return second, first
    if second > MONTHS or day_first is False:
        return first, second
    raise _no_day(f"{quoted(text)} may be two days", "Say which: --dates day-first or --dates month-first.")


def _date(text: str, year: int, month: int, of_month: int) -> date:
    try:
        return date(year, month, of_month)
    except ValueError:
        raise _no_day(f"there is no {quoted(text)} in the calendar", "Check month and day.") from None


def _no_day(message: str, hint: str) -> Unfit:
    return Unfit("bad-date", message, hint)


def yes(text: str) -> bool:
    """Whether it is an explicit yes."""
    return text.strip().casefold() in YES


def name(text: str) -> str | None:
    """A reviewer's name in one line; none when it is an address, which nobody meant to publish."""
    text = line(text)
    return text if text and not _ADDRESS.search(text) else None


def initialled(text: str) -> str | None:
    """A full name as shops show it: the first name and an initial."""
    words_ = (name(text) or "").split()
    return " ".join([*words_[:-1], f"{words_[-1][0]}."]) if len(words_) > 1 else " ".join(words_) or None


def line(text: str) -> str:
    """Plain text in one line."""
    return " ".join(words(text).split())


def words(text: str) -> str:
    """Plain text: simple tags become line breaks or nothing, entities their characters, hidden characters nothing."""
    if "<" in text:
        text = _TAG.sub("", _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", text)))
    if "&" in text:
        text = html.unescape(text)
    lines = (_SPACES.sub(" ", HIDDEN.sub("", each)).strip() for each in text.replace("\r", "\n").split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()
