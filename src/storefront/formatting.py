"""Formatting: content files in one layout: keys as the vocabulary lists them, comments and meaning as they were."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from storefront import content, editing
from storefront.changes import Change
from storefront.content import CONTENT, YAML_ENDINGS
from storefront.links.own import FILE as NETWORKS
from storefront.problems import Place, Problem, ProblemsFound
from storefront.reader import MAX_BYTES, decode, parse
from storefront.records import MODELS
from storefront.vocabulary.network import Network

HINT = "Run: storefront fmt"


class Formatted(Struct, frozen=True, kw_only=True):
    """The result of formatting: how many files were looked at, which would change, and which cannot be read."""

    files: int
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def formatted(root: Path, files: Iterable[str]) -> Formatted:
    """All files of a site, or those named by their paths from its root. Nothing is written.

    Raises `ProblemsFound` when one of them is no YAML file of the site.
    """
    names = [_checked(root, file) for file in files] or list(_all(root))
    changes: list[Change] = []
    problems: list[Problem] = []
    for name in names:
        try:
            before = _text(root, name)
            after = text(before, name)
        except ProblemsFound as failure:
            problems += failure.problems
            continue
        if before != after:
            changes.append(Change(file=name, before=before, after=after))
    return Formatted(files=len(names), changes=tuple(changes), problems=tuple(problems))


def text(before: str, file: str) -> str:
    """A file's text in order; one without keys stays as it is. Raises `ProblemsFound` when it cannot be read."""
    try:
        document = editing.read(before, file)
    except editing.Unreadable:
        return before
    if not document.root.entries:
        return before
    if model := _model(file):
        editing.in_order(document, model)
    after = editing.written(document)
    assert parse(after, file) == parse(before, file), f"{file} would say something else"  # noqa: S101  never write that
    return after


def unformatted(changes: Iterable[Change]) -> list[Problem]:
    """A problem for each file that is not in order, at the first line that differs."""
    return [
        Problem("unformatted", "not laid out as storefront fmt does it", Place(change.file, _differs(change), 1), HINT)
        for change in changes
    ]


def _differs(change: Change) -> int:
    pairs = zip(change.before.split("\n"), change.after.split("\n"), strict=False)
    return next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 1)


def _model(file: str) -> object:
    if file == NETWORKS:
        return dict[str, Network]
    source = content.classify(file) if file.startswith(f"{CONTENT}/") else None
    return MODELS[source.kind] if source else None


def _all(root: Path) -> Iterator[str]:
    yield from (source.file for source in content.find(root).sources)
    if (root / NETWORKS).is_file() and not (root / NETWORKS).is_symlink():
        yield NETWORKS


def _checked(root: Path, file: str) -> str:
    path = Path(os.path.abspath(file))
    name = os.path.relpath(path, os.path.abspath(root)).replace(os.sep, "/")
    if name.startswith("../") or not name.endswith(YAML_ENDINGS):
        hint = "Name files that end in .yaml, in the folder that holds content/."
        raise ProblemsFound([Problem("unreadable", "this is no YAML file of the site", Place(file), hint)])
    return name


def _text(root: Path, name: str) -> str:
    path = root / name
    if path.is_symlink():
        hint = "Put the file itself here: links are never followed."
        raise ProblemsFound([Problem("unreadable", "this is a link to another place", Place(name), hint)])
    with path.open("rb") as file:
        return decode(file.read(MAX_BYTES + 1), name)
