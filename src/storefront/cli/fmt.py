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
@click.option("--check", is_flag=True, help="Say which files are not in order; write nothing; end with 1 if any is.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.format_option
@common.quiet_option
def command(files: tuple[str, ...], check: bool, diff: bool, root: Path, style: str, quiet: bool) -> None:
    """Put YAML files in order.

    All of the site's, or those named. Keys stand as the vocabulary lists them, comments stay with what they are
    about, and quotes are added where another program would read 012, NO or 1.10 as something else than text. What
    a file says does not change.
    """
    with common.failures(root, style):
        from storefront import changes, formatting

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
