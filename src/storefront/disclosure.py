"""Disclosure: the words each market's law wants, from `data/markets/`, put beside and before every shop link.

The markup of a shop link is made here and nowhere else: badges first, then the anchor, in one
element. Themes receive it whole.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape
from msgspec import Struct, convert

from storefront.reader import decode, parse
from storefront.vocabulary.common import Relationship

MARKETS = Path(__file__).parent / "data" / "markets"
FALLBACK = "eu"
STRENGTH = {relationship: index for index, relationship in enumerate(Relationship)}
# What needs no badge: the creator's own money, and a thing with no tie at all.
UNPAID = frozenset({Relationship.PURCHASED, Relationship.NONE})


class Pack(Struct, frozen=True, kw_only=True):
    """The words of one market in one language. `{brand}`, `{brands}` and `{merchants}` are filled in."""

    name: str
    language: str
    reviewed_on: str
    sources: tuple[str, ...]
    label: str
    badges: dict[Relationship, str]
    statements: dict[Relationship, str]
    shared: str
    mark: str = ""


class Label(Struct, frozen=True):
    """A badge's relationship and text."""

    relationship: Relationship
    text: str


@cache
def packs() -> dict[str, Pack]:
    """All market packs by id."""
    return {
        path.stem: convert(parse(decode(path.read_bytes(), path.name), path.name), Pack, strict=False)
        for path in sorted(MARKETS.glob("*.yaml"))
    }


def pack_for(markets: Sequence[str], language: str) -> Pack:
    """The pack that speaks the page's language: of the first listed market that has one, else any, else the EU's."""
    known = packs()
    order = [*markets, *sorted(known.keys() - {FALLBACK}), FALLBACK]
    return next((known[market] for market in order if known[market].language == language), known[FALLBACK])


def strongest_first(relationships: Iterable[Relationship]) -> tuple[Relationship, ...]:
    """Each once, in the order of disclosure."""
    return tuple(sorted(set(relationships), key=STRENGTH.__getitem__))


def labels(relationships: Iterable[Relationship], brand: str, pack: Pack) -> tuple[Label, ...]:
    """A badge for every relationship that needs one, strongest first."""
    return tuple(
        Label(relationship, pack.badges[relationship].format(brand=brand))
        for relationship in strongest_first(relationships)
        if relationship not in UNPAID
    )


def shop_link(shown: Sequence[Label], url: str, text: str, thing: str, rel: str, pack: Pack) -> Markup:
    """Badges and anchor as one element, in this order. `thing` is added for those who hear the link alone."""
    mark = pack.mark if any(label.relationship is Relationship.AFFILIATE for label in shown) else ""
    return Markup(  # noqa: S704  each value is escaped
        f'<span class="shop">{_badges(shown)}<a class="buy" href="{escape(url)}" rel="{rel}">{escape(text)}'
        f'<span class="vh">: {escape(thing)}</span>{mark}</a></span>'
    )


def promo_code(shown: Sequence[Label], code: str) -> Markup:
    """Badges and code as one element, in this order."""
    return Markup(f'<span class="promo">{_badges(shown)}<code>{escape(code)}</code></span>')  # noqa: S704  escaped


def _badges(shown: Sequence[Label]) -> str:
    if not shown:
        return ""
    each = "".join(f'<span class="badge badge--{label.relationship}">{escape(label.text)}</span> ' for label in shown)
    return f'<span class="badges">{each}</span>'
