"""Making pages, a shard of them at a time: each page is made, written and audited.

The function takes plain values and gives digests, so that a shard is the same wherever it is made (`executors`).
"""

import os
from collections.abc import Sequence
from time import perf_counter
from uuid import uuid4

from msgspec import Struct

from storefront import sums
from storefront.audit import House, Proof, audit
from storefront.pages import recalled, routes
from storefront.pages.planned import Planned
from storefront.problems import Problem, ProblemsFound
from storefront.render import Renderer

Signature = tuple[int, int]
UNKNOWN: Signature = (0, 0)


class Output(Struct, frozen=True):
    """A page made: its file, its bytes' digest, its proof, and its size and modification time where it was written.

    `template` is the theme's that made it ("" for none), `seconds` what it took to make and audit it.
    """

    file: str
    digest: str
    proof: Proof
    signature: Signature
    template: str
    seconds: float


class Job(Struct, frozen=True):
    """What shards share. `folder` is where files are written: a path, or an address that fsspec knows; "" for nowhere.

    With `again` a file that is there already is replaced: a shard may be made twice when a machine is lost.
    """

    renderer: Renderer
    house: House
    folder: str
    again: bool = False


Made = tuple[list[Output], list[Problem]]


def make(job: Job, pages: Sequence[Planned]) -> Made:
    """Make the pages of a shard and then audit them: one after the other, each would drive the other's code out."""
    outputs: list[Output] = []
    problems: list[Problem] = []
    made = []
    for page in pages:
        began = perf_counter()
        try:
            data, template = _made(job, page)
            file = routes.file_of(page.path)
            made.append((page, file, data, template, _write(job, file, data), perf_counter() - began))
        except ProblemsFound as failure:
            problems.extend(failure.problems)
    if is_address(job.folder):
        from storefront.cluster.objects import Objects

        Objects(job.folder).write({file: data for _, file, data, *_ in made})
    for page, file, data, template, signature, took in made:
        began = perf_counter()
        digest = sums.of_bytes(data)
        try:
            proof = audit(job.house, page, data, digest, template)
            seconds = took + perf_counter() - began
            outputs.append(Output(file, digest, proof, signature, template, seconds))
        except ProblemsFound as failure:
            problems.extend(failure.problems)
    return outputs, problems


def _made(job: Job, page: Planned) -> tuple[bytes, str]:
    """The bytes of a page, and the theme's template that made them ("" for none)."""
    made = recalled.make_page(page)
    if isinstance(made, bytes):
        return made, ""
    return job.renderer.render(made), made.template


def _write(job: Job, file: str, data: bytes) -> Signature:
    """What is known of the file written, if it is written one by one."""
    if not job.folder or is_address(job.folder):
        return UNKNOWN
    return rewrite(job.folder, file, data) if job.again else write(f"{job.folder}/{file}", data)


def is_address(place: str) -> bool:
    """Whether a place is the address of an object store, and not a path."""
    return "://" in place


def write(path: str, data: bytes) -> Signature:
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


def parts_of(folder: str) -> str:
    """Where files of a folder grow that may be written twice."""
    return f"{folder}.parts"


def rewrite(folder: str, file: str, data: bytes) -> Signature:
    """As `write`, and in the place of a file that may be there or may be written meanwhile; by rename."""
    new, path = f"{parts_of(folder)}/{uuid4().hex}", f"{folder}/{file}"
    signature = write(new, data)
    try:
        os.replace(new, path)
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        os.replace(new, path)
    return signature


def _make_folder(folder: str) -> None:
    """As `os.makedirs` does it. With a file in each folder `write` takes 25 µs, and 32 with that and a file object."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return  # another worker was faster
    except FileNotFoundError:
        _make_folder(folder.rpartition("/")[0])
        _make_folder(folder)
