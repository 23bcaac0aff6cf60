"""Sites as tests need them, and what is wrong with them: the one place that knows how a site is judged."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from storefront.pipeline import check
from storefront.problems import Problem, ProblemsFound

MINIMAL = Path(__file__).parent / "sites" / "minimal"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def site_with(root: Path, changes: Path | dict[str, str | bytes]) -> Path:
    """A copy of the minimal site below `root` with a folder of files, or files by name, laid over it."""
    site = root / "site"
    shutil.copytree(MINIMAL, site)
    if isinstance(changes, Path):
        shutil.copytree(changes, site, dirs_exist_ok=True)
        return site
    for name, text in changes.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return site


def problems_of(site: Path) -> list[Problem]:
    """Every problem of a site's content and its pages at the tests' clock."""
    try:
        check(site, NOW, 1)
    except ProblemsFound as failure:
        return failure.problems
    return []


def written(problems: list[Problem]) -> str:
    """Problems as `storefront check` prints them."""
    return "".join(
        f"{problem.place}: {problem.code}: {problem.message}\n" + (f"    {problem.hint}\n" if problem.hint else "")
        for problem in problems
    )
