"""Forked workers: they end with the process that forked them, and leave interrupts to it."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from storefront.problems import EnvironmentFailure


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of forked workers. What has not begun when this is left by an exception is never done.

    Raises `EnvironmentFailure` when the system ends a worker, as it does when memory runs out.
    """
    made = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"), initializer=_begin)
    try:
        yield made
    except BrokenProcessPool:
        message = "a process that made pages was ended from outside; if memory is short, try --jobs 1"
        raise EnvironmentFailure(message) from None
    except BaseException:
        made.shutdown(wait=False, cancel_futures=True)
        raise
    made.shutdown()


def _begin() -> None:
    """In each worker, before its work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts all; one of them answers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End when the parent has: a killed one cannot say so, and its workers would hold its lock for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
