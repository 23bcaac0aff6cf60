"""Forms of words: whether a text has one of some words, in whatever form, in any language. In doubt it has."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from storefront.slugs import folded

LONG = 4  # letters of a word that tells something; with fewer, most are articles and the like
INSIDE = 5  # letters that mean the same in the middle of a word, as in Zimmerpflanzen
LONGEST = 40  # letters of a word in which others are looked for
LEFT = 3  # letters that have to be left of a word without its ending
ENDINGS = ("ings", "ing", "ies", "ed", "en", "es", *"snaeiouy", *"аеиоуыюя", *"αειουως")  # without accents

# Scripts that put no blanks between words, each run of them in a part of its own.
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_HIRAGANA = "\u3041-\u309f"
_OTHERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese and Khmer
_UNSPACED = re.compile(f"(?P<han>[{_HAN}]+)|(?P<small>[{_HIRAGANA}]+)|[{_KATAKANA}]+|[{_OTHERS}]+")


class _Words(NamedTuple):
    """What a text says: its words, a blank before and after each, what they begin with, and its runs without blanks."""

    words: str
    stems: frozenset[str]
    runs: tuple[str, ...]


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about: the long ones, or all when it has none of these."""
    told = _words_of(text)
    parts = {part for run in told.runs for part in _parts(run)} or {run for run in told.runs if len(run) > 1}
    spaced = told.words.split()
    long = {word for word in spaced if len(word) >= LONG}
    return frozenset(long | parts or spaced)


def has_any(words: Collection[str], text: str) -> bool:
    """Whether a text has one of some `telling_words`: itself, in another form, or inside another word."""
    told = _words_of(text)
    return any(_has(told, word) for word in words)


def _has(told: _Words, word: str) -> bool:
    if _UNSPACED.match(word):
        return any(word in run for run in told.runs)
    stem = _stem(word)
    begins = len(stem) >= LONG and f" {stem}" in told.words  # Kochen, Kochgeschirr
    inside = len(stem) >= INSIDE and stem in told.words
    return stem in told.stems or begins or inside or not _stems_in(word).isdisjoint(told.stems)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """A word without its ending, the longest that there is: bak for bake and baking."""
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= LEFT), "")
    return word.removesuffix(ending)


@lru_cache(maxsize=1024)
def _stems_in(word: str) -> frozenset[str]:
    """All that a word could begin with, and that could stand in it."""
    word = word[:LONGEST]
    ends = range(len(word) + 1)
    inside = (word[start:end] for start in ends for end in ends[start + INSIDE :])
    return frozenset((*(word[:end] for end in ends[LONG:]), *inside))


@lru_cache(maxsize=4096)
def _words_of(text: str) -> _Words:
    plain = "".join(letter if _is_letter(letter) else " " for letter in folded(text))
    spaced = _UNSPACED.sub(" ", plain).split()
    runs = tuple(found[0] for found in _UNSPACED.finditer(plain))
    return _Words(f" {' '.join(spaced)} ", frozenset(map(_stem, spaced)), runs)


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")  # vowels of Hindi and Thai are marks


def _parts(run: str) -> Iterator[str]:
    """What of a run can be looked for: Chinese words have two signs mostly; what is in Hiragana bends a word."""
    found = _UNSPACED.match(run)
    if found and found["han"]:
        yield from (run[at : at + 2] for at in range(max(len(run) - 1, 1)))
    elif found and not found["small"]:
        yield run
