"""Pictures that must not be seen: the names that their files would have, and the digests of their bytes."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from storefront import digests, images, slugs
from storefront.catalog import pictures
from storefront.catalog.live import Live
from storefront.catalog.pictures import Key, ShownPicture
from storefront.gather import Gathered
from storefront.images import Slot, Source
from storefront.outcome import FOLDER
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.curation import Post, Review, ReviewState

SHORTEST = 4  # letters of a file's name that is looked for without its digest
TABLES = ("influencers", "lists", "posts", "reviews", "products", "brands", "merchants", "campaigns", "snippets",
          "squads", "calls")  # fmt: skip
_media = re.compile(r"(?:.*/)?([a-z0-9-]+)\.[0-9a-f]{12}-[\w.]+").fullmatch


class Hidden(Struct, frozen=True):
    """Pictures that nobody may see, each by the name of a file, by the beginning of one, and by digests of bytes."""

    names: dict[str, ShownPicture]
    stems: dict[str, ShownPicture]
    digests: dict[str, ShownPicture]

    def find(self, path: str, data: bytes) -> ShownPicture | None:
        """The picture that a file is, by its path or its bytes."""
        name = path.rpartition("/")[2]
        named = _media(path)
        return (
            self.names.get(name)
            or (self.stems.get(named[1]) if named else None)
            or self.digests.get(digests.of_bytes(data))
        )


def hidden(curation: Curation, live: Live, gathered: Gathered) -> Hidden:
    """The pictures that only closed records show."""
    shown = {wanted.file for wanted in pictures.shown_pictures(live)}
    shown_stems = {_stem(file) for file in shown}
    everything = [
        each for each in pictures.shown_pictures(Live(opened(curation), live.clock)) if each.file not in shown
    ]
    found = gathered.index.look((each.file for each in everything), 1, lambda _, __: None)
    offered = dict(gathered.theme.slots)
    slots: dict[Key, dict[str, Slot]] = defaultdict(dict)
    first: dict[Key, ShownPicture] = {}
    for wanted in everything:
        slots[wanted.key].update({name: offered[name] for name in wanted.slots})
        first.setdefault(wanted.key, wanted)
    known = Hidden({}, {}, {})
    for key, asked in slots.items():
        source, wanted = found[key[0]], first[key]
        if len(_stem(key[0])) >= SHORTEST and _stem(key[0]) not in shown_stems:
            known.stems.setdefault(_stem(key[0]), wanted)
        if isinstance(source, Source):
            names = images.plan(key[0], source, dict(sorted(asked.items())), key[1]).names
            known.names.update(dict.fromkeys(names, wanted))
            known.digests.update(dict.fromkeys(_digests(gathered.root, key[0], names), wanted))
    return known


def _stem(file: str) -> str:
    """What the names of a picture's files begin with (`images.recipe`)."""
    return slugs.slug(os.path.splitext(os.path.basename(file))[0])[:40] or "picture"


def _digests(root: Path, file: str, names: list[str]) -> Iterator[str]:
    """Digests of a source, and of what the cache keeps that was made of it."""
    for path in (root / file, *(root / FOLDER / "images" / name for name in names)):
        if path.is_file():
            yield digests.of_bytes(path.read_bytes())


def opened(curation: Curation) -> Curation:
    """A curation as if all of it were open, no rights had ended, and no review had been removed."""
    always = partial(structs.replace, draft=False, starts=None, until=None, embargo_until=None, releases=())

    def entry(found: Entry[Any]) -> Entry[Any]:
        record = always(found.record)
        if isinstance(record, Post | Review | Campaign):
            record = structs.replace(record, rights=None)
        if isinstance(record, Review):
            record = structs.replace(record, status=ReviewState.PUBLISHED, removed=None)
        if hasattr(record, "items") and isinstance(record.items, tuple):
            record = structs.replace(record, items=tuple(map(always, record.items)))
        return structs.replace(found, record=record)

    tables = {name: {key: entry(found) for key, found in getattr(curation, name).items()} for name in TABLES}
    return structs.replace(curation, **tables)
