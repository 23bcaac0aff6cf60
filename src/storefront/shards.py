"""Rendering many pages: cut into shards, in this process or in forked ones. The bytes are the same.

Workers are forked after everything is read, so that they share it without a copy; each writes its
own pages and returns what it wrote. Where a system cannot fork, one process does all.
"""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from storefront import digests
from storefront.audit import House, Proof, audit
from storefront.pages import routes
from storefront.pages.plan import Planned
from storefront.problems import Problem, ProblemsFound
from storefront.render import Renderer

SHARD = 48
WORTH_A_POOL = 400  # a pool costs about 60 ms; so many pages take longer


class Output(Struct, frozen=True):
    """A page made: its file, its bytes' digest, its proof, and its size and modification time where it was written.

    `template` is the theme's that made it ("" for none), `seconds` what it took to make and audit it.
    """

    file: str
    digest: str
    proof: Proof
    signature: tuple[int, int]
    template: str
    seconds: float


class Job(Struct, frozen=True):
    """What shards share. Without a folder nothing is written."""

    pages: Sequence[Planned]
    renderer: Renderer
    house: House
    folder: Path | None


_job: Job | None = None


def run(job: Job, workers: int) -> Iterator[tuple[list[Output], list[Problem]]]:
    """Make all pages of a job, shard by shard, in no order."""
    global _job  # noqa: PLW0603  forked workers find the job here, without a copy
    shards = [range(start, min(start + SHARD, len(job.pages))) for start in range(0, len(job.pages), SHARD)]
    _job = job
    try:
        if workers == 1 or len(job.pages) < WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
            yield from map(_run_shard, shards)
            return
        job.renderer.prepare()
        gc.freeze()  # the collector would copy every page of memory that it walks in a fork
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            for done in [pool.submit(_run_shard, shard) for shard in shards]:
                yield done.result()
    finally:
        _job = None
        gc.unfreeze()


def _run_shard(shard: range) -> tuple[list[Output], list[Problem]]:
    """Make the pages of a shard and then audit them: one after the other, each would drive the other's code out."""
    assert _job is not None  # noqa: S101
    outputs: list[Output] = []
    problems: list[Problem] = []
    made = []
    for index in shard:
        began = perf_counter()
        try:
            made.append((*_make(_job, _job.pages[index]), perf_counter() - began))
        except ProblemsFound as failure:
            problems.extend(failure.problems)
    for page, data, template, signature, took in made:
        began = perf_counter()
        digest = digests.of_bytes(data)
        try:
            proof = audit(_job.house, page, data, digest, template)
            seconds = took + perf_counter() - began
            outputs.append(Output(routes.file_of(page.path), digest, proof, signature, template, seconds))
        except ProblemsFound as failure:
            problems.extend(failure.problems)
    return outputs, problems


def _make(job: Job, page: Planned) -> tuple[Planned, bytes, str, tuple[int, int]]:
    """The bytes of a page, the theme's template that made them ("" for none), and what is known of the file written."""
    made = page.make(page.inputs)
    if isinstance(made, bytes):
        data, template = made, ""
    else:
        data, template = job.renderer.render(made), made.template
    if job.folder is None:
        return page, data, template, (0, 0)
    return page, data, template, write(f"{job.folder}/{routes.file_of(page.path)}", data)


def write(path: str, data: bytes) -> tuple[int, int]:
    """Write a new file; its size and modification time."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        written = os.write(descriptor, data)
        if written != len(data):  # a full disk may take a part
            raise OSError(28, "No space left on device", path)
        found = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return (found.st_size, found.st_mtime_ns)


def _make_folder(folder: str) -> None:
    """As `os.makedirs` does it. With a file in each folder `write` takes 25 µs, and 32 with that and a file object."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return  # another worker was faster
    except FileNotFoundError:
        _make_folder(folder.rpartition("/")[0])
        _make_folder(folder)
