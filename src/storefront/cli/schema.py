"""`storefront schema`."""

from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "schema",
    epilog="""\b
Examples:
  storefront schema
  storefront schema --output schemas
""",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas"),
    show_default=True,
    help="The folder to write them to.",
)
def command(output: Path) -> None:
    """Write JSON Schemas for editors.

    One for each kind of content file. Editors with YAML support use them to complete keys and
    underline mistakes; storefront new sets this up.
    """
    with common.failures(output, "text", common.UNWRITTEN):
        from storefront import schema

        made = schema.write(output)
        click.echo(f"{click.style('Wrote', fg='green')} {len(made)} schemas to {output}.")
