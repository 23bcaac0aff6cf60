"""`storefront import commissions`, `redemptions`, `mentions` and `metrics`: figures for reports."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.figures.run import Plan

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
Function = Callable[..., Any]


class ColumnName(click.ParamType[tuple[str, str]]):
    """What is read, and the heading it stands under."""

    name = "thing=heading"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        thing, equals, heading = str(value).partition("=")
        if not (thing and equals and heading):
            self.fail("write it as THING=HEADING, such as commission=Earnings.", param, ctx)
        return thing, heading


def _shared(function: Function) -> Function:
    """The options that all imports of figures have."""
    options = [
        click.argument("file", type=common.Download()),
        click.option("--from", "form", default="storefront", metavar="WHOSE", help="The table's format."),
        click.option("--source", metavar="NAME", help="The name to store its figures under. [default: the format]"),
        click.option(
            "--column",
            "columns",
            type=ColumnName(),
            multiple=True,
            metavar="THING=HEADING",
            help="The heading of a column, if it differs. Repeatable.",
        ),
        click.option("--as-of", type=common.Moment(), metavar="DAY", help="The date of the figures. [default: today]"),
        click.option(
            "--dates", type=click.Choice([DAY_FIRST, MONTH_FIRST]), help="How to read dates such as 03/05/2026."
        ),
        click.option(
            "--decimal", type=click.Choice(["point", "comma"]), help="How to read numbers such as 1,234 and 1.000."
        ),
        click.option("--dry-run", is_flag=True, help="Show what would be imported; write nothing."),
        common.root_option,
        common.now_option,
        common.format_option,
        common.quiet_option,
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _money(function: Function) -> Function:
    """The option of figures that are money."""
    return click.option("--currency", metavar="CODE", help="The currency of amounts without one, such as GBP.")(
        function
    )


@click.command(
    "commissions",
    epilog="""\b
Examples:
  storefront import commissions awin.csv --from awin --as-of 2026-12-01
  storefront import commissions fees.csv --from amazon --currency GBP
  storefront import commissions report.csv --network webgains --column date=Date --column commission=Earned
""",
)
@_shared
@_money
@click.option("--network", metavar="ID", default="", help="The network, if the table does not state it.")
def commissions(**given: Any) -> None:
    """Import a network's report of commissions.

    Rows are recognised by their number, so nothing is counted twice; the figures of the latest day count. They are
    kept in measured/ beside content/, which is private: they are on no page and not in git.
    """
    _import("commissions", **given)


@click.command(
    "redemptions",
    epilog="""\b
Examples:
  storefront import redemptions till.csv --source harrow --as-of 2026-12-01
  storefront import redemptions orders.csv --from shopify --source strideco
