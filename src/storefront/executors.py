"""Where shards are made: in this process, in forked ones, or on any `concurrent.futures.Executor`. Bytes are equal.

Forked workers share all that was read without a copy, until they touch it; so this process makes shards beside them,
and none only waits. Any other executor is handed values, pickled: what all shards share once compressed in each call,
and kept by each thread that has met it; then the pages with their inputs.

A pool costs its forks and what every process learns anew. Worked out from the CPU time of 9 rounds, as on two idle
cores: 200 pages took 0.27 s with two processes and 0.26 s with one, 400 0.33 and 0.38, 800 0.49 and 0.63, and the pool
a third more CPU. So small sites are made in one process.
"""

import atexit
import gc
import multiprocessing
import pickle
import shutil
import tempfile
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from storefront import engine, forks, shards
from storefront.audit import House
from storefront.catalog.facts import SiteFact
from storefront.links import Registry
from storefront.pages import routes
from storefront.pages.planned import Planned
from storefront.problems import EnvironmentFailure
from storefront.render import Renderer
from storefront.shards import Job, Made
from storefront.theme import Theme

SHARD = 96
WORTH_A_POOL = 400
PARTS = 16  # shards of a process at least: none waits long for another's last; the demo takes 0.92 s, and 0.98 else
PATIENCE = 20  # seconds without a shard, before it is asked whether any will come
AHEAD = 3  # shards that wait at each worker, so that none stands idle and few are lost with it


def nothing() -> None:
    """What is done meanwhile where there is nothing to do."""


def _is_well() -> None:
    """The `check` of an executor that cannot be asked: it is taken to be well."""


class ExternalExecutor(NamedTuple):
    """An executor, and how many shards it makes at a time.

    `check` is called when nothing has come back for a while; it raises `EnvironmentFailure` when nothing will.
    """

    executor: Executor
    workers: int
    check: Callable[[], object] = _is_well


