"""The command as people run it: a process of its own, with what it said, how it ended, and what it took."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

COMMAND = (sys.executable, "-m", "storefront")
NOW = "2026-11-22T12:00:00Z"
# How many times as much as in CI is tried; `tools/soak_hostile.py` sets it.
SOAK = int(os.environ.get("SOAK", "1"))


class Ended(NamedTuple):
    """A process that has ended. `seconds` are of CPU, with those of its children; `mb` is the most that one of them held."""

    code: int
    out: str
    err: str
    seconds: float
    mb: float

    @property
    def said(self) -> str:
        return self.out + self.err


def run(*words: str, cwd: Path, before: Callable[[], None] | None = None, **environment: str) -> Ended:
    """Run a command of storefront in a folder. `before` runs in the process, before the command."""
    process = started(*words, cwd=cwd, before=before, **environment)
    out, err = process.communicate(timeout=120)
    return Ended(process.returncode, out, err, 0.0, 0.0)


def measured(*words: str, cwd: Path) -> Ended:
    """As `run`, with what it took."""
    with open(cwd / ".out", "w+") as out, open(cwd / ".err", "w+") as err:
        process = subprocess.Popen([*COMMAND, *words], cwd=cwd, stdout=out, stderr=err, env=_environment({}))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        said = out.read(), err.read()
    (cwd / ".out").unlink(), (cwd / ".err").unlink()
    return Ended(process.returncode, *said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def started(*words: str, cwd: Path, before: Callable[[], None] | None = None, **environment: str) -> subprocess.Popen:
    """A command that runs, in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *words],
        cwd=cwd,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        preexec_fn=before,  # noqa: PLW1509  no thread runs here
        start_new_session=True,
    )


def _environment(more: dict[str, str]) -> dict[str, str]:
    return os.environ | {"PYTHONUTF8": "1"} | more


def kill(process: subprocess.Popen, number: int = signal.SIGKILL) -> None:
    """Send a signal to a process and all its children at once."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def limited(**limits: int) -> Callable[[], None]:
    """What sets limits of the system (`resource.RLIMIT_…`) in a process, by their names."""
    return lambda: [
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most)) for name, most in limits.items()
    ]


def ended_within(process: subprocess.Popen, seconds: float) -> float | None:
    """How long a process still ran; None when it had not ended after `seconds`."""
    began = time.monotonic()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    return time.monotonic() - began
