#!/usr/bin/env python3
"""Hostile content, crashes and random inputs, many times as long as in the tests; docs/evidence/hostile.md tells of it.

    tools/soak_hostile.py [--times 7] [--seconds 60]

Kills of whole process groups, races, builds in which calls of the system fail, and random inputs, which are others each
time: the page says how many there were. Then Atheris, where it is installed (`pip install atheris`), is let loose on
each target of `tools/fuzz/run.py` for some seconds.

It ends as pytest does, or with 1 where Atheris has found something.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
TARGETS = ("reader", "vocabulary", "markdown", "addresses", "importers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="how many times as much as the tests try")
    parser.add_argument("--seconds", type=int, default=60, help="how long Atheris is at each target; 0 for not at all")
    given = parser.parse_args()
    tests = ("tests/hostile", "tests/browser/test_hostile.py")
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *tests]
    environment = os.environ | {"SOAK": str(given.times), "EVIDENCE": "write"}
    ended = subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode  # noqa: S603  our own tests
    sys.exit(ended or fuzz(given.seconds))


def fuzz(seconds: int) -> int:
    """Atheris at every target; 1 where it has found something."""
    if not seconds:
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("Atheris is not installed, so nothing was fuzzed by coverage: pip install atheris")
        return 0
    found = 0
    (REPOSITORY / ".cache").mkdir(exist_ok=True)  # where a crash leaves the input that led to it
    for target in TARGETS:
        print(f"Atheris, {target}, {seconds} s", flush=True)
        command = [
            sys.executable,
            REPOSITORY / "tools/fuzz/run.py",
            target,
            f"-max_total_time={seconds}",
            "-verbosity=0",
        ]
        ended = subprocess.run([*command, "-print_final_stats=1"], cwd=REPOSITORY / ".cache", check=False)  # noqa: S603
        found |= ended.returncode != 0
    return found


if __name__ == "__main__":
    main()
