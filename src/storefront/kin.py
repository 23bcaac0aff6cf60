"""Kin: whether a text has one of some words, in whatever form, in any language. In doubt it has."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from storefront.slugs import folded

LONG = 4  # letters of a word that tells something; with fewer, most are articles and the like
INSIDE = 5  # letters that mean the same in the middle of a word, as in Zimmerpflanzen
LEFT = 3  # letters that have to be left of a word without its ending
ENDINGS = ("ings", "ing", "ies", "ed", "en", "es", *"snaeiouy", *"аеиоуыюя", *"αειουως")  # without accents

# Scripts that put no blanks between words, each run of them in a part of its own.
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_HIRAGANA = "\u3041-\u309f"
_OTHERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese and Khmer
_UNSPACED = re.compile(f"(?P<han>[{_HAN}]+)|(?P<small>[{_HIRAGANA}]+)|[{_KATAKANA}]+|[{_OTHERS}]+")


def telling(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about: the long ones, or all when it has none of these."""
    spaced, runs = _split(text)
    parts = {part for run in runs for part in _parts(run)} or {run for run in runs if len(run) > 1}
    long = {word for word in spaced if len(word) >= LONG}
    return frozenset(long | parts or spaced)


def meets(words: Collection[str], text: str) -> bool:
    """Whether one of `telling` words is in a text, in another form or as a part of a longer word too."""
    spaced, runs = _split(text)
    return any(_UNSPACED.match(word) and any(word in run for run in runs) for word in words) or any(
        _akin(word, other) for word in words for other in spaced
    )


def _akin(one: str, other: str) -> bool:
    """Whether two words are forms of one, begin alike (Kochen, Kochgeschirr), or one is in the other."""
    stem, others = _stem(one), _stem(other)
    return stem == others or _is_part(stem, other) or _is_part(others, one)


def _is_part(stem: str, word: str) -> bool:
    return (len(stem) >= LONG and word.startswith(stem)) or (len(stem) >= INSIDE and stem in word)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """A word without its ending, the longest that there is: bak for bake and baking."""
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= LEFT), "")
    return word.removesuffix(ending)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words between blanks, and the runs of letters that have none between words."""
    plain = "".join(letter if _is_letter(letter) else " " for letter in folded(text))
    return frozenset(_UNSPACED.sub(" ", plain).split()), tuple(found[0] for found in _UNSPACED.finditer(plain))


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")  # vowels of Hindi and Thai are marks


def _parts(run: str) -> Iterator[str]:
    """What of a run can be looked for: Chinese words have two signs mostly; what is in Hiragana bends a word."""
    found = _UNSPACED.match(run)
    if found and found["han"]:
        yield from (run[at : at + 2] for at in range(max(len(run) - 1, 1)))
    elif found and not found["small"]:
        yield run
