"""`storefront list`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.roster import Criteria, Roster

# The words of vocabulary.community.Standing, which is not loaded for help alone.
STATUSES = ["applied", "waitlisted", "approved", "paused", "left"]
# The options that take an id, by what they ask for.
IDS = {
    "segments": "--segment",
    "shops_at": "--shops-at",
    "brands": "--brand",
    "squads": "--squad",
    "campaigns": "--campaign",
}


class Region(click.ParamType[str]):
    """A country, or a region of one."""

    name = "region"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        import msgspec

        from storefront.vocabulary import checks, scalars

        region = str(value).upper()
        try:
            msgspec.convert(region, scalars.Region)
        except msgspec.ValidationError:
            self.fail(f"{value} is no country or region; write it as US or US-CA.", param, ctx)
        for wrong in checks.country(region, ()):
            self.fail(f"{wrong.message}. {wrong.hint}", param, ctx)
        return region


@click.command(
    "list",
    epilog="""\b
Examples:
  storefront list
  storefront list --region US-CA --shops-at harbour-store --interest swimming
  storefront list --segment winter-faces --format csv > winter.csv
""",
)
@common.root_option
@common.now_option
@click.option(
    "--segment", "segments", multiple=True, metavar="ID", help="Who has this segment, or matches the saved query."
)
@click.option("--interest", "interests", multiple=True, metavar="WORD", help="Who writes about this.")
@click.option("--region", "regions", multiple=True, type=Region(), metavar="CODE", help="Who lives in US-CA, or in US.")
@click.option("--shops-at", "shops_at", multiple=True, metavar="MERCHANT", help="Who buys at this shop.")
@click.option("--brand", "brands", multiple=True, metavar="ID", help="Who has a standing tie to this brand now.")
@click.option("--squad", "squads", multiple=True, metavar="ID", help="Who is a member of this squad.")
@click.option("--campaign", "campaigns", multiple=True, metavar="ID", help="Who takes part in this campaign.")
@click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Who has this status. [default: approved]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="As a table for people, for programs, or for spreadsheets.",
)
def command(root: Path, now: datetime | None, style: str, **asked: tuple[str, ...]) -> None:
    """Find creators by place, interest, shop, brand, squad or status.

    Includes creators without pages. All options must match; if one is given several times, any of
    its values. Reads only content, and ends with 0 even if nobody is found. For the team: the list
    names people who are named nowhere else.
    """
    with common.failures(root, "json" if style == "json" else "text", common.ONLY_READ):
        import msgspec

        from storefront.roster import Criteria, collect, table

        roster = collect(root, common.moment(now))
        _known(roster, asked)
        criteria = msgspec.convert(asked, Criteria)
        if style == "json":
            printing.as_json({"today": roster.today.isoformat(), "creators": table.plain(roster, criteria)})
        elif style == "csv":
            click.echo(table.csv_of(roster, criteria), nl=False)
        else:
            _print(roster, criteria)


def _known(roster: "Roster", asked: dict[str, tuple[str, ...]]) -> None:
    """Refuse ids that nothing here has."""
    from storefront.problems import did_you_mean, shown

    for key, option in IDS.items():
        for name in asked[key]:
            if name not in roster.known[key]:
                hint = did_you_mean(name, roster.known[key])
                raise click.BadParameter(f"there is no {shown(name)} here. {hint}".strip(), param_hint=option)


def _print(roster: "Roster", criteria: "Criteria") -> None:
    from storefront.roster import choose, segments_of
    from storefront.roster.table import COUNTED, tie_in_words, where

    found = choose(roster, criteria)
    for person in found:
        status = f"{person.status}{'' if person.shown or person.status != 'approved' else ', not shown'}"
        counts = ", ".join(printing.count(getattr(person, key), key.removesuffix("s")) for key in COUNTED)
        said = "; ".join(filter(None, (person.name, where(person.location), status, counts)))
        click.echo(f"{click.style(person.handle, bold=True)} {printing.tame(said)}")
        more = {
            "interests": person.interests,
            "segments": segments_of(person, roster, criteria),
            "shops at": person.shops_at,
            "ties": [tie_in_words(tie) for tie in person.ties],
        }
        for label, values in more.items():
            if values:
                click.echo(printing.tame(f"    {label}: {', '.join(values)}"))
        click.echo(f"    {printing.tame(roster.place(person))}")
    click.echo(f"{printing.count(len(found), 'creator')} of {len(roster.people):,}." if found else "Nobody is found.")
