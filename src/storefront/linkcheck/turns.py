"""Turns: never two requests at a time to one host, and a pause after each."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

PAUSE = 1.0  # seconds


class Stopped(Exception):
    """Raised where nobody waits for the answers any more."""


class _Turn:
    def __init__(self, pause: float) -> None:
        self.lock, self.pause, self.free_at = threading.Lock(), pause, 0.0


class Turns:
    """Hands out each host to one thread at a time."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._turns: defaultdict[str, _Turn] = defaultdict(lambda: _Turn(pause))
        self._finding = threading.Lock()
        self._stopped = threading.Event()

    def _of(self, host: str) -> _Turn:
        with self._finding:
            return self._turns[key_of(host)]

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """A turn at a host, when its pause is over. Raises `Stopped`."""
        turn = self._of(host)
        with turn.lock:
            if self._stopped.wait(max(0.0, turn.free_at - time.monotonic())) or self._stopped.is_set():
                raise Stopped
            try:
                yield
            finally:
                turn.free_at = time.monotonic() + turn.pause

    def slow(self, host: str, pause: float) -> None:
        """Pause at least so many seconds at a host from now on."""
        turn = self._of(host)
        turn.pause = max(turn.pause, pause)

    def stop(self) -> None:
        """No further turn is given to anybody."""
        self._stopped.set()


def key_of(host: str) -> str:
    """A host and the same with www. are one."""
    return host.lower().removeprefix("www.")
