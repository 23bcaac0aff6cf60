"""`storefront report campaign`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common
from storefront.cli.report.giving import give, shared_options


@click.command(
    "campaign",
    epilog="""\b
Examples:
  storefront report campaign warm-winter
  storefront report campaign warm-winter --format html --output reports/warm-winter.html
  storefront report campaign warm-winter --format parquet --output reports/
""",
)
@click.argument("name", metavar="ID")
@shared_options
def command(name: str, form: str, output: Path | None, engine: str, root: Path, now: datetime | None) -> None:
    """Report the cost and results of a campaign.

    Fees, gifts and commissions of each participant beside clicks, orders, redemptions, mentions and engagement, for the
    days of its window. What is not known is reported as unknown.
    """
    with common.failures(root, "text", common.ONLY_READ):
        from storefront.problems import did_you_mean, shown
        from storefront.report import campaign
        from storefront.report.engine import Engine
        from storefront.report.measuring import measured
        from storefront.report.scope import scope
        from storefront.report.windows import period_of

        site = scope(root, common.moment(now))
        if name not in site.campaigns:
            hint = did_you_mean(name, [*site.campaigns])
            raise click.BadParameter(f"there is no campaign {shown(name)}. {hint}".strip(), param_hint="ID")
        found = measured(Engine(root, engine), site, period_of(site.campaigns[name], site))
        give(campaign.report(name, site, found), form, root, output)
