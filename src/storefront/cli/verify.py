"""`storefront verify`."""

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.outcome import Progress
    from storefront.published import Compared


@click.command(
    "verify",
    epilog="""\b
Examples:
  storefront verify site
  storefront verify https://shelves.example
  storefront verify https://shelves.example --list site/SHA256SUMS
""",
)
@click.argument("where", metavar="FOLDER_OR_ADDRESS")
@click.option(
    "--list",
    "listed",
    type=click.File("rb"),
    metavar="FILE",
    help="The SHA256SUMS to compare with. [default: the published one]",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0, max=60),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    help="Pause between two requests.",
)
@common.format_option
@common.quiet_option
def command(where: str, listed: BinaryIO | None, pause: float, style: str, quiet: bool) -> None:
    """Compare a published site with its checksums.

    Every file must have the digest listed in SHA256SUMS. In a folder, unlisted files are reported
    too. Ends with 1 if anything differs.
    """
    with common.failures(Path(), style):
        given = listed.read() if listed else None
        with printing.progress(wanted=not quiet and style == "text") as advance:
            found = _compared(where, given, pause, advance)
        if found.problems:
            printing.problems(found.problems, style, ending="The rest is as it was built.")
            raise click.exceptions.Exit(common.PROBLEMS)
        if style == "json":
            printing.as_json({"problems": [], "summary": {"same": found.same, "unasked": found.unasked}})
        elif not quiet:
            unasked = f" {printing.count(found.unasked, 'file')} for hosts alone could not be asked for."
            same = f"{printing.count(found.same, 'file')} as {'they were' if found.same != 1 else 'it was'} built."
            click.echo(f"{click.style('Verified', fg='green')} {same}{unasked if found.unasked else ''}")


def _compared(where: str, given: bytes | None, pause: float, advance: "Progress") -> "Compared":
    from storefront import published

    if "://" not in where:
        folder = Path(where)
        if not folder.is_dir():
            raise click.BadParameter(f"there is no folder {where}.", param_hint="FOLDER_OR_ADDRESS")
        return published.in_folder(folder, given, advance)
    from storefront.published.fetching import why_not

    why = why_not(where)
    if why:
        raise click.BadParameter(f"{where} cannot be asked: {why}.", param_hint="FOLDER_OR_ADDRESS")
    with published.Asking(where, pause) as asking:
        return published.of_site(asking, given, advance)
