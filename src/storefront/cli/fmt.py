"""`storefront fmt`."""

from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "fmt",
    epilog="""\b
Examples:
  storefront fmt
  storefront fmt content/influencers/sam/profile.yaml
  storefront fmt --check
""",
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="List unformatted files; write nothing; end with 1 if there are any.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.format_option
@common.quiet_option
def command(files: tuple[str, ...], check: bool, diff: bool, root: Path, style: str, quiet: bool) -> None:
    """Format YAML files.

    Formats all files of the site, or those named. Keys are put in the vocabulary's order, comments stay with their
    values, and quotes are added where another program would not read 012, NO or 1.10 as text. The meaning of a file
    does not change.
    """
    with common.failures(root, style):
        from storefront import changes, content, formatting

        if not files:
            content.refuse_without_site(root)
        made = formatting.formatted(root, files)
        if diff and style == "text":
            printing.diffs(made.changes)
        elif not check:
            changes.write(root, made.changes)
        found = [*made.problems, *(formatting.unformatted(made.changes) if check else ())]
        if found or style == "json":
            printing.problems(
                found, style, "Nothing was written." if check or diff else "The other files are in order."
            )
        if not quiet and style != "json":
            told = "would change" if check or diff else "changed"
            click.echo(f"{printing.count(made.files, 'file')} looked at, {len(made.changes)} {told}.")
        if found:
            raise click.exceptions.Exit(common.PROBLEMS)
