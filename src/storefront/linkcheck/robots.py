"""What a host's robots.txt allows (RFC 9309): the group for us, else the one for all; the longest rule decides."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from msgspec import Struct

NAME = "storefront"
SLOWEST = 10.0  # seconds between requests; nobody waits longer for one link


class Rules(Struct, frozen=True):
    """Paths that are allowed and not, and the seconds to wait between requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether an address may be asked for. Of two rules of one length the one that allows counts."""
        split = urlsplit(url)
        target = f"{split.path or '/'}?{split.query}" if split.query else split.path or "/"
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, target)]
        return max(matching, default=(0, True))[1]


EVERYTHING = Rules()
NOTHING = Rules((("/", False),))


def parse(text: str) -> Rules:
    """The rules for us in a robots.txt; what cannot be read is passed over."""
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[str] = []
    ruled = False
    for key, value in _lines(text):
        if key == "user-agent":
            named, ruled = ([] if ruled else named), False
            named.append(value.lower())
            groups.setdefault(value.lower(), [])
        else:
            ruled = True
            for name in named:
                groups[name].append((key, value))
    return _rules(groups.get(NAME, groups.get("*", [])))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key = key.strip().lower()
        if colon and key in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield key, value.strip()


def _rules(lines: list[tuple[str, str]]) -> Rules:
    rules = [
        (quote(value, safe="/%*$?&=+;,:@!~()'"), key == "allow") for key, value in lines if value and "allow" in key
    ]
    return Rules(tuple(rules), max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return min(seconds, SLOWEST) if seconds > 0 else 0.0


def _matches(pattern: str, target: str) -> bool:
    """Whether a path begins as a pattern says, `*` being any text and a last `$` the end. Takes one pass."""
    first, *rest = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    for index, piece in enumerate(rest):
        if pattern.endswith("$") and index == len(rest) - 1:
            return target.endswith(piece) and len(target) - len(piece) >= at
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return at == len(target) if pattern.endswith("$") else True
