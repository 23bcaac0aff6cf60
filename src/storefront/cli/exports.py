"""`storefront export`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import captions, common, media, printing, samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storefront.catalog.facts import SiteFact
    from storefront.exporters.reviews import Exported

GOOGLE, JSON, CSV = "google-xml", "json", "csv"


@click.group("export")
def command() -> None:
    """Export reviews, picks, captions, pictures, samples and codes."""


@command.command(
    "reviews",
    epilog="""\b
Examples:
  storefront export reviews --format google-xml --output reviews.xml
  storefront export reviews --format csv > reviews.csv
  storefront export reviews --format json --now 2026-12-24
""",
)
@click.option("--format", "form", required=True, type=click.Choice([GOOGLE, JSON, CSV]), help="What to write.")
@common.file_option
@common.root_option
@common.now_option
def reviews(form: str, output: Path | None, root: Path, now: datetime | None) -> None:
    """Write all reviews to one file.

    As JSON or CSV: creators' own and imported ones, each with its origin, what was received for it and whether it
    was checked. As Google's product-review feed: creators' own that have a rating and words.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront.exporters.reviews import exported
        from storefront.gather import gather

        gathered = gather(root, common.moment(now))
        found = exported(gathered.catalog, gathered.site)
        data = _made(found, gathered.site, form)
        common.put(data, output)
        if form == GOOGLE:
            _tell_left_out(found)


def _made(found: "Sequence[Exported]", site: "SiteFact", form: str) -> bytes:
    from storefront.exporters import documents, google, tables

    if form == GOOGLE:
        return google.feed(found, site.publisher.name if site.publisher else site.title)
    return tables.table(found) if form == CSV else documents.document(found, site.title, site.url)


def _tell_left_out(found: "Sequence[Exported]") -> None:
    """Say how many reviews the feed may not have: nothing is left out in silence."""
    from storefront.exporters import google

    out = sum(not google.fits(review) for review in found)
    if out:
        click.echo(
            f"{printing.count(out, 'review')} not in the feed: imported, without a rating or words, or by insiders.",
            err=True,
        )


@command.command(
    "picks",
    epilog="""\b
Examples:
  storefront export picks --format csv > picks.csv
  storefront export picks --format google-xml --creator sam --output picks.xml
  storefront export picks --format json --creator sam --list kitchen
""",
)
@click.option("--format", "form", required=True, type=click.Choice([GOOGLE, JSON, CSV]), help="What to write.")
@click.option("--creator", metavar="HANDLE", help="Only this creator's picks.")
@click.option("--list", "name", metavar="ID", help="Only the picks on this list.")
@common.file_option
@common.root_option
@common.now_option
def picks(
    form: str, creator: str | None, name: str | None, output: Path | None, root: Path, now: datetime | None
) -> None:
    """Write the picks on creators' lists to one file.

    As JSON or CSV: each with its list, its shop, the link, and what is disclosed of it. As Google Merchant's feed:
    those with a price and a picture, the label before the description and in custom_label_0.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront.exporters import documents, merchant, tables
        from storefront.exporters.picks import Exported, exported
        from storefront.gather import gather
        from storefront.importers.pages.run import known_creator

        gathered = gather(root, common.moment(now))
        if creator is not None:
            known_creator(gathered.catalog.people, creator)
        found = [
            each
            for each in exported(gathered.catalog, gathered.site)
            if creator in (None, each.creator) and name in (None, each.list)
        ]
        site = gathered.site
        if form == GOOGLE:
            data = merchant.feed(found, site.title, site.url)
        else:
            data = tables.table(found, Exported) if form == CSV else documents.of_picks(found, site.title, site.url)
        common.put(data, output)
        out = sum(not merchant.fits(each) for each in found)
        if form == GOOGLE and out:
            click.echo(f"{printing.count(out, 'pick')} not in the feed: without a price or a picture.", err=True)


command.add_command(captions.captions)
command.add_command(media.media)
command.add_command(samples.export_command)
command.add_command(samples.promotions)
