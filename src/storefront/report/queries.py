"""Every query of the reports, as Ibis expressions: each runs on DuckDB, ClickHouse, Spark or what else Ibis speaks to.

A query sums up and knows nothing of a site: what an id means is told by `report.scope`. Rows come as plain dicts in an
order of their own, which is the same on every engine. Times are UTC, and an end is not part of its period.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.figures.kinds import KINDS, METRICS, Type
from storefront.logs.hits import PLACED
from storefront.problems import EnvironmentFailure

if TYPE_CHECKING:
    import ibis

Rows = list[dict[str, Any]]
IMPORTED = tuple(KINDS)
FIGURES = tuple(name for name, each in METRICS.fields.items() if each is Type.COUNT)
ABOUT = ("platform", "creator", "post", "product")
DIMENSIONS = ("day", *PLACED, "channel", "referrer", "source")
FIX = "If a file in measured/ is damaged, delete it and import again what it was made of."
PRIVATELY = "probably shared privately"  # never a fact: bookmarks and typed addresses look the same


class Period(Struct, frozen=True):
    """From a day to another, both part of it; open where there is none."""

    first: date | None = None
    last: date | None = None


class Moments(Struct, frozen=True):
    """A period in UTC as databases keep it, without a zone. The end is not part of it."""

    start: datetime | None = None
    end: datetime | None = None


def moments(period: Period, zone: ZoneInfo) -> Moments:
    """When the days of a period begin and end in a zone. One that ends with the calendar is open there."""
    after = period.last + timedelta(days=1) if period.last and period.last < date.max else None
    return Moments(*(_midnight(each, zone) if each else None for each in (period.first, after)))


def _midnight(day: date, zone: ZoneInfo) -> datetime | None:
    """When a day begins in UTC; None where that would be before the first or after the last year."""
    try:
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return None


def clicks(hits: "ibis.Table", when: Moments) -> Rows:
    """People's clicks on links to shops, by where the link stands: `PLACED`, `count`."""
    found = _clicked(hits, when)
    return _rows(found.group_by(*PLACED).agg(count=found["count"].sum()), PLACED)


def visits_and_clicks(
    hits: "ibis.Table", by: Sequence[str], when: Moments, zone: ZoneInfo, own: str, *, bots: bool = False
) -> Rows:
    """Visits and clicks by some of `DIMENSIONS`: `visits` and `clicks`. `own` is the site's host, days are the zone's.

    `source` is where a visit came from, or that it was a click. The most clicks come first, within a day.
    """
    import ibis

    found = _between(hits if bots else hits.filter(~hits.bot), when)
    if "day" in by:
        bounds = span(found)
        if bounds is None:
            return []
        found = found.mutate(day=_local(found.at, *bounds, zone).cast("date"))
    if "source" in by:
        source = ibis.cases(
            (found.kind == "click", "click"),
            (found.channel.notnull(), "share code"),
            (found.referrer == own, "this site"),
            (found.referrer.notnull(), "other site"),
            else_=PRIVATELY,
        )
        found = found.mutate(source=source)
    visits, clicks = (
        found["count"].sum(where=found.kind == kind).fill_null(0).cast("int64") for kind in ("visit", "click")
    )
    rows = _rows(found.group_by(*by).agg(visits=visits, clicks=clicks), by)
    rows.sort(key=lambda row: (str(row.get("day", "")), -row["clicks"], -row["visits"]))
    return rows


def clicks_by_day(hits: "ibis.Table", when: Moments, zone: ZoneInfo) -> Rows:
    """The same by day of a zone: `day`, `creator`, `product`, `campaign`, `count`."""
    keys = ("day", "creator", "product", "campaign")
    found = _clicked(hits, when)
    bounds = span(found)
    if bounds is None:
        return []
    found = found.mutate(day=_local(found.at, *bounds, zone).cast("date"))
    return _rows(found.group_by(*keys).agg(count=found["count"].sum()), keys)


