"""`storefront admit`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "admit",
    epilog="""\b
Examples:
  storefront admit noor
  storefront admit noor --now 2026-12-01
""",
)
@click.argument("handle")
@common.root_option
@common.now_option
def command(handle: str, root: Path, now: datetime | None) -> None:
    """Admit a creator, and write the day into their file.

    Ends with 1 when all places are taken (`access: {capacity: …}` in content/site.yaml).
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import changes
        from storefront.admitting import admitted

        admission = admitted(root, handle, common.moment(now))
        change = admission.change
        if change.before == change.after:
            click.echo(f"{handle} has been admitted already.")
            return
        changes.write(root, [change])
        click.echo(f"{click.style('Admitted', fg='green')} {handle} on {admission.day.isoformat()}: {change.file}")
