"""A page's voice: the language, formats, labels and base path that its words are made with."""

from functools import lru_cache

from msgspec import Struct

from storefront import disclosure, locales, money
from storefront.catalog.facts import SiteFact
from storefront.disclosure import Pack, Wording
from storefront.pages.views import Day, Fact, Link


class Voice(Struct, frozen=True, eq=False):
    """How one page speaks.

    `locale` formats dates and money, `language` is the page's own, `pack` the words that its markets want of labels.
    There is one voice for each site, locale and markets, so that voices compare by identity.
    """

    site: SiteFact
    locale: str
    language: str
    pack: Wording

    def say(self, key: str, n: int | None = None, **names: object) -> str:
        """A phrase in the page's language."""
        return locales.say(self.language, key, n, **names)

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

    def fact(self, key: str, value: object) -> Fact:
        """A labelled value."""
        return Fact(label=self.say(key), value=str(value))


@lru_cache(maxsize=10_000)
def _day(iso: str, locale: str) -> Day:
    return Day(iso=iso, text=locales.day(iso, locale))


@lru_cache(maxsize=64)
def _language_and_pack(markets: tuple[str, ...], locale: str, own: tuple[Pack, ...]) -> tuple[str, str, Wording]:
    language = locales.language_of(locale)
    spoken = locale if locale.partition("-")[0] == language else language
    return spoken, language, disclosure.wording(markets, language, own)


@lru_cache(maxsize=64)
def voice(site: SiteFact, locale: str | None = None, markets: tuple[str, ...] = ()) -> Voice:
    """The voice of a page in a locale, the site's when left out; labels follow the markets given, else the site's."""
    return Voice(site, *_language_and_pack(markets or site.markets, locale or site.locale, site.packs))