def _local(at: Any, first: datetime, last: datetime, zone: ZoneInfo) -> Any:
    """A moment in UTC as clocks of a zone showed it. The few changes of the clock are told to the engine as cases."""
    import ibis

    def shifted(moment: datetime) -> Any:
        offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
        return at + ibis.interval(minutes=int(offset.total_seconds()) // 60)

    cases = [(at < ibis.literal(change), shifted(before)) for before, change in _changes(first, last, zone)]
    return ibis.cases(*cases, else_=shifted(last)) if cases else shifted(last)


def _changes(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """A moment before each change of a zone's clock, and the first quarter of an hour after it."""
    hour = timedelta(hours=1)
    before = first
    offset = before.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    while before < last:
        after = min(before + timedelta(days=1), last)
        if after.replace(tzinfo=UTC).astimezone(zone).utcoffset() != offset:
            low, high = before, after
            while high - low > hour / 4:
                middle = low + (high - low) / 2
                same = middle.replace(tzinfo=UTC).astimezone(zone).utcoffset() == offset
                low, high = (middle, high) if same else (low, middle)
            change = high.replace(minute=high.minute // 15 * 15, second=0, microsecond=0)
            yield before, change
            offset = after.replace(tzinfo=UTC).astimezone(zone).utcoffset()
        before = after


def span(hits: "ibis.Table") -> tuple[datetime, datetime] | None:
    """The first and the last moment of which there is a hit, a robot's too."""
    (row,) = _rows(hits.agg(first=hits.at.cast("timestamp").min(), last=hits.at.cast("timestamp").max()), ())
    return (row["first"], row["last"]) if row["first"] else None


def days(hits: "ibis.Table", when: Moments, zone: ZoneInfo) -> frozenset[date]:
    """The days of a zone of which there is any hit, a robot's too. Of others nobody knows whether a log was kept."""
    found = _between(hits, when)
    bounds = span(found)
    if bounds is None:
        return frozenset()
    found = found.mutate(day=_local(found.at, *bounds, zone).cast("date"))
    return frozenset(row["day"] for row in _rows(found.select("day").distinct(), ("day",)))


def coverage(table: "ibis.Table", period: Period) -> Rows:
    """What was imported by source: `source`, `first` and `last` day, `as_of`, `rows`, and those `inside` a period."""
    day = table.as_of if "date" not in table.columns else table.date
    inside = _within(day, period)
    counted = table.mutate(day=day, inside=inside.cast("int64") if inside is not None else 1)
    found = counted.group_by("source").agg(
        first=counted.day.min(),
        last=counted.day.max(),
        as_of=counted.as_of.max(),
        rows=counted.count(),
        inside=counted.inside.sum(),
    )
    return _rows(found, ("source",))


def commissions(table: "ibis.Table", period: Period) -> Rows:
    """Orders by network, account, sub-id, shop, product, currency and status: `orders`, `sale`, `commission`, `as_of`.

    `orders` names each of them once, so that one with rows in several of these can be counted once. Amounts are sums of
    what is known, and None where nothing is; of `unpriced` rows the sale is not known. A transaction that two sources
    tell of counts once.
    """
    keys = ("network", "account", "subid", "merchant", "product", "currency", "status")
    found = _once(_in_days(table, period))
    found = found.mutate(one=_order(found))
    rows = _rows(
        found.group_by(*keys).agg(
            orders=found.one.collect(distinct=True),
            sale=found.sale.sum(),
            unpriced=found.sale.isnull().sum(),
            commission=found.commission.sum(),
            as_of=found.as_of.max(),
        ),
        keys,
    )
    return [{**row, "orders": frozenset(row["orders"])} for row in rows]


def _once(found: "ibis.Table") -> "ibis.Table":
    """Transactions of one number, network, shop and day once: the latest told, else that of the first source's name.

    What is taken off again has the number of what it is taken off from, and is a row of its own.
    """
    import ibis

    same = [found.network, found.merchant, found.transaction, found.date, found.commission < 0]
    place = ibis.row_number().over(group_by=same, order_by=[found.as_of.desc(), found.source])
    told = found.mutate(place=place)
    return told.filter(told.network.isnull() | told.transaction.isnull() | (told.place == 0)).drop("place")


def _order(found: "ibis.Table") -> Any:
    """What tells a row's order from all others: its number at its shop, else the transaction's, else the row's.

    Another network or shop may have the same number for another order.
    """
    import ibis

    def told(*parts: Any) -> Any:
        whole = ibis.literal(parts[0])
        for each in parts[1:]:
            whole = whole + "\n" + each
        return whole

    whose = found.network.coalesce(found.source)
    return ibis.coalesce(
        told("order", whose, found.merchant.fill_null(""), found.order),
        told("transaction", whose, found.transaction),
        told("row", found.source, found.key),
    )


def redemptions(table: "ibis.Table", period: Period) -> Rows:
    """Redeemed codes by code, store, region, status and currency: `redemptions`, `sale`, `discount`, `as_of`.

    Amounts are sums of what is known, and None where nothing is; `unpriced` and `undiscounted` rows do not tell theirs.
    """
    keys = ("code", "store", "region", "status", "currency")
    found = _in_days(table, period)
    return _rows(
        found.group_by(*keys).agg(
            redemptions=found.redemptions.sum(),
            sale=found.sale.sum(),
            unpriced=found.sale.isnull().sum(),
            discount=found.discount.abs().sum(),
            undiscounted=found.discount.isnull().sum(),
            as_of=found.as_of.max(),
        ),
        keys,
    )


def mentions(table: "ibis.Table", period: Period) -> Rows:
    """Mentions by creator, platform, product and campaign: `mentions`."""
    keys = ("creator", "platform", "product", "campaign")
    found = _in_days(table, period)
    return _rows(found.group_by(*keys).agg(mentions=found.mentions.sum()), keys)


def metrics(table: "ibis.Table", last: date | None) -> Rows:
    """The latest figures of each source of each account, post and product up to a day: `ABOUT`, `FIGURES`, `as_of`."""
    import ibis

    found = table if last is None else table.filter(table.as_of <= ibis.literal(last))
    keys = (*ABOUT, "source")
    newest = found.group_by(*keys).agg(newest=found.as_of.max())
    same = [found.as_of == newest.newest, *(found[key].fill_null("") == newest[key].fill_null("") for key in keys)]
    kept = found.inner_join(newest, same)
    return _rows(kept.select(*(found[key] for key in (*keys, *FIGURES, "as_of"))), keys)


def _clicked(hits: "ibis.Table", when: Moments) -> "ibis.Table":
    """What people clicked, robots aside."""
    return _between(hits.filter(hits.kind == "click", ~hits.bot), when)


def _between(hits: "ibis.Table", when: Moments) -> "ibis.Table":
    import ibis

    found = hits.mutate(at=hits.at.cast("timestamp"))
    if when.start:
        found = found.filter(found.at >= ibis.literal(when.start))
    if when.end:
        found = found.filter(found.at < ibis.literal(when.end))
    return found


def _in_days(table: "ibis.Table", period: Period) -> "ibis.Table":
    inside = _within(table.date, period)
    return table if inside is None else table.filter(inside)


def _within(day: Any, period: Period) -> Any:
    """Whether a day lies in a period; None where all do."""
    import ibis

    bounds = [day >= ibis.literal(period.first)] if period.first else []
    bounds += [day <= ibis.literal(period.last)] if period.last else []
    inside = None
    for each in bounds:
        inside = each if inside is None else inside & each
    return inside


def _rows(found: "ibis.Table", keys: Sequence[str]) -> Rows:
    """The answer, in the order of its keys, what is not known first. Raises `EnvironmentFailure` without one."""
    try:
        rows: Rows = found.to_pyarrow().to_pylist()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001  whatever a driver raises
        words = str(error).strip().partition("\n")[0]
        raise EnvironmentFailure(f"the engine cannot answer: {words}. {FIX}") from None
    return sorted(rows, key=lambda row: [(row[key] is not None, str(row[key] or "")) for key in keys])
