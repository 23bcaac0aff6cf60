"""A page's voice: the language, formats, labels and base path that its words are made with."""

from functools import lru_cache
from typing import Any

from msgspec import Struct

from storefront import disclosure, locales, money
from storefront.catalog.facts import SiteFact
from storefront.disclosure import Pack, Wording
from storefront.pages.views import Day, Fact, Link


class Voice(Struct, frozen=True, eq=False):
    """How one page speaks.

    `locale` formats dates and money, `language` is the page's own, `pack` the words that its markets want of labels.
    `written` is the locale of what its author wrote, where the program has no words in it and the rest is in English.
    There is one voice for each site, locale and markets, so that voices compare by identity.
    """

    site: SiteFact
    locale: str
    language: str
    written: str | None
    pack: Wording

    def say(self, key: str, n: float | None = None, **names: object) -> str:
        """A phrase in the page's language, with numbers as its locale writes them."""
        return locales.say(self.locale, key, n, **names)

    def headed(self, head: str, text: str = "") -> str:
        """A text behind what it is about and a colon."""
        words: Any = locales.words(self.language)
        return f"{head}{words.colon} {text}".rstrip()

    def count(self, value: int) -> str:
        """How many there are, as the page's locale writes it."""
        return locales.count(value, self.locale)

    def url(self, path: str) -> str:
        """An address for an href on this host."""
        return self.site.base + path

    def link(self, text: str, path: str) -> Link:
        """An internal link."""
        return Link(text=text, url=self.site.base + path)

    def day(self, iso: str) -> Day:
        """A date for `<time>`."""
        return _day(iso[:10], self.locale)

    def money(self, text: str) -> str:
        """An amount as the page's locale writes it."""
        return money.shown(text, self.locale)

    def fact(self, key: str, value: str | int) -> Fact:
        """A labelled value."""
        return Fact(label=self.say(key), value=value if isinstance(value, str) else self.count(value))


@lru_cache(maxsize=10_000)
def _day(iso: str, locale: str) -> Day:
    return Day(iso=iso, text=locales.day(iso, locale))


@lru_cache(maxsize=64)
def _spoken(markets: tuple[str, ...], locale: str, own: tuple[Pack, ...]) -> tuple[str, str, str | None, Wording]:
    language, spoken = locales.language_of(locale), locales.spoken(locale)
    return spoken, language, None if spoken == locale else locale, disclosure.wording(markets, language, own)


@lru_cache(maxsize=64)
def voice(site: SiteFact, locale: str | None = None, markets: tuple[str, ...] = ()) -> Voice:
    """The voice of a page in a locale, the site's when left out; labels follow the markets given, else the site's."""
    return Voice(site, *_spoken(markets or site.markets, locale or site.locale, site.packs))
