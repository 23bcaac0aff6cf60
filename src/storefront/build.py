"""Building: the last report where nothing has changed, else the pipeline, which is not even imported before."""

import os
import time
from pathlib import Path

from msgspec import structs

from storefront import publish, unchanged
from storefront.collector import uncollected
from storefront.outcome import FOLDER, Options, Progress, Report, quiet
from storefront.unchanged import Manifest, Snapshot


def build(options: Options, progress: Progress = quiet) -> Report:
    """Build a site. Raises `ProblemsFound` or `EnvironmentFailure`; the last good output then stays as it was."""
    started = time.perf_counter()
    # A build may exchange the folder that the command runs in, which then cannot be named from within.
    options = structs.replace(options, output=Path(os.path.abspath(options.output)))
    folder = options.root / FOLDER
    with publish.Lock(folder):
        before = unchanged.snapshot(options.root, folder)
        last = unchanged.last(options, folder)
        told = unchanged.report(options, last, before)
        if told is None:
            told = _anew(options, folder, last, before, progress)
    return structs.replace(told, seconds=time.perf_counter() - started)


def _anew(options: Options, folder: Path, last: Manifest | None, before: Snapshot | None, progress: Progress) -> Report:
    """Build what a small edit touches, if it is one, else build everything that is not known."""
    rebuilt = None
    if last and before and not options.whole:
        with uncollected():
            from storefront.edits import rebuilding

            rebuilt = rebuilding.rebuild(options, last, before, progress)
    if rebuilt is None:
        from storefront import pipeline

        told, made = pipeline.build(options, progress)
    else:
        told, made = rebuilt
    unchanged.remember(options, folder, before, made, told, last if rebuilt else None)
    return told
