"""A running `storefront serve`, asked over HTTP."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storefront.serving import FOLDER

NOW = "2026-11-22T12:00:00Z"
PATIENCE = 20  # seconds; a loaded machine is slow, a healthy one never waits so long


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from storefront.cli import main; main()", "serve", "--now", NOW, *words]


class Served:
    """A running `storefront serve`, with what it printed so far."""

    def __init__(self, site: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            command("--port", str(free_port()), *words),
            cwd=site,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "VISUAL": "code"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        threading.Thread(target=self.listen, daemon=True).start()
        self.port = int(self.waited_for(r"http://127\.0\.0\.1:(\d+)").group(1))
        self.waited_for("made when asked for|problems? found")  # it answers before, and says that there is no page yet

    def listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def waited_for(self, pattern: str) -> re.Match[str]:
        """The first match in what it prints, as soon as it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, self.said):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern} was never said:\n{self.said}")

    @contextmanager
    def asked(self, path: str, host: str = "127.0.0.1", **headers: str) -> Iterator[http.client.HTTPResponse]:
        """The answer to a path that is sent exactly as it is; the socket listened before its address was told."""
        connection = http.client.HTTPConnection(host, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            yield connection.getresponse()
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        with self.asked(path, **headers) as answer:
            return answer.status, answer.read().decode(errors="replace")

    @contextmanager
    def events(self, path: str) -> Iterator["Events"]:
        """What a page at a path hears."""
        with self.asked(f"{FOLDER}events?path={path}") as answer, answer:
            yield Events(answer)

    def end(self) -> int:
        """Press Ctrl+C; how it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


class Events:
    """What a page hears."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer, self.kind = answer, answer.getheader("content-type")

    def state(self) -> dict:
        """The next state."""
        while line := self.answer.readline():
            if line.startswith(b"data: "):
                return json.loads(line[6:])
        raise AssertionError("the connection ended")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(site: Path, *words: str) -> Iterator[Served]:
    running = Served(site, *words)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        running.process.stdout.close()
