"""Measure builds: cold, with nothing changed, with one edit; wall, CPU and memory of the command and its workers.

And one edit of a site held in memory, as `storefront serve` holds it: from the saved file to the bytes of a page.

    python bench/run.py [--creators 1000] [--products 5000] [--json FILE]
    python bench/run.py --peers [--rounds 3]        cold builds by storefront, Hugo and Eleventy in turn

Each build is a process of its own, as users run it. CPU is user and system time of the command and of
its workers; memory is the largest single process. Corpora come from corpus.py and lie in a temporary folder.
Compare runs by ratio: the seconds are those of one machine in one hour.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

COMMAND = [sys.executable, "-c", "from storefront.cli import main; main()"]
NOW = "2026-11-26T09:00:00Z"
HELP_RUNS = 20
EDITS = 15  # of each kind, of a site held in memory


def run(*arguments: str) -> dict[str, float]:
    """One run of the command: wall and CPU seconds, peak memory in MB."""
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {
        "wall": round(time.perf_counter() - began, 2),
        "cpu": round(cpu, 2),
        "memory": round(usage.ru_maxrss / 1024),  # of the command or a worker that it waited for
    }


def replace_in(path: Path, key: str, value: str, after: str = "") -> None:
    """Change the first line of a file that has a key, after one that begins so."""
    lines = path.read_text(encoding="utf-8").split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith(after))
    index = next(i for i, line in enumerate(lines) if i >= first and line.lstrip().startswith(key))
    lines[index] = lines[index].partition(key)[0] + key + value
    path.write_text("\n".join(lines), encoding="utf-8")


def measure(root: Path) -> dict[str, dict[str, float]]:
    """The builds of one corpus."""
    build = ("build", "--root", str(root), "--now", NOW, "--quiet")
    figures = {"cold": run(*build), "nothing changed": run(*build)}
    creator, priced = root / "content/influencers/creator-1.yaml", first_priced(root)
    replace_in(creator, "note:", " One word changed.")
    figures["a note edited"] = run(*build)
    replace_in(priced, "price:", " 7.77 GBP")
    figures["a price edited"] = run(*build)
    replace_in(creator, "title:", " A review with another title", after="reviews:")
    figures["a review edited"] = run(*build)
    return figures


def first_priced(root: Path) -> Path:
    """The first product with a price."""
    return next(p for p in sorted((root / "content/products").iterdir()) if "price:" in p.read_text(encoding="utf-8"))


def serving(root: Path) -> dict[str, dict[str, float]]:
    """Milliseconds from a saved file to the bytes of a page that shows it, as `storefront serve` holds a site.

    The watcher of the folder is not in it: it tells of a change after a few milliseconds.
    """
    from storefront.clock import read_now
    from storefront.live import Live

    began = time.perf_counter()
    held = Live(root, read_now(NOW))
    figures = {"start": {"seconds": round(time.perf_counter() - began, 2)}}
    creator, priced = root / "content/influencers/creator-2.yaml", first_priced(root)
    wanted = {
        "a note": (creator, "note:", "", "/creator-2/"),
        "a price": (priced, "price:", "", f"/products/{priced.stem}/"),
        "a review": (creator, "title:", "reviews:", "/creator-2/reviews/"),
    }
    for name, (path, key, after, page) in wanted.items():
        taken = []
        for number in range(EDITS):
            replace_in(path, key, f" {number + 11}.00 GBP", after)
            began, before = time.perf_counter(), time.process_time()
            changed = held.refresh(touched=[path])
            data = held.get(page)
            taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - before) * 1000))
            if page not in changed.paths or data is None or changed.problems:
                sys.exit(f"{name} does not show at {page}")
        wall, cpu = ([each[at] for each in taken] for at in (0, 1))
        figures[name] = {"median": statistics.median(wall), "most": max(wall), "cpu": statistics.median(cpu)}
    return figures


def race(creators: int, products: int, rounds: int, file: Path | None) -> None:
    """Storefront and its peers on one corpus."""
    from peers import rounds as peers

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "corpus")
        corpus.write(root, creators, products)
        print(
            f"{creators} creators, {products} products; Python {platform.python_version()}, {os.cpu_count()} processors"
        )
        figures = peers.measure(root, Path(folder), rounds)
        peers.show(figures)
    if file:
        file.write_text(json.dumps({name: [run._asdict() for run in runs] for name, runs in figures.items()}, indent=1))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--creators", type=int, default=1000)
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--peers", action="store_true", help="build with Hugo and Eleventy too, cold, in turn")
    parser.add_argument("--rounds", type=int, default=3, help="of cold builds with --peers")
    given = parser.parse_args()
    if given.peers:
        race(given.creators, given.products, given.rounds, given.json)
        return
    helps = statistics.median(run("--help")["wall"] for _ in range(HELP_RUNS))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus.write(root, given.creators, given.products)
        figures = measure(root)
        served = serving(root)
        files = [path for path in (root / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors; --help {helps * 1000:.0f} ms (median)")
    print(f"{given.creators} creators, {given.products} products: {len(files)} files, {size / 1e6:.0f} MB")
    print(f"{'build':18}{'wall s':>9}{'CPU s':>9}{'MB':>7}")
    for name, row in figures.items():
        print(f"{name:18}{row['wall']:9.2f}{row['cpu']:9.2f}{row['memory']:7.0f}")
    print(f"held, read in {served.pop('start')['seconds']} s  {'ms, median':>11}{'most':>9}{'CPU':>9}")
    for name, row in served.items():
        print(f"{name:18}{row['median']:14.1f}{row['most']:9.1f}{row['cpu']:9.1f}")
    if given.json:
        told = {"help": helps, "files": len(files), "bytes": size, "builds": figures, "served": served}
        given.json.write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
