"""Building: the last report where nothing has changed, else the pipeline, which is not even imported before."""

import os
import time
from pathlib import Path

from msgspec import structs

from storefront import publish, unchanged
from storefront.outcome import FOLDER, PAGES, Options, Progress, Report, quiet


def build(options: Options, progress: Progress = quiet) -> Report:
    """Build a site. Raises `ProblemsFound` or `EnvironmentFailure`; the last good output then stays as it was."""
    started = time.perf_counter()
    # A build may exchange the folder that the command runs in, which then cannot be named from within.
    options = structs.replace(options, output=Path(os.path.abspath(options.output)))
    folder = options.root / FOLDER
    with publish.Lock(folder):
        told = None if options.on_demand or _to_be_kept(options, folder) else unchanged.report(options, folder)
        if told is None:
            from storefront import pipeline

            before = unchanged.snapshot(options.root, folder)
            told, made = pipeline.build(options, progress)
            if not options.on_demand:
                unchanged.remember(options, folder, before, made, told)
    return structs.replace(told, seconds=time.perf_counter() - started)


def _to_be_kept(options: Options, folder: Path) -> bool:
    """Whether pages are to be kept of a site of which none are."""
    return options.cache and not (folder / PAGES).is_dir()
