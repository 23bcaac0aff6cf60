"""What commands share: options, exit codes, and how failures end."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from storefront.cli import printing
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

UNWRITTEN = "Nothing was written."  # how commands fail that write files of a site
ONLY_READ = ""  # how commands fail that change nothing in any case
PROBLEMS, ENVIRONMENT = 1, 3  # 0 is fine, 2 is Click's for wrong usage
Function = TypeVar("Function", bound=Callable[..., Any])


FIRST_YEAR, LAST_YEAR = 1900, 9998  # of days in content; at the ends of the calendar zones lead out of it


class Moment(click.ParamType[datetime]):
    """A day, or a day and time."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        from storefront.clock import read_now

        try:
            return value if isinstance(value, datetime) else read_now(value)
        except ValueError:
            self.fail(f"{value} is no day or time; write it as 2026-12-01 or 2026-12-01T09:00:00Z.", param, ctx)


class ProductName(click.ParamType[tuple[str, str]]):
    """What a product is called in a file, and its id here."""

    name = "name=id"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, equals, identity = str(value).rpartition("=")
        if not (name and equals and identity):
            self.fail("write it as NAME=ID: what the product is called in the file, and its id here.", param, ctx)
        return name, identity


class Download(click.ParamType[Path]):
    """A file on this machine. An address is refused and not repeated: a feed's address holds its owner's key."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if "://" in str(value):
            self.fail(
                "this is an address; download the file first and name it. Its address may hold a key.", param, ctx
            )
        path: Path = click.Path(path_type=Path, exists=True, dir_okay=False).convert(value, param, ctx)
        return path


# The words of vocabulary.common.Relationship, which is not loaded for help alone.
RELATIONSHIPS = [
    "paid", "owner", "employee", "ambassador", "exchange", "gifted", "loaned", "invited", "thanked", "affiliate",
    "discount_code", "family", "purchased", "none",
]  # fmt: skip

HOW_IT_CAME = "Say how the creator came to it: --relationship purchased, or gifted, loaned, paid …"


def relationship_option(function: Function) -> Function:
    """`--relationship`."""
    return click.option(
        "--relationship",
        type=click.Choice(RELATIONSHIPS),
        multiple=True,
        help="How the creator came to it, or their tie to the brand. Repeatable.",
    )(function)


def choose(question: str, choices: Sequence[str]) -> str:
    """One of several words, asked for on a terminal until it is one; of another word it is told what it may mean."""

    def judged(answer: str) -> str:
        if answer not in choices:
            from storefront.vocabulary.validate import like

            near = like(answer, choices, keys=False)
            raise click.UsageError(f"{answer} is none of these." + (f" Did you mean {near}?" if near else ""))
        return answer

    return str(click.prompt(f"{question} ({', '.join(choices)})", value_proc=judged))


def valid_slug(option: str, value: str) -> None:
    """Refuse a name that cannot be part of an address."""
    from storefront.slugs import slug
    from storefront.vocabulary import rules

    if not rules.is_slug(value):
        hint = f" Did you mean {slug(value)}?" if slug(value) else ""
        message = f"{value} is not made of small letters, digits and single hyphens.{hint}"
        raise click.BadParameter(message, param_hint=option)


def is_asked() -> bool:
    """Whether somebody sits there who can answer: standard input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def root_option(function: Function) -> Function:
    """`--root`."""
    return click.option(
        "--root",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        default=Path(),
        help="The folder that holds content/. [default: here]",
    )(function)


def output_option(function: Function) -> Function:
    """`--output`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder to build into. [default: site/ in the root]",
    )(function)


def file_option(function: Function) -> Function:
    """`--output` of what is one file: see `put`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The file to write. [default: print it]",
    )(function)


def put(data: bytes | str, output: Path | None) -> None:
    """Write what a command makes to its file, or print it where none is named. Raises OSError."""
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data.encode() if isinstance(data, str) else data)


def now_option(function: Function) -> Function:
    """`--now`."""
    return click.option(
        "--now",
        type=Moment(),
        metavar="WHEN",
        help="The date or time to build for. [default: SOURCE_DATE_EPOCH, else now]",
    )(function)


class Audience(click.ParamType[str]):
    """For whom a build is: everybody, a squad or a brand."""

    name = "audience"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == "public":  # which is most often said, and needs no rules
            return "public"
        from storefront.vocabulary import rules

        kind, _, name = str(value).partition(":")
        if kind not in {"squad", "brand"} or not rules.is_slug(name):
            self.fail(f"{value} is no audience; write it as squad:ID or brand:ID.", param, ctx)
        return str(value)


def audience_option(what: str) -> Callable[[Function], Function]:
    """`--audience`."""
    return click.option("--audience", type=Audience(), metavar="WHO", default="public", help=what)


def format_option(function: Function) -> Function:
    """`--format`."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        help="How to print problems: for people, for programs, or as annotations on a pull request.",
    )(function)


def jobs_option(function: Function) -> Function:
    """`--jobs`."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        show_default="processors there are",
        metavar="N",
        help="How many processors to use; the output is the same.",
    )(function)


def quiet_option(function: Function) -> Function:
    """`--quiet`."""
    return click.option("-q", "--quiet", is_flag=True, help="Print problems only.")(function)


def moment(now: datetime | None) -> datetime:
    """The clock of this run. A SOURCE_DATE_EPOCH that is no number is wrong usage, and so is a year without content."""
    from storefront.clock import read_now

    try:
        found = now or read_now(None)
    except ValueError:
        raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise click.UsageError(f"the clock is at {found.date()}; it can be in the years {FIRST_YEAR} to {LAST_YEAR}.")
    return found


@contextmanager
def failures(root: Path, style: str, ending: str = "Nothing was published.") -> Iterator[None]:
    """Print what goes wrong and leave with the right code; a traceback goes into a file, never to the user.

    `ending` is what was not done then.
    """
    try:
        yield
    except ProblemsFound as found:
        printing.problems(found.problems, style, ending)
        raise click.exceptions.Exit(PROBLEMS) from None
    except EnvironmentFailure as failure:
        printing.failure(str(failure))
        raise click.exceptions.Exit(ENVIRONMENT) from None
    except MemoryError:
        printing.failure("the memory that this process may use is not enough for this site")
        raise click.exceptions.Exit(ENVIRONMENT) from None
    except BrokenPipeError:
        raise
    except OSError as failure:
        printing.failure(f"{failure.strerror or failure}: {failure.filename or root}")
        raise click.exceptions.Exit(ENVIRONMENT) from None
    except (click.ClickException, click.exceptions.Exit, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001  the last line before the user
        printing.problems([internal(root, error)], style, ending)
        raise click.exceptions.Exit(PROBLEMS) from None


def internal(root: Path, error: Exception) -> Problem:
    """The problem that storefront itself is at fault, with the traceback in a file."""
    import traceback

    report = root / ".storefront" / "internal-error.txt"
    try:
        report.parent.mkdir(exist_ok=True)
        report.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        hint = f"Please report it, with the file {report.relative_to(root)}."
    except OSError:
        hint = "Please report it."
    return Problem("internal", f"{type(error).__name__}: {error}", Place("storefront"), hint)
