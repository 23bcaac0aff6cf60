#!/usr/bin/env python3
"""Random edits of a site for as long as one likes, each followed by a comparison with a build from nothing.

    tools/soak.py [--minutes 10] [--seed 1] [--steps 60]

Prints how many edits of each kind there were, and how many builds were compared. A difference ends it with the shortest
sequence of edits that shows it. `tests/machine.py` says what an edit can be; `make soak` runs this.
"""

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import machine

EXAMPLES = 20  # sequences between two looks at the clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="where to begin; the same number gives the same edits")
    parser.add_argument("--steps", type=int, default=60, help="how many edits in one sequence, at most")
    given = parser.parse_args()
    limits = settings(
        max_examples=EXAMPLES,
        stateful_step_count=given.steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    end, number = time.monotonic() + 60 * given.minutes, given.seed
    while time.monotonic() < end:
        run = seed(number)(machine.Edits)
        run_state_machine_as_test(run, settings=limits)
        number += 1
        print(f"seed {number - 1}: {machine.edits_done():,} edits so far", flush=True)
    for each, count in sorted(machine.COUNTED.items()):
        print(f"{count:8,}  {each.replace('_', ' ')}")
    print(f"{machine.edits_done():,} edits, and no difference.")


if __name__ == "__main__":
    main()
