"""The choice of words: of all listed markets the strictest rule wins, in the page's language."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from storefront.disclosure import rules
from storefront.disclosure.packs import LABELLED, UNPAID, Pack, Texts, find, shipped
from storefront.vocabulary.common import Relationship

FALLBACK = "eu"
# Whose words a page takes in a language that none of its markets has words for.
HOME = {"en": "gb", "de": "de", "fr": "fr", "it": "it", "es": "es", "nl": "nl", "pl": "pl", "pt": "br"}
STRENGTH = {relationship: index for index, relationship in enumerate(Relationship)}
DOT = " · "


class Label(Struct, frozen=True):
    """A badge's relationship and text."""

    relationship: Relationship
    text: str


class Wording(Struct, frozen=True, kw_only=True, eq=False):
    """The words of one page: chosen once for its markets and language. `packs` are the markets that judged them.

    `unmet` are the relationships for which no text satisfies all of them; the first market's stands there.
    """

    language: str
    packs: tuple[Pack, ...]
    label: str
    mark: str
    badges: dict[Relationship, str]
    statements: dict[Relationship, str]
    shared: str
    unmet: tuple[Relationship, ...]


def strongest_first(relationships: Iterable[Relationship]) -> tuple[Relationship, ...]:
    """Each once, in the order of disclosure."""
    return _strongest_first(tuple(relationships))


@lru_cache(maxsize=1024)  # a site has few combinations of ties
def _strongest_first(relationships: tuple[Relationship, ...]) -> tuple[Relationship, ...]:
    return tuple(sorted(set(relationships), key=STRENGTH.__getitem__))


def labels(relationships: Iterable[Relationship], brand: str, wording: Wording) -> tuple[Label, ...]:
    """A badge for every relationship that needs one, strongest first."""
    return tuple(
        Label(relationship, wording.badges[relationship].replace(rules.BRAND, brand))
        for relationship in strongest_first(relationships)
        if relationship not in UNPAID
    )


def judges(markets: Sequence[str], language: str, own: tuple[Pack, ...] = ()) -> tuple[Pack, ...]:
    """The packs that judge a page: of its markets those with words in its language, in the order listed.

    Without any, the language's home market judges; the European Union's for a language that no pack speaks.
    """
    listed = [pack for market in dict.fromkeys(markets) if (pack := find(market, own)) and language in pack.texts]
    if listed:
        return tuple(listed)
    home = find(HOME.get(language, FALLBACK), own)
    return (home if home and language in home.texts else find(FALLBACK, own) or shipped(FALLBACK),)


@lru_cache(maxsize=256)
def wording(markets: tuple[str, ...], language: str, own: tuple[Pack, ...] = ()) -> Wording:
    """The words of pages in a language for markets; `own` are the packs that the site changes or adds."""
    packs = judges(markets, language, own)
    spoken = language if language in packs[0].texts else "en"
    texts = [pack.texts[spoken] for pack in packs]
    mark = next((found for pack in packs if (found := rules.mark(pack))), "")
    badges = {relationship: _badge(relationship, packs, spoken, mark) for relationship in LABELLED}
    return Wording(
        language=spoken,
        packs=packs,
        label=_label(packs, texts, spoken),
        mark=mark,
        badges={each: badge or texts[0].badges[each] for each, badge in badges.items()},
        statements={each: _marked([text.statements[each] for text in texts], each, mark) for each in LABELLED},
        shared=_marked([text.shared for text in texts], Relationship.AFFILIATE, mark),
        unmet=tuple(each for each, badge in badges.items() if badge is None),
    )


def _badge(relationship: Relationship, packs: Sequence[Pack], language: str, mark: str) -> str | None:
    """The first text, of the markets' own and then of those built, that breaks no rule of any market."""
    for text in (*_written(relationship, packs, language), *_built(relationship, packs, language, mark)):
        if not any(rules.broken(text, relationship, pack, language) for pack in packs):
            return text
    return None


def _written(relationship: Relationship, packs: Sequence[Pack], language: str) -> Iterator[str]:
    for pack in packs:
        yield pack.texts[language].badges[relationship]


def _built(relationship: Relationship, packs: Sequence[Pack], language: str, mark: str) -> Iterator[str]:
    """Every root that a market accepts, with every market's plain qualifier."""
    ending = mark if relationship is Relationship.AFFILIATE else ""
    for each in packs:
        for root in (each.texts[language].label, *rules.roots(each, language, relationship)):
            for pack in packs:
                words = qualifier(pack.texts[language], relationship).removesuffix(ending)
                yield f"{root}{DOT}{words}{ending}"


def qualifier(texts: Texts, relationship: Relationship) -> str:
    """The plain words of a tie: as the market gives them for use after a root, else what follows the dot."""
    badge = texts.badges[relationship]
    return texts.qualifiers.get(relationship) or badge.partition(DOT)[2] or badge


def _label(packs: Sequence[Pack], texts: Sequence[Texts], language: str) -> str:
    """The word at the head of the statement: the first label that stands among the roots of every market."""
    known = [{rules.fold(root) for root in rules.roots(pack, language)} for pack in packs]
    offered = [text.label for text in texts] + [root for pack in packs for root in rules.roots(pack, language)]
    whole = (label for label in offered if rules.BRAND not in label)
    return next((label for label in whole if all(rules.fold(label) in each for each in known)), texts[0].label)


def _marked(sentences: Sequence[str], relationship: Relationship, mark: str) -> str:
    """The first market's sentence; where a mark must be explained, the first that begins with it."""
    if mark and relationship is Relationship.AFFILIATE:
        return next((each for each in sentences if each.startswith(mark)), f"{mark} {sentences[0]}")
    return sentences[0]
