"""A Dask cluster as an executor: its workers are handed shards of pages, and say what they wrote.

A scheduler and its workers run what they are sent, and are trusted with the site. A worker that dies costs the shards
it was at, which others make again; a scheduler that is lost ends the build.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from storefront.executors import ExternalExecutor
from storefront.problems import EnvironmentFailure

P = ParamSpec("P")
T = TypeVar("T")
MISSING = "a cluster needs more packages: pip install 'storefront[cluster]'"
PATIENCE = 20  # seconds to wait for a scheduler, and then for a worker
RETRIES = 2  # of a shard whose storage failed


class Tls(NamedTuple):
    """Files in PEM: who signs the scheduler's certificate, and what this machine shows of itself."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


class ClusterExecutor(Executor):
    """A cluster's client as an executor. What it hands out fails with `CancelledError` when the scheduler is lost.

    Dask's own (`Client.get_executor`, 2026.8) asks how a task stands after it has its result: a worker that dies
    between the two turns the result into an error.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker call a function, again where its storage failed."""
        made = self._client.submit(fn, *args, **kwargs, pure=False, retries=RETRIES)
        told: Future[T] = Future()
        self._client.loop.add_callback(_hand_over, self._client, made, told)
        return told


async def _hand_over(client: Any, made: Any, told: Future[Any]) -> None:
    """Tell what became of a task. A result that is lost with its worker is waited for again."""
    from distributed.comm.core import CommClosedError

    result, failed = None, None
    try:
        result = await client.gather(made, asynchronous=True)
    except (CancelledError, asyncio.CancelledError, CommClosedError):  # the last one in the midst of fetching
        told.cancel()
    except Exception as error:  # noqa: BLE001  whatever a task raised
        failed = error
    if not told.set_running_or_notify_cancel():
        made.release()
    elif failed is not None:
        told.set_exception(failed)
    else:
        told.set_result(result)


@contextmanager
def connected(address: str, tls: Tls | None = None, patience: float = PATIENCE) -> Iterator[ExternalExecutor]:
    """The cluster of the scheduler at an address such as tcp://host:8786.

    Without `tls`, Dask's own configuration says how to encrypt. Raises `EnvironmentFailure`, also for what happens to
    the cluster while it is used.
    """
    distributed = _library()
    _hush()
    try:
        security = _security(distributed, address, tls)
        client = distributed.Client(address, security=security, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise EnvironmentFailure(f"no scheduler answers at {address}: {error}") from None
    try:
        workers = partial(_workers, client, address, patience)
        yield ExternalExecutor(ClusterExecutor(client), workers(), workers)
    except CancelledError:
        raise EnvironmentFailure(f"the scheduler at {address} was lost; nothing was published") from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] in {"distributed", "dask", "tornado"}:
            raise EnvironmentFailure(f"the cluster at {address} failed: {error}") from None
        raise
    finally:
        with suppress(Exception):  # it may be gone already
            client.close(timeout=2)


def _hush() -> None:
    """Problems are told once, in words of this program."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _library() -> Any:
    """Dask's library for clusters, which has no types."""
    try:
        import distributed
    except ImportError:
        raise EnvironmentFailure(MISSING) from None
    return distributed


def _security(distributed: Any, address: str, tls: Tls | None) -> Any:
    if tls is None:
        return None
    return distributed.Security(
        require_encryption=address.startswith("tls:"),
        tls_ca_file=str(tls.ca) if tls.ca else None,
        tls_client_cert=str(tls.cert) if tls.cert else None,
        tls_client_key=str(tls.key) if tls.key else None,
    )


def _workers(client: Any, address: str, patience: float) -> int:
    """How many threads all workers have together; it waits for the first. Raises `EnvironmentFailure`."""
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        raise EnvironmentFailure(f"the scheduler at {address} has no workers") from None
    return sum(client.nthreads().values())
