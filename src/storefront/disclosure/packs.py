"""Market packs: what one market's advertising law wants of labels, as data that a lawyer can read and compare.

The shipped ones are `data/markets/<id>.yaml`; a site changes or adds some in `markets/<id>.yaml` beside its
content folder. What holds in every market is in `data/everywhere.yaml`.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from storefront.problems import nearest
from storefront.reader import decode, parse
from storefront.vocabulary import meant
from storefront.vocabulary.common import Part, Relationship
from storefront.vocabulary.scalars import Country, Date, Line, Url, form
from storefront.vocabulary.validate import Mistake, convert

DATA = Path(__file__).parents[1] / "data"
MARKETS = DATA / "markets"
# What needs no badge: the creator's own money, and a thing with no tie at all.
UNPAID = frozenset({Relationship.PURCHASED, Relationship.NONE})
LABELLED = tuple(relationship for relationship in Relationship if relationship not in UNPAID)

Language = Annotated[str, form(r"^[a-z]{2}$", "a language of two letters (ISO 639)", "en")]
RuleId = Annotated[str, form(r"^[A-Z]{1,4}-\d\d[a-z]?$", "the id of a rule", "UK-01")]


class Proof(StrEnum):
    """Where a rule is proved: on a text of the pack, on the built page, on the records, or by people alone."""

    TEXT = "text"
    PAGE = "page"
    DATA = "data"
    PEOPLE = "people"


class Rule(Part, frozen=True, kw_only=True, eq=False):
    """One rule in one plain sentence, and what of it a text can be judged by.

    `of` are the relationships it is about (all that need a badge when left out). A badge in a language
    begins with one of `begins`, holds one of `holds`, and names the brand where the language is in `brand`.
    `mark` ends the badge and the text of an affiliate link, and begins the sentence that explains it.
    """

    says: Line
    proof: Proof
    of: tuple[Relationship, ...] = ()
    begins: dict[Language, tuple[Line, ...]] = {}
    holds: dict[Language, tuple[Line, ...]] = {}
    brand: tuple[Language, ...] = ()
    mark: Line | None = None
    unverified: Line | None = None

    def covers(self, relationship: Relationship) -> bool:
        """Whether the rule is about badges of a relationship."""
        return not self.of or relationship in self.of


class Texts(Part, frozen=True, kw_only=True, eq=False):
    """The words of a market in one language. `{brand}`, `{brands}` and `{merchants}` are filled in.

    A badge reads "root · qualifier". `qualifiers` hold the plain words for use after another market's root
    where a badge is one whole text, or where what follows its dot does not say enough alone.
    """

    label: Line
    badges: dict[Relationship, Line]
    statements: dict[Relationship, Line]
    shared: Line
    qualifiers: dict[Relationship, Line] = {}
    rejected: tuple[Line, ...] = ()
    discouraged: tuple[Line, ...] = ()


class Pack(Part, frozen=True, kw_only=True, eq=False):
    """One market. Packs compare by identity: there is one of each in a run."""

    id: str = ""
    name: Line
    covers: tuple[Country, ...] = ()
    reviewed_on: Date
    sources: tuple[Url, ...]
    rules: dict[RuleId, Rule]
    texts: dict[Language, Texts]
    unverified: tuple[Line, ...] = ()


class Everywhere(Part, frozen=True, kw_only=True, eq=False):
    """What holds in every market: rules, labels that say too little alone, and words that contradict a tie.

    `contradictions` deny wherever they stand, `clauses` only as a whole sentence or clause, and `harmless` have the
    words of either and deny nothing.
    """

    reviewed_on: Date
    sources: tuple[Url, ...]
    rules: dict[RuleId, Rule]
    rejected: tuple[Line, ...]
    hashtags: tuple[Line, ...]
    labels: tuple[Line, ...]
    contradictions: dict[Language, tuple[Line, ...]]
    clauses: dict[Language, tuple[Line, ...]]
    harmless: dict[Language, tuple[Line, ...]]
    unverified: tuple[Line, ...] = ()


@cache
def names() -> tuple[str, ...]:
    """The ids of the shipped packs."""
    return tuple(sorted(path.stem for path in MARKETS.glob("*.yaml")))


@cache
def data_of(market: str) -> Mapping[str, object]:
    """A shipped pack as plain data, for a site's file to be laid over."""
    path = MARKETS / f"{market}.yaml"
    data: Mapping[str, object] = parse(decode(path.read_bytes(), path.name), path.name)
    return data


@cache
def shipped(market: str) -> Pack:
    """A shipped pack; each is read when it is first asked for. Raises KeyError for an id that is not among `names`."""
    if market not in names():
        raise KeyError(market)
    made = made_of(market, {**data_of(market)})
    if isinstance(made, list):
        raise TypeError(f"{market}.yaml: {made}")
    return made


def made_of(market: str, data: Mapping[str, object]) -> Pack | list[Mistake]:
    """The pack that plain data describes, or its mistakes."""
    return convert({**data, "id": market}, Pack)


def packs(own: tuple[Pack, ...] = ()) -> dict[str, Pack]:
    """All packs by id, a site's own laid over the shipped ones."""
    return {market: shipped(market) for market in names()} | {pack.id: pack for pack in own}


def find(market: str, own: tuple[Pack, ...] = ()) -> Pack | None:
    """A pack by id, the site's own first; None when there is none."""
    found = next((pack for pack in own if pack.id == market), None)
    return found or (shipped(market) if market in names() else None)


@cache
def everywhere() -> Everywhere:
    """What holds in every market."""
    path = DATA / "everywhere.yaml"
    made = convert(parse(decode(path.read_bytes(), path.name), path.name), Everywhere)
    if isinstance(made, list):
        raise TypeError(f"{path.name}: {made}")
    return made


def unknown_hint(market: str, own: tuple[Pack, ...] = ()) -> str:
    """What to write for a market that has no pack: the pack that covers the country, the nearest id, all ids."""
    known = packs(own)
    country = meant.country(market)
    if country.lower() in known:
        return f"Did you mean {country.lower()}?"
    covering = next((pack.id for pack in known.values() if country in pack.covers), None)
    if covering:
        return f"Write {covering}, which covers it."
    if near := nearest(market, known):
        return f"Did you mean {near}?"
    return f"There are: {', '.join(sorted(known))}; docs/disclosure.md says how to add one."
