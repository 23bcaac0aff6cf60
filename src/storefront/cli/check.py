"""`storefront check`."""

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storefront.against import Compared
    from storefront.outcome import Report


@click.command(
    "check",
    epilog="""\b
Examples:
  storefront check
  storefront check --now 2026-12-24
  storefront check --format json
  storefront check --against origin/main
  storefront check --advice
  storefront check --fit
  storefront check --published https://shelves.example
""",
)
@common.root_option
@common.now_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    help="How to print problems: for people, for programs, or for GitHub or GitLab to show beside lines.",
)
@common.jobs_option
@click.option(
    "--against",
    "ref",
    metavar="REF",
    help="Also compare all reviews with this commit, branch or tag. Needs git.",
)
@click.option(
    "--published",
    metavar="WHERE",
    help="Also find addresses of this published site (a folder or https://…) that would disappear.",
)
@click.option("--advice", is_flag=True, help="Also suggest what would be more credible; never fails the check.")
@click.option("--fit", is_flag=True, help="Also report what is outside its creator's interests; never fails the check.")
@common.quiet_option
def command(
    root: Path,
    now: datetime | None,
    style: str,
    jobs: int,
    ref: str | None,
    published: str | None,
    advice: bool,
    fit: bool,
    quiet: bool,
) -> None:
    """Find every problem; write nothing.

    Does everything build does, including rendering each page and decoding each picture. Ends
    with 1 if there is a problem.
    """
    with common.failures(root, style):
        from storefront.pipeline import check

        moment = common.moment(now)
        place, paths = _listed(published)
        with _beside(root, ref, moment, style) as compared:
            if compared and style in {"text", "github"} and not quiet:
                printing.compared(compared, style)
            with printing.progress(wanted=not quiet and style == "text") as advance:
                report = check(root, moment, jobs, advance, advise=advice, fit=fit)
            stays = _stays(place, paths, report) if published else None
        if not quiet or style in {"json", "gitlab"}:
            printing.checked(report, style, compared, stays)


def _listed(where: str | None) -> tuple[str, list[str]]:
    """What is published, before anything is checked: where nobody answers, nobody has to wait for that."""
    if where is None:
        return "", []
    from storefront.published import lasting
    from storefront.published.fetching import why_not

    if "://" not in where:
        if not Path(where).is_dir():
            raise click.BadParameter(f"there is no folder {where}.", param_hint="--published")
    elif why := why_not(where):
        raise click.BadParameter(f"{where} cannot be asked: {why}.", param_hint="--published")
    return lasting.listed(where)


def _stays(place: str, paths: list[str], report: "Report") -> int:
    """How many addresses are published and stay. Raises `ProblemsFound` with every one that would be gone."""
    from storefront.problems import ProblemsFound
    from storefront.published import lasting

    addresses = lasting.addresses(paths, report.left)
    problems = lasting.vanished(place, addresses, report.addresses)
    if problems:
        raise ProblemsFound(problems)
    return len(addresses)


@contextmanager
def _beside(root: Path, ref: str | None, now: datetime, style: str) -> "Iterator[Compared | None]":
    """The comparison with a commit, whose problems are told with those of all else; its summary in any case."""
    if ref is None:
        yield None
        return
    from storefront.against import compare
    from storefront.problems import ProblemsFound

    compared = compare(root, ref, now)
    try:
        yield compared
    except ProblemsFound as failure:
        found = ProblemsFound([*compared.problems, *failure.problems])
    else:
        found = ProblemsFound(compared.problems)
    if found.problems and style == "json":
        printing.refused(found.problems, compared)
        raise click.exceptions.Exit(common.PROBLEMS)
    if found.problems:
        raise found
