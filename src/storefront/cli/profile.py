"""Where the time of a build went: by stage, by template, and the slowest pages."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

import click

from storefront.cli.printing import count

if TYPE_CHECKING:
    from storefront.outcome import Progress, Report, Spent


class Stages:
    """Times the stages of a build by what it tells of its progress, and passes that on.

    A stage begins when 0 of 0 is told of it, and ends with the next one, or with `end`.
    """

    def __init__(self, progress: "Progress", clock: Callable[[], float] = perf_counter) -> None:
        self._progress, self._clock = progress, clock
        self._running, self._began = "Start", clock()
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not done and not total:
            self._next(stage)
        self._progress(stage, done, total)

    def end(self) -> None:
        """Count the last stage."""
        self._next("")

    def _next(self, stage: str) -> None:
        now = self._clock()
        self.seconds[self._running] = self.seconds.get(self._running, 0.0) + now - self._began
        self._running, self._began = stage, now


def show(stages: Stages, report: "Report") -> None:
    """Print it."""
    for line in _lines(stages, report):
        click.echo(line)


def _lines(stages: Stages, report: "Report") -> Iterator[str]:
    yield "Stages, in seconds:"
    yield from (f"{seconds:9.3f}  {stage}" for stage, seconds in stages.seconds.items())
    yield from _hits(report)
    if report.templates:
        yield "Pages by template, in seconds of all processes:"
        yield from map(_template, report.templates)
        yield "The slowest pages:"
        yield from (f"{each.seconds:9.3f}  {each.name}" for each in report.slowest)


def _hits(report: "Report") -> Iterator[str]:
    """What earlier builds had done already."""
    kept = report.pages - report.rendered - report.restored
    yield f"Kept from the last build: {kept:,} of {count(report.pages, 'page')}."
    yield (
        f"From the cache: {count(report.restored, 'page')}, {report.recalled:,} of {count(report.sources, 'file')} "
        f"of content, {report.shown - report.encoded:,} of {count(report.shown, 'file')} of pictures."
    )


def _template(spent: "Spent") -> str:
    return f"{spent.seconds:9.3f}  {spent.name or 'feeds and documents'} ({count(spent.pages, 'page')})"
