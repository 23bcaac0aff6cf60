"""What all reports share: their options, and how they are given out."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.report.table import Report

Function = Callable[..., Any]
# As in report.output, which is not loaded for help alone.
FORMS = ["text", "csv", "json", "parquet", "html"]


def period_options(function: Function) -> Function:
    """`--from` and `--until`: the days that a report is of, as `first` and `last`."""
    last = click.option("--until", "last", type=common.Moment(), metavar="DAY", help="The last day, included.")
    told = "The first day. [default: of all that is known]"
    return click.option("--from", "first", type=common.Moment(), metavar="DAY", help=told)(last(function))


def check_period(first: datetime | None, last: datetime | None) -> None:
    """Raise `UsageError` for days that end before they begin."""
    if first and last and last < first:
        raise click.UsageError("--until is before --from.")


def _all(function: Function, options: list[Function]) -> Function:
    for option in reversed(options):
        function = option(function)
    return function


def form_options(function: Function) -> Function:
    """`--format` and `--output`."""
    options: list[Function] = [
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMS),
            default="text",
            help="Tables for people, for spreadsheets, for programs, or one HTML file with charts.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            help="The file to write; for csv and parquet a folder, with a file for each table. [default: print it]",
        ),
    ]
    return _all(function, options)


def shared_options(function: Function) -> Function:
    """`--format`, `--output`, `--engine`, `--root` and `--now`."""
    engine = click.option(
        "--engine",
        metavar="URL",
        default="",
        help="An engine other than DuckDB, as an Ibis URL such as clickhouse://host:8123/db.",
    )
    return _all(function, [form_options, engine, common.root_option, common.now_option])


def give(report: "Report", form: str, root: Path, output: Path | None) -> None:
    """Print the report, or write it where it may lie."""
    from storefront.report import output as forms

    if output is None:
        if form == "parquet":
            raise click.UsageError("Parquet is for files: say where with --output FOLDER.")
        text = forms.text(report, form)
        click.echo(
            "".join(f"{printing.tame(line)}\n" for line in text.splitlines()) if form == "text" else text, nl=False
        )
        return
    forms.check(root, output)
    for path, data in forms.files(report, form, output):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        click.echo(f"Wrote {path}.", err=True)


def day(moment: datetime | None) -> Any:
    """The day of a moment."""
    return moment.date() if moment else None
