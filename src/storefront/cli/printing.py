"""How problems, summaries and progress look: for people, for programs, and as annotations on a pull request.

Names of files come from content too. `tame` keeps whatever they hold from a terminal, and from a log that is obeyed.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storefront.problems import ADVICE, Place, Problem, shown

if TYPE_CHECKING:
    from storefront.against import Compared
    from storefront.changes import Change
    from storefront.outcome import Report
    from storefront.why import Why

MOST = 1000  # problems printed in one run; a log has an end
# Lines that CI services obey wherever they come from: ##[command] and ##vso[…] inside a line, ::command:: at its start.
_inside = re.compile(r"#(?=#\w*\[)").sub
_first = re.compile(r"^\s*:(?=:)").sub


def problems(found: Sequence[Problem], style: str, ending: str = "Nothing was published.") -> None:
    """Print problems, each with its place and what to do, and how the command has ended."""
    if style == "json":
        as_json({"problems": plain(found)})
        return
    if style == "gitlab":
        as_json([_finding(problem) for problem in found])
        return
    show = _annotation if style == "github" else _line
    for problem in found[:MOST]:
        show(problem)
    if len(found) > MOST:
        click.echo(f"… and {len(found) - MOST} more.")
    word = "problem" if len(found) == 1 else "problems"
    click.secho(f"{len(found)} {word} found. {ending}".rstrip(), bold=True)


def warnings(found: Sequence[Problem], style: str) -> None:
    """Print what stops nothing, each with its place and what to do."""
    for problem in found[:MOST]:
        if style == "github":
            annotation("warning", problem.place, problem.code, f"{problem.message}\n{problem.hint}".strip())
        else:
            _line(problem, "warning: ", "yellow")


def plain(found: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems for programs."""
    return [_plain(problem) for problem in found]


def _line(problem: Problem, before: str = "", colour: str = "red") -> None:
    code = click.style(f"{before}{problem.code}", fg=colour)
    click.echo(f"{click.style(tame(problem.place), bold=True)}: {code}: {tame(problem.message)}")
    if problem.hint:
        click.echo(f"    {tame(problem.hint)}")


def tame(text: object) -> str:
    """One line that no terminal and no CI obeys: what cannot be printed is written as an escape."""
    line = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in str(text))
    return _first(": ", _inside("# ", line))


def _annotation(problem: Problem) -> None:
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    annotation("error", problem.place, problem.code, text)


def annotation(level: str, place: Place, title: str, text: str) -> None:
    """Print what GitHub shows beside a line: an error, a warning or a notice."""
    at = f",line={place.line},col={place.column}" if place.line else ""
    said = "\n".join(map(tame, text.split("\n")))
    click.echo(f"::{level} file={_property(tame(place.file))}{at},title={_property(title)}::{_data(said)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "related": [{"file": p.file, "line": p.line, "column": p.column} for p in problem.related],
    }


def _finding(problem: Problem, severity: str = "major") -> dict[str, object]:
    """A problem in the format of GitLab's Code Quality reports, or what stops nothing as minor or info."""
    from storefront import digests

    place = problem.place
    return {
        "description": f"{problem.message} {problem.hint}".strip(),
        "check_name": problem.code,
        "fingerprint": digests.of_value((problem.code, str(place), problem.message)),
        "severity": severity,
        "location": {"path": place.file, "lines": {"begin": place.line or 1}},
    }


def as_json(value: object) -> None:
    """Print one value for programs."""
    import msgspec

    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a name of a file that is no text
        data = msgspec.json.encode(_told(value))
    click.echo(msgspec.json.format(data, indent=2).decode())


