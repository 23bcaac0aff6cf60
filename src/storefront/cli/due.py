"""`storefront due`."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.due import Due, Task

MOST = 3650  # days
SOON = timedelta(days=7)
SHOWN = 10  # tasks under one heading


class Within(click.ParamType[int]):
    """A number of days, with or without a d after it."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        days = str(value).removesuffix("d")
        if not (days.isascii() and days.isdigit() and len(days) <= len(str(MOST)) and int(days) <= MOST):
            self.fail(f"{value} is no number of days up to {MOST}; write it as 30d.", param, ctx)
        return int(days)


@click.command(
    "due",
    epilog="""\b
Examples:
  storefront due
  storefront due --within 7d --creator maya
  storefront due --all --praise --brand acme
  storefront due --kind opens --kind deliverable --campaign warm-winter
  storefront due --format ics > due.ics
""",
)
@common.root_option
@common.now_option
@click.option(
    "--within", type=Within(), default="30d", show_default=True, metavar="DAYS", help="How far to look ahead."
)
@click.option("--creator", metavar="HANDLE", help="Only this creator's tasks.")
@click.option("--brand", metavar="ID", help="Only tasks about this brand's products.")
@click.option("--campaign", metavar="ID", help="Only tasks of this campaign.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only tasks of this kind. Repeatable.")
@click.option(
    "--all", "whole", is_flag=True, help="List every task, not only the ten nearest to today under each heading."
)
@click.option("--praise", is_flag=True, help="Also list unanswered reviews of four stars or more.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv", "ics"]),
    default="text",
    help="As a table for people, for programs, for spreadsheets, or for calendars.",
)
@click.option("--fail-overdue", is_flag=True, help="End with 1 if something is overdue.")
def command(
    root: Path,
    now: datetime | None,
    within: int,
    creator: str | None,
    brand: str | None,
    campaign: str | None,
    kinds: tuple[str, ...],
    style: str,
    *,
    whole: bool,
    praise: bool,
    fail_overdue: bool,
) -> None:
    """List tasks by date.

    Updates of reviews, reviews to ask for, answers that brands owe, codes and prices that expire,
    and what appears or disappears by itself. Sends nothing to anybody.
    """
    with common.failures(root, "json" if style == "json" else "text", common.ONLY_READ):
        from storefront.due import collect

        moment = common.moment(now)
        due = _chosen(collect(root, moment, within, praise=praise), creator, brand, campaign, kinds)
        _print(due, moment, style, within, whole=whole)
        if fail_overdue and any(map(due.overdue, due.tasks)):
            raise click.exceptions.Exit(common.PROBLEMS)


def _chosen(due: "Due", creator: str | None, brand: str | None, campaign: str | None, kinds: tuple[str, ...]) -> "Due":
    """What was asked for. A name that is unknown is wrong usage."""
    from msgspec import structs

    from storefront.due.tasks import Kind
    from storefront.problems import did_you_mean, shown

    for each in kinds:
        if each not in list(Kind):
            words = ", ".join(Kind)
            raise click.BadParameter(f"there is no kind {shown(each)}. One of: {words}.", param_hint="--kind")
    asked = (
        ("--creator", creator, due.creators),
        ("--brand", brand, due.brands),
        ("--campaign", campaign, due.campaigns),
    )
    for option, name, known in asked:
        if name is not None and name not in known:
            hint = did_you_mean(name, known)
            raise click.BadParameter(f"there is no {shown(name)} here. {hint}".strip(), param_hint=option)
    tasks = [task for task in due.tasks if creator in (None, task.creator) and brand in (None, task.brand)]
    tasks = [task for task in tasks if campaign in (None, task.campaign)]
    return structs.replace(due, tasks=tuple(task for task in tasks if not kinds or task.kind in kinds))


def _print(due: "Due", now: datetime, style: str, within: int, *, whole: bool) -> None:
    from storefront.due import calendar

    if style == "json":
        printing.as_json({"today": due.today.isoformat(), "tasks": [_plain(task, due) for task in due.tasks]})
    elif style == "csv":
        click.echo(calendar.table(due), nl=False)
    elif style == "ics":
        click.echo(calendar.calendar(due, now), nl=False)
    else:
        late = [task for task in due.tasks if due.overdue(task)]
        soon = [task for task in due.tasks[len(late) :] if task.day <= due.today + SOON]
        rest = due.tasks[len(late) + len(soon) :]
        for heading, tasks in (("Overdue", late), ("Within 7 days", soon), ("Later", rest)):
            _section(heading, tasks, due, len(tasks) if whole else SHOWN)
        total = f"{printing.count(len(due.tasks), 'task')} within {printing.count(within, 'day')}"
        click.echo(f"{total}, {len(late)} overdue.")


def _section(heading: str, tasks: Sequence["Task"], due: "Due", most: int) -> None:
    """Tasks in order, those that are nearest to today in full: of what is overdue the last, else the first."""
    if not tasks:
        return
    click.secho(f"{heading}: {len(tasks)}", bold=True)
    cut = max(0, len(tasks) - most)
    late = due.overdue(tasks[0])
    if cut and late:
        _folded("older", tasks[:cut])
    for task in tasks[cut:] if late else tasks[:most]:
        _line(task, due)
    if cut and not late:
        _folded("later", tasks[most:])


def _folded(which: str, tasks: Sequence["Task"]) -> None:
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in Counter(task.kind for task in tasks).most_common())
    click.echo(f"… {len(tasks):,} {which}: {kinds}. --all lists them.")


def _line(task: "Task", due: "Due") -> None:
    day = click.style(task.day.isoformat(), fg="red" if due.overdue(task) else None)
    late = " overdue" if due.overdue(task) else ""
    who = ", ".join(filter(None, (task.creator, task.brand)))
    what = printing.tame(f"{task.what}{f' ({who})' if who else ''}{late}")
    click.echo(f"{day} {click.style(f'{task.kind:<8}', bold=True)} {what}")
    click.echo(f"    {printing.tame(task.place)}")


def _plain(task: "Task", due: "Due") -> dict[str, object]:
    return {
        "day": task.day.isoformat(),
        "overdue": due.overdue(task),
        "kind": task.kind,
        "what": task.what,
        "creator": task.creator,
        "brand": task.brand,
        "campaign": task.campaign,
        "file": task.place.file,
        "line": task.place.line,
        "column": task.place.column,
    }
