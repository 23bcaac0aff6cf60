"""What was measured in a period, each figure with whom and what it is about, as far as that can be told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from msgspec import Struct, structs

from storefront.report import queries
from storefront.report.engine import HITS, Engine
from storefront.report.queries import Period, Rows
from storefront.report.scope import Scope


class About(Struct, frozen=True, kw_only=True):
    """Whom and what a figure is about; None where that cannot be told."""

    creator: str | None = None
    product: str | None = None
    campaign: str | None = None
    page: str | None = None
    slot: str | None = None


class Clicks(About, frozen=True, kw_only=True):
    """Clicks of people, of a whole period or of a day in it."""

    count: int
    day: date | None = None


class Orders(About, frozen=True, kw_only=True):
    """Orders of one status and currency, as a network reports them; one with several things is in several of these."""

    network: str | None
    currency: str
    status: str
    orders: frozenset[str]
    sale: Decimal | None
    unpriced: int
    commission: Decimal | None


class Redeemed(About, frozen=True, kw_only=True):
    """Redeemed codes of one store, status and currency."""

    code: str
    store: str | None
    region: str | None
    status: str
    redemptions: int
    currency: str | None
    sale: Decimal | None
    unpriced: int
    discount: Decimal | None
    undiscounted: int


class Mentioned(About, frozen=True, kw_only=True):
    """Mentions on one platform."""

    platform: str | None
    mentions: int


class Account(Struct, frozen=True, kw_only=True):
    """The latest figures of an account or a post, by their names; None for what is not known."""

    creator: str
    platform: str | None
    post: str | None
    campaign: str | None
    product: str | None
    as_of: date
    figures: dict[str, int | None]
    source: str


class Measured(Struct, frozen=True, kw_only=True):
    """Everything of a period. A list is None where nothing of its kind was ever imported.

    `logged` are the first and last day of the logs; `coverage` says for each kind what each source has told;
    `strangers` are those whom mentions or figures of accounts are of, and whom the site does not have.
    """

    period: Period
    clicks: list[Clicks] | None
    daily: list[Clicks] | None
    orders: list[Orders] | None
    redeemed: list[Redeemed] | None
    mentioned: list[Mentioned] | None
    accounts: list[Account] | None
    logged: tuple[date, date] | None
    days: frozenset[date]
    coverage: dict[str, Rows]
    strangers: tuple[str, ...] = ()


def measured(engine: Engine, site: Scope, period: Period) -> Measured:
    """What was measured in a period, whose days are those of the site's zone."""
    hits, tables = engine.table(HITS), {name: engine.table(name) for name in queries.IMPORTED}
    commissions, codes, mentions, metrics = tables.values()
    moments = queries.moments(period, site.zone)
    heard = None if mentions is None else queries.mentions(mentions, period)
    counts = None if metrics is None else queries.metrics(metrics, period.last)
    return Measured(
        period=period,
        clicks=None if hits is None else list(_clicks(queries.clicks(hits, moments))),
        daily=None if hits is None else list(_clicks(queries.clicks_by_day(hits, moments, site.zone))),
        orders=None if commissions is None else list(_orders(queries.commissions(commissions, period), site)),
        redeemed=None if codes is None else list(_redeemed(queries.redemptions(codes, period), site)),
        mentioned=None if heard is None else list(_mentioned(heard, site)),
        accounts=None if counts is None else _chosen(_accounts(counts, site)),
        logged=None if hits is None else _logged(queries.span(hits), site),
        days=frozenset() if hits is None else queries.days(hits, moments, site.zone),
        coverage={name: queries.coverage(table, period) for name, table in tables.items() if table is not None},
        strangers=_strangers([*(heard or ()), *(counts or ())], site),
    )


def _logged(span: tuple[datetime, datetime] | None, site: Scope) -> tuple[date, date] | None:
    if span is None:
        return None
    first, last = (each.replace(tzinfo=UTC).astimezone(site.zone) for each in span)
    return first.date(), (last + timedelta(minutes=14)).date()  # hits are kept by the hour or the quarter


