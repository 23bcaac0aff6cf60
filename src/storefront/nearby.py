"""Nearby: where a picture that is missing may lie instead, under a name that is nearly its own or in another folder."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from storefront.content import CONTENT
from storefront.problems import nearest

ASIDE = "Put the picture there, or correct src: it is a path from the record's folder; a leading / means content/."
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp", ".svg")


class Pictures:
    """The pictures of a site by folder. The folders are read when the first hint is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._there: dict[str, list[str]] | None = None

    def instead_of(self, file: str) -> str:
        """What to do about a picture that is not there: the one that was meant, or the folder to move it from."""
        if self._there is None:
            self._there = dict(_folders(self._root))
        home, name = os.path.split(file)
        here = self._there.get(home, [])
        if same := next((each for each in here if _plain(each) == _plain(name)), ""):
            return f"The one that is there writes é, ä or ü in another way: rename it to {name}, typed anew."
        if same := next((each for each in here if _stem(each) == _stem(name)), ""):
            return f"Did you mean {home}/{same}? Capitals and the ending count."
        if elsewhere := [f"{folder}/{each}" for folder, names in self._there.items() for each in names if each == name]:
            return f"It lies at {elsewhere[0]}: correct src:, or move it into {home}/."
        near = nearest(name, here)
        return f"Did you mean {home}/{near}?" if near else ASIDE


def _folders(root: Path) -> Iterable[tuple[str, list[str]]]:
    for folder, folders, names in os.walk(root / CONTENT):
        folders.sort()
        pictures = sorted(name for name in names if name.lower().endswith(ENDINGS) and not name.startswith("."))
        if pictures:
            yield Path(folder).relative_to(root).as_posix(), pictures


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _stem(name: str) -> str:
    return os.path.splitext(_plain(name).casefold())[0]
