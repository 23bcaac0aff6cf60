"""What no cold build can leave out, however it makes its pages, beside the CPU time of the whole build.

    python bench/least.py [--creators 1000] [--products 5000]

The site is built once, in one process. Then its steps that nothing can replace are done alone, on the same bytes: to
start, to read YAML, to write each file, to digest it, and to parse each page for the audit. What remains of the build
is all that joins, checks, makes, renders and judges.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import turbohtml

import corpus
from run import COMMAND, NOW
from storefront import reader, shards, sums
from timing import timed


def spent(step: Callable[[Any], object], things: Iterable[Any]) -> float:
    """Seconds of CPU that a step takes on things, of which each is there before its clock starts."""
    total = 0.0
    for thing in things:
        began = time.process_time()
        step(thing)
        total += time.process_time() - began
    return total


def measure(root: Path, folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds of CPU: of the build of the site at `root`, and of each step alone. `folder` takes what is written."""
    whole = timed([*COMMAND, "build", "--root", str(root), "--now", NOW, "--quiet", "--jobs", "1"]).cpu
    content = sorted((root / "content").rglob("*.yaml"))
    files = [path for path in sorted((root / "site").rglob("*")) if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    texts = (path.read_text() for path in content)
    places = ((str(folder / f"{number}/file"), path.read_bytes()) for number, path in enumerate(files))
    return whole, {
        "Python and the build's modules": timed([sys.executable, "-c", "import storefront.pipeline"]).cpu,
        f"{len(content)} YAML files": spent(lambda text: reader.parse(text, ""), texts),
        f"{len(files)} files written": spent(lambda place: shards.write(*place), places),
        f"{len(files)} files digested": spent(sums.of_bytes, (path.read_bytes() for path in files)),
        f"{len(pages)} pages parsed": spent(turbohtml.parse, (path.read_bytes() for path in pages)),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--creators", type=int, default=1000)
    parser.add_argument("--products", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "corpus")
        corpus.write(root, given.creators, given.products)
        whole, steps = measure(root, Path(folder, "written"))
    least = sum(steps.values())
    for name, seconds in {**steps, "all of these": least, "the rest": whole - least, "the build": whole}.items():
        print(f"{name:32}{seconds:8.2f} s of CPU{100 * seconds / whole:7.1f} %")


if __name__ == "__main__":
    main()
