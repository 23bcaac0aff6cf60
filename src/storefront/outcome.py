"""What a build is asked for, and what it tells when it is done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

# Told how far a stage is: its name, how much is done, how much there is.
Progress = Callable[[str, int, int], None]
FOLDER = ".storefront"  # beside content/: the cache, and what the last build left


class Options(Struct, frozen=True, kw_only=True):
    """What a build is asked for. `workers` is how many processors to use."""

    root: Path
    output: Path
    now: datetime
    workers: int


class Answer(Struct, frozen=True):
    """What the site's hosts answer to a path: another address, and the status (RFC 9110 §15.4)."""

    source: str
    target: str
    status: int


class Report(Struct, frozen=True, kw_only=True):
    """What a build did. `rendered` counts the pages made anew, `files` everything in the output."""

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


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
