"""`storefront seal`."""

import os
from pathlib import Path

import click

from storefront.cli import common, printing

VARIABLE = "STOREFRONT_PASSPHRASE"


@click.command(
    "seal",
    epilog="""\b
Examples:
  storefront seal audiences/squad-leeds-runners
  storefront seal preview --output sealed --passphrase
""",
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="[default: FOLDER with .sealed]")
@click.option(
    "--passphrase", "asked", is_flag=True, help=f"Ask for a passphrase, or use {VARIABLE}, instead of a random key."
)
def command(folder: Path, output: Path | None, asked: bool) -> None:
    """Encrypt a build, to be opened with a key.

    Writes a page and one encrypted file, which any host can serve. The page decrypts it in the
    reader's browser. The random key is printed once and is in no file: if you lose it, seal again.
    Whoever has the key can read everything and pass it on; it cannot be revoked.
    """
    with common.failures(Path(), "text", common.UNWRITTEN):
        from storefront import sealing

        if not output and folder.name in {"", ".."}:
            raise click.UsageError(f"{folder} has no name to call the output by: say --output DIRECTORY.")
        target = output or folder.with_name(f"{folder.name}.sealed")
        if why := sealing.unfit(folder, target):
            raise click.BadParameter(f"{why}. Choose another folder.", param_hint="--output")
        passphrase = _passphrase(sealing.SHORTEST) if asked else ""
        made = sealing.seal(folder, target, passphrase)
        size, files = f"{made.size / 2**20:.1f} MB", printing.count(made.files, "file")
        click.echo(f"{click.style('Sealed', fg='green')} {files} into {target} ({size})")
        if made.key:
            click.echo(f"Key, told this once: {made.key}\nAs a link: https://…/#k={made.key}")


def _passphrase(shortest: int) -> str:
    """The passphrase, typed twice or from the environment. A short one is wrong usage."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    if len(given) < shortest:
        raise click.UsageError(f"The passphrase is too short: {shortest} characters or more.")
    return str(given)
