"""`storefront import samples`, `storefront export samples` and `storefront export promotions`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "samples",
    epilog="""\b
Examples:
  storefront import samples samples.csv --dry-run
  storefront import samples samples.csv
""",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.quiet_option
def import_command(file: Path, dry_run: bool, root: Path, quiet: bool) -> None:
    """Import what was sent to creators from a table.

    Its columns are those of `export samples`. It is merged into content/samples/; running it again changes nothing. A
    table with a column of addresses is refused whole. Wrong rows are reported, the others are imported, and the
    command ends with 1.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import changes
        from storefront.importers import samples

        plan = samples.plan(root, file.read_bytes(), file.name)
        if dry_run and not quiet:
            printing.diffs(plan.changes)
        if not dry_run:
            changes.write(root, plan.changes)
        if plan.problems:
            printing.problems(plan.problems, "text", "The others would go in." if dry_run else "The others went in.")
        if not quiet:
            done = "would be written" if dry_run else "written"
            click.echo(f"{printing.count(plan.found, 'sample')}; {printing.count(len(plan.changes), 'file')} {done}.")
        if plan.problems:
            raise click.exceptions.Exit(common.PROBLEMS)


@click.command(
    "samples",
    epilog="""\b
Examples:
  storefront export samples > samples.csv
  storefront export samples --output samples.csv
""",
)
@common.file_option
@common.root_option
def export_command(output: Path | None, root: Path) -> None:
    """Write what was sent to creators as CSV, without addresses."""
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import records
        from storefront.content import SAMPLES
        from storefront.exporters import samples

        common.put(samples.table(records.load_folders(root, SAMPLES)), output)


@click.command(
    "promotions",
    epilog="""\b
Examples:
  storefront export promotions --output promotions.tsv
  storefront export promotions --now 2026-12-24 > promotions.tsv
""",
)
@common.file_option
@common.root_option
@common.now_option
def promotions(output: Path | None, root: Path, now: datetime | None) -> None:
    """Write current promo codes as Google's promotions feed (TSV)."""
    with common.failures(root, "text", common.UNWRITTEN):
        from zoneinfo import ZoneInfo

        from storefront.catalog.live import Live
        from storefront.clock import Clock
        from storefront.exporters import samples
        from storefront.gather import gather

        gathered = gather(root, common.moment(now))
        clock = Clock(gathered.now, ZoneInfo(gathered.catalog.site.timezone))
        common.put(samples.promotions(Live(gathered.curation, clock)), output)
