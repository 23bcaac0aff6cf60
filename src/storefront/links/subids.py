"""Sub-ids: what tells one placement of a link from another in a network's report. Nothing of the visitor's."""

import re
from functools import lru_cache
from hashlib import blake2b

# What Awin's aggregated report shows, the smallest size among the networks whose limit is known.
LENGTH = 50
CHARACTERS = "a-z0-9_-"
NUMBER = "--"  # before the number of a name that stands in one place again
DIGEST = 10  # characters: 40 bits tell a thousand shortened names apart with a chance of error of one in two million


def subid(*parts: str, length: int = LENGTH, characters: str = CHARACTERS) -> str:
    """The parts joined, `[a-z0-9_-]{1,50}` or what fits a network that takes less.

    Ids hold no underscore, so that two lists of parts never join to the same word. What does not
    fit ends in a digest of the whole.
    """
    whole = "_".join(parts)
    length = min(length, LENGTH)
    others = _others(characters)
    if len(whole) <= length and not others.search(whole):
        return whole
    fitting = others.sub("", whole)
    digest = blake2b(whole.encode(), digest_size=DIGEST // 2).hexdigest()
    joint = "" if others.match("-") else "-"
    return f"{fitting[: length - len(digest) - len(joint)]}{joint}{digest}"


@lru_cache(maxsize=64)
def _others(characters: str) -> re.Pattern[str]:
    return re.compile(f"[^{characters}]")


def numbered(name: str, count: int) -> str:
    """A name that stands in one place for the `count`th time; ids hold no double hyphen."""
    return name if count == 1 else f"{name}{NUMBER}{count}"
