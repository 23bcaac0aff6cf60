"""What may be seen: the texts of open records, and what the program and the theme say themselves.

A phrase that stands there as well tells nothing of a secret.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from storefront.catalog import minors
from storefront.catalog.community import recognises, safe
from storefront.catalog.live import Live
from storefront.leaks.people import is_small
from storefront.records import Curation, Entry

SAID_IN = frozenset({".css", ".html", ".js", ".py", ".yaml"})
WHOLE = ("influencers", "posts", "reviews", "promos", "products", "brands", "merchants", "campaigns", "imported",
         "snippets", "squads", "calls", "recalls")  # fmt: skip
# Names of others: that an open record names a secret one is no reason to show it. And what is private of open ones.
NAMES = frozenset({
    "brand", "brands", "by", "campaign", "lists", "member", "members", "merchant", "product", "promo", "proof",
    "replaced_by", "segments", "squad", "to",
})  # fmt: skip


def of_records(curation: Curation, live: Live) -> Iterator[str]:
    """The texts of everything that is open, record by record."""
    if curation.site:
        yield from _texts(msgspec.to_builtins(curation.site.record))
    lapsed = {"posts": live.lapsed, "reviews": live.lapsed_reviews}
    for name in WHOLE:
        for entry in getattr(live, name).values():
            plain = _open(_told(name, entry, live), live)
            if (entry.owner, entry.id) in lapsed.get(name, ()):
                plain["media"] = ()
            yield from _of_entry(entry.id, plain)
    for listed in live.lists.values():
        record = msgspec.to_builtins(listed.record)
        record["items"] = [msgspec.to_builtins(item) for _, item in live.items(listed)]
        yield from _of_entry(listed.id, record)
    for removed in live.removed.values():
        yield removed.id
        yield from _texts(msgspec.to_builtins(removed.record.removed))


def _told(table: str, entry: Entry[Any], live: Live) -> Any:
    """A record without what is not told of minors."""
    if table == "influencers":
        return safe(entry, live)
    if table == "squads" and is_small(entry, live):
        return structs.replace(entry.record, city=None, country=None)
    rights = getattr(entry.record, "rights", None)
    if rights and entry.owner in live.minors:
        said = {key: minors.untold(getattr(rights, key), entry.owner, live) for key in ("holder", "credit")}
        return structs.replace(entry.record, rights=structs.replace(rights, **said))
    return entry.record


def of_embeds(live: Live) -> Iterator[str]:
    """The texts that other sites may show: those of reviews whose creators allow it, and of what they review."""
    audience = live.clock.audience
    sharing = {handle for handle, entry in live.influencers.items() if recognises(entry.record.sharing, audience)}
    shown: list[Entry[Any]] = [*live.products.values(), *live.brands.values()]
    shown += [entry for entry in live.reviews.values() if entry.owner in sharing]
    for entry in shown:
        yield from _of_entry(entry.id, _open(entry.record, live))


def _of_entry(name: str, record: Any) -> Iterator[str]:
    yield name.replace("-", " ")
    yield from _texts(record)


def _open(record: Any, live: Live) -> Any:
    """A record as plain data, without the parts that are not shown (`secrets`)."""
    plain = msgspec.to_builtins(record)
    for key, name, table in (
        ("offers", "merchant", live.merchants),
        ("responses", "by", live.brands),
        ("products", "product", live.products),
    ):
        if isinstance(plain.get(key), list | tuple):
            plain[key] = [part for part in plain[key] if (part.get(name) if isinstance(part, dict) else part) in table]
    return plain


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NAMES:
                yield key
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def of_program(layers: tuple[Path, ...]) -> Iterator[str]:
    """The files of the program and of a theme's folders, which hold whatever either says by itself."""
    program = Path(__file__).parents[1]
    for folder in (program, *layers):
        for path in sorted(folder.rglob("*")):
            if path.suffix in SAID_IN and path.is_file() and "scaffold" not in path.parts:
                yield path.read_text(encoding="utf-8", errors="replace")
