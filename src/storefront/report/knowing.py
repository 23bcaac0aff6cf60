"""Knowing: of which days and through which networks there are figures at all, told beside every table."""

from collections.abc import Iterable, Iterator

from storefront.report.measuring import Measured
from storefront.report.queries import Period
from storefront.report.table import Column, Table, Unit, Value


def is_logged(measured: Measured) -> bool:
    """Whether logs tell of any day of the period."""
    if measured.logged is None:
        return False
    first, last = measured.logged
    period = measured.period
    return not ((period.first and last < period.first) or (period.last and first > period.last))


def is_covered(measured: Measured, kind: str) -> bool:
    """Whether anything of a kind was imported that is of the period."""
    return any(row["inside"] for row in measured.coverage.get(kind, ()))


def reported(measured: Measured) -> set[str]:
    """The networks that any report of commissions was imported of."""
    return {each.network for each in measured.orders or () if each.network} | {
        row["source"] for row in measured.coverage.get("commissions", ())
    }


def gaps(measured: Measured, networks: Iterable[str]) -> Iterator[str]:
    """What is not known of a period, in words."""
    period = measured.period
    if measured.logged is None:
        yield "No log was imported: clicks are unknown."
    elif not is_logged(measured):
        first, last = measured.logged
        yield f"The logs tell of {first} to {last}, and of no day of this period: clicks are unknown."
    else:
        yield from _days_without_log(measured, period)
    if measured.orders is None:
        yield "No report of commissions was imported: orders and commissions are unknown."
    else:
        lacking = sorted(set(networks) - reported(measured))
        if lacking:
            yield f"No report of {', '.join(lacking)} was imported: orders through there are in no figure here."
    if not is_covered(measured, "redemptions"):
        yield "No redemptions of this period were imported: they are unknown."
    if not is_covered(measured, "mentions"):
        yield "No mentions of this period were imported: they are unknown."
    if measured.accounts is None:
        yield "No figures of posts and accounts were imported: engagement is unknown."


def _days_without_log(measured: Measured, period: Period) -> Iterator[str]:
    first, last = measured.logged or (None, None)
    if first and period.first and first > period.first:
        yield f"There is no log before {first}: clicks of the days before are unknown and in no sum."
    if last and period.last and last < period.last:
        yield f"There is no log after {last}: clicks of the days after are unknown and in no sum."


def sources(measured: Measured) -> Table:
    """Where the figures come from, and of which day each is."""
    rows: list[tuple[Value, ...]] = []
    if measured.logged:
        rows.append(("hits", "logs", *measured.logged, None, None))
    for kind, found in measured.coverage.items():
        rows += [(kind, row["source"], row["first"], row["last"], row["as_of"], row["rows"]) for row in found]
    return Table(
        id="sources",
        title="Where this comes from",
        columns=(
            Column(key="kind", title="Figures"),
            Column(key="source", title="Source"),
            Column(key="first", title="First day", unit=Unit.DAY),
            Column(key="last", title="Last day", unit=Unit.DAY),
            Column(key="as_of", title="As of", unit=Unit.DAY),
            Column(key="rows", title="Rows", unit=Unit.COUNT),
        ),
        rows=tuple(rows),
    )
