"""The engine: what makes bytes of content besides the content. Another engine may make others."""

import platform
from functools import cache
from importlib.metadata import version
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
    here = Path(__file__).parent
    sources = [
        (str(path.relative_to(here)), digests.of_bytes(path.read_bytes()))
        for path in sorted(here.rglob("*"))
        if path.suffix in {".py", ".yaml"} and "themes" not in path.relative_to(here).parts
    ]
    python = platform.python_version_tuple()[:2]
    return digests.of_value((sources, python, [version(name) for name in LIBRARIES]))
