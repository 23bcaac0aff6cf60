"""`storefront report clicks`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing
from storefront.cli.report.giving import check_period, day, period_options

if TYPE_CHECKING:
    from storefront.logs import Measured
    from storefront.report.clicks import Clicks

# The words of report.queries.DIMENSIONS and the ids of data/logs.yaml, which are not loaded for help alone.
BY = ["day", "creator", "page", "slot", "product", "merchant", "campaign", "channel", "referrer", "source"]
FORMATS = [
    "caddy", "cloudflare", "cloudfront", "cloudfront-json", "combined", "common", "fastly", "fastly-cstr",
    "goatcounter", "matomo-outlinks", "matomo-pages", "netlify", "plausible-events", "plausible-pages", "s3", "umami",
    "vercel",
]  # fmt: skip


@click.command(
    "clicks",
    epilog="""\b
Examples:
  storefront report clicks access.log access.log.1 access.log.2.gz
  storefront report clicks --by creator --by source --from 2026-11-01
  storefront report clicks --by day --by product --format csv -o clicks.csv
""",
)
@click.argument("logs", nargs=-1, type=common.Download())
@common.root_option
@common.now_option
@click.option("--by", multiple=True, type=click.Choice(BY), help="What to group by. Repeatable. [default: page]")
@period_options
@click.option("--bots", is_flag=True, help="Count bots too.")
@click.option(
    "--log-format", type=click.Choice(FORMATS), metavar="ID", help="The format of LOGS, if it is not detected."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "csv", "json", "parquet"]),
    default="text",
    help="As a table for people, for spreadsheets, for programs, or as Parquet.",
)
@common.file_option
@click.option("--engine", metavar="URL", default="", help="An engine other than DuckDB, as an Ibis URL.")
def command(
    logs: tuple[Path, ...],
    root: Path,
    now: datetime | None,
    by: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
    bots: bool,
    log_format: str | None,
    style: str,
    output: Path | None,
    engine: str,
) -> None:
    """Count visits and clicks in access logs and exports.

    Reads LOGS into measured/, which git and builds ignore, and prints the counts. A log given again, grown or
    compressed, counts once. No visitor's address is kept. Sends nothing to anybody.
    """
    if style == "parquet" and output is None:
        raise click.UsageError("Parquet is no text: name a file with --output.")
    check_period(first, last)
    with common.failures(root, "json" if style == "json" else "text", common.ONLY_READ):
        from storefront.report import clicks
        from storefront.report.queries import Period

        period = Period(day(first), day(last))
        apart = tuple(dict.fromkeys(by or ("page",)))
        query = clicks.ClicksQuery(by=apart, period=period, bots=bots, engine=engine, output=output)
        found = clicks.report(root, common.moment(now), logs, log_format, query)
        for each in found.measured:
            click.echo(_told(each), err=True)
        if style == "parquet" and output is not None:
            clicks.parquet(found, output)
            return
        common.put({"csv": _csv, "json": _json, "text": _text}[style](found), output)


def _told(each: "Measured") -> str:
    """What was read of a log, in a line."""
    said = f"{printing.tame(each.label)}: {each.format}, {printing.count(each.lines, 'line')}"
    said += f", {each.skipped:,} skipped" if each.skipped else ""
    said += f"; {each.visits:,} visits, {each.clicks:,} clicks, {each.bots:,} by bots"
    said += "; the file is damaged or ends too early, and what comes before is counted" if each.torn else ""
    return f"{said}; more of this log is known already, and was kept" if each.older else said


def _csv(found: "Clicks") -> str:
    import csv
    import io

    from storefront.escaping import cell

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(found.columns)
    writer.writerows([cell(each) if isinstance(each, str) else each for each in row] for row in found.rows)
    return out.getvalue()


def _json(found: "Clicks") -> str:
    import json

    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    whole = {"visits": found.visits, "clicks": found.clicks, "rows": rows}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str) + "\n"


def _text(found: "Clicks") -> str:
    table = [found.columns, *([_shown(each) for each in row] for row in found.rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(found.columns))]
    numbers = len(found.columns) - 2
    lines = [
        "  ".join(
            cell.rjust(width) if at >= numbers else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    visits, clicked = printing.count(found.visits, "visit"), printing.count(found.clicks, "click")
    note = "" if found.rows else "No log has been read yet: name one, as in storefront report clicks access.log\n"
    if any("privately" in str(each) for row in found.rows for each in row):
        note = "Probably shared privately: no other site and no share code was named. Nobody can know.\n"
    return "\n".join([*lines, f"{visits}, {clicked}."]) + "\n" + note


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else printing.tame(value)