""",
)
@_shared
@_money
def redemptions(**given: Any) -> None:
    """Import how often codes and coupons were redeemed, by store.

    Columns: date, code, store, region, redemptions, sale, discount, currency, status, transaction.
    """
    _import("redemptions", **given)


@click.command("mentions", epilog="""\b\nExamples:\n  storefront import mentions listening.csv --source listening\n""")
@_shared
def mentions(**given: Any) -> None:
    """Import how often creators and products were mentioned.

    Columns: date, creator, platform, product, campaign, mentions.
    """
    _import("mentions", **given)


@click.command("metrics", epilog="""\b\nExamples:\n  storefront import metrics insights.csv --as-of 2026-12-01\n""")
@_shared
def metrics(**given: Any) -> None:
    """Import follower counts and engagement of posts.

    Columns: as_of, creator, platform, post, product, followers, reach, impressions, likes, comments, shares, saves.
    An empty cell is unknown, not zero.
    """
    _import("metrics", **given)


def _import(
    kind: str,
    *,
    file: Path,
    form: str,
    source: str | None,
    columns: tuple[tuple[str, str], ...],
    as_of: datetime | None,
    dates: str | None,
    dry_run: bool,
    root: Path,
    now: datetime | None,
    style: str,
    quiet: bool,
    decimal: str | None,
    network: str = "",
    currency: str | None = None,
) -> None:
    if source:
        common.valid_slug("--source", source)
    with common.failures(root, style, common.UNWRITTEN):
        from storefront.figures import run
        from storefront.figures.amounts import SIGN
        from storefront.figures.formats import NoHeading

        _valid(kind, form, columns, network, currency)
        moment = common.moment(now)
        request = run.FiguresImport(
            root=root,
            file=file,
            kind=kind,
            format=form,
            now=moment,
            source=source,
            network=network,
            as_of=as_of,
            currency=currency,
            day_first=None if dates is None else dates == DAY_FIRST,
            decimal=SIGN[decimal] if decimal else None,
            columns=dict(columns),
        )
        try:
            planned = run.plan(request)
        except NoHeading as wrong:
            raise click.BadParameter(str(wrong), param_hint="--column") from None
        if not dry_run:
            run.write(root, planned)
        _print(planned, file, style, dry_run=dry_run, quiet=quiet)
        if planned.problems:
            raise click.exceptions.Exit(common.PROBLEMS)


def _valid(kind: str, form: str, columns: tuple[tuple[str, str], ...], network: str, currency: str | None) -> None:
    """Refuse names that are none: of a format, of a thing, of a network, of a currency."""
    from storefront.figures import formats
    from storefront.figures.amounts import currency as is_currency
    from storefront.importers.values import Unfit
    from storefront.problems import did_you_mean

    known = formats.shipped()[kind]
    if form not in known:
        raise click.BadParameter(f"no tables of {form} are known. {did_you_mean(form, [*known])}", param_hint="--from")
    for thing, times in Counter(thing for thing, _ in columns).items():
        if thing not in formats.things(kind):
            hint = did_you_mean(thing, formats.things(kind))
            raise click.BadParameter(f"{kind} have no {thing}. {hint}", param_hint="--column")
        if times > 1:
            raise click.BadParameter(f"{thing} stands under one heading; name it once.", param_hint="--column")
    if network:
        common.valid_slug("--network", network)
    try:
        is_currency(currency or "")
    except Unfit as unfit:
        raise click.BadParameter(f"{unfit.message}.", param_hint="--currency") from None


def _print(planned: "Plan", file: Path, style: str, *, dry_run: bool, quiet: bool) -> None:
    if style == "json":
        printing.as_json(_plain(planned, dry_run=dry_run))
        return
    if planned.problems:
        ending = "The other rows would come in." if dry_run else "The other rows came in."
        printing.problems(planned.problems, style, ending)
    if not quiet:
        for line in _summary(planned, file, dry_run=dry_run):
            click.echo(printing.tame(line))


def _summary(planned: "Plan", file: Path, *, dry_run: bool) -> Iterator[str]:
    from storefront.problems import shown

    parts = [f"{count:,} {outcome}" for outcome, count in sorted(planned.outcomes.items())]
    parts += [f"{planned.repeated:,} repeated"] if planned.repeated else []
    parts += [f"{planned.left_out:,} about something else"] if planned.left_out else []
    parts += [f"{planned.refused:,} refused"] if planned.refused else []
    yield f"{planned.kind.capitalize()} of {planned.source} in {file}: {', '.join(parts) or 'nothing in it'}."
    where = f"measured/{planned.kind}/{planned.source}.parquet"
    done = "Would be" if dry_run else "Now"
    yield f"{done} {printing.count(len(planned.rows), 'row')} in {where}."
    if planned.odd:
        told = f"{printing.count(len(planned.odd), 'row')}, the first in line {planned.odd[0]}"
        yield f"The commission is above the sale in {told}: see that each column is under its heading."
    if planned.again:
        yield f"The same table came in before and is of {planned.again}; --as-of says another day."
    if planned.elsewhere:
        told = ", ".join(f"measured/{planned.kind}/{each}.parquet" for each in planned.elsewhere)
        yield f"The same table is in {told} too: its figures count twice until you delete one of the files."
    if planned.unverified:
        told = "; ".join(planned.unverified)
        yield f"Not compared with the network's own words: {told}. See that the figures are right."
    if planned.unread:
        yield f"Columns not read: {', '.join(map(shown, planned.unread))}."


def _plain(planned: "Plan", *, dry_run: bool) -> dict[str, object]:
    return {
        "problems": printing.plain(planned.problems),
        "dry_run": dry_run,
        "kind": planned.kind,
        "source": planned.source,
        "rows": {str(outcome): count for outcome, count in sorted(planned.outcomes.items())},
        "repeated": planned.repeated,
        "left_out": planned.left_out,
        "refused": planned.refused,
        "kept": len(planned.rows),
        "odd": list(planned.odd),
        "again": planned.again.isoformat() if planned.again else None,
        "also_in": list(planned.elsewhere),
        "columns_not_read": list(planned.unread),
        "unverified": list(planned.unverified),
    }
