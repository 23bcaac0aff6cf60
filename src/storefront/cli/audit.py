"""`storefront audit`."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.audit.disclosures import Disclosures, Row

COLUMNS = ("page", "#", "relationships", "label", "markets", "record")
WIDEST = 48  # characters of one column of the table; the other formats cut nothing


@click.command(
    "audit",
    epilog="""\b
Examples:
  storefront audit
  storefront audit --creator maya --format csv > maya.csv
  storefront audit --brand acme --market gb --format json
""",
)
@common.root_option
@common.now_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="A table for people, a JSON object, or CSV with a row for each link.",
)
@click.option("--creator", metavar="HANDLE", help="Only links of this creator.")
@click.option("--brand", metavar="NAME", help="Only links to products of this brand (name or id).")
@click.option("--market", metavar="ID", help="Only links on pages that this market judges.")
@common.jobs_option
def command(
    root: Path, now: datetime | None, style: str, creator: str | None, brand: str | None, market: str | None, jobs: int
) -> None:
    """Print every shop link with its label and its proof.

    Pages are rendered and audited in memory, so the result is true of the content as it is now;
    nothing is written. If there is a problem, prints it and ends with 1.
    """
    with common.failures(root, "json" if style == "json" else "text", common.ONLY_READ):
        from storefront.audit import disclosures
        from storefront.pipeline import disclose

        with printing.progress(wanted=style == "table") as advance:
            moment = common.moment(now)
            told = disclosures.read(disclose(root, moment, jobs, advance))
        chosen = _chosen(list(disclosures.rows(told)), creator, brand, market, told)
        if style == "json":
            printing.as_json({**_evidence(told, moment), "links": chosen})
        elif style == "csv":
            click.echo(_csv(chosen, told, moment), nl=False)
        else:
            _table(chosen, told, moment)


def _chosen(
    rows: "Sequence[Row]", creator: str | None, brand: str | None, market: str | None, told: "Disclosures"
) -> "list[Row]":
    """The links that are asked for. A name that no link has is wrong usage."""
    from storefront.problems import did_you_mean, shown
    from storefront.slugs import slug

    wanted = slug(brand) if brand else None
    for option, name, known in (
        ("--creator", creator, {row.creator for row in rows}),
        ("--brand", wanted, {slug(row.brand) for row in rows}),
        ("--market", market, set(told.markets)),
    ):
        if name is not None and name not in known:
            hint = did_you_mean(name, sorted(filter(None, known)))
            raise click.BadParameter(f"no link has {shown(name)}. {hint}".strip(), param_hint=option)
    return [
        row
        for row in rows
        if (creator is None or creator == row.creator)
        and (wanted is None or wanted == slug(row.brand))
        and (market is None or market in row.markets)
    ]


def _evidence(told: "Disclosures", now: datetime) -> dict[str, object]:
    return {
        "storefront": told.storefront,
        "site": told.site,
        "now": _utc(now),
        "until": told.until,
        "reviewed_on": told.reviewed_on,
        "rules": told.rules,
        "markets": told.markets,
    }


def _table(rows: "Sequence[Row]", told: "Disclosures", now: datetime) -> None:
    cells = [COLUMNS, *map(_cells, rows)]
    widths = [min(WIDEST, max(len(line[column]) for line in cells)) for column in range(len(COLUMNS))]
    for number, line in enumerate(cells):
        text = "  ".join(_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        text = printing.tame(text)
        click.echo(text if number else click.style(text, bold=True))
    pages = len({row.page for row in rows})
    click.echo(
        f"{printing.count(len(rows), 'link')} on {printing.count(pages, 'page')}, each proven on the page's bytes."
    )
    click.echo(
        f"storefront {told.storefront}, as of {_utc(now)}. Market packs as reviewed: {_packs(told, told.markets)}."
    )


def _cells(row: "Row") -> tuple[str, ...]:
    labels = ", ".join(row.labels) or "none needed"
    return (
        row.page,
        str(row.position),
        ", ".join(row.relationships),
        labels,
        ", ".join(row.markets),
        f"{row.file}:{row.line}",
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"…{text[1 - width :]}"


def _packs(told: "Disclosures", markets: Iterable[str]) -> str:
    return ", ".join(f"{market} {told.markets[market].reviewed_on}" for market in markets)


def _csv(rows: "Sequence[Row]", told: "Disclosures", now: datetime) -> str:
    """RFC 4180, with a line of headings; tool, clock and packs stand in each row, so that one can be shown alone."""
    from storefront.escaping import cell

    out = io.StringIO()
    writer = csv.writer(out)
    names = ("page", "position", "url", "relationships", "labels", "precedes", "brand", "creator", "markets", "rules")
    writer.writerow((*names, "file", "line", "digest", "storefront", "now", "reviewed"))
    for row in rows:
        given = (getattr(row, name) for name in (*names, "file", "line", "digest"))
        cells = ["; ".join(each) if isinstance(each, tuple) else str(each) for each in given]
        reviewed = _packs(told, row.markets)
        writer.writerow([*map(cell, (*cells, told.storefront, _utc(now), reviewed))])
    return out.getvalue()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
