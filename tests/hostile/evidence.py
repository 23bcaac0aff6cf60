"""What the tests tried and what it took: docs/evidence/hostile.md.

What is counted is compared by a test. What is measured is written with `EVIDENCE=write` when all tests of this folder,
and `tests/browser/test_hostile.py`, have run; each part keeps its figures in a file, whichever process it runs in.
"""

import json
import os
import platform
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs/evidence/hostile.md"
KEPT = REPOSITORY / ".pytest_cache/hostile"
WRITING = os.environ.get("EVIDENCE") == "write"


def told(part: str, **figures: object) -> None:
    """Keep some figures of a part of the tests."""
    if WRITING:
        KEPT.mkdir(parents=True, exist_ok=True)
        path = KEPT / f"{part}.json"
        before = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(before | figures, indent=1, sort_keys=True))


def section(name: str) -> str:
    """What stands between the marks of a section of the page."""
    return _between(name).search(PAGE.read_text())[1].strip()


def put(name: str, text: str) -> None:
    """Replace a section of the page."""
    page = PAGE.read_text()
    PAGE.write_text(_between(name).sub(lambda _: f"<!-- {name} -->\n\n{text}\n\n<!-- /{name} -->", page))


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!-- {name} -->\n(.*?)\n?<!-- /{name} -->", re.DOTALL)


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A table of Markdown; numbers stand on the right."""
    last = rows[0] if rows else head
    marks = ["---:" if isinstance(cell, int | float) else "---" for cell in last]
    lines = [head, tuple(marks), *(tuple(f"{c:,}" if isinstance(c, int) else str(c) for c in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def measured() -> str:
    """The section of what was measured, from what the parts have told."""
    figures = {path.stem: json.loads(path.read_text()) for path in sorted(KEPT.glob("*.json"))}
    worst = figures.pop("Worst cases", {})
    for part in [part for part in figures if part.endswith(" fails")]:  # of each call: both edits, once and for ever
        told = figures.pop(part)
        sums = {name: sum(n for key, n in told.items() if key.endswith(name)) for name in ("failed", "old", "new")}
        figures.setdefault("Builds in which a call fails; old or new site", {})[part.removesuffix(" fails")] = (
            "{failed:,}; {old:,} old, {new:,} new".format(**sums)
        )
    slowest = sorted(worst.items(), key=lambda each: -each[1][0])[:8]
    largest = sorted(worst.items(), key=lambda each: -each[1][1])[:8]
    done = [
        (part, f"{name.replace('_', ' ')}: {_shown(value)}")
        for part, told in figures.items()
        for name, value in told.items()
    ]
    ends = {0: "taken", 1: "refused", 2: "refused"}
    parts = [
        f"With Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} processors shared with others.",
        table(("Part", "Tried"), done),
        f"Of {len(worst)} worst cases, the slowest, in seconds of CPU with the start of the command:",
        table(("Case", "Outcome", "s"), [(name, ends[code], seconds) for name, (seconds, _, code) in slowest]),
        "and the largest, in megabytes of memory:",
        table(("Case", "Outcome", "MB"), [(name, ends[code], mb) for name, (_, mb, code) in largest]),
    ]
    return "\n\n".join(parts)


def _shown(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, int | float) else str(value)
