"""`storefront import picks`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.importers.pages.run import PicksPlan

# As in importers.pages.picks, which is not loaded for help alone.
FORMATS = ["amazon", "linktree", "ltk", "page", "shopmy"]


@click.command(
    "picks",
    epilog="""\b
Examples:
  storefront import picks linktree.html --from linktree --creator sam --list links --relationship affiliate --dry-run
  storefront import picks idea-list.html --from amazon --creator sam --list desk --relationship purchased
""",
)
@click.argument("file", type=common.Download())
@click.option("--from", "platform", required=True, type=click.Choice(FORMATS), help="The kind of page.")
@click.option("--creator", metavar="HANDLE", required=True, help="Whose list it is.")
@click.option("--list", "name", metavar="ID", required=True, help="The list to add to; created if it does not exist.")
@common.relationship_option
@click.option("--title", metavar="TEXT", default="", help="The title of a new list.")
@click.option("--pick", "picked", multiple=True, metavar="NAME", help="Only this title or address. Repeatable.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.format_option
@common.quiet_option
def picks(
    file: Path,
    platform: str,
    creator: str,
    name: str,
    relationship: tuple[str, ...],
    title: str,
    picked: tuple[str, ...],
    dry_run: bool,
    root: Path,
    style: str,
    quiet: bool,
) -> None:
    """Import the links of a saved page to a creator's list.

    Save the page from your browser as HTML first; nothing is fetched. A link to a product of the site becomes that
    product, any other a title and an address. What is on the list stays, and nothing is added twice.
    """
    if not relationship:
        raise click.UsageError(common.HOW_IT_CAME)
    common.valid_slug("--list", name)
    with common.failures(root, style, common.UNWRITTEN):
        from storefront import changes
        from storefront.importers.pages import run
        from storefront.importers.texts import MAX_BYTES

        target = run.Target(creator=creator, name=name, title=title, relationship=relationship)
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        made = run.import_picks(root, data, str(file), platform, target, picked)
        if not dry_run:
            changes.write(root, made.changes)
        if style == "json":
            printing.as_json({"problems": printing.plain(made.problems), "added": made.added, "there": made.there})
        else:
            _print(made, style, dry_run=dry_run, quiet=quiet)
        if made.problems:
            raise click.exceptions.Exit(common.PROBLEMS)


def _print(made: "PicksPlan", style: str, *, dry_run: bool, quiet: bool) -> None:
    if dry_run and not quiet:
        printing.diffs(made.changes)
    if made.problems:
        printing.problems(made.problems, style, "The others would go in." if dry_run else "The others went in.")
    if not quiet:
        would = "would be added" if dry_run else "added"
        click.echo(f"{printing.count(made.added, 'pick')} {would}, {made.there} on the list before.")
        if made.others:
            click.echo(
                f"{printing.count(made.others, 'link')} passed over: profiles, and pages of the platform itself."
            )
