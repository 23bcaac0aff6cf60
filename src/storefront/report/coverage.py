"""Coverage: of which days and through which networks there are figures at all, told beside every table."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta

from storefront.report.measuring import Measured
from storefront.report.queries import Period
from storefront.report.table import Column, Table, Unit, Value


def is_logged(measured: Measured) -> bool:
    """Whether logs tell of any day of the period."""
    return bool(measured.days)


def logged_days(measured: Measured) -> list[date]:
    """The days of the period from the first to the last of the logs, those between of which no log tells too."""
    if measured.logged is None:
        return []
    first = max(filter(None, (measured.logged[0], measured.period.first)))
    last = min(filter(None, (measured.logged[1], measured.period.last)))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def is_covered(measured: Measured, kind: str) -> bool:
    """Whether anything of a kind was imported that is of the period."""
    return any(row["inside"] for row in measured.coverage.get(kind, ()))


def reported_networks(measured: Measured) -> set[str]:
    """The networks of which commissions of the period were imported."""
    return {each.network for each in measured.orders or () if each.network} | {
        row["source"] for row in measured.coverage.get("commissions", ()) if row["inside"]
    }


def is_sold_through(measured: Measured) -> Callable[[Collection[str]], bool]:
    """Whether orders through any of some networks are known in the period; without any networks, any orders."""
    found = reported_networks(measured)
    return lambda networks: not found.isdisjoint(networks) if networks else bool(found)


def gaps(measured: Measured, networks: Iterable[str]) -> Iterator[str]:
    """What is not known of a period, in words."""
    period = measured.period
    if measured.logged is None:
        yield "No log was imported: clicks are unknown."
    elif not is_logged(measured):
        first, last = measured.logged
        yield f"The logs, from {first} to {last}, tell of no day of this period: clicks are unknown."
    else:
        yield from _days_without_log(measured, period)
    if measured.orders is None:
        yield "No report of commissions was imported: orders and commissions are unknown."
    elif not reported_networks(measured):
        yield "No commissions of this period were imported: orders and commissions are unknown."
    else:
        lacking = sorted(set(networks) - reported_networks(measured))
        if lacking:
            told = ", ".join(lacking)
            yield f"No commissions of this period were imported of {told}: orders through there are in no figure here."
    if not is_covered(measured, "redemptions"):
        yield "No redemptions of this period were imported: they are unknown."
    if not is_covered(measured, "mentions"):
        yield "No mentions of this period were imported: they are unknown."
    if not measured.accounts:
        yield "No figures of posts and accounts were imported: engagement is unknown."


def _days_without_log(measured: Measured, period: Period) -> Iterator[str]:
    first, last = measured.logged or (None, None)
    if first and period.first and first > period.first:
        yield f"There is no log before {first}: clicks of the days before are unknown and in no sum."
    if last and period.last and last < period.last:
        yield f"There is no log after {last}: clicks of the days after are unknown and in no sum."
    lacking = [day for day in logged_days(measured) if day not in measured.days]
    if len(lacking) == 1:
        yield f"There is no log of {lacking[0]}: clicks of that day are unknown and in no sum."
    elif lacking:
        told = f"{len(lacking)} days from {lacking[0]} to {lacking[-1]}"
        yield f"There is no log of {told}: clicks of these days are unknown and in no sum."


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
