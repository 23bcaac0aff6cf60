"""`storefront clean`."""

import shutil
from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "clean",
    epilog="""\b
Examples:
  storefront clean
  storefront clean --output /tmp/december
""",
)
@common.root_option
@common.output_option
def command(root: Path, output: Path | None) -> None:
    """Delete what storefront made.

    The output folder and the cache in .storefront/. A folder that holds files of somebody else's
    is left alone.
    """
    with common.failures(root, "text"):
        from storefront import hosting, publish, state
        from storefront.outcome import FOLDER

        target = output or root / "site"
        folder = root / FOLDER
        publish.check_ours(target, state.read(folder, target.resolve()).files.keys() | publish.listed(target))
        aside = hosting.beside(target)
        publish.check_ours(aside, publish.listed(aside))
        count = publish.clear(target)
        publish.lay(aside, {})
        shutil.rmtree(folder, ignore_errors=True)
        click.echo(f"Deleted {count} files from {target}, and the cache.")
