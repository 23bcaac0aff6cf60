"""`storefront build`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing
from storefront.cli.profile import Stages, show

if TYPE_CHECKING:
    from storefront.outcome import Options, Progress
    from storefront.problems import Problem
    from storefront.why import Why


@click.command(
    "build",
    epilog="""\b
Examples:
  storefront build
  storefront build --now 2026-12-01 --output /tmp/december
  storefront build --format github
  storefront build --cache
  storefront build --verify
  storefront build --why /maya/
  storefront build --profile
""",
)
@common.root_option
@common.output_option
@common.now_option
@common.format_option
@common.jobs_option
@common.quiet_option
@click.option("--cache", is_flag=True, help="Keep finished pages in .storefront/ for builds in other clones, as in CI.")
@click.option("--profile", is_flag=True, help="Say where the time went: stages, templates, the slowest pages.")
@click.option("--verify", is_flag=True, help="Then make it again from nothing, and compare every byte.")
@click.option("--why", "url", metavar="ADDRESS", help="Say why the page at this address is made anew, or is not.")
def command(
    root: Path,
    output: Path | None,
    now: datetime | None,
    style: str,
    jobs: int,
    quiet: bool,
    cache: bool,
    profile: bool,
    verify: bool,
    url: str | None,
) -> None:
    """Build the site into site/.

    Every problem in the content is told at once, with file, line and what to do; the last good
    site then stays as it is.
    """
    with common.failures(root, style):
        from storefront.build import build
        from storefront.outcome import Options

        target = output or root / "site"
        options = Options(root=root, output=target, now=common.moment(now), workers=jobs, cache=cache)
        explained = _why(options, url) if url else None
        with printing.progress(wanted=not quiet and style == "text") as advance:
            stages = Stages(advance)
            report = build(options, stages)
            stages.end()
            found = _differences(options, advance) if verify else []
        if found:
            printing.problems(found, style, ending="The site was published as it is.")
            raise click.exceptions.Exit(common.PROBLEMS)
        if profile and style == "text":
            show(stages, report)
        if not quiet or style == "json":
            printing.built(report, str(target), style, explained)


def _differences(options: "Options", advance: "Progress") -> "list[Problem]":
    from storefront.verify import differences

    return differences(options, advance)


def _why(options: "Options", url: str) -> "Why":
    """Why a page is made anew. An address without a page is wrong usage."""
    from storefront.problems import did_you_mean, shown
    from storefront.why import Unknown, why

    try:
        return why(options, url)
    except Unknown as unknown:
        hint = did_you_mean(unknown.path, unknown.paths)
        raise click.BadParameter(
            f"no page stands at {shown(unknown.path)}. {hint}".strip(), param_hint="--why"
        ) from None
