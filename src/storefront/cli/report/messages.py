"""`storefront report messages`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common
from storefront.cli.report.giving import form_options, give


@click.command(
    "messages",
    epilog="""\b
Examples:
  storefront report messages
  storefront report messages --campaign warm-winter
  storefront report messages --format csv > messages.csv
""",
)
@click.option("--campaign", metavar="ID", help="Only this campaign.")
@form_options
@common.root_option
@common.now_option
def command(root: Path, now: datetime | None, campaign: str | None, form: str, output: Path | None) -> None:
    """Compare how often content mentions a campaign's messages with their weights.

    Counts each campaign's published posts, items and reviews, and which messages they mention.
    The weights are those of the season where and when each was made.
    """
    with common.failures(root, "json" if form == "json" else "text", common.ONLY_READ):
        from storefront.problems import did_you_mean, shown
        from storefront.report.messages import Unknown, report

        try:
            made = report(root, common.moment(now), campaign)
        except Unknown as unknown:
            hint = did_you_mean(unknown.name, unknown.known)
            message = f"there is no campaign {shown(unknown.name)}. {hint}".strip()
            raise click.BadParameter(message, param_hint="--campaign") from None
        give(made, form, root, output)
