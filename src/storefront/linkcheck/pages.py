"""What a shop's page says, as far as it can be told without running it; each pass is linear in its size."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct, convert

from storefront.reader import decode, parse

DATA = Path(__file__).parents[1] / "data" / "shop-pages.yaml"
SILENT = ("script", "style", "template", "noscript", "svg")
TAG = re.compile(r"<[^<>]*>")
NO_WORD = re.compile(r"[\W_]+")
CHARSET = re.compile(rb"<meta[^<>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
# schema.org's ItemAvailability, as JSON-LD and microdata write it, and the meta tags of catalogues.
SCHEMA = re.compile(r"schema\.org\\?/(\w{1,40})")
SHORT = re.compile(r"\"availability\"\s{0,9}:\s{0,9}\"(\w{1,40})\"")
META = re.compile(r"<meta[^<>]{0,300}(?:product|og):availability[^<>]{0,300}>", re.IGNORECASE)
HAD = frozenset({"instock", "limitedavailability", "onlineonly", "preorder", "presale", "backorder", "madetoorder",
                 "instoreonly"})  # fmt: skip
NOT_HAD = frozenset({"outofstock", "soldout", "oos"})
ENDED = frozenset({"discontinued"})
LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
FIRST_WITHOUT_SPACES = "\u3040"  # kana and ideographs


class Signs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The phrases and paths of `data/shop-pages.yaml`."""

    reviewed_on: str
    challenge: tuple[str, ...]
    unavailable: tuple[str, ...]
    out_of_stock: tuple[str, ...]
    buyable: tuple[str, ...]
    search_paths: frozenset[str]
    search_parameters: frozenset[str]
    home_paths: frozenset[str]
    login_paths: frozenset[str]


@cache
def signs() -> Signs:
    """The signs that come with the program."""
    return convert(parse(decode(DATA.read_bytes(), DATA.name), DATA.name), Signs)


class Page(Struct, frozen=True):
    """A page's visible text in small letters, words parted by single spaces, and its data on availability."""

    text: str
    availability: frozenset[str]

    def says(self, phrases: tuple[str, ...]) -> str | None:
        """The first of some phrases that stands in the text."""
        return next((phrase for phrase in phrases if _within(phrase, self.text)), None)

    @property
    def words(self) -> int:
        """How many words there are."""
        return self.text.count(" ") - 1 if self.text.strip() else 0


def read(body: bytes) -> Page:
    """What a page says. Never fails: what is no HTML is text."""
    html = _decoded(body)
    words = NO_WORD.sub(" ", unescape(TAG.sub(" ", _visible(html))).casefold()).strip()
    return Page(f" {words} ", frozenset(_availability(html)))


def _decoded(body: bytes) -> str:
    found = CHARSET.search(body[:2048])
    try:
        return body.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except (LookupError, UnicodeError):  # no such charset, or a codec that makes no text
        return body.decode("utf-8", "replace")


def _visible(html: str) -> str:
    """Without comments, and without elements whose text nobody sees. What is never closed hides the rest."""
    for opening, closing in (("<!--", "-->"), *((f"<{name}", f"</{name}") for name in SILENT)):
        html = "".join(_outside(html, opening, closing))
    return html


def _outside(html: str, opening: str, closing: str) -> Iterator[str]:
    folded, at = html.lower(), 0
    if len(folded) != len(html):  # a few letters change their length
        folded = html
    while (start := folded.find(opening, at)) >= 0:
        yield html[at:start]
        end = folded.find(closing, start + len(opening))
        if end < 0:
            return
        at = end + len(closing)
    yield html[at:]


def _availability(html: str) -> Iterator[str]:
    known = HAD | NOT_HAD | ENDED
    metas = (tag[0].lower() for tag in META.finditer(html))
    said = [match[1].lower() for pattern in (SCHEMA, SHORT) for match in pattern.finditer(html)]
    said += [NO_WORD.sub("", value) for tag in metas for value in re.findall(r"content=[\"']([^\"'<>]*)", tag)]
    return (word for word in said if word in known)


def _within(phrase: str, text: str) -> bool:
    return phrase in text if phrase[0] >= FIRST_WITHOUT_SPACES else f" {phrase} " in text


def is_home(url: str) -> bool:
    """Whether an address is a shop's front page."""
    segments = _segments(url)
    return all(LOCALE.fullmatch(segment) or segment in signs().home_paths for segment in segments)


def is_search(url: str) -> bool:
    """Whether an address is a shop's search."""
    asked = {name.lower() for name, _ in parse_qsl(urlsplit(url).query)}
    return bool(signs().search_paths.intersection(_segments(url)) or signs().search_parameters & asked)


def is_login(url: str) -> bool:
    """Whether an address asks who its reader is."""
    return bool(signs().login_paths.intersection(_segments(url)))


def _segments(url: str) -> list[str]:
    return [segment.lower() for segment in urlsplit(url).path.split("/") if segment]
