"""`storefront report messages`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.report.messages import Messages


@click.command(
    "messages",
    epilog="""\b
Examples:
  storefront report messages
  storefront report messages --campaign warm-winter
  storefront report messages --format csv > messages.csv
""",
)
@common.root_option
@common.now_option
@click.option("--campaign", metavar="ID", help="Only this campaign.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="As a table for people, for programs, or for spreadsheets.",
)
def command(root: Path, now: datetime | None, campaign: str | None, style: str) -> None:
    """Compare how often content mentions a campaign's messages with their weights.

    Counts each campaign's published posts, items and reviews, and which messages they mention.
    The weights are those of the season where and when each was made.
    """
    with common.failures(root, "json" if style == "json" else "text"):
        from storefront.problems import did_you_mean, shown
        from storefront.report.messages import Unknown, messages

        try:
            found = messages(root, common.moment(now), campaign)
        except Unknown as unknown:
            hint = did_you_mean(unknown.name, unknown.known)
            message = f"there is no campaign {shown(unknown.name)}. {hint}".strip()
            raise click.BadParameter(message, param_hint="--campaign") from None
        _print(found, style)


def _print(found: "tuple[Messages, ...]", style: str) -> None:
    if style == "json":
        printing.as_json({"campaigns": [_plain(each) for each in found]})
    elif style == "csv":
        click.echo(_table(found), nl=False)
    else:
        for each in found:
            _section(each)
        click.echo(f"{printing.count(len(found), 'campaign')}.")


def _section(told: "Messages") -> None:
    name = click.style(printing.tame(told.title), bold=True)
    click.echo(f"{name} ({told.campaign}, {told.brand}): {printing.count(told.records, 'record')} shown")
    width = max((len(each.message) for each in told.messages), default=0)
    for each in told.messages:
        share = "     –" if each.share is None else f"{each.share:5.0f} %"
        mentions = printing.count(each.mentions, "mention")
        click.echo(f"    {printing.tame(each.message):<{width}}  weight {each.weight:3.0f} %  said {share}  {mentions}")
    if told.messages and told.records:
        click.echo(f"    {told.silent} of {told.records} mention none of them.")
    if told.kinds:
        click.echo(f"    Posts: {', '.join(f'{count} {kind}' for kind, count in told.kinds.items())}.")
    if told.goal:
        metric, target = told.goal
        reached = "not to be told from content" if told.reached is None else f"{told.reached:,}"
        click.echo(f"    Goal: {target:,} {metric.replace('_', ' ')}; reached: {reached}.")


def _plain(told: "Messages") -> dict[str, object]:
    return {
        "campaign": told.campaign,
        "title": told.title,
        "brand": told.brand,
        "records": told.records,
        "silent": told.silent,
        "seasons": list(told.seasons),
        "messages": [
            {
                "message": each.message,
                "weight": round(float(each.weight), 1),
                "share": None if each.share is None else round(float(each.share), 1),
                "mentions": each.mentions,
                "creators": each.creators,
            }
            for each in told.messages
        ],
        "posts": told.kinds,
        "goal": {"metric": told.goal[0], "target": told.goal[1], "reached": told.reached} if told.goal else None,
    }


def _table(found: "tuple[Messages, ...]") -> str:
    """CSV with a head. No cell can be taken for a formula."""
    import csv
    from io import StringIO

    from storefront.escaping import cell

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("campaign", "brand", "message", "weight", "share", "mentions", "records"))
    for told in found:
        for each in told.messages:
            share = "" if each.share is None else f"{each.share:.1f}"
            row = (told.campaign, told.brand, each.message, f"{each.weight:.1f}", share, each.mentions, told.records)
            writer.writerow(cell(str(value)) for value in row)
    return out.getvalue()
