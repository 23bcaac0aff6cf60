"""`storefront export`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storefront.catalog.facts import SiteFact
    from storefront.exporters.reviews import Exported

GOOGLE, JSON, CSV = "google-xml", "json", "csv"


@click.group("export")
def command() -> None:
    """Write what is here for other programs."""


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
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: print it]",
)
@common.root_option
@common.now_option
def reviews(form: str, output: Path | None, root: Path, now: datetime | None) -> None:
    """Write all reviews to one file.

    As JSON or CSV: creators' own and imported ones, each saying which it is, what was received for it and whether
    it was checked. As Google's product-review feed: creators' own that have a rating and words.
    """
    with common.failures(root, "text"):
        from storefront.exporters.reviews import exported
        from storefront.gather import gather

        gathered = gather(root, common.moment(now))
        found = exported(gathered.catalog, gathered.site)
        data = _made(found, gathered.site, form)
        if output is None:
            click.echo(data, nl=False)
        else:
            output.write_bytes(data)
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
