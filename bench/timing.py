"""One build timed: wall, CPU and memory of a command and of all processes that it starts.

CPU is user and system time, as the kernel counts it for the command and its children. Memory is told twice. `largest`
is the most that one process ever held: its resident set, from the kernel, and never less than what this program held
when it started the command. `together` is the most that all of them held at one moment: the sum of their proportional
sets, in which a page that n processes share counts for an nth. It is looked up while the command runs, at most every
20th of a second and for no more than a 20th of a processor, so a shorter peak can be missed; None without /proc.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

EVERY = 0.05
SHARE = 20  # times as long as a look takes
PROC = Path("/proc")


class Figures(NamedTuple):
    """One run: seconds, megabytes, and the machine's load when it began.

    `course` is the memory of all together while it ran: pairs of seconds from its start and megabytes.
    """

    wall: float
    cpu: float
    together: int | None
    largest: int
    load: float
    course: tuple[tuple[float, int], ...] = ()


def family(pid: int) -> Iterator[int]:
    """A process and all that it started and that are its descendants still."""
    yield pid
    try:
        lists = [file.read_text() for file in (PROC / str(pid) / "task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(lists).split():
        yield from family(int(child))


def held(pid: int) -> int:
    """The kilobytes that a process holds, its part of shared pages counted; 0 when it has ended."""
    try:
        found = re.search(r"^Pss: +(\d+)", (PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


class Watch(threading.Thread):
    """Looks at the memory of a process and its family until it is told to stop; `seen` is when, and how many KB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.seen: list[tuple[float, int]] = []
        self.ended = threading.Event()

    def run(self) -> None:
        pause, start = 0.0, time.perf_counter()
        while not self.ended.wait(pause):
            began = time.thread_time()
            self.seen.append((time.perf_counter() - start, sum(map(held, family(self.pid)))))
            pause = max(EVERY, (time.thread_time() - began) * SHARE)


def timed(command: Sequence[str], folder: Path | None = None, variables: Mapping[str, str] | None = None) -> Figures:
    """Run a command to its end. What was written before is on the disk first, so that it does not disturb.

    Python may keep what it has compiled, as it does for users; some machines for tests forbid it.
    """
    os.sync()
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=settings | dict(variables or {}), stdout=said, stderr=subprocess.STDOUT
        )
        watch = Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        watch.ended.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    course = tuple((round(at, 2), size // 1024) for at, size in watch.seen)
    together = max((size for _, size in course), default=0) or None
    return Figures(wall, usage.ru_utime + usage.ru_stime, together, usage.ru_maxrss // 1024, load, course)
