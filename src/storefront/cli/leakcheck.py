"""`storefront leakcheck`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "leakcheck",
    epilog="""\b
Examples:
  storefront leakcheck
  storefront leakcheck downloaded/public --now 2026-12-01T09:00:00Z
  storefront leakcheck --audience squad:leeds-runners
  storefront leakcheck --format github
""",
)
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@common.root_option
@common.now_option
@common.audience_option("Whose build SITE is: squad:ID or brand:ID; everybody's when left out.")
@common.format_option
@common.quiet_option
def command(site: Path | None, root: Path, now: datetime | None, audience: str, style: str, quiet: bool) -> None:
    """Search the built site for unpublished content.

    No title, text, id, number or picture of drafts, embargoed or ended records and removed reviews
    may be in any file of SITE (default: site/ in the root). Ends with 1 if one is found.
    """
    with common.failures(root, style):
        from storefront.audiences import folder_of
        from storefront.clock import PUBLIC
        from storefront.leaks import leaks

        folder = site or (root / "site" if audience == PUBLIC else folder_of(root, audience))
        if not folder.is_dir():
            raise click.UsageError(f"there is no folder {folder}; build the site first.")
        with printing.progress(wanted=not quiet and style == "text") as advance:
            found = leaks(root, folder.absolute(), common.moment(now), advance, audience)
        if found.problems:
            printing.problems(found.problems, style, ending="They should not be read by anybody yet.")
            raise click.exceptions.Exit(common.PROBLEMS)
        if style == "json":
            printing.as_json({"problems": [], "summary": {"files": found.files, "secrets": found.secrets}})
        elif not quiet:
            click.echo(
                f"{click.style('Nothing leaks', fg='green')}: {printing.count(found.files, 'file')} searched for "
                f"{printing.count(found.secrets, 'record')} that must not be seen."
            )
