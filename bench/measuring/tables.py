"""The table of figures, and what in it is over its limit."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from measuring.host import Size
from measuring.scores import CATEGORIES, Run
from measuring.seen import Seen

# Bytes of HTML and CSS in brotli, by the kind of page.
KILOBYTE = 1024
PRODUCT, VANITY = 16 * KILOBYTE, 24 * KILOBYTE
TIMES = {"lcp": 1200, "tbt": 0, "cls": 0}
HEADS = (
    *("page", "scores", "LCP ms", "FCP ms", "TBT ms", "CLS", "HTML + CSS, bytes", "cards"),
    *("pictures", "scripts loaded", "axe", "index", "load"),
)
HEAD = f"| {' | '.join(HEADS)} |\n|---|---|{'--:|' * (len(HEADS) - 2)}"


class Figures(NamedTuple):
    """A page: its size, the median of Lighthouse's runs and the load after them, and what a browser saw."""

    size: Size
    run: Run | None = None
    load: float = 0
    seen: Seen | None = None


def row(page: str, found: Figures) -> str:
    """A line of the table, with a dash for what was not measured."""
    run, seen = found.run, found.seen
    cells = [page, "/".join(f"{run.scores[name]:.0f}" for name in CATEGORIES) if run else "–"]
    cells += [f"{run.times[name]:.0f}" for name in ("lcp", "fcp", "tbt")] if run else ["–"] * 3
    cells += [f"{run.times['cls']:.3f}" if run else "–"]
    cells += [f"{found.size.html:,} + {found.size.css:,} = {found.size.together:,}", str(found.size.cards)]
    cells += [f"{run.pictures:,}", f"{run.scripts:,}"] if run else ["–"] * 2
    cells += [str(len(seen.violations)) if seen else "–"]
    cells += [f"{run.index:.0f}", f"{found.load:.1f}"] if run else ["–"] * 2
    return f"| {' | '.join(cells)} |"


def limit(page: str) -> int | None:
    """How many bytes of HTML and CSS a page may have; none is set for the home page."""
    return PRODUCT if page.startswith("/products/") else VANITY if page != "/" else None


def over(page: str, found: Figures) -> Iterator[str]:
    """What is not as it should be."""
    allowed = limit(page)
    if allowed and found.size.together > allowed:
        yield f"{found.size.together - allowed:,} bytes of HTML and CSS over {allowed:,}"
    if found.run:
        run, late = found.run, {name: most for name, most in TIMES.items() if found.run.times[name] > most}
        yield from (f"{name} is {score:.0f}, not 100" for name, score in run.scores.items() if score < 100)
        yield from (f"{name} is {run.times[name]:.4g}, over {most}" for name, most in late.items())
        yield from (f"Lighthouse: {name}" for name in run.wanting)
        yield f"largest: {run.element}"
    if found.seen:
        yield from (f"axe: {each}" for each in found.seen.violations)
        yield from (f"console: {each}" for each in found.seen.errors)
        yield from (f"{kind} that need a script" for kind in found.seen.needing)


def checks(found: Mapping[str, list[str] | None]) -> Iterator[str]:
    """What the checkers say, the first twenty errors of each."""
    for name, errors in found.items():
        yield f"{name}: could not be had" if errors is None else f"{name}: {len(errors)} errors"
        yield from (f"    {each}" for each in (errors or [])[:20])
