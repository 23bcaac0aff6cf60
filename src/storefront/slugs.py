"""Slugs: parts of addresses made from titles, and the names that no folder can have everywhere."""

import re
import unicodedata

# No folder on Windows can have these names, so that a site with one cannot be copied there.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_OTHER = re.compile(r"[^a-z0-9]+")
# What NFKD leaves whole and people write in other letters.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})


def folded(text: str) -> str:
    """A text without case and accents; letters of other alphabets stay."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def slug(title: str) -> str:
    """Small ASCII letters, digits and hyphens; empty when the title has no letter that can be folded to one."""
    return _OTHER.sub("-", folded(title)).strip("-")
