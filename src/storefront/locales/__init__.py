"""Languages: fixed words for templates, phrases with numbers and names for views, dates, lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from storefront.reader import decode, parse

FOLDER = Path(__file__).parent
FALLBACK = "en"
GROUPED = 1000  # no locale groups the digits of a smaller number


@cache
def languages() -> tuple[str, ...]:
    """The languages that pages can be in."""
    return tuple(sorted(path.stem for path in (FOLDER / "words").glob("*.yaml")))


def language_of(locale: str) -> str:
    """The page language for a locale: its own where there are words for it, else English."""
    language = locale.partition("-")[0]
    return language if language in languages() else FALLBACK


def spoken(locale: str) -> str:
    """What a page says of its language: the locale, region and all, where there are words for it, else English."""
    language = language_of(locale)
    return locale if locale.partition("-")[0] == language else language


@cache
def direction_of(locale: str) -> str:
    """`ltr` or `rtl`, as HTML's dir attribute wants it."""
    return _babel(locale).text_direction


@cache
def words(language: str) -> msgspec.Struct:
    """The fixed words of a language: one attribute for each key of `locales/words/<language>.yaml`."""
    known: dict[str, str] = _yaml("words", language)
    kind = msgspec.defstruct("Words", [(key, str) for key in known], frozen=True, kw_only=True)
    made: msgspec.Struct = kind(**known)
    return made


@lru_cache(maxsize=4096, typed=True)
def say(locale: str, key: str, /, n: float | None = None, **names: object) -> str:
    """A phrase of `locales/phrases/<language>.yaml` with its gaps filled; `n` picks the plural form.

    Whole numbers are written as the locale groups them.
    """
    shown = {name: count(value, locale) if value.__class__ is int else value for name, value in names.items()}
    return str(_phrase(locale, key, n).format(n=None if n is None else count(n, locale), **shown))


@lru_cache(maxsize=20_000)
def _phrase(locale: str, key: str, n: float | None) -> str:
    """The form of a phrase that goes with a number."""
    phrase = _yaml("phrases", language_of(locale))[key]
    if isinstance(phrase, Mapping):
        form = _babel(language_of(locale)).plural_form(n or 0)
        phrase = phrase.get(form, phrase["other"])
    return str(phrase)


@lru_cache(maxsize=20_000)
def day(text: str, locale: str) -> str:
    """A day (ISO 8601) as people write it: "18 Nov 2026" in en-GB."""
    return format_date(date.fromisoformat(text[:10]), format="medium", locale=_babel(locale))


@lru_cache(maxsize=1024)
def month(text: str, locale: str) -> str:
    """A month (YYYY-MM) as people write it: "November 2026" in en-GB."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=_babel(locale))


@lru_cache(maxsize=4096)
def country(code: str, locale: str) -> str:
    """A country's name in a language."""
    return str(_babel(locale).territories.get(code, code))


def listed(items: Sequence[str], locale: str) -> str:
    """Items as a list in words: a, b and c."""
    return _listed(tuple(items), locale) if len(items) > 1 else "".join(items)


@lru_cache(maxsize=4096)
def _listed(items: tuple[str, ...], locale: str) -> str:
    return format_list(items, locale=_babel(locale))


def alternatives(items: Sequence[str], locale: str) -> str:
    """Items of which one holds: a, b or c."""
    return format_list(list(items), style="or", locale=_babel(locale))


def count(value: float, locale: str) -> str:
    """How many there are: 1,204 in English, 1.204 in German."""
    return number(value, locale) if value >= GROUPED or value.__class__ is not int else str(value)


@lru_cache(maxsize=4096)
def number(value: float, locale: str) -> str:
    """A number with at most one decimal: 4.6, or 4,6 in German."""
    pattern = _with_tenths(_babel(locale).decimal_formats[None].pattern)
    return format_decimal(value, format=pattern, locale=_babel(locale))


@lru_cache(maxsize=4096)
def percent(share: float, locale: str) -> str:
    """A share from 0 to 1 as a whole percentage: 71% in English, 71 % in German."""
    return format_percent(share, locale=_babel(locale))


@lru_cache(maxsize=4096)
def percentage(value: float, locale: str) -> str:
    """So many of a hundred, with at most one decimal: 12.5% in English, 12,5 % in German."""
    pattern = _with_tenths(_babel(locale).percent_formats[None].pattern)
    return format_percent(Decimal(str(value)) / 100, format=pattern, locale=_babel(locale))


def _with_tenths(pattern: str) -> str:
    """A locale's own pattern of CLDR, such as "#,##0.###" or "#,##0 %", with at most one decimal."""
    whole, last, rest = pattern.partition(".###")[0].rpartition("0")
    return f"{whole}{last}.#{rest}"


@cache
def _babel(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


@cache
def _yaml(folder: str, language: str) -> dict[str, Any]:
    path = FOLDER / folder / f"{language}.yaml"
    data: dict[str, Any] = parse(decode(path.read_bytes(), path.name), path.name)
    return data


def known(locale: str) -> bool:
    """Whether a locale exists, so that dates and money can be written in it."""
    try:
        _babel(locale)
    except (ValueError, UnknownLocaleError):
        return False
    return True
