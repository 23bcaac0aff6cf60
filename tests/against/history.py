"""Repositories with a history of their own, and what is said of it."""

import os
import subprocess
from pathlib import Path

from storefront.against import Compared

REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
WHO = {
    "GIT_AUTHOR_NAME": "Maya", "GIT_AUTHOR_EMAIL": "maya@shelves.example", "GIT_AUTHOR_DATE": "2026-11-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Maya", "GIT_COMMITTER_EMAIL": "maya@shelves.example",
    "GIT_COMMITTER_DATE": "2026-11-01T12:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, env=os.environ | WHO, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Everything there is, as a commit; its name."""
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "A change")
    return git(folder, "rev-parse", "HEAD")


def said(found: Compared) -> list[str]:
    """Problems in one line each: place, code and message."""
    return [f"{problem.place}: {problem.code}: {problem.message}" for problem in found.problems]


ANSWERED = """\
product: hat
date: 2026-09-01
rating: 2
title: Itches
body: >
  It itches,
  and it shrank.
pros: [Warm]
cons: [Itches]
provenance: gifted
incentive: {kind: product, value: 30.00 GBP}
updates:
  - date: 2026-10-01
    rating: 1.5
    text: It shrank again.
responses:
  - by: fjell
    date: 2026-10-05
    text: Wash it cold.
"""
HAT = "content/influencers/maya/reviews/hat.yaml"
