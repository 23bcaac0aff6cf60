"""`storefront styleguide`."""

from pathlib import Path

import click

from storefront.cli import common


@click.command(
    "styleguide",
    epilog="""\b
Examples:
  storefront styleguide
  storefront styleguide --theme mine --output guide
""",
)
@common.root_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to build into. [default: styleguide/ in the root]",
)
@click.option("--theme", "name", metavar="NAME", help="The theme to show. [default: the site's]")
@common.jobs_option
def command(root: Path, output: Path | None, name: str | None, jobs: int) -> None:
    """Show every component of a theme in every state, on one page.

    Builds a small site that ships with storefront, with this site's theme and tokens, and shows
    the content of its pages one after the other in styleguide.html.
    """
    with common.failures(root, "text"):
        from storefront import styleguide

        target = output or root / "styleguide"
        report = styleguide.make(root, target, name, jobs)
        click.echo(f"{click.style('Built', fg='green')} {report.pages} pages: look at {target / styleguide.GUIDE}")
        click.echo(f"    python -m http.server --directory {target}")
