"""Bots: programs that are no visitors, by the list `crawler-user-agents` (MIT), which is kept up as a package.

Each entry is a regular expression that RE2 can read, so that DuckDB looks for all of them at once. A program that does
not say what it is counts as one: every browser says.
"""

from functools import cache

from storefront.logs.engine import MISSING, text
from storefront.problems import EnvironmentFailure

TOGETHER = 200  # entries in one expression: with 1,500 of them RE2 runs out of room and takes a hundred times as long


@cache
def patterns() -> tuple[str, ...]:
    """The expressions of the list. Raises `EnvironmentFailure` where the package is not installed."""
    try:
        from crawleruseragents import CRAWLER_USER_AGENTS_DATA as ENTRIES
    except ModuleNotFoundError:
        raise EnvironmentFailure(MISSING) from None
    return tuple(entry["pattern"] for entry in ENTRIES)


def condition(agent: str) -> str:
    """SQL that is true of a bot, where `agent` is SQL for what the program calls itself."""
    found = patterns()
    groups = [found[at : at + TOGETHER] for at in range(0, len(found), TOGETHER)]
    each = (f"regexp_matches({agent}, {text('|'.join(f'(?:{one})' for one in group))})" for group in groups)
    return f"(coalesce({agent}, '') IN ('', '-') OR {' OR '.join(each)})"
