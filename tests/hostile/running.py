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


# Between the tests and the command, since a process that was forked counts as large as whoever forked it.
MEASURING = """
import os, sys
_, status, used = os.wait4(os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ), 0)
told = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
with open(sys.argv[1], "w") as file:
    file.write(" ".join(map(str, told)))
"""


def measured(*words: str, cwd: Path) -> Ended:
    """As `run`, with what it took."""
    out, err, told = (cwd / name for name in (".out", ".err", ".told"))
    with out.open("w") as output, err.open("w") as errors:
        command = [sys.executable, "-c", MEASURING, str(told), *COMMAND, *words]
        subprocess.run(command, cwd=cwd, stdout=output, stderr=errors, env=_environment({}), check=True)
    code, seconds, mb = told.read_text().split()
    ended = Ended(int(code), out.read_text(), err.read_text(), float(seconds), float(mb))
    for file in (out, err, told):
        file.unlink()
    return ended


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
