"""`storefront new`."""

from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "new",
    epilog="""\b
Examples:
  storefront new my-site
  cd my-site && storefront serve
""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Start a new site in a folder.

    Lays out a small site that builds at once: a creator with a list, a post and a review, two or
    three products, and schemas with which an editor completes and underlines.
    """
    with common.failures(folder, "text"):
        from storefront import scaffold

        made = scaffold.new(folder)
        click.echo(f"{click.style('Made', fg='green')} {len(made)} files in {folder}. Next:")
        click.echo(f"    cd {folder}\n    storefront serve")
