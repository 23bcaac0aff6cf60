"""Denials: words of a text that deny money or gifts, in whatever language and however they are spelled."""

import re
from collections import Counter
from functools import cache
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

from storefront.disclosure.packs import everywhere
from storefront.disclosure.rules import unseen
from storefront.links.lookalikes import TO_LATIN
from storefront.slugs import folded

ENDS = "…"  # at the end of a phrase of the data: whatever ending it has
ENDING = r"\w{0,3}"
TELLING = 5  # letters of a word to look for
LONG = 10  # letters of a phrase that means the same inside a hashtag
_link = re.compile(r"\]\([^()\n]*\)")
_words = re.compile(r"\w+|[%?]")
_alike = re.compile(f"[{''.join(letter for letter in map(chr, TO_LATIN) if not letter.isascii())}]")
_ASCII = bytes(range(128))
_letters = bytes.maketrans(_ASCII, _ASCII.decode().lower().translate(TO_LATIN).encode())
_others = bytes(byte for byte in range(256) if not bytes([byte]).isalnum())
# What may part two words of a denial: blanks and signs, but neither the end of a sentence or clause nor an empty line.
# Possessive throughout: what follows is a word, which none of these begins.
_APART = r"(?:[^\w\s.,;:!?%]|\.{2,}+|[.,;:!?](?!\s)|\n(?![^\S\n]*\n)|[^\S\n])*+"
_SPELLED = r"[\W_]{1,3}"  # between letters that stand apart
# What a clause begins after and ends before. Not quotation marks: „Keine Werbung“ is what letter boxes say.
_BEFORE = r"(?:^|[^\w\s'\"%&/„“”‚‘«»‹›]|\n)[^\S\n]*"
_BEHIND = r"[^\S\n]*(?=$|[^\w\s'\"%&/„“”‚‘«»‹›]|\n)"


class _Denial(NamedTuple):
    """A phrase as the data has it, its letters, which a text with it has in a row, and the pattern that finds it."""

    phrase: str
    letters: str
    found: str


def contradictions(text: str) -> tuple[str, ...]:
    """The denials in a text, each as `data/everywhere.yaml` writes it.

    Capitals, accents, letters of other alphabets that look alike, signs between words and letters that stand apart
    make no difference.
    """
    if "](" in text:
        text = _link.sub("]", text)
    if "&" in text:
        text = unescape(text)
    squeezed = _squeezed(text)
    # Nearly every text ends here.
    if not [letters for letters in _telling() if letters in squeezed]:
        return ()
    read = _read(text)
    for letters, pattern in _harmless():
        if letters in squeezed:
            read = _compiled(pattern).sub(" | ", read)
    there = [each for each in _denials() if each.letters in squeezed and _compiled(each.found).search(read)]
    longer = {each.letters for each in there}  # "pas sponso" is part of "pas sponsorisé", and not told beside it
    whole = (each.phrase for each in there if not any(each.letters in other for other in longer - {each.letters}))
    return tuple(dict.fromkeys(whole))


def stands(phrase: str, text: str) -> bool:
    """Whether the words of a phrase of the data stand in a text, whole, wherever its sentences begin and end."""
    ending = ENDING if phrase.endswith(ENDS) else ""
    return re.search(rf"(?<!\w){_parted(phrase)}{ending}(?!\w)", _read(text)) is not None


def _squeezed(text: str) -> str:
    """The letters and digits of a text in a row: those that look alike are one, other alphabets left out."""
    if not text.isascii():
        text = text.lower()
        text = normalize("NFKD", text.translate(TO_LATIN) if _alike.search(text) else text)
    return text.encode("ascii", "ignore").translate(_letters, _others).decode()


def _read(text: str) -> str:
    """A text as it is compared: small letters without accents, and of those that look alike, one."""
    return folded(unseen.sub("", text).replace("’", "'").lower().translate(TO_LATIN)).translate(TO_LATIN)


@cache
def _denials() -> tuple[_Denial, ...]:
    known = everywhere()
    anywhere = (_denial(phrase, _anywhere(phrase)) for each in known.contradictions.values() for phrase in each)
    clauses = (_denial(phrase, _clause(phrase)) for each in known.clauses.values() for phrase in each)
    return (*anywhere, *clauses)


def _denial(phrase: str, pattern: str) -> _Denial:
    letters = _squeezed(phrase.removesuffix(ENDS))
    spelled = rf"(?<!\w){_SPELLED.join(letters)}(?!\w)"
    return _Denial(phrase, letters, f"{pattern}|{spelled}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _anywhere(phrase: str) -> str:
    """Finds a phrase as whole words, or inside a hashtag."""
    ending = ENDING if phrase.endswith(ENDS) else ""
    letters = _squeezed(phrase.removesuffix(ENDS))
    inside = rf"|#\w*?{letters}" if len(letters) >= LONG else ""
    return rf"(?<!\w){_parted(phrase)}{ending}(?!\w){inside}"


def _clause(phrase: str) -> str:
    """Finds a phrase that is all of a sentence or clause, or of a hashtag."""
    return rf"{_BEFORE}{_parted(phrase)}{_BEHIND}|#{_parted(phrase)}(?!\w)"


def _parted(phrase: str) -> str:
    return _APART.join(map(re.escape, _words.findall(_read(phrase.removesuffix(ENDS)))))


@cache
def _harmless() -> tuple[tuple[str, str], ...]:
    """What has the words of a denial and denies nothing: its letters in a row, and the pattern that finds it.

    Few are ever compiled, since few texts have their letters: all take 14 ms of CPU, which any first build would spend.
    """
    phrases = (phrase for each in everywhere().harmless.values() for phrase in each)
    return tuple((_squeezed(phrase), rf"(?<!\w){_parted(phrase)}") for phrase in phrases)


@cache
def _telling() -> tuple[str, ...]:
    """A few letters of which every text with a denial has some: last words that several have, else whole denials."""
    last = {denial: _squeezed(denial.phrase.removesuffix(ENDS).rpartition(" ")[2]) for denial in _denials()}
    shared = {word for word, count in Counter(last.values()).items() if count > 1 and len(word) >= TELLING}
    given = {word if word in shared else denial.letters for denial, word in last.items()}
    return tuple(sorted(each for each in given if not any(other in each for other in given - {each})))
