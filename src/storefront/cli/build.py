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
  storefront build --verify
  storefront build --preview --since main
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
@click.option("--profile", is_flag=True, help="Say where the time went: stages, templates, the slowest pages.")
@click.option("--verify", is_flag=True, help="Then make it again from nothing, and compare every byte.")
@click.option("--preview", is_flag=True, help="Make a marked preview in preview/ instead: not for publishing.")
@click.option("--since", metavar="REF", help="With --preview, mark what is new or changed since this commit or branch.")
@click.option("--embargoed", is_flag=True, help="With --preview, show what is under embargo too.")
@click.option("--why", "url", metavar="ADDRESS", help="Say why the page at this address is made anew, or is not.")
def command(
    root: Path,
    output: Path | None,
    now: datetime | None,
    style: str,
    jobs: int,
    quiet: bool,
    profile: bool,
    verify: bool,
    preview: bool,
    since: str | None,
    embargoed: bool,
    url: str | None,
) -> None:
    """Build the site into site/.

    Every problem in the content is told at once, with file, line and what to do; the last good
    site then stays as it is.
    """
    if preview:
        if profile or verify or url:
            raise click.UsageError("--preview goes with neither --profile, --verify nor --why.")
        _preview(root, output, common.moment(now), jobs, since, style=style, quiet=quiet, embargoed=embargoed)
        return
    if since or embargoed:
        raise click.UsageError("--since and --embargoed need --preview.")
    with common.failures(root, style):
        from storefront.build import build
        from storefront.outcome import Options

        target = output or root / "site"
        options = Options(root=root, output=target, now=common.moment(now), workers=jobs)
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


def _preview(
    root: Path,
    output: Path | None,
    now: datetime,
    jobs: int,
    since: str | None,
    *,
    style: str,
    quiet: bool,
    embargoed: bool,
) -> None:
    """Make a preview as files, which cannot be taken for the site."""
    with common.failures(root, style):
        from storefront.outcome import Options
        from storefront.serving import bundle
        from storefront.serving.since import Past

        target = output or root / bundle.NAME
        if target.resolve() == (root / "site").resolve():
            raise click.BadParameter("site/ is for the site; a preview goes elsewhere.", param_hint="--output")
        options = Options(root=root, output=target, now=now, workers=jobs)
        then = Past(root, since) if since else None
        with printing.progress(wanted=not quiet and style == "text") as advance:
            made = bundle.bundle(options, then, embargoed=embargoed, progress=advance)
        if not quiet or style == "json":
            printing.previewed(made.pages, made.marked, str(target), style)


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
