"""Patterns of words: what `avoid`, `require` and `words` of a campaign mean, and which would forbid criticism.

Case does not matter. A letter that is written without its accent is found with it too, as in searches (UTS #10, 8.2);
one that is written with it is not found without: *schön* and *schon* are two words. Hashtags and mentions are names,
of which every letter counts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront.reader import decode, parse

DATA = Path(__file__).parents[1] / "data" / "criticism.yaml"
NEAR, REACH = 4, 60  # words, and characters, before others that may deny them
SHORTEST = 4  # letters before an asterisk; fewer begin too many words
LONGEST = 30  # letters of an ending
TAGS = ("#", "@")
MARKS = "\u0300-\u036f"  # accents that stand behind their letters
APOSTROPHES = "'’"
BETWEEN = r"[\s\-]+"


class Criticism(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `data/criticism.yaml`, by language."""

    reviewed_on: str
    begins: tuple[str, ...]
    denies: frozenset[str]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """What finds a pattern in a text in NFD: whole words, an asterisk for any ending. It takes linear time."""
    return re.compile("|".join(map(_part, pattern.split("|"))), re.IGNORECASE)


def _part(part: str) -> str:
    words = [word if word[0] in TAGS else word.split("-") for word in part.split(" ")]
    pieces = [piece for word in words for piece in ([word] if isinstance(word, str) else word)]
    before = "&/" if part[0] in TAGS else ""  # no address has a mention in it
    after = r"|\.\w" if pieces[-1].startswith("@") else ""  # a dot goes on a name, and ends a sentence
    return rf"(?<![\w{MARKS}{before}]){BETWEEN.join(map(_piece, pieces))}(?![\w{MARKS}]{after})"


def _piece(piece: str) -> str:
    bare = _apart(piece.removesuffix("*"))
    found = re.escape(bare) if bare[:1] in TAGS else "".join(map(_letter, re.findall(rf".[{MARKS}]*", bare)))
    return rf"{found}[\w{MARKS}]{{0,{LONGEST}}}" if piece.endswith("*") else found


def _letter(letter: str) -> str:
    """A letter with its accents; one of ASCII has any or none."""
    if letter in APOSTROPHES:
        return f"[{APOSTROPHES}]"
    if letter in "ßẞ":
        return "(?:ß|ss)"
    return f"{letter}[{MARKS}]*" if letter.isascii() and letter.isalpha() else re.escape(letter)


def _apart(text: str) -> str:
    """A text with each accent behind its letter (NFD)."""
    return unicodedata.normalize("NFD", text)


def _together(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def found(pattern: str, text: str) -> str | None:
    """The first words of a text that a pattern means; None if there are none."""
    match = compiled(pattern).search(_apart(text))
    return _together(match[0]) if match else None


def claimed(pattern: str, text: str) -> str | None:
    """The first words of a text that a pattern means and that no word shortly before them denies."""
    text = _apart(text)
    for match in compiled(pattern).finditer(text):
        before = re.split(r"[.!?;:\n]", text[max(0, match.start() - REACH) : match.start()])[-1]
        near = re.findall(r"[\w']+", _together(before).casefold().replace("’", "'"))[-NEAR:]
        if _known().denies.isdisjoint(near):
            return _together(match[0])
    return None


def broken_tag(part: str) -> str | None:
    """What networks would keep of a hashtag with other signs in it, or of digits alone; None for one that is whole."""
    if not part.startswith("#"):
        return None
    kept = "#" if part[1:].isdigit() else "#" + _together(re.split(rf"[^\w{MARKS}]", _apart(part[1:]))[0])
    return None if kept == _together(part.removesuffix("*")) else kept


@cache
def _known() -> Criticism:
    return msgspec.convert(parse(decode(DATA.read_bytes(), DATA.name), DATA.name), Criticism, strict=False)


@cache
def _criticism() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in _known().words.values() for word in words))


def forbidden_criticism(pattern: str) -> Iterator[tuple[str, str]]:
    """Each part of a pattern that would forbid criticism, with words that it would forbid; in any language."""
    for part in pattern.split("|"):
        words = next((word for word in _criticism() if found(part, word)), None)
        first, *more = part.casefold().replace("’", "'").split(" ")
        if more and first in _known().begins:
            words = part
        elif words is None and any(each.endswith("*") and len(each) <= SHORTEST for each in part.split(" ")):
            words = f"every word that begins with {part.removesuffix('*')}"
        if words:
            yield part, words
