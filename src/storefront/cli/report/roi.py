"""`storefront report roi`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common
from storefront.cli.report.giving import check_period, day, give, period_options, shared_options


@click.command(
    "roi",
    epilog="""\b
Examples:
  storefront report roi
  storefront report roi --from 2026-11-01 --until 2026-11-30
  storefront report roi --format html --output reports/november.html
""",
)
@period_options
@shared_options
def command(
    first: datetime | None,
    last: datetime | None,
    form: str,
    output: Path | None,
    engine: str,
    root: Path,
    now: datetime | None,
) -> None:
    """Report the cost and results of creators and brands.

    Fees, gifts and commissions beside clicks, orders, redemptions, engagement rates and response rates, never combined
    into one number, each with what is unknown about it.
    """
    check_period(first, last)
    with common.failures(root, "text", common.ONLY_READ):
        from storefront.report import returns
        from storefront.report.engine import Engine
        from storefront.report.measuring import measured
        from storefront.report.queries import Period
        from storefront.report.scope import scope

        moment = common.moment(now)
        site = scope(root, moment)
        found = measured(Engine(root, engine), site, Period(day(first), day(last)))
        give(returns.report(site, found, moment), form, root, output)
