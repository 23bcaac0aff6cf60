"""`storefront import`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, figures, printing, samples
from storefront.cli.picks import picks
from storefront.cli.products import products

if TYPE_CHECKING:
    from storefront.importers.run import Plan

# As in importers.formats, which is not loaded for help alone.
FORMATS = ["bazaarvoice", "google-xml", "judgeme", "loox", "okendo", "powerreviews", "shopify", "yotpo"]
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
LISTED = 8  # products that the site does not have, named in the summary


@click.group("import")
def command() -> None:
    """Import reviews, products, links, figures and samples."""


command.add_command(products)
command.add_command(picks)
command.add_command(samples.import_command)
for _each in (figures.commissions, figures.redemptions, figures.mentions, figures.metrics):
    command.add_command(_each)


@command.command(
    "reviews",
    epilog="""\b
Examples:
  storefront import reviews judgeme.csv --from judgeme --publisher "Harrow & Home" --dry-run
  storefront import reviews judgeme.csv --from judgeme --publisher "Harrow & Home"
  storefront import reviews feed.xml --from google-xml
  storefront import reviews loox.csv --from loox --publisher Ridge --product 8123=flask
""",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--from", "platform", required=True, type=click.Choice(FORMATS), help="The file's format.")
@click.option("--publisher", metavar="NAME", help="The reviews' publisher, as readers will see it.")
@click.option("--source", metavar="ID", help="Their folder in content/reviews/. [default: made from the publisher]")
@click.option(
    "--product",
    "products",
    type=common.ProductName(),
    multiple=True,
    metavar="NAME=ID",
    help="What the file calls a product, and its id here. Repeatable.",
)
@click.option("--dates", type=click.Choice([DAY_FIRST, MONTH_FIRST]), help="How to read dates such as 03/05/2026.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.now_option
@common.format_option
@common.quiet_option
def reviews(
    file: Path,
    platform: str,
    publisher: str | None,
    source: str | None,
    products: tuple[tuple[str, str], ...],
    dates: str | None,
    dry_run: bool,
    root: Path,
    now: datetime | None,
    style: str,
    quiet: bool,
) -> None:
    """Import customer reviews from a file.

    They are written to content/reviews/, separate from creators' own. Running it again changes nothing. E-mail and
    IP addresses are left out. Wrong rows are reported with their line, the others are imported, and the command ends
    with 1.
    """
    _valid("--publisher", publisher)
    _valid("--source", source)
    with common.failures(root, style, common.UNWRITTEN):
        from storefront import changes
        from storefront.importers import run

        request = run.ReviewsImport(
            root=root,
            file=file,
            format=platform,
            now=common.moment(now),
            publisher=publisher,
            source=source,
            day_first=None if dates is None else dates == DAY_FIRST,
            products=dict(products),
        )
        try:
            plan = run.plan(request)
        except run.NoPublisher:
            raise click.UsageError("Say who published these reviews: --publisher NAME") from None
        if not dry_run:
            changes.write(root, plan.changes)
        _print(plan, file, style, dry_run=dry_run, quiet=quiet)
        if plan.problems:
            raise click.exceptions.Exit(common.PROBLEMS)


def _valid(option: str, value: str | None) -> None:
    """Refuse a name that content could not hold."""
    if value is None:
        return
    import re

    from storefront.vocabulary import rules

    if option == "--source" and not rules.is_slug(value):
        raise click.BadParameter("use small letters, digits and single hyphens.", param_hint=option)
    if not re.fullmatch(r"[^\n]*\S[^\n]*", value) or len(value) > 300 or not value.isprintable():  # noqa: PLR2004
        raise click.BadParameter("write it in one line of at most 300 characters.", param_hint=option)


def _print(plan: "Plan", file: Path, style: str, *, dry_run: bool, quiet: bool) -> None:
    if style == "json":
        printing.as_json(_plain(plan, dry_run=dry_run))
        return
    if dry_run and not quiet:
        printing.diffs(plan.changes)
    if plan.problems:
        ending = "The other rows would go in." if dry_run else "The other rows went in."
        printing.problems(plan.problems, style, ending)
    if not quiet:
        for line in _summary(plan, file, dry_run=dry_run):
            click.echo(printing.tame(line))


def _summary(plan: "Plan", file: Path, *, dry_run: bool) -> Iterator[str]:
    from storefront.importers.merging import Outcome
    from storefront.problems import shown

    rows = sum(plan.outcomes.values())
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in plan.outcomes.items()) or "nothing in it"
    yield f"{printing.count(rows, 'review')} in {file}: {told}."
    folder = f"content/reviews/{plan.source}"
    done = "Would write" if dry_run else "Wrote"
    yield f"{done} {printing.count(len(plan.changes), 'file')} in {folder}." if plan.changes else "Nothing has changed."
    if plan.outcomes.get(Outcome.ELSEWHERE):
        names = ", ".join(f"{name} ({count})" for name, count in plan.elsewhere[:LISTED])
        more = f" and {len(plan.elsewhere) - LISTED} more" if len(plan.elsewhere) > LISTED else ""
        yield f"Products that are not here: {names}{more}. If one is, say which with --product NAME=ID."
    if plan.unread:
        yield f"Columns not read: {', '.join(map(shown, plan.unread))}."


def _plain(plan: "Plan", *, dry_run: bool) -> dict[str, object]:
    return {
        "problems": printing.plain(plan.problems),
        "dry_run": dry_run,
        "source": plan.source,
        "rows": {str(outcome): count for outcome, count in plan.outcomes.items()},
        "files": [{"file": each.file, "new": not each.before} for each in plan.changes],
        "elsewhere": [{"name": name, "rows": count} for name, count in plan.elsewhere],
        "columns_not_read": list(plan.unread),
    }
