"""Patterns of words: what `avoid` and `words` of a campaign mean, and which of them would forbid criticism."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront.reader import decode, parse

DATA = Path(__file__).parents[1] / "data" / "criticism.yaml"
NEAR, REACH = 4, 60  # words, and characters, before others that may deny them
SHORTEST = 4  # letters before an asterisk; fewer begin too many words


class Criticism(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `data/criticism.yaml`, by language."""

    reviewed_on: str
    begins: tuple[str, ...]
    denies: frozenset[str]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """What finds a pattern in a text: whole words in any case, an asterisk for any ending. It takes linear time."""
    phrases = (r"[\s\-]+".join(map(_word, re.split(r"[ -]", each))) for each in pattern.split("|"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    bare = re.escape(word.removesuffix("*")).replace("’", "'").replace("'", "['’]")
    return rf"{bare}\w{{0,30}}" if word.endswith("*") else bare


def found(pattern: str, text: str) -> str | None:
    """The first words of a text that a pattern means; None if there are none."""
    match = compiled(pattern).search(text)
    return match[0] if match else None


def claimed(pattern: str, text: str) -> str | None:
    """The first words of a text that a pattern means and that no word shortly before them denies."""
    for match in compiled(pattern).finditer(text):
        before = re.split(r"[.!?;:\n]", text[max(0, match.start() - REACH) : match.start()])[-1]
        near = re.findall(r"[\w']+", before.casefold().replace("’", "'"))[-NEAR:]
        if _known().denies.isdisjoint(near):
            return match[0]
    return None


@cache
def _known() -> Criticism:
    return msgspec.convert(parse(decode(DATA.read_bytes(), DATA.name), DATA.name), Criticism, strict=False)


@cache
def _criticism() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in _known().words.values() for word in words))


def forbidden_criticism(pattern: str) -> Iterator[tuple[str, str]]:
    """Each part of a pattern that would forbid criticism, with words that it would forbid; in any language."""
    for part in pattern.split("|"):
        words = next((word for word in _criticism() if compiled(part).search(word)), None)
        first, *more = part.casefold().replace("’", "'").split(" ")
        if more and first in _known().begins:
            words = part
        elif words is None and any(each.endswith("*") and len(each) <= SHORTEST for each in part.split(" ")):
            words = f"every word that begins with {part.removesuffix('*')}"
        if words:
            yield part, words
