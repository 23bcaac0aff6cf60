"""A run: what differs goes up, parts before the pages that need them, and what is gone goes last."""

import time
from collections.abc import Collection, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from storefront.deploy import built
from storefront.deploy.built import Item
from storefront.deploy.record import Kept, Put
from storefront.deploy.store import Store
from storefront.hosting.values import FIXED
from storefront.outcome import Progress
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

AT_ONCE = 8  # files on their way at a time
PAUSE = 2.0  # seconds between two writings of the record, at the least
SHARE = 10  # of the time, at most one part in so many goes into writing the record


class Plan(Struct, frozen=True):
    """What is to be done: files to put in the order of `stages`, files to delete, and how many stay as they are.

    `left` are files of earlier deployments that somebody has changed since: they are no longer storefront's.
    `forgotten` are they and those that somebody has deleted. `adopted` are somebody else's that will be overwritten.
    """

    stages: tuple[tuple[Item, ...], ...]
    delete: tuple[str, ...]
    left: tuple[str, ...]
    forgotten: tuple[str, ...]
    adopted: frozenset[str]
    same: int

    @property
    def put(self) -> list[Item]:
        """All files to put, in order."""
        return [item for stage in self.stages for item in stage]


def plan(items: Iterable[Item], kept: Kept, store: Store, *, adopt: bool) -> Plan:
    """Compare a site with what lies in a store. Raises `ProblemsFound` where a file of somebody else's is in it."""
    tags = store.tags()
    items = list(items)
    changed, strangers = [], []
    for item in items:
        known = kept.files.get(item.path)
        if known is None and item.path in tags:
            strangers.append(item.path)
        if known is None or not known.holds(item, tags.get(item.path), serves=store.serves):
            changed.append(item)
    if strangers and not adopt:
        raise ProblemsFound([_in_the_way(strangers, store)])
    gone = sorted(kept.files.keys() - {item.path for item in items})
    ours = {path for path in gone if path in tags and kept.files[path].tag in {"", tags[path]}}
    return Plan(
        stages=tuple(tuple(item for item in changed if _stage(item.path) == stage) for stage in range(3)),
        delete=tuple(sorted(ours)),
        left=tuple(path for path in gone if path in tags and path not in ours),
        forgotten=tuple(path for path in gone if path not in ours),
        adopted=frozenset(strangers),
        same=len(items) - len(changed),
    )


def _stage(path: str) -> int:
    """Parts first, then data that pages read, then pages, which name both."""
    return 0 if path.startswith(FIXED) else 2 if path.endswith(".html") else 1


def _in_the_way(paths: list[str], store: Store) -> Problem:
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    message = f"storefront did not put {paths[0]}{more} there, and would overwrite it"
    hint = "Deploy into a prefix or folder of its own, or overwrite what is in the way with --adopt."
    return Problem("output", message, Place(store.name), hint)


class Run:
    """One deployment. What has been put is recorded as it goes on, so that the next run does not repeat it."""

    def __init__(self, store: Store, output: Path, kept: Kept, progress: Progress) -> None:
        self._store, self._output, self._kept, self._progress = store, output, kept, progress
        self._total = self._done = 0
        self._again = 0.0  # when the record is to be written again

    def go(self, plan: Plan) -> None:
        """Do what is planned. Raises `EnvironmentFailure` or `ProblemsFound`; what was done until then is recorded."""
        self._total = len(plan.put) + len(plan.delete)
        for path in plan.forgotten:
            del self._kept.files[path]
        # Before anything goes up it is known to be ours, so that a run that breaks leaves nothing behind for ever.
        # What is still somebody else's is not, until it has been overwritten.
        self._kept.files.update({item.path: Put() for item in plan.put if item.path not in plan.adopted})
        self._save()
        try:
            for stage in plan.stages:
                self._all((item.path, item) for item in stage)
            self._all((path, None) for path in plan.delete)
            self._save()
        except BaseException:
            with suppress(EnvironmentFailure, OSError):
                self._save()
            raise

    def _all(self, jobs: Iterable[tuple[str, Item | None]]) -> None:
        """Put or delete each, a few at a time; the first failure stops those that have not begun."""
        running: dict[Future[Put | None], str] = {}
        left = iter(jobs)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                while True:
                    for path, item in islice(left, 2 * AT_ONCE - len(running)):
                        running[pool.submit(self._one, path, item)] = path
                    if not running:
                        return
                    self._settle(running, wait(running, return_when=FIRST_COMPLETED).done)
                    if time.monotonic() >= self._again:
                        self._save()
            except BaseException as error:
                pool.shutdown(wait=False, cancel_futures=True)
                with suppress(EnvironmentFailure, ProblemsFound, OSError):
                    if not isinstance(error, Exception):  # an interrupt: what is on its way may take too long
                        self._settle(running, {each for each in running if each.done() and not each.cancelled()})
                        self._save()
                    self._settle(running, wait(each for each in running if not each.cancelled()).done)
                raise

    def _one(self, path: str, item: Item | None) -> Put | None:
        if item is None:
            self._store.delete(path)
            return None
        tag = self._store.put(path, built.read(self._output, item), item.serving)
        return Put(item.digest, item.serving.kind, item.serving.cache, tag)

    def _settle(self, running: dict[Future[Put | None], str], done: Collection[Future[Put | None]]) -> None:
        """Note what has been done; then raise what the first failure raised."""
        for future in done:
            if future.exception() is None:
                path, put = running[future], future.result()
                if put is None:
                    self._kept.files.pop(path, None)
                else:
                    self._kept.files[path] = put
                self._done += 1
        for future in done:  # noted before: an interruption in between loses nothing
            del running[future]
        self._progress("Deploy", self._done, self._total)
        for future in done:
            future.result()

    def _save(self) -> None:
        """Write the record, and no sooner again than is worth the time that it takes."""
        began = time.monotonic()
        self._kept.save()
        now = time.monotonic()
        self._again = now + max(PAUSE, SHARE * (now - began))
