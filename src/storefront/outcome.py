"""What a build is asked for, and what it tells when it is done."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import nlargest
from pathlib import Path

from msgspec import Struct, structs

from storefront.problems import Problem

# Called with the progress of a stage: its name, how much is done and how much there is; 0 of 0 when it begins.
Progress = Callable[[str, int, int], None]
SLOWEST = 10  # pages named one by one
FOLDER = ".storefront"  # beside content/: the cache, and what the last build left
NEXT_CHANGE = "next-change"  # a file in it: when the same content will give another site
PAGES = "pages"  # in it: finished pages, for builds elsewhere


class Options(Struct, frozen=True, kw_only=True):
    """What a build is asked for. `workers` is how many processors to use.

    With `whole` all content is read and joined, even where a small edit needs only a part of it; the output is the
    same. With `cache` finished pages are kept for builds in other clones and on other branches (`store`).
    """

    root: Path
    output: Path
    now: datetime
    workers: int
    whole: bool = False
    cache: bool = False


class Spent(Struct, frozen=True):
    """Time that pages took, made and audited: those of a template ("" for none), or one at an address. In seconds."""

    name: str
    pages: int
    seconds: float


class Report(Struct, frozen=True, kw_only=True):
    """What a build did. `rendered` counts the pages made anew, `files` everything in the output.

    `restored` counts the pages that an earlier build had finished, in this clone or another, `recalled` the files of
    content that did not have to be parsed, `encoded` those of pictures and cards, of all `shown`, that had to be made.

    A check also tells all `addresses`, without the site's base path, those of redirects included, and the handles of
    those who have `left`.

    `warnings` stop nothing. `templates` and `slowest` say where the time of the pages made anew went, the most first,
    over all processes.
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
    templates: tuple[Spent, ...] = ()
    slowest: tuple[Spent, ...] = ()
    restored: int = 0
    recalled: int = 0
    shown: int = 0
    encoded: int = 0
    warnings: tuple[Problem, ...] = ()
    addresses: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def timed(report: Report, spent: Sequence[tuple[float, str, str]]) -> Report:
    """A report with where the time went: `spent` has seconds, template and address of each page made anew."""
    pages: dict[str, list[float]] = defaultdict(list)
    for seconds, template, _ in spent:
        pages[template].append(seconds)
    found = [Spent(template, len(each), sum(each)) for template, each in pages.items()]
    return structs.replace(
        report,
        templates=tuple(sorted(found, key=lambda each: (-each.seconds, each.name))),
        slowest=tuple(Spent(path, 1, seconds) for seconds, _, path in nlargest(SLOWEST, spent)),
    )


def quiet(stage: str, done: int, total: int) -> None:
    """A `Progress` that does nothing."""
