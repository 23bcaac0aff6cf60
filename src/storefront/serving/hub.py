"""The hub: whoever looks at a page hears when something has changed, from whatever thread it was."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool

BREATH = 15.0  # seconds after which a silent connection is shown to be alive
AGAIN = 1000  # milliseconds after which a browser asks again when the connection broke


class Hub:
    """All open connections of one server."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()
        self._closed = False

    def changed(self) -> None:
        """Wake everybody. Any thread may call this; what comes in quick succession wakes them once."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """End all connections."""
        self._closed = True
        self.changed()

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def events(self, state: Callable[[], Any]) -> AsyncIterator[bytes]:
        """Server-Sent Events (HTML Standard, 9.2): what `state` gives, whenever that is something else."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            yield b"retry: %d\n\n" % AGAIN
            last = b""
            while not self._closed:
                event.clear()
                told = msgspec.json.encode(await run_in_threadpool(state))
                if told != last:
                    yield b"event: state\ndata: " + told + b"\n\n"
                last = told
                try:
                    await asyncio.wait_for(event.wait(), BREATH)
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self._waiting.discard(event)
