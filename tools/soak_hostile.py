#!/usr/bin/env python3
"""Hostile content, crashes and random inputs, many times as long as in the tests; docs/evidence/hostile.md tells of it.

    tools/soak_hostile.py [--times 7]

Seven times are more than 300 kills of whole process groups, and some 69,000 random inputs, which are
others each time. It ends as pytest does.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="how many times as much as the tests try")
    given = parser.parse_args()
    tests = ("tests/hostile", "tests/browser/test_hostile.py")
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *tests]
    environment = os.environ | {"SOAK": str(given.times), "EVIDENCE": "write"}
    sys.exit(subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode)  # noqa: S603  our own tests


if __name__ == "__main__":
    main()