def _told(value: Any) -> Any:
    """The same value with `tame` text in it."""
    if isinstance(value, dict):
        return {_told(key): _told(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return tame(value) if isinstance(value, str) else value


def diffs(changes: "Sequence[Change]") -> None:
    """Print what would change, file by file."""
    from storefront.changes import diff

    for change in changes:
        click.echo("".join(diff(change)), nl=False)


def failure(message: str) -> None:
    """Print why the machine could not do it."""
    click.echo(f"storefront: {tame(message)}", err=True)


def built(report: "Report", where: str, style: str, why: "Why | None" = None) -> None:
    """The summary of a build: counts, time, and when the site will change by itself; before it why a page was made."""
    if style == "json":
        as_json({"problems": [], "summary": _summary(report), **({"why": why} if why else {})})
        return
    warnings(report.warnings, style)
    for line in _explained(why) if why else ():
        click.echo(line)
    click.echo(
        f"{click.style('Built', fg='green')} {count(report.pages, 'page')} ({report.rendered} anew{_restored(report)}) "
        f"from {count(report.sources, 'file')} and {count(report.pictures, 'picture')} "
        f"in {report.seconds:.1f} s: {where} ({_clock(report.now, report.next_change, report.held)})"
    )


def previewed(pages: int, marked: int, where: str, style: str) -> None:
    """The summary of a preview as files."""
    if style == "json":
        as_json({"problems": [], "preview": {"pages": pages, "marked": marked, "output": where}})
        return
    click.echo(f"Made a preview of {count(pages, 'page')}, {marked} of them with marks, not for publishing: {where}")


def read(pages: int, files: int, now: datetime, upcoming: datetime | None, held: int) -> None:
    """What a preview has read: how much there is, and when it will change by itself."""
    click.echo(
        f"{click.style('Read', fg='green')} {count(files, 'file')}: {count(pages, 'page')}, made when asked for "
        f"({_clock(now, upcoming, held)})"
    )


def _restored(report: "Report") -> str:
    return f", {report.restored:,} from the cache" if report.restored else ""


def _explained(why: "Why") -> Iterator[str]:
    if why.kept:
        yield f"{why.path} stays as it is: nothing that it is made of has changed."
    elif not why.known:
        yield f"{why.path} is made anew: what the last build was made of is not known."
    elif why.new:
        yield f"{why.path} is new."
    elif not why.inputs and not why.differences:
        yield f"{why.path} is made anew: its file, the theme, a market, networks or storefront itself has changed."
    else:
        yield f"{why.path} is made anew:"
        for each in why.inputs:
            yield f"    {each.ref} has changed{f' ({each.file})' if each.file else ''}"
        for difference in why.differences:
            yield f"    {difference.field}: {_value(difference.before)} → {_value(difference.now)}"


def _value(value: object) -> str:
    return "nothing" if value is None else shown(value)


def checked(report: "Report", style: str, compared: "Compared | None" = None, stays: int | None = None) -> None:
    """The summary of a check and its comparisons; `stays` counts published addresses, of which none would be gone."""
    if style == "gitlab":
        told = [_finding(each, "info" if each.code in ADVICE else "minor") for each in report.warnings]
        as_json([*told, *(_finding(each, "info") for each in (compared.unreadable if compared else ()))])
        return
    if style == "json":
        against = {"against": _against(compared)} if compared else {}
        lasting = {"stays": stays} if stays is not None else {}
        as_json({"problems": [], "summary": _summary(report), **against, **lasting})
        return
    warnings(report.warnings, style)
    if stays is not None:
        click.echo(f"Of {stays:,} published address{'' if stays == 1 else 'es'}, none would be gone.")
    click.echo(
        f"{click.style('No problems', fg='green')} in {count(report.sources, 'file')}, "
        f"{count(report.pages, 'page')} and {count(report.pictures, 'picture')} "
        f"in {report.seconds:.1f} s ({_clock(report.now, report.next_change, report.held)})"
    )


def compared(found: "Compared", style: str) -> None:
    """The summary of a comparison with a commit: how many of all reviews are published, and what it cannot know."""
    for each in found.unreadable if style == "text" else ():
        click.echo(f"{tame(each.place)}: could not be read there: {tame(each.message)}")
    if style == "github":
        for each in found.unreadable:
            annotation("notice", each.place, each.code, f"could not be read there: {each.message}")
    rate = publication_rate(found)
    share = "" if rate is None else f" ({rate} %)"
    click.echo(
        f"Against {found.ref}: {found.published:,} of {count(found.ever, 'review')} ever seen since "
        f"{'is' if found.published == 1 else 'are'} published{share}, {found.removed} removed with a reason."
    )
    if found.empty:
        click.echo(f"{found.ref} held no content in this folder, so there was nothing to compare with.")
    if found.shallow:
        click.echo("This clone is shallow: what commits in between showed may be missing from these numbers.")


def publication_rate(found: "Compared") -> int | None:
    """How many in a hundred of the reviews ever seen are published, rounded down; None where there was none."""
    return found.published * 100 // found.ever if found.ever else None


def refused(found: Sequence[Problem], compared: "Compared") -> None:
    """The problems of a check beside the summary of its comparison, for programs."""
    as_json({"problems": plain(found), "against": _against(compared)})


def _against(found: "Compared") -> dict[str, object]:
    return {
        "ref": found.ref,
        "ever": found.ever,
        "published": found.published,
        "removed": found.removed,
        "publication_rate": publication_rate(found),
        "shallow": found.shallow,
        "empty": found.empty,
        "unreadable": [_plain(each) for each in found.unreadable],
    }


def _summary(report: "Report") -> dict[str, object]:
    return {
        **({"warnings": plain(report.warnings)} if report.warnings else {}),
        "pages": report.pages,
        "rendered": report.rendered,
        "restored": report.restored,
        "written": report.written,
        "removed": report.removed,
        "pictures": report.pictures,
        "files": report.files,
        "sources": report.sources,
        "held": report.held,
        "now": report.now.isoformat(),
        "next_change": report.next_change.isoformat() if report.next_change else None,
        "seconds": round(report.seconds, 3),
    }


def count(number: int, word: str) -> str:
    """A number and what is counted."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _clock(now: datetime, upcoming: datetime | None, held: int) -> str:
    back = f", {count(held, 'record')} held back" if held else ""
    due = f", next change {_moment(upcoming)}" if upcoming else ""
    return f"as of {_moment(now)}{back}{due}"


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


@contextmanager
def progress(*, wanted: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage on a terminal; nothing elsewhere."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars: dict[str, TaskID] = {}
    # No thread that refreshes: pages are rendered in forks of this process.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as shown:

        def advance(stage: str, done: int, total: int) -> None:
            if not total:
                return  # nothing to count
            if stage not in bars:
                bars[stage] = shown.add_task(stage, total=total)
            shown.update(bars[stage], completed=done, total=total)
            shown.refresh()

        yield advance
