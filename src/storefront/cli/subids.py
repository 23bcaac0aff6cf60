"""`storefront subids`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "subids",
    epilog="""\b
Examples:
  storefront subids > subids.csv
  storefront subids --now 2026-12-24
""",
)
@common.root_option
@common.now_option
def command(root: Path, now: datetime | None) -> None:
    """Print which placement each sub-id stands for.

    As CSV: the sub-id, creator, page, list or post, product, merchant and network.
    """
    with common.failures(root, "text", common.ONLY_READ):
        from storefront.gather import gather
        from storefront.pages.placements import placements, table

        click.echo(table(placements(gather(root, common.moment(now)).catalog)), nl=False)
