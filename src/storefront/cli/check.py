"""`storefront check`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "check",
    epilog="""\b
Examples:
  storefront check
  storefront check --now 2026-12-24
  storefront check --format json
""",
)
@common.root_option
@common.now_option
@common.format_option
@common.jobs_option
@common.quiet_option
def command(root: Path, now: datetime | None, style: str, jobs: int, quiet: bool) -> None:
    """Find every problem; write nothing.

    Does all that build does, up to rendering each page and decoding each picture. Ends with 1
    when there is a problem.
    """
    with common.failures(root, style):
        from storefront.build import check

        with printing.progress(wanted=not quiet and style == "text") as advance:
            report = check(root, common.moment(now), jobs, advance)
        if not quiet or style == "json":
            printing.checked(report, style)
