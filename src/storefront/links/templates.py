"""Templates of links: text with gaps. Ids are filled in once for a merchant, the rest for each link.

A gap is `{url}`, `{raw}`, `{origin}`, `{path}`, `{tail}`, `{utm_path}`, `{asin}`, `{subid}` or
`{more}`, or names a value: `{program.x}`, `{affiliate.x}`, `{market.x}`. `{program.x|y}` is y
where the merchant has no x.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from storefront.links.addresses import asin_of, coded, divided, utm, with_query

GAP = re.compile(r"\{(\w+)(?:\.(\$?\w+))?(?:\|([^{}]*))?\}")
# What an address alone gives.
OF_ADDRESS: dict[str, Callable[[str], str]] = {
    "url": coded,
    "raw": str,
    "origin": lambda url: divided(url)[0],
    "path": lambda url: coded(divided(url)[1]),
    "tail": lambda url: coded(divided(url)[1].removeprefix("/")),
}
OF_LINK = frozenset({*OF_ADDRESS, "utm_path", "asin", "subid"})
OF_IDS = frozenset({"program", "affiliate", "market"})


class Gap(Struct, frozen=True):
    """A place in a template: what kind of value goes there, its key, and what stands for a missing one."""

    group: str
    key: str = ""
    default: str | None = None


class Target(Struct, frozen=True, kw_only=True):
    """What a link should reach: the shop's own address, or an ASIN there."""

    url: str
    asin: str | None = None


@lru_cache(maxsize=1024)
def parts_of(template: str) -> tuple[str | Gap, ...]:
    """A template as text and gaps in turn."""
    found: list[str | Gap] = []
    end = 0
    for match in GAP.finditer(template):
        found += [template[end : match.start()], Gap(match[1], match[2] or "", match[3])]
        end = match.end()
    return tuple(part for part in (*found, template[end:]) if part != "")


def gaps_of(*templates: str) -> list[Gap]:
    """All gaps of some templates, in order."""
    return [part for template in templates for part in parts_of(template) if isinstance(part, Gap)]


def value_of_link(gap: str, url: str, asin: str | None, subid: str, source: str) -> str | None:
    """What goes into a gap that differs from link to link; None where it is not known."""
    match gap:
        case "subid":
            return subid
        case "asin":
            return asin or asin_of(url)
        case "utm_path":
            return coded(divided(with_query(url, utm(source, subid)))[1])
        case _:
            return OF_ADDRESS[gap](url)
