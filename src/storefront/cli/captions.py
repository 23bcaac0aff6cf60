"""`storefront export captions`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "captions",
    epilog="""\b
Examples:
  storefront export captions --creator sam
  storefront export captions --format json --output captions.json
""",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The format.")
@click.option("--creator", metavar="HANDLE", help="Only this creator's reviews and posts.")
@common.file_option
@common.root_option
@common.now_option
def captions(form: str, creator: str | None, output: Path | None, root: Path, now: datetime | None) -> None:
    """Write reviews and posts as texts to paste into social networks.

    Each begins with its labels, in the creator's language and as their markets require, continues with the page's text,
    and ends with the page's address. Nothing is written for what shows a recalled product.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront.exporters import captions as exported
        from storefront.gather import gather
        from storefront.importers.pages.run import known_creator

        gathered = gather(root, common.moment(now))
        if creator is not None:
            known_creator(gathered.catalog.people, creator)
        found = exported.exported(gathered.catalog, gathered.site, creator)
        site = gathered.site
        made = found.captions
        data = exported.document(made, site.title, site.url) if form == "json" else exported.text(made)
        common.put(data, output)
        if found.recalled:
            click.echo(f"{printing.count(found.recalled, 'text')} left out: what is shown was recalled.", err=True)
