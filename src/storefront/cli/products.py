"""`storefront import products`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.importers.products.run import Plan

# As in importers.products.formats, which is not loaded for help alone.
FORMATS = [
    "awin", "cj", "google", "google-xml", "impact", "rakuten", "shopify", "shopify-json", "woocommerce",
]  # fmt: skip
KEYS = ["price", "availability"]
LISTED = 8  # products that the site does not have, named in the summary


class Keys(click.ParamType[tuple[str, ...]]):
    """Which facts to take over."""

    name = "keys"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        keys = tuple(key.strip() for key in str(value).split(","))
        if not set(keys) <= set(KEYS):
            self.fail(f"write price, availability, or both with a comma between; found {value}.", param, ctx)
        return keys


@click.command(
    "products",
    epilog="""\b
Examples:
  storefront import products feed.xml --from google-xml --merchant nordshop --dry-run
  storefront import products products_export.csv --from shopify --merchant nordshop --currency GBP
  storefront import products datafeed.csv --from awin --pick 9780141439518 --category Books
  storefront import products datafeed.csv --from awin --only price,availability
""",
)
@click.argument("file", type=common.Download())
@click.option("--from", "platform", required=True, type=click.Choice(FORMATS), help="The file's format.")
@click.option("--merchant", metavar="ID", help="The shop. [default: the one whose host the addresses are on]")
@click.option("--currency", metavar="CODE", default="", help="The shop's currency, if the file does not state it.")
@click.option("--brand", metavar="NAME", default="", help="The brand of products without one.")
@click.option("--category", metavar="PATH", default="", help="The category of products without one.")
@click.option(
    "--only", type=Keys(), metavar="KEYS", default=(), help="Renew only price, availability, or price,availability."
)
@click.option("--pick", "picked", multiple=True, metavar="NAME", help="Only this product. Repeatable.")
@click.option(
    "--product",
    "named",
    type=common.ProductName(),
    multiple=True,
    metavar="NAME=ID",
    help="What the file calls a product, and its id here. Repeatable.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.now_option
@common.format_option
@common.quiet_option
def products(
    file: Path,
    platform: str,
    merchant: str | None,
    currency: str,
    brand: str,
    category: str,
    only: tuple[str, ...],
    picked: tuple[str, ...],
    named: tuple[tuple[str, str], ...],
    dry_run: bool,
    root: Path,
    now: datetime | None,
    style: str,
    quiet: bool,
) -> None:
    """Import products and their offers from a file.

    Your own text and comments stay; the shop's prices and stock are renewed. Running it again changes nothing.
    Pictures are not copied, and an address that holds a key is refused. Wrong rows are reported with their line, the
    others are imported, and the command ends with 1.
    """
    with common.failures(root, style, common.UNWRITTEN):
        from storefront import changes
        from storefront.importers.products import run

        request = run.ProductsImport(
            root=root,
            file=file,
            format=platform,
            now=common.moment(now),
            merchant=merchant,
            currency=currency.upper(),
            brand=brand,
            category=category,
            only=only,
            picked=picked,
            products=dict(named),
        )
        plan = run.plan(request)
        if not dry_run:
            changes.write(root, plan.changes)
        _print(plan, file, style, dry_run=dry_run, quiet=quiet)
        if plan.problems:
            raise click.exceptions.Exit(common.PROBLEMS)


def _print(plan: "Plan", file: Path, style: str, *, dry_run: bool, quiet: bool) -> None:
    if style == "json":
        printing.as_json(_plain(plan, dry_run=dry_run))
        return
    if dry_run and not quiet:
        printing.diffs(plan.changes)
    if plan.problems:
        printing.problems(plan.problems, style, "The others would go in." if dry_run else "The others went in.")
    if not quiet:
        for line in _summary(plan, file, dry_run=dry_run):
            click.echo(line)


def _summary(plan: "Plan", file: Path, *, dry_run: bool) -> Iterator[str]:
    from storefront.problems import shown

    total = sum(plan.outcomes.values())
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in plan.outcomes.items()) or "nothing in it"
    yield f"{printing.count(total, 'product')} in {file}: {told}."
    done = "Would write" if dry_run else "Wrote"
    yield f"{done} {printing.count(len(plan.changes), 'file')}." if plan.changes else "Nothing has changed."
    if plan.elsewhere:
        more = f" and {len(plan.elsewhere) - LISTED} more" if len(plan.elsewhere) > LISTED else ""
        yield f"Not here, and so not renewed: {', '.join(plan.elsewhere[:LISTED])}{more}."
    if plan.pictures:
        yield f"{printing.count(plan.pictures, 'product')} without a picture: shops' own are not copied. Add yours."
    if plan.unlinked:
        yield f"{printing.count(plan.unlinked, 'product')} without an offer: the file does not say where it is sold."
    if plan.unread:
        yield f"Columns not read: {', '.join(map(shown, plan.unread))}."


def _plain(plan: "Plan", *, dry_run: bool) -> dict[str, object]:
    return {
        "problems": printing.plain(plan.problems),
        "dry_run": dry_run,
        "products": {str(outcome): count for outcome, count in plan.outcomes.items()},
        "files": [{"file": each.file, "new": not each.before} for each in plan.changes],
        "elsewhere": list(plan.elsewhere),
        "columns_not_read": list(plan.unread),
    }
