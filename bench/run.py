"""Measure builds: cold, with nothing changed, with one edit; wall, CPU and memory of the command and its workers.

And one edit of a site held in memory, as `storefront serve` holds it: from the saved file to the bytes of a page.

    python bench/run.py [--creators 1000] [--products 5000] [--json FILE]
    python bench/run.py --peers [--rounds 3] [--form yaml]   storefront, Hugo, Eleventy and a plain script in turn

Each build is a process of its own, as users run it; timing.py says what is counted. Corpora come from corpus.py and
lie in a temporary folder. Compare runs by ratio: the seconds are those of one machine in one hour.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import changes
import corpus
from timing import Figures, timed

COMMAND = [sys.executable, "-c", "from storefront.cli import main; main()"]
NOW = "2026-11-26T09:00:00Z"
HELP_RUNS = 20
EDITS = 15  # of each kind, of a site held in memory


def build(root: Path) -> Figures:
    """One build of the site at `root`."""
    return timed([*COMMAND, "build", "--root", str(root), "--now", NOW, "--quiet"])


def measure(root: Path) -> dict[str, Figures]:
    """The builds of one corpus."""
    figures = {"cold": build(root), "nothing changed": build(root)}
    for name, edit in changes.OURS.items():
        edit(root)
        figures[name] = build(root)
    return figures


def serving(root: Path) -> dict[str, dict[str, float]]:
    """Milliseconds from a saved file to the bytes of a page that shows it, as `storefront serve` holds a site.

    The watcher of the folder is not in it: it tells of a change after a few milliseconds.
    """
    from storefront.clock import read_now
    from storefront.live import LiveSite

    began = time.perf_counter()
    held = LiveSite(root, read_now(NOW))
    figures = {"start": {"seconds": round(time.perf_counter() - began, 2)}}
    creator, priced = root / "content/influencers/creator-2.yaml", changes.first_priced(root)
    wanted = {
        "a note": (creator, "note:", "", "/creator-2/"),
        "a price": (priced, "price:", "", f"/products/{priced.stem}/"),
        "a review": (creator, "title:", "reviews:", "/creator-2/reviews/"),
    }
    for name, (path, key, after, page) in wanted.items():
        taken = []
        for number in range(EDITS):
            changes.replace_in(path, key, f" {number + 11}.00 GBP", after)
            began, before = time.perf_counter(), time.process_time()
            changed = held.refresh(touched=[path])
            data = held.get(page)
            taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - before) * 1000))
            if page not in changed.paths or data is None or changed.problems:
                sys.exit(f"{name} does not show at {page}")
        wall, cpu = ([each[at] for each in taken] for at in (0, 1))
        figures[name] = {"median": statistics.median(wall), "most": max(wall), "cpu": statistics.median(cpu)}
    return figures


def show(figures: Mapping[str, Figures]) -> None:
    """Print builds, a line each."""
    print(f"{'build':26}{'wall s':>9}{'CPU s':>9}{'MB together':>13}{'MB largest':>12}")
    for name, row in figures.items():
        print(f"{name:26}{row.wall:9.2f}{row.cpu:9.2f}{row.together or '-':>13}{row.largest:12}")


def as_json(figures: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """Builds for a file."""
    return {name: row._asdict() for name, row in figures.items()}


def race(given: argparse.Namespace) -> None:
    """Storefront and its peers on one corpus."""
    from peers import rounds as peers

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "corpus")
        corpus.write(root, given.creators, given.products)
        machine = f"Python {platform.python_version()}, {os.cpu_count()} processors"
        print(f"{given.creators} creators, {given.products} products; {machine}")
        forms = ("yaml", "json") if given.form == "both" else (given.form,)
        figures, pages = peers.measure(
            root, Path(folder), given.rounds, forms, again=not given.once, script=not given.no_script
        )
    print("", *peers.table(figures, pages), sep="\n")
    if given.json:
        told = {
            name: {step: [run._asdict() for run in runs] for step, runs in steps.items()}
            for name, steps in figures.items()
        }
        given.json.write_text(json.dumps({"pages": pages, "builds": told}, indent=1))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--creators", type=int, default=1000)
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--peers", action="store_true", help="build with Hugo, Eleventy and a plain script in turn")
    parser.add_argument("--rounds", type=int, default=3, help="with --peers")
    parser.add_argument("--form", choices=("yaml", "json", "both"), default="yaml", help="of the peers' content")
    parser.add_argument("--once", action="store_true", help="have peers build cold alone: their other builds are alike")
    parser.add_argument("--no-script", action="store_true", help="leave the plain script out")
    given = parser.parse_args()
    if given.peers:
        race(given)
        return
    helps = statistics.median(timed([*COMMAND, "--help"]).wall for _ in range(HELP_RUNS))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus.write(root, given.creators, given.products)
        figures = measure(root)
        served = serving(root)
        files = [path for path in (root / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors; --help {helps * 1000:.0f} ms (median)")
    print(f"{given.creators} creators, {given.products} products: {len(files)} files, {size / 1e6:.0f} MB")
    show(figures)
    print(f"held, read in {served.pop('start')['seconds']} s  {'ms, median':>11}{'most':>9}{'CPU':>9}")
    for name, row in served.items():
        print(f"{name:18}{row['median']:14.1f}{row['most']:9.1f}{row['cpu']:9.1f}")
    if given.json:
        told = {"help": helps, "files": len(files), "bytes": size, "builds": as_json(figures), "served": served}
        given.json.write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
