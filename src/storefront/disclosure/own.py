"""A site's own market packs: `markets/<id>.yaml` beside `content/`, laid key by key over those that ship."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from storefront.disclosure.packs import Pack, data_of, made_of, names
from storefront.disclosure.soundness import mistakes
from storefront.problems import Place, Problem, ProblemsFound, unless_of_machine
from storefront.reader import MAX_BYTES, Locator, decode, parse
from storefront.slugs import slug
from storefront.vocabulary.validate import Mistake

FOLDER = "markets"
ENDING = ".yaml"


class OwnPacks(Struct, frozen=True):
    """The packs that a site changes or adds, and what is wrong with them; wrong ones are left out, `unread` by id."""

    packs: tuple[Pack, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()


def of_site(root: Path) -> OwnPacks:
    """The packs of a site in order of id.

    Maps are laid over key by key; a list or a text that the site writes replaces the shipped one whole.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    unread: list[str] = []
    for name in _files(root):
        try:
            packs.append(_pack(root, name))
        except ProblemsFound as failure:
            problems += failure.problems
            unread.append(name.removesuffix(ENDING))
    return OwnPacks(tuple(packs), tuple(problems), frozenset(unread))


def _files(root: Path) -> list[str]:
    """The files of the folder in order; a name that begins with a dot is passed over."""
    try:
        return sorted(name for name in os.listdir(root / FOLDER) if not name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _pack(root: Path, name: str) -> Pack:
    """One pack. Raises `ProblemsFound`."""
    file, market = f"{FOLDER}/{name}", name.removesuffix(ENDING)
    if not name.endswith(ENDING) or slug(market) != market:
        hint = f"A pack is a file named for its market, such as {FOLDER}/gb.yaml."
        raise ProblemsFound([Problem("unreadable", "no market pack is expected under this name", Place(file), hint)])
    text = _text(root / FOLDER / name, file)
    data = parse(text, file)
    if not isinstance(data, dict):
        hint = "Write its keys at the left margin, such as texts: and below it the language."
        raise ProblemsFound([Problem("wrong-type", "this file holds no market pack", Place(file, 1, 1), hint)])
    made = made_of(market, laid_over(data_of(market) if market in names() else {}, data))
    found = made if isinstance(made, list) else list(mistakes(made))
    if found or isinstance(made, list):
        raise ProblemsFound(_placed(found, Locator(text, file)))
    return made


def _text(path: Path, file: str) -> str:
    """What stands in a file; links are not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as opened:
            return decode(opened.read(MAX_BYTES + 1), file)
    except OSError as error:
        unless_of_machine(error, file)
        hint = "Put the file itself here: links are never followed."
        message = f"it cannot be read: {error.strerror or error}"
        raise ProblemsFound([Problem("unreadable", message, Place(file), hint)]) from None


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two maps as one: maps in them are laid over each other too, all else is the upper one's."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(known, Mapping)
        merged[key] = laid_over(known, value) if both else value  # type: ignore[arg-type]
    return merged


def _placed(found: Iterable[Mistake], locator: Locator) -> Iterator[Problem]:
    return (Problem(each.code, each.message, locator.place(each.path), each.hint) for each in found)
