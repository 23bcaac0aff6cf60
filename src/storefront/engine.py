"""The engine: what makes bytes of content besides the content. Another engine may make others."""

import os
import platform
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from storefront import digests

LIBRARIES = (
    "babel",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "msgspec",
    "pillow",
    "pyyaml",
    "rcssmin",
    "segno",
    "turbohtml",
)


def themes() -> Path:
    """The folder of the themes that come along: inside an installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "themes"


@cache
def fingerprint() -> str:
    """A digest of this program: its sources and data, the Python version, and the libraries that shape its output.

    Themes are not part of it; each has a digest of its own.
    """
    here = os.path.dirname(os.path.abspath(__file__))
    sources = [(path[len(here) :], _digest(path)) for path in sorted(_sources(here))]
    python = platform.python_version_tuple()[:2]
    return digests.of_value((sources, python, list(_versions())))


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".yaml")):
                yield entry.path
            elif entry.name != "themes" and entry.is_dir(follow_symlinks=False):
                yield from _sources(entry.path)


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:
        return digests.of_bytes(file.read())


def _versions() -> Iterator[str]:
    """Of each library, from the names of the folders that installers leave beside what they install (PEP 376, 427).

    `importlib.metadata` says the same, and is asked for what has no such folder: it takes 30 ms to import and to ask,
    where a build with nothing to do takes 200, and looking at the names takes 1. As there, the first on the path wins,
    and what cannot be looked at holds nothing.
    """
    installed: dict[str, str] = {}
    for place in map(os.path.abspath, sys.path):
        for entry in _names_in(place):
            stem, _, ending = entry.rpartition(".")
            if ending in {"dist-info", "egg-info"}:
                name, _, version = stem.partition("-")
                # The name of an egg-info may tell more than the version, or no version.
                installed.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version if ending == "dist-info" else "")
    for name in LIBRARIES:
        if not installed.get(name):
            from importlib.metadata import version as asked

            installed[name] = asked(name)
        yield installed[name]


def _names_in(place: str) -> list[str]:
    try:
        return os.listdir(place)
    except OSError:
        return []