def _clicks(rows: Rows) -> Iterator[Clicks]:
    for row in rows:
        yield Clicks(
            creator=row["creator"] or None,
            product=row["product"] or None,
            campaign=row["campaign"] or None,
            page=row.get("page") or None,
            slot=row.get("slot") or None,
            count=row["count"],
            day=row.get("day"),
        )


def _orders(rows: Rows, site: Scope) -> Iterator[Orders]:
    for row in rows:
        placed = site.placed(row["subid"])
        told = row["product"] if row["product"] in site.products else None
        yield Orders(
            creator=(placed and placed.creator) or site.earner(row["network"], row["account"]),
            product=(placed and placed.product) or told,
            campaign=(placed and placed.campaign) or None,
            page=(placed and placed.page) or None,
            slot=(placed and placed.slot) or None,
            network=row["network"],
            currency=row["currency"],
            status=row["status"],
            orders=row["orders"],
            sale=row["sale"],
            unpriced=row["unpriced"],
            commission=row["commission"],
        )


def _redeemed(rows: Rows, site: Scope) -> Iterator[Redeemed]:
    for row in rows:
        code = site.of_code(row["code"])
        yield Redeemed(
            creator=code.creator if code else None,
            campaign=(code and code.campaign) or None,
            code=row["code"],
            store=row["store"],
            region=row["region"] or site.stores.get((code.merchant if code else "", row["store"] or "")),
            status=row["status"],
            redemptions=row["redemptions"],
            currency=row["currency"],
            sale=row["sale"],
            unpriced=row["unpriced"],
            discount=row["discount"],
            undiscounted=row["undiscounted"],
        )


def _strangers(rows: Rows, site: Scope) -> tuple[str, ...]:
    return tuple(sorted({row["creator"] for row in rows if row["creator"]} - site.handles.keys()))


def _mentioned(rows: Rows, site: Scope) -> Iterator[Mentioned]:
    for row in rows:
        yield Mentioned(
            creator=site.handles.get(row["creator"]),
            product=row["product"],
            campaign=row["campaign"],
            platform=row["platform"],
            mentions=row["mentions"],
        )


def _accounts(rows: Rows, site: Scope) -> Iterator[Account]:
    for row in rows:
        creator = site.handles.get(row["creator"], row["creator"])
        name, campaign = site.posts.get((creator, row["post"] or ""), (row["post"], ""))
        yield Account(
            creator=creator,
            platform=row["platform"],
            post=name,
            campaign=campaign or None,
            product=row["product"],
            as_of=row["as_of"],
            figures={figure: row[figure] for figure in queries.FIGURES},
            source=row["source"],
        )


def _chosen(accounts: Iterable[Account]) -> list[Account]:
    """One row for each account and post on each platform: two sources of one post tell of the same likes.

    The latest day counts, of one day the source whose name comes first; of an account a row with its followers before
    one without. A post's row without a platform is of the one that others name, and left out if they name several.
    """
    rows = sorted(accounts, key=_worth)
    spelled: dict[str, str] = {}
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in rows:
        if each.platform:
            spelled.setdefault(each.platform.casefold(), each.platform)
            named[each.creator, each.post or ""].add(each.platform.casefold())
    found: dict[tuple[str, str, str], Account] = {}
    for each in rows:
        others = named[each.creator, each.post] if each.post else ()
        if not each.platform and len(others) > 1:
            continue
        platform = each.platform.casefold() if each.platform else next(iter(others), "")
        found.setdefault(
            (each.creator, platform, each.post or ""), structs.replace(each, platform=spelled.get(platform))
        )
    return [found[key] for key in sorted(found)]


def _worth(account: Account) -> tuple[bool, int, str, str]:
    unknown = not account.post and account.figures["followers"] is None
    return unknown, -account.as_of.toordinal(), account.source, account.product or ""
