"""What a build is asked for, and what it tells when it is done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

# Told how far a stage is: its name, how much is done, how much there is; 0 of 0 when it begins.
Progress = Callable[[str, int, int], None]
FOLDER = ".storefront"  # beside content/: the cache, and what the last build left
NEXT_CHANGE = "next-change"  # a file in it: when the same content will give another site
PAGES = "pages"  # in it: finished pages, for builds elsewhere


class Options(Struct, frozen=True, kw_only=True):
    """What a build is asked for. `workers` is how many processors to use.

    With `cache` finished pages are kept for builds in other clones and on other branches (`store`).

    With `on_demand` pictures and cards are not made; `Report.media` makes each when somebody asks for it.
    """

    root: Path
    output: Path
    now: datetime
    workers: int
    on_demand: bool = False
    cache: bool = False


class Answer(Struct, frozen=True):
    """What the site's hosts answer to a path: another address, and the status (RFC 9110 §15.4)."""

    source: str
    target: str
    status: int


class Spent(Struct, frozen=True):
    """Time that pages took, made and audited: those of a template ("" for none), or one at an address. In seconds."""

    name: str
    pages: int
    seconds: float


class Report(Struct, frozen=True, kw_only=True):
    """What a build did. `rendered` counts the pages made anew, `files` everything in the output.

    `restored` counts the pages that an earlier build had finished, in this clone or another, `recalled` the files of
    content that did not have to be parsed, `encoded` those of pictures and cards, of all `shown`, that had to be made.

    `templates` and `slowest` say where the time of the pages made anew went, the most first, over all processes.
    `media` (`media.Media`) makes what was left to be made on demand.
    """

    pages: int
    rendered: int
    written: int
    removed: int
    pictures: int
    files: int
    sources: int
    held: int
    now: datetime
    next_change: datetime | None
    seconds: float
    site_url: str
    redirects: tuple[Answer, ...] = ()
    media: Any = None
    templates: tuple[Spent, ...] = ()
    slowest: tuple[Spent, ...] = ()
    restored: int = 0
    recalled: int = 0
    shown: int = 0
    encoded: int = 0


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
