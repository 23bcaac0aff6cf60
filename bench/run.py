"""Measure builds: cold, with nothing changed, with one edit; wall, CPU and memory of the command and its workers.

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
import resource
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
        "memory": round(max(usage.ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024),
    }


def replace_in(path: Path, key: str, value: str) -> None:
    """Change the first line of a file that has a key."""
    lines = path.read_text(encoding="utf-8").split("\n")
    index = next(i for i, line in enumerate(lines) if line.lstrip().startswith(key))
    lines[index] = lines[index].partition(key)[0] + key + value
    path.write_text("\n".join(lines), encoding="utf-8")


def measure(root: Path) -> dict[str, dict[str, float]]:
    """The builds of one corpus."""
    build = ("build", "--root", str(root), "--now", NOW, "--quiet")
    figures = {"cold": run(*build), "nothing changed": run(*build)}
    replace_in(root / "content/influencers/creator-1.yaml", "note:", " One word changed.")
    figures["a note edited"] = run(*build)
    priced = next(p for p in sorted((root / "content/products").iterdir()) if "price:" in p.read_text(encoding="utf-8"))
    replace_in(priced, "price:", " 7.77 GBP")
    figures["a price edited"] = run(*build)
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
        files = [path for path in (root / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors; --help {helps * 1000:.0f} ms (median)")
    print(f"{given.creators} creators, {given.products} products: {len(files)} files, {size / 1e6:.0f} MB")
    print(f"{'build':18}{'wall s':>9}{'CPU s':>9}{'MB':>7}")
    for name, row in figures.items():
        print(f"{name:18}{row['wall']:9.2f}{row['cpu']:9.2f}{row['memory']:7.0f}")
    if given.json:
        given.json.write_text(
            json.dumps({"help": helps, "files": len(files), "bytes": size, "builds": figures}, indent=1)
        )


if __name__ == "__main__":
    main()
