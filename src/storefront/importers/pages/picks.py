"""Picks from a saved page of links: Linktree's data, an Amazon list, and for all others the links themselves.

Linktree's is the data that its page brings for its own script (`__NEXT_DATA__`); it is not documented, and where it has
another shape the links on the page are read. Profiles on social networks are no picks and are counted apart.
"""

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from storefront.importers import values
from storefront.importers.pages.saved import Page, joined
from storefront.importers.products import cells
from storefront.importers.values import Unfit
from storefront.links import Registry, host_of
from storefront.links.addresses import asin_of
from storefront.problems import Place, Problem

AMAZON, LINKTREE, LTK, PAGE, SHOPMY = "amazon", "linktree", "ltk", "page", "shopmy"
FORMATS = (AMAZON, LINKTREE, LTK, PAGE, SHOPMY)
# Where creators have accounts, and nothing is sold that could be picked.
SOCIAL = frozenset(
    [
        "bsky.app",
        "discord.gg",
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "linktr.ee",
        "medium.com",
        "patreon.com",
        "pinterest.com",
        "reddit.com",
        "snapchat.com",
        "spotify.com",
        "substack.com",
        "t.me",
        "threads.net",
        "tiktok.com",
        "twitch.tv",
        "twitter.com",
        "wa.me",
        "whatsapp.com",
        "x.com",
        "youtu.be",
        "youtube.com",
    ]
)
# Only what leads to the network's own links is a pick on these.
ONLY = {LTK: ("rstyle.me", "liketk.it"), SHOPMY: ("go.shopmy.us",)}
LONGEST = 300  # characters of one line of content
MAX_DEPTH = 40


class Pick(Struct, frozen=True):
    """A thing that somebody links to."""

    title: str
    link: str
    place: Place


class PicksFound(Struct, frozen=True):
    """The picks of a page in its order, each address once; what is wrong; and how many links are no picks."""

    picks: tuple[Pick, ...]
    problems: tuple[Problem, ...]
    others: int


def read(page: Page, platform: str, networks: Registry) -> PicksFound:
    """All picks of a page of a platform."""
    linked = list(_linktree(page) if platform == LINKTREE else ()) or list(page.links())
    own = host_of(page.url).removeprefix("www.")
    picks: dict[str, Pick] = {}
    problems: list[Problem] = []
    others = 0
    for url, words, place in linked:
        host = host_of(url).removeprefix("www.")
        if not _is_pick(url, host, own, platform):
            others += 1
            continue
        try:
            link = f"https://{host_of(url)}/dp/{asin_of(url)}" if platform == AMAZON else cells.link(url, networks)
        except Unfit as unfit:
            problems.append(Problem(unfit.code, f"{values.quoted(words)}: {unfit.message}", place, unfit.hint))
            continue
        title = values.line(words)[:LONGEST].strip()
        if title and link not in picks:
            picks[link] = Pick(title, link, place)
    return PicksFound(tuple(picks.values()), tuple(problems), others)


def _is_pick(url: str, host: str, own: str, platform: str) -> bool:
    if platform == AMAZON:
        return asin_of(url) is not None and ".amazon." in f".{host}"
    if platform in ONLY:
        return host in ONLY[platform]
    parents = {host, *(host.split(".", index)[-1] for index in range(1, host.count(".") + 1))}
    return bool(host) and host != own and SOCIAL.isdisjoint(parents)


def _linktree(page: Page) -> Iterator[tuple[str, str, Place]]:
    """The links of Linktree's own data, in order; headings and groups have no address."""
    script = page.document.select_one("script#__NEXT_DATA__")
    try:
        data = json.loads(str(script.text)) if script else {}
    except (json.JSONDecodeError, RecursionError):
        return
    place = Place(page.file, (script.source_line if script else 1) or 1, 1)
    listed = [each for each in _lists(data, 0) if isinstance(each, dict)]
    for each in listed:
        url, title = each.get("url"), each.get("title")
        if isinstance(url, str) and isinstance(title, str) and (found := joined("", url.strip())):
            yield found, title, place


def _lists(value: Any, depth: int) -> list[Any]:
    """The first list under the key links, wherever it stands."""
    if depth > MAX_DEPTH:
        return []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("links"), list) and value["links"]:
        return list(value["links"])
    return next((found for each in inner if (found := _lists(each, depth + 1))), [])
