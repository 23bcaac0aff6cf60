"""What records tell everybody and perhaps should not: contacts of people in texts, and keys in texts and addresses.

What the site says of its publisher and of where reviews are sent is meant to be read, and so are the addresses of
stores and what it lists under `contacts`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from storefront import private
from storefront.content import Places
from storefront.problems import KeyPath, Problem
from storefront.records import Curation, Entry

# Where no text of people stands: addresses, names of files, numbers, ids.
NO_TEXT = frozenset(
    {
        "address",
        "affiliate",
        "asin",
        "domains",
        "gtin",
        "id",
        "keep",
        "link",
        "mpn",
        "profiles",
        "program",
        "src",
        "url",
    }
)
MEANT = frozenset({"asks", "contacts", "publisher"})
TABLES = ("influencers", "lists", "posts", "reviews", "promos", "products", "brands", "merchants", "campaigns",
          "imported", "squads", "calls", "snippets", "samples", "recalls")  # fmt: skip
_encode = msgspec.json.Encoder().encode


def check(curation: Curation, places: Places) -> list[Problem]:
    """Every contact and every key in content, with its place. Drafts are read too."""
    meant = curation.site.record.contacts if curation.site else ()
    checking = _Check(places, frozenset(map(private.plain, meant)))
    entries = [curation.site] if curation.site else []
    entries += [entry for table in TABLES for entry in getattr(curation, table).values()]
    return [problem for entry in entries for problem in checking.entry(entry)]


def whole(record: Any) -> str | bytes:
    """All that a record, or a part of one, says, as one text or its UTF-8."""
    try:
        return _encode(record)
    except UnicodeEncodeError:  # an id made of the name of a file that is no text, which is refused as a name
        return repr(msgspec.to_builtins(record))


class _Check:
    def __init__(self, places: Places, meant: frozenset[str]) -> None:
        self.places, self.meant = places, meant

    def entry(self, entry: Entry[Any]) -> Iterator[Problem]:
        if private.suspect(whole(entry.record)):
            yield from self.value(msgspec.to_builtins(entry.record), entry, ())

    def value(self, value: Any, entry: Entry[Any], path: KeyPath) -> Iterator[Problem]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if path or key not in MEANT:
                    yield from self.value(inner, entry, (*path, key))
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                yield from self.value(inner, entry, (*path, index))
        elif isinstance(value, str) and private.suspect(whole(value)):  # few texts of a record that is suspect are
            yield from self.text(value, entry, path)

    def text(self, text: str, entry: Entry[Any], path: KeyPath) -> Iterator[Problem]:
        for kind in private.keys(text):
            hint = "Delete it, and have it replaced where it comes from: whoever has read it can use it."
            yield Problem("secret", f"this holds {kind}", self.places.of(entry.origin, *path), hint)
        if NO_TEXT.isdisjoint(path):
            told = {kind for kind, found in private.contacts(text) if private.plain(found) not in self.meant}
            for kind in sorted(told):
                hint = "Delete it; if it is meant for everybody, add it to contacts: in content/site.yaml."
                yield Problem("personal", f"this text holds {kind}", self.places.of(entry.origin, *path), hint)
