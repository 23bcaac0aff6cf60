"""Lookalikes: whether the name of one host could be read as another's.

The idea of a skeleton is that of Unicode Technical Standard #39: letters that look the same
become the same letter. The table holds those that Latin names are imitated with.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from storefront.links.addresses import domains_of

LOOKS = {
    "a": "аɑα",
    "b": "ьƅъв",
    "c": "сϲᴄ",
    "d": "ԁɗđ",
    "e": "еєεҽ",
    "f": "ƒϝ",
    "g": "ɡցԍ",
    "h": "һհ",
    "i": "іıιɩӏ",
    "j": "јϳ",
    "k": "кκᴋ",
    "l": "1ⅼłǀ",
    "m": "мᴍ",
    "n": "пոη",
    "o": "0оοօøσᴏ",
    "p": "рρþ",
    "q": "ԛգ",
    "r": "гᴦ",
    "s": "ѕꜱ",
    "t": "тτᴛŧ",
    "u": "υսᴜц",
    "v": "ѵνᴠ",
    "w": "ԝωшѡᴡ",
    "x": "хχ×",
    "y": "уүγʏ",
    "z": "ᴢʐ",
}
TO_LATIN = str.maketrans({other: letter for letter, others in LOOKS.items() for other in others})
PAIRS = (("rn", "m"), ("vv", "w"), ("i", "l"))  # a small i and a small l are one stroke each


@lru_cache(maxsize=4096)
def skeleton(host: str) -> str | None:
    """What a host looks like at a glance; None when one of its labels is no name at all."""
    try:
        shown = ".".join(map(_decoded, host.lower().split(".")))
    except UnicodeError:
        return None
    plain = "".join(c for c in unicodedata.normalize("NFKD", shown.translate(TO_LATIN)) if not unicodedata.combining(c))
    looks = plain.casefold().translate(TO_LATIN)
    for pair, letter in PAIRS:
        looks = looks.replace(pair, letter)
    return looks


def _decoded(label: str) -> str:
    """A label as browsers may show it. Raises UnicodeError when it is not the one spelling of a name (RFC 3492)."""
    if not label.startswith("xn--"):
        return label
    shown = label[4:].encode("ascii").decode("punycode")
    if shown.isascii() or shown.encode("punycode").decode("ascii") != label[4:]:
        raise UnicodeError(label)
    return shown


class Known:
    """Hosts that are known, each with its owner; tells who else a host looks like."""

    def __init__(self, owners: Mapping[str, str]) -> None:
        self.owners = owners
        self.looks: dict[str | None, list[str]] = {}
        for host in owners:
            self.looks.setdefault(skeleton(host), []).append(host)

    def imitated(self, host: str, owner: str = "") -> str | None:
        """The known host that another one imitates. What is known itself and plain Latin imitates nobody."""
        for name in domains_of(host.removeprefix("www."))[:-1]:
            if name in self.owners and "xn--" not in name:
                return None
            others = self.looks.get(skeleton(name), [])
            if found := next((o for o in others if o != name and self.owners[o] != (owner or name)), None):
                return found
        return None
