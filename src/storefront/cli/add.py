"""`storefront add`."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.importers.pages.run import ProductPlan, Target
    from storefront.importers.pages.saved import Page
    from storefront.importers.products.goods import Goods
    from storefront.records import Curation


@click.command(
    "add",
    epilog="""\b
Examples:
  storefront add https://shop.example/kettle
  storefront add kettle.html --creator sam --list kitchen --relationship purchased
  storefront add kettle.html --offline --brand "Hearth & Lane" --category "Kitchen > Kettles" --dry-run
""",
)
@click.argument("page")
@click.option("--creator", metavar="HANDLE", help="Whose list to add it to. [default: the only creator]")
@click.option("--list", "name", metavar="ID", help="The list to add it to; created if it does not exist.")
@common.relationship_option
@click.option("--note", metavar="TEXT", default="", help="The creator's note about it on the list.")
@click.option("--merchant", metavar="ID", default="", help="The shop. [default: the one whose host the page is on]")
@click.option("--brand", metavar="NAME", default="", help="The brand, if the page does not state it.")
@click.option("--category", metavar="PATH", default="", help="The category, if the page does not state it.")
@click.option("--url", metavar="URL", default="", help="The saved page's address, if the page does not state it.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A picture you may use; copied into content/products/media/.",
)
@click.option("--offline", is_flag=True, help="Request nothing: an address is refused.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@common.root_option
@common.now_option
@click.pass_context
def command(
    context: click.Context,
    page: str,
    creator: str | None,
    name: str | None,
    relationship: tuple[str, ...],
    note: str,
    merchant: str,
    brand: str,
    category: str,
    url: str,
    picture: Path | None,
    offline: bool,
    dry_run: bool,
    root: Path,
    now: datetime | None,
) -> None:
    """Add a product from a shop's page.

    PAGE is a page saved from your browser, or an address: then that one page is requested from the shop, as
    its robots.txt allows. Name, brand, price, stock and bar code are read from the page's data. On a terminal
    you are asked for what is missing, and how you came to the product.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront.importers.pages import run

        curation = run.curation_of(root)
        if merchant and merchant not in curation.merchants:
            raise click.BadParameter(f"there is no shop {merchant} in content/merchants/.", param_hint="--merchant")
        found = _page(context, page, root, curation, url, offline=offline)
        goods = run.read_product(root, found, url)
        if common.is_asked():
            click.echo(f"{goods.title}: {goods.price or 'no price'}, {goods.link}")
        target = _target(curation, creator, name, relationship, note)
        brand, category = _missing(goods, brand, category)
        picture = picture or _saved_picture(found, page)
        asked = run.Particulars(url=url, merchant=merchant, brand=brand, category=category)
        made = run.import_product(root, found, goods, asked, target, common.moment(now), picture)
        if dry_run:
            printing.diffs(made.changes)
        else:
            run.write(root, made)
        if made.problems:
            printing.problems(made.problems, "text", common.UNWRITTEN)
            raise click.exceptions.Exit(common.PROBLEMS)
        _tell(made, goods, target, dry_run=dry_run)


def _page(context: click.Context, page: str, root: Path, curation: "Curation", url: str, *, offline: bool) -> "Page":
    """The page: saved, or asked for."""
    from storefront.importers.pages.saved import Page
    from storefront.importers.texts import MAX_BYTES

    if page.startswith(("https://", "http://")):
        if offline:
            raise click.UsageError("This is an address, and --offline asks no shop: save the page and name the file.")
        from storefront import links
        from storefront.importers.pages import fetching

        assert curation.site  # noqa: S101  a curation without one is refused
        networks, _ = links.of_site(root)
        dialer = {"dialer": context.obj} if context.obj else {}
        return fetching.fetch(page, networks, curation.site.record.url, **dialer)
    if not os.path.isfile(page):
        from storefront.vocabulary import meant

        hint = f" If it is an address, write {meant.address(page)}" if "/" in page and meant.address(page) else ""
        raise click.BadParameter(f"{click.format_filename(page)} is no file.{hint}", param_hint="PAGE")
    with open(page, "rb") as opened:
        return Page(opened.read(MAX_BYTES + 1), page, url)


def _target(
    curation: "Curation", creator: str | None, name: str | None, relationship: tuple[str, ...], note: str
) -> "Target | None":
    """The list that it goes on, and how she came to it; none where nobody says one."""
    from storefront.importers.pages.run import Target, known_creator

    handles = sorted(curation.influencers)
    asked = common.is_asked()
    if name is None and asked and handles:
        creator = creator or (handles[0] if len(handles) == 1 else common.choose("Whose list", handles))
        hers = sorted(one for owner, one in curation.lists if owner == creator)
        told = f" ({', '.join(hers)})" if hers else ""
        name = click.prompt(f"On which list{told}, or none", default="none")
        name = None if name == "none" else name
    if name is None:
        return None
    common.valid_slug("--list", name)
    creator = creator or (handles[0] if len(handles) == 1 else None)
    if creator is None:
        raise click.UsageError("Say whose list it is: --creator HANDLE")
    known_creator(curation.influencers, creator)
    if not relationship:
        if not asked:
            raise click.UsageError(common.HOW_IT_CAME)
        relationship = (common.choose("How did you come to it", common.RELATIONSHIPS),)
    return Target(creator=creator, name=name, relationship=relationship, note=note)


def _missing(goods: "Goods", brand: str, category: str) -> tuple[str, str]:
    """What the page does not tell, asked for where somebody can answer."""
    if common.is_asked():
        brand = brand or goods.brand or click.prompt("Who makes it")
        category = category or goods.category or click.prompt("Its category, such as Kitchen > Kettles")
    return brand, category


def _saved_picture(page: "Page", file: str) -> Path | None:
    """A picture that was saved with the page, if somebody says that it may be used."""
    folder = Path(file).parent
    places = (
        [folder, *(each for each in folder.iterdir() if each.is_dir() and each.name.startswith(Path(file).stem))]
        if os.path.isfile(file)
        else []
    )
    found = [place / name for place in places for name in page.picture_names() if (place / name).is_file()]
    if not found or not common.is_asked():
        return None
    question = f"{found[0].name} was saved with the page. Does the shop allow you to show it"
    return found[0] if click.confirm(question, default=False) else None


def _tell(made: "ProductPlan", goods: "Goods", target: "Target | None", *, dry_run: bool) -> None:
    done = "Would write" if dry_run else "Wrote"
    if not made.changes and not made.picture:
        click.echo("Nothing has changed.")
        return
    click.echo(f"{click.style(done, fg='green')} {', '.join(change.file for change in made.changes)}.")
    if made.shop:
        click.echo(f"{made.shop} is a new shop here: see its file, and name its network if you earn by its links.")
    if goods.pictures and not made.picture:
        click.echo("It has no picture yet: shops' own are not copied. Put yours into content/products/media/.")
    if target and not made.listed:
        click.echo(f"It is on {target.creator}'s list {target.name} already.")
