"""Building: the last report where nothing has changed, else the pipeline, which is not even imported before."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from storefront import publish, spare, unchanged
from storefront.collector import uncollected
from storefront.outcome import FOLDER, PAGES, Options, Progress, Report, quiet
from storefront.problems import ProblemsFound
from storefront.unchanged import Manifest, Snapshot

if TYPE_CHECKING:
    from storefront.executors import ExternalExecutor
    from storefront.outputs import OutputPlace


def build(
    options: Options, progress: Progress = quiet, *, external: "ExternalExecutor | None" = None, address: str = ""
) -> Report:
    """Build a site. Raises `ProblemsFound` or `EnvironmentFailure`; the last good output then stays as it was.

    Pages are made by processes of this machine, or by an `external` executor. The site is published in the output
    folder, or at an `address` of an object store.
    """
    started = time.perf_counter()
    # A build may exchange the folder that the command runs in, which then cannot be named from within.
    options = structs.replace(options, output=Path(os.path.abspath(options.output)))
    folder = options.root / FOLDER
    if not (options.root / "content").is_dir():  # nothing is written in a folder that holds no site, a lock neither
        from storefront.content import no_site

        raise ProblemsFound([no_site(options.root)])
    if not address:
        publish.check_place(options.output)
    with publish.Lock(folder) as lock:
        if lock.cut_off or publish.staging_of(options.output).exists():
            for output in (options.output, options.output.with_name(f"{options.output.name}.hosting")):
                publish.sweep(output, folder)
        before = unchanged.snapshot(options.root, folder)
        last = None if address or _is_to_be_kept(options, folder) else unchanged.trusted_manifest(options, folder)
        report = unchanged.unchanged_report(options, last, before)
        if report is None and last and before and not (options.whole or options.cache or external):
            report = _edited(options, folder, last, before, progress)
        if report is None:
            from storefront import pipeline

            report, made = pipeline.build(options, progress, _place(options, address, external), external)
            if not address:
                unchanged.remember(options, folder, before, made, report)
    return structs.replace(report, seconds=time.perf_counter() - started)


def _edited(options: Options, folder: Path, last: Manifest, before: Snapshot, progress: Progress) -> Report | None:
    """Build what a small edit touches; None where it takes more than that."""
    with uncollected():
        from storefront.edits import rebuilding

        rebuilt = rebuilding.rebuild(options, last, before, progress)
    if rebuilt is None:
        return None
    unchanged.remember(options, folder, before, rebuilt.made, rebuilt.report, last, rebuilt.done)
    return rebuilt.report


def _is_to_be_kept(options: Options, folder: Path) -> bool:
    """Whether pages are to be kept of a site of which none are."""
    return options.cache and not (folder / PAGES).is_dir()


def _place(options: Options, address: str, external: "ExternalExecutor | None") -> "OutputPlace":
    from storefront.outputs import OutputFolder

    if address:
        from storefront.cluster.bucket import Bucket

        return Bucket(address)
    apart = os.urandom(4).hex() if external else ""
    return OutputFolder(options.output, apart=apart, spare=options.root / FOLDER / spare.NAME)
