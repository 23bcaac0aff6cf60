#!/usr/bin/env python3
"""Draw how much memory builds held while they ran, from what `bench/run.py --peers --json` kept.

    python bench/plot.py m-yaml.json docs/images/memory-m.svg [--build cold]

One line for each tool: all its processes together, in its first run of that build.
"""

import argparse
import json
from pathlib import Path

POINTS = 150  # of a line, so that the picture stays small
DASHES = {"storefront": [1, 0], "hugo": [6, 3], "eleventy": [2, 2], "plain": [8, 2, 2, 2]}


def thinned(course: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The peaks of a course, in as many steps as are drawn."""
    each = -(-len(course) // POINTS)
    return [max(course[start : start + each], key=lambda at: at[1]) for start in range(0, len(course), each)]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("figures", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--build", default="cold")
    given = parser.parse_args()
    import altair as alt

    builds = json.loads(given.figures.read_text())["builds"]
    rows = [
        {"tool": name.partition(" ")[0], "seconds": at, "MB": size}
        for name, steps in builds.items()
        for at, size in thinned(steps[given.build][0]["course"])
    ]
    tools = list(dict.fromkeys(row["tool"] for row in rows))
    chart = (
        alt.Chart(alt.Data(values=rows), width=640, height=320, background="white")
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("seconds:Q", title="seconds from the start"),
            alt.Y("MB:Q", title="MB, all processes together"),
            alt.Color("tool:N", title=None, scale=alt.Scale(domain=tools)),
            alt.StrokeDash(
                "tool:N", sort=tools, title=None, scale=alt.Scale(domain=tools, range=[DASHES[tool] for tool in tools])
            ),
        )
    )
    given.picture.parent.mkdir(parents=True, exist_ok=True)
    chart.save(given.picture)


if __name__ == "__main__":
    main()
