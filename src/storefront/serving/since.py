"""Since: which records, and which picks in them, are new or have changed since a commit.

Values are compared, not lines: a comment or another order of keys changes nothing. Themes and pictures are not.
"""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from storefront import content
from storefront.against.git import Repository
from storefront.content import Origin, Source
from storefront.problems import ProblemsFound, shown
from storefront.reader import decode, parse
from storefront.records import Curation

NEW, CHANGED = "new", "changed"
ASIDE = ("lists", "posts", "promos", "reviews")  # in a creator's one file, and no word on herself
NOTHING: Any = None
Item = tuple[str, int]  # the name of a list and the number of an entry in it


class Since(Struct):
    """What is `new` or `changed` since a commit: facts by name, and entries of lists by list and number."""

    ref: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    items: dict[Item, str] = field(default_factory=dict)


class Past:
    """The content of one commit, as plain data by file. Raises EnvironmentFailure when git knows no such commit."""

    def __init__(self, root: Path, ref: str) -> None:
        repository = Repository(root)
        self.ref, self.root = shown(ref), root
        blobs = [
            blob
            for blob in repository.files(repository.commit(ref), content.CONTENT)
            if blob.file.endswith(content.YAML_ENDINGS)
        ]
        data = repository.read(blobs)
        self.files: Mapping[str, bytes] = {blob.file: data[blob.oid] for blob in blobs if blob.oid in data}

    def since(self, curation: Curation) -> Since:
        """What in a curation is new or has changed since the commit."""
        found = Since(self.ref)
        compare = _Comparison(self.root, self.files)
        for ref, origin in _facts(curation):
            kind, entries = compare.record(origin)
            if kind:
                found.facts[ref] = kind
            found.items |= {(ref, number): each for number, each in entries.items()}
        return found


def _facts(curation: Curation) -> Iterator[tuple[str, Origin]]:
    """Every record with the name of the fact that is made of it."""
    shared = (
        ("person", curation.influencers),
        ("product", curation.products),
        ("brand", curation.brands),
        ("campaign", curation.campaigns),
    )
    for kind, table in shared:
        yield from ((f"{kind}:{key}", entry.origin) for key, entry in table.items())
    owned = (("list", curation.lists), ("post", curation.posts), ("review", curation.reviews))
    for kind, mine in owned:
        yield from ((f"{kind}:{owner}/{key}", entry.origin) for (owner, key), entry in mine.items())


class _Comparison:
    """Reads each file once, then and now."""

    def __init__(self, root: Path, before: Mapping[str, bytes]) -> None:
        self.root, self.before = root, before
        self.then = cache(self._then)
        self.now = cache(self._now)

    def _then(self, file: str) -> Any:
        return _plain(self.before[file], file) if file in self.before else NOTHING

    def _now(self, source: Source) -> Any:
        try:
            return _plain(content.read(self.root, source), source.file)
        except OSError:
            return NOTHING

    def record(self, origin: Origin) -> tuple[str, dict[int, str]]:
        """Whether a record is new or changed, "" for neither; and the same of its entries, by number."""
        then, now = self.then(origin.source.file), self.now(origin.source)
        for step in origin.path:
            old, now = _inside(then, step), _inside(now, step)
            then = _alike(then, now) if isinstance(step, int) else old
        if not origin.path:
            then, now = (_without(each, origin) for each in (then, now))
        if then == now:
            return "", {}
        old, new = _entries(then), _entries(now)
        entries = {number: kind for number, each in enumerate(new) if (kind := _kind(each, old))}
        return (NEW if then is NOTHING else CHANGED), entries


def _plain(data: bytes, file: str) -> Any:
    """A file as plain data; nothing where it cannot be read."""
    try:
        return parse(decode(data, file), file)
    except ProblemsFound:
        return NOTHING


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return NOTHING


def _without(value: Any, origin: Origin) -> Any:
    """A creator's file without what others stand for in it."""
    if origin.source.kind is not content.Kind.INFLUENCER or not isinstance(value, dict):
        return value
    return {key: each for key, each in value.items() if key not in ASIDE}


def _entries(value: Any) -> list[Any]:
    found = value.get("items", value.get("products")) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _alike(before: Any, now: Any) -> Any:
    """What an entry of a list was: the same, else the one that goes by the same name."""
    if not isinstance(before, list):
        return NOTHING
    return now if now in before else next(filter(partial(_same, now), before), NOTHING)


def _kind(entry: Any, before: list[Any]) -> str:
    if entry in before:
        return ""
    return CHANGED if any(_same(entry, each) for each in before) else NEW


def _same(one: Any, other: Any) -> bool:
    """Whether two entries stand for one thing."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    return any(one.get(key) and one.get(key) == other.get(key) for key in ("id", "product", "title"))
