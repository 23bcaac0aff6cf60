"""`storefront links`."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.linkcheck import Checked, Collected, Link

HOUR = 3600.0


@click.group("links")
def command() -> None:
    """Check links to shops."""


@command.command(
    "check",
    epilog="""\b
Examples:
  storefront links check
  storefront links check --creator maya --max-age 0
  storefront links check --strict --format github
""",
)
@common.root_option
@common.now_option
@common.format_option
@click.option("--creator", metavar="HANDLE", help="Only links that this creator shows.")
@click.option("--merchant", metavar="ID", help="Only links to this shop: its id, or its host if it has no file.")
@click.option(
    "--max-age",
    type=click.FloatRange(min=0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="Check again what was last checked longer ago than this.",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0, max=60),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Pause between two requests to one shop.",
)
@click.option("--strict", is_flag=True, help="End with 1 if a link is neither healthy nor unverified.")
@common.quiet_option
@click.pass_context
def check(
    ctx: click.Context,
    root: Path,
    now: datetime | None,
    style: str,
    creator: str | None,
    merchant: str | None,
    max_age: float,
    pause: float,
    strict: bool,
    quiet: bool,
) -> None:
    """Request the shop pages that links lead to.

    Needs the network. The shops' own addresses are requested, without any tracking, so no affiliate
    click is made; one request at a time to each shop. Ends with 0 whatever it finds, unless --strict
    is given.
    """
    with common.failures(root, style, common.ONLY_READ):
        from storefront import linkcheck
        from storefront.outcome import FOLDER

        collected = linkcheck.collect(root, common.moment(now))
        chosen = _chosen(collected, creator, merchant)
        limits = linkcheck.Limits(max_age=max_age * HOUR, pause=pause)
        dialer = {"dialer": ctx.obj} if ctx.obj else {}
        with printing.progress(wanted=not quiet and style == "text") as advance:
            found = linkcheck.check(collected, chosen, root / FOLDER, limits=limits, progress=advance, **dialer)
        _print(found, style, quiet=quiet)
        if strict and any(not each.verdict.fine for each in found):
            raise click.exceptions.Exit(common.PROBLEMS)


def _chosen(collected: "Collected", creator: str | None, merchant: str | None) -> "list[Link]":
    """The links that are asked about. A name that is unknown is wrong usage."""
    from storefront.problems import did_you_mean, shown

    for option, name, known in (
        ("--creator", creator, collected.creators),
        ("--merchant", merchant, collected.merchants),
    ):
        if name is not None and name not in known:
            hint = did_you_mean(name, known)
            raise click.BadParameter(f"there is no {shown(name)} here. {hint}".strip(), param_hint=option)
    return [
        link
        for link in collected.links
        if (creator is None or creator in link.creators) and (merchant is None or merchant == link.merchant)
    ]


def _print(found: "Sequence[Checked]", style: str, *, quiet: bool) -> None:
    if style == "json":
        printing.as_json({"links": [_plain(each) for each in found], "counts": _counts(found)})
        return
    show = _annotation if style == "github" else _line
    for each in found:
        if each.verdict.hint:
            show(each)
    if not quiet:
        click.echo(_summary(found))


def _line(each: "Checked") -> None:
    outcome = click.style(each.verdict.outcome, fg="yellow" if each.verdict.fine else "red")
    click.echo(f"{click.style(printing.tame(each.link.place), bold=True)}: {outcome}: {printing.tame(_said(each))}")
    click.echo(f"    {printing.tame(each.verdict.hint)}")


def _annotation(each: "Checked") -> None:
    level = "notice" if each.verdict.fine else "warning"
    text = f"{_said(each)}\n{each.verdict.hint}"
    printing.annotation(level, each.link.place, each.verdict.outcome, text)


def _said(each: "Checked") -> str:
    from storefront.problems import shown

    return f"{each.link.address or shown(each.link.title)}: {each.verdict.seen}"


def _plain(each: "Checked") -> dict[str, object]:
    from datetime import UTC

    link, verdict = each.link, each.verdict
    return {
        "outcome": verdict.outcome,
        "seen": verdict.seen,
        "hint": verdict.hint,
        "address": link.address,
        "hops": [{"status": hop.status, "url": hop.url} for hop in verdict.hops],
        "title": link.title,
        "merchant": link.merchant,
        "creators": link.creators,
        "file": link.place.file,
        "line": link.place.line,
        "column": link.place.column,
        "seen_at": datetime.fromtimestamp(each.at, UTC).isoformat() if each.at else None,
        "known": each.known,
    }


def _counts(found: "Sequence[Checked]") -> dict[str, int]:
    from storefront.linkcheck import Outcome

    counts = Counter(each.verdict.outcome for each in found)
    return {outcome: counts[outcome] for outcome in Outcome}


def _summary(found: "Sequence[Checked]") -> str:
    shops = len({each.link.merchant for each in found})
    known = sum(each.known for each in found)
    counts = ", ".join(f"{count} {outcome}" for outcome, count in _counts(found).items() if count)
    before = f" {known} of them seen before; --max-age 0 asks again." if known else ""
    total = f"{printing.count(len(found), 'link')} to {printing.count(shops, 'shop')}"
    return f"{total}: {counts or 'nothing to ask'}.{before}"
