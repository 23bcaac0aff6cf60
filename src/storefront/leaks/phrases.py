"""Texts as plain words, however a file writes them, and phrases that are looked for in them.

Escapes of HTML, XML, JSON and addresses are undone, case and punctuation are dropped, so that a phrase is found in a
page, a feed, a document, a parameter of a link or the name of a file alike.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

_words = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+").findall
_json = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrtbf]")
_tag = re.compile(r"<[^<>]*>")
_hidden = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
IDEOGRAPH = 3  # letters that an ideograph counts as
WINDOW, STEP = 6, 3  # words of a long text that are looked for together, and how far apart two of these begin
SHORTEST, SHORTEST_WORD = 10, 8  # letters of a phrase of several words, and of one


def words_of(text: str) -> list[str]:
    """The words of a text without case, marks of formatting and punctuation. Each ideograph is a word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_hidden)
    return _words(text.casefold())


def decoded(text: str) -> str:
    """A text with the escapes of JSON, HTML (twice, for HTML in XML) and addresses undone."""
    if "\\" in text:
        text = _json.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
        if "%" in text:
            text = unquote(text, errors="replace")
    return text


def views_of(text: str) -> tuple[str, str]:
    """The words of a file, spaced: with what stands inside tags, and without, so that a phrase may run across them."""
    plain = decoded(text)
    with_tags = f" {' '.join(words_of(plain))} "
    return with_tags, f" {' '.join(words_of(_tag.sub(' ', plain)))} " if "<" in plain else with_tags


class Phrase(Struct, frozen=True):
    """Words that are looked for together, spaced. With `code` a file must hold that very spelling too."""

    words: str
    code: str = ""


def phrase(text: str) -> Phrase | None:
    """A short text as a phrase; None where it is too short to be told from others by it."""
    words = words_of(text)
    return Phrase(f" {' '.join(words)} ") if _is_telling(words) else None


def phrases(text: str) -> Iterator[Phrase]:
    """A text as phrases: whole if it is short, else windows, of which any part of nine words holds one."""
    words = words_of(text)
    if len(words) <= WINDOW + STEP:
        pieces: Iterable[list[str]] = [words]
    else:
        pieces = (words[at : at + WINDOW] for at in range(0, len(words) - WINDOW + 1, STEP))
    for piece in pieces:
        if _is_telling(piece):
            yield Phrase(f" {' '.join(piece)} ")


def _is_telling(words: list[str]) -> bool:
    letters = sum(IDEOGRAPH if word > "\u3040" else len(word) for word in words)
    return letters >= (SHORTEST if len(words) > 1 else SHORTEST_WORD)


class Finder:
    """Looks for many phrases in many texts. Each is looked for only where its rarest word stands."""

    def __init__(self, wanted: Iterable[Phrase], common: Counter[str]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        for each in dict.fromkeys(wanted):
            rarest = min(each.words.split(), key=lambda word: (common[word], -len(word)))
            self._by_word[rarest].append(each)

    def find(self, views: tuple[str, str], text: str) -> list[Phrase]:
        """The phrases in a text, given with its views, in no order. A single word counts only outside of tags."""
        inside, outside = views
        found = []
        for word in self._by_word.keys() & {*inside.split(), *outside.split()}:
            for each in self._by_word[word]:
                alone = " " not in each.words.strip() and not each.code
                if (each.words in outside or (not alone and each.words in inside)) and each.code in text:
                    found.append(each)
        return found


def place_in(text: str, wanted: Phrase) -> tuple[int, int]:
    """Line and column, from 1, where a phrase stands in a text as it is written; (0, 0) if that cannot be told."""
    gap = r"(?:<[^<>]{0,2000}>|&#?\w{1,10};|\\u[0-9a-fA-F]{4}|\\[nrt]|%[0-9a-fA-F]{2}|[\W_]){1,200}?"
    pattern = gap.join(re.escape(word) for word in wanted.words.split())
    found = re.search(pattern, text, re.IGNORECASE)
    if found is None:
        return 0, 0
    line = text.count("\n", 0, found.start()) + 1
    return line, found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