def run(
    job: Job,
    pages: Sequence[Planned],
    workers: int,
    external: ExternalExecutor | None = None,
    meanwhile: Callable[[], object] = nothing,
) -> Iterator[Made]:
    """Make all pages, shard by shard, in no order: by `workers` processes of this machine, or by an `external` one.

    This process does something else `meanwhile`, once: after the work was given out, or first where it makes the pages
    itself. Raises `EnvironmentFailure` when a process ends before it is done.
    """
    cut = _cut(len(pages), SHARD)
    if external is not None:
        yield from _sent(job, [pages[each.start : each.stop] for each in cut], external, meanwhile)
    elif workers == 1 or len(pages) < WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
        meanwhile()
        yield from (shards.make(job, pages[each.start : each.stop]) for each in cut)
    else:
        small = -(-len(pages) // (workers * PARTS))
        yield from _forked(job, pages, _cut(len(pages), min(SHARD, small)), workers, meanwhile)


def _cut(pages: int, size: int) -> list[range]:
    return [range(start, min(start + size, pages)) for start in range(0, pages, size)]


# In forked processes: they find the job here, without a copy.

_job: Job | None = None
_pages: Sequence[Planned] = ()


def _forked(
    job: Job, pages: Sequence[Planned], cut: Sequence[range], workers: int, meanwhile: Callable[[], object]
) -> Iterator[Made]:
    global _job, _pages
    job.renderer.prepare()
    _job, _pages = job, pages
    try:
        gc.freeze()  # the collector would copy every page of memory that it walks in a fork
        with forks.pool(workers - 1) as pool:
            yield from _together(pool, job, pages, cut, (workers - 1) * AHEAD, meanwhile)
    finally:
        _job, _pages = None, ()
        gc.unfreeze()


def _together(
    pool: Executor,
    job: Job,
    pages: Sequence[Planned],
    cut: Sequence[range],
    ahead: int,
    meanwhile: Callable[[], object],
) -> Iterator[Made]:
    """The pool makes shards from the front and this process from the back, so that each meets few facts of the other's.

    A process that only waited would hold everything once more, since forks copy what they touch: 1,000 creators with
    two processes took 548 MB so, and 396 with one fork less (`bench/timing.py`, `together`).
    """
    left, waiting = deque(cut), set[Future[Made]]()
    while left or waiting:
        while left and len(waiting) < ahead:
            waiting.add(pool.submit(_shard, left.popleft()))
        meanwhile()
        meanwhile = nothing
        if left:
            here = left.pop()
            yield shards.make(job, pages[here.start : here.stop])
        done, waiting = wait(waiting, 0 if left else None, FIRST_COMPLETED)
        for each in done:
            yield each.result()


def _shard(numbers: range) -> Made:
    assert _job is not None  # noqa: S101
    return shards.make(_job, _pages[numbers.start : numbers.stop])


# On any executor: everything is handed over by value.


class Shared(Struct, frozen=True):
    """What all shards of a build share, as plain values. `layers` are the templates of the theme's layers, by names."""

    engine: str
    theme: Theme
    layers: tuple[tuple[str, Mapping[str, bytes]], ...]
    site: SiteFact
    networks: Registry
    shops: Mapping[str, str]
    routed: bool
    folder: str


def shared(job: Job) -> bytes:
    """What the shards of a job share, to be sent: about 60 KB with a theme that ships."""
    house = job.house
    layers = tuple((layer.name, _templates(layer)) for layer in house.theme.layers)
    values = Shared(
        engine.fingerprint(),
        house.theme,
        layers,
        house.site,
        house.networks,
        house.shops,
        house.routed,
        job.folder,
    )
    return zlib.compress(pickle.dumps(values), 6)


def _templates(layer: Path) -> dict[str, bytes]:
    folder = layer / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def make(sent: bytes, pages: bytes) -> list[shards.Output]:
    """Make a shard that was sent. Pages with problems are left out: only who sent them knows the places of those."""
    job = _received(sent)
    return shards.make(job, pickle.loads(pages))[0]  # noqa: S301  from who may run code here anyway


_kept = threading.local()  # what audits of one thread remember is not made for two


def _received(sent: bytes) -> Job:
    if getattr(_kept, "sent", None) != sent:
        _kept.job, _kept.sent = _unpacked(sent), sent
    job: Job = _kept.job
    return job


def _unpacked(sent: bytes) -> Job:
    """A job of what was sent, with the theme's templates laid into a folder of this machine."""
    values: Shared = pickle.loads(zlib.decompress(sent))  # noqa: S301
    if values.engine != engine.fingerprint():
        raise EnvironmentFailure("a worker runs another version of storefront, of Python or of a library than this")
    folder = Path(tempfile.mkdtemp(prefix="storefront-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    layers = []
    for number, (name, files) in enumerate(values.layers):
        layer = folder / str(number) / name
        for file, data in files.items():
            path = layer / "templates" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        layers.append(layer)
    theme = structs.replace(values.theme, layers=tuple(layers))
    house = House(values.site, theme, None, None, values.networks, values.shops, routed=values.routed)
    return Job(Renderer(theme), house, values.folder, again=True)


def _sent(
    job: Job, cut: Sequence[Sequence[Planned]], external: ExternalExecutor, meanwhile: Callable[[], object]
) -> Iterator[Made]:
    """Shards as they come back. A page that is not among a shard's has a problem, and is made again here to tell it."""
    common = shared(job)
    waiting: dict[Future[list[shards.Output]], Sequence[Planned]] = {}
    left = iter(cut)
    try:
        while True:
            while len(waiting) < external.workers * AHEAD and (shard := next(left, None)) is not None:
                waiting[external.executor.submit(make, common, pickle.dumps(shard, pickle.HIGHEST_PROTOCOL))] = shard
            meanwhile()
            meanwhile = nothing
            if not waiting:
                return
            done, _ = wait(waiting, PATIENCE, return_when=FIRST_COMPLETED)
            if not done:
                external.check()
            for each in done:
                yield _with_problems(job, waiting.pop(each), each.result())
    except BrokenProcessPool:
        raise EnvironmentFailure("a process that made pages was ended from outside") from None
    finally:
        for each in waiting:
            each.cancel()


def _with_problems(job: Job, shard: Sequence[Planned], outputs: list[shards.Output]) -> Made:
    made = {output.file for output in outputs}
    failed = [page for page in shard if routes.file_of(page.path) not in made]
    more, problems = shards.make(structs.replace(job, again=True), failed) if failed else ([], [])
    return outputs + more, problems
