"""Tables that several reports have: redemptions by store, clicks by day, posts, and how brands answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from storefront.catalog.facts import AnswerFact
from storefront.report import coverage, figures
from storefront.report.building import KNOWN, Measure, tabled
from storefront.report.measuring import About, Account, Measured, Redeemed
from storefront.report.scope import Scope
from storefront.report.table import Chart, Column, Form, Table, Unit, Value

NOWHERE = "(no store named)"
LONGEST = 400  # days in a table of days
MOST = 100  # rows of a table of things that people are shown


def stores(redeemed: Sequence[Redeemed], *, known: bool) -> Iterator[Table]:
    """Redemptions by store and region, and by code."""
    if not known:
        return
    places: Counter[tuple[str, str]] = Counter()
    codes: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for each in redeemed:
        if each.status in figures.COUNTED:
            places[each.store or "", each.region or ""] += each.redemptions
            codes[each.code] += each.redemptions
        else:
            back[each.code] += each.redemptions
    rows = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    yield Table(
        id="stores",
        title="Redemptions by store",
        columns=(
            Column(key="store", title="Store"),
            Column(key="region", title="Region"),
            Column(key="redemptions", title="Redemptions", unit=Unit.COUNT),
        ),
        rows=tuple((store or NOWHERE, region or None, count) for (store, region), count in rows),
        total=("All", "", sum(places.values())) if len(rows) > 1 else None,
        notes=("How many coupons were given out is not recorded, so that their share is unknown.",),
        chart=Chart(label="store", values=("redemptions",)),
    )
    names = {code: code for code in sorted({*codes, *back}, key=lambda code: (-codes[code], code))}
    measures = [
        Measure(key="redemptions", title="Redemptions", values={code: codes[code] for code in names}),
        Measure(key="cancelled", title="Cancelled or returned", values={code: back[code] for code in names}),
    ]
    by_code: dict[str, list[Redeemed]] = {code: [] for code in names}
    for each in redeemed:
        by_code[each.code].append(each)
    measures += figures.coded(by_code, lambda _: True)
    yield tabled("codes", "Redemptions by code", ("code", "Code"), names, measures)


def by_day(measured: Measured, keep: Callable[[About], bool]) -> Iterator[Table]:
    """Clicks by day, with a nought for days of the logs on which there were none; a day without a log is unknown."""
    days = coverage.logged_days(measured)
    if not coverage.is_logged(measured) or len(days) > LONGEST:
        return
    counts: Counter[date] = Counter()
    for each in measured.daily or ():
        if each.day and keep(each):
            counts[each.day] += each.count
    whole = all(day in measured.days for day in days)
    yield Table(
        id="days",
        title="Clicks by day",
        columns=(Column(key="day", title="Day", unit=Unit.DAY), Column(key="clicks", title="Clicks", unit=Unit.COUNT)),
        rows=tuple((day, counts[day] if day in measured.days else None) for day in days),
        total=("All" if whole else KNOWN, sum(counts.values())),
        chart=Chart(label="day", values=("clicks",), form=Form.LINES),
    )


def posts(accounts: Sequence[Account], people: Mapping[str, str]) -> Iterator[Table]:
    """How each post was received."""
    found = sorted((each for each in accounts if each.post), key=lambda each: (each.creator, each.post or ""))
    if not found:
        return
    shown = ("likes", "comments", "shares", "saves", "reach")
    rows: list[tuple[Value, ...]] = []
    for each in found:
        known = all(each.figures[name] is not None for name in shown)
        rate = figures.share(figures.engagements(each), each.figures["reach"] or 0) if known else None
        values = (each.figures[name] for name in shown)
        rows.append((each.post, people.get(each.creator, each.creator), each.platform, *values, rate, each.as_of))
    yield Table(
        id="posts",
        title="Posts",
        columns=(
            Column(key="post", title="Post"),
            Column(key="creator", title="Creator"),
            Column(key="platform", title="Platform"),
            *(Column(key=name, title=name.capitalize(), unit=Unit.COUNT) for name in shown),
            Column(key="rate", title="Engagement rate", unit=Unit.SHARE),
            Column(key="as_of", title="As of", unit=Unit.DAY),
        ),
        rows=tuple(rows),
        notes=(figures.RATE,),
    )


def products(measured: Measured, site: Scope, keep: Callable[[About], bool]) -> Iterator[Table]:
    """What came of each thing."""
    names = {name: title for name, (title, _) in site.products.items()}
    told = ("products", "By product", ("product", "Product"))
    yield from _by(measured, keep, lambda each: each.product, names, told, lambda name: site.networks.get(name, ()))


def places(measured: Measured, site: Scope, keep: Callable[[About], bool]) -> Iterator[Table]:
    """What came of each list, post and page, as far as clicks and sub-ids tell."""

    def place(each: About) -> str | None:
        return f"{each.page} ({each.slot})" if each.page and each.slot else each.page

    stand = [each.page + f" ({each.slot})" for each in site.subids.values() if each.page]
    seen = {place(each) for each in (*(measured.clicks or ()), *(measured.orders or ()))}
    names = {name: name for name in sorted({*stand, *filter(None, seen)})}
    networks = site.everywhere()
    told = ("places", "By list, post and page", ("place", "Place"))
    yield from _by(measured, keep, place, names, told, lambda _: networks)


def _by(
    measured: Measured,
    keep: Callable[[About], bool],
    key: Callable[[About], str | None],
    names: Mapping[str, str],
    told: tuple[str, str, tuple[str, str]],
    through: Callable[[str], Collection[str]],
) -> Iterator[Table]:
    """Clicks and orders by a key, the most clicked first, of those names that have any."""
    logged = coverage.is_logged(measured)
    clicks: Counter[str] = Counter()
    lost = 0
    for each in filter(keep, measured.clicks or ()):
        name = key(each)
        if name and name in names:
            clicks[name] += each.count
        else:
            lost += each.count
    ours = list(filter(keep, measured.orders or ()))
    sorted_ = figures.Keep(key, tuple(names)).sorted(ours)
    orders = {name: rows for name, rows in sorted_.items() if rows}
    nowhere = figures.counted(order for order in ours if key(order) not in orders)
    sold_of = Counter({name: len(figures.counted(rows)) for name, rows in orders.items()})
    found = sorted({*clicks, *orders}, key=lambda name: (-clicks[name], -sold_of[name], names[name]))
    if not found:
        return
    told_of = logged and (bool(clicks) or not lost)
    counted = Measure(key="clicks", title="Clicks", values={name: clicks[name] if told_of else None for name in found})
    is_sold = coverage.is_sold_through(measured)
    parts = figures.orders(
        {name: orders.get(name, []) for name in found},
        lambda name: bool(orders or not nowhere) and is_sold(through(name)),
    )
    notes = [figures.ORDERS]
    notes += [f"Clicks of which this is not known, and that are in no row: {lost:,}."] if lost else []
    notes += [f"Orders of which this is not known, and that are in no row: {len(nowhere):,}."] if nowhere else []
    notes += ["The most clicked come first."] if len(found) > MOST else []
    shown = {name: names[name] for name in found}
    yield tabled(*told, shown, [counted, *parts[:4]], notes=notes, chart=("clicks",), most=MOST)


def answers(found: Mapping[str, AnswerFact | None], site: Scope) -> Iterator[Table]:
    """How brands answer what is written about their things, by stars."""
    rows: list[tuple[Value, ...]] = []
    waits: dict[int, list[str]] = defaultdict(list)
    for brand, fact in found.items():
        for band in fact.bands if fact else ():
            stars = (
                "without stars"
                if band.stars == (0, 0)
                else " to ".join(str(each) for each in dict.fromkeys(band.stars))
            )
            rate = figures.share(band.answered, band.reviews)
            rows.append((site.brands.get(brand, brand), stars, band.reviews, band.answered, rate, band.median_days))
        if fact:
            waits[fact.days].append(site.brands.get(brand, brand))
    if not rows:
        return
    yield Table(
        id="answers",
        title="Response rate",
        columns=(
            Column(key="brand", title="Brand"),
            Column(key="stars", title="Stars"),
            Column(key="reviews", title="Reviews", unit=Unit.COUNT),
            Column(key="answered", title="Answered", unit=Unit.COUNT),
            Column(key="rate", title="Response rate", unit=Unit.SHARE),
            Column(key="median_days", title="Median days", unit=Unit.DAYS),
        ),
        rows=tuple(rows),
        notes=tuple(
            f"Response rate: answered ÷ reviews that are older than {days} days ({', '.join(brands)})."
            for days, brands in sorted(waits.items())
        ),
    )


def replies(found: Mapping[str, Mapping[str, int]], site: Scope) -> Iterator[Table]:
    """Of what kind the answers of brands are, and how many of them argue."""
    kinds = {"thanks": "Thanks", "fix": "Fixes", "clarify": "Clarifications", "dispute": "Disputes"}
    given = {brand: counts for brand, counts in found.items() if sum(counts.values())}
    if not given:
        return
    yield Table(
        id="replies",
        title="Answers by kind",
        columns=(
            Column(key="brand", title="Brand"),
            Column(key="answers", title="Answers", unit=Unit.COUNT),
            *(Column(key=kind, title=title, unit=Unit.COUNT) for kind, title in kinds.items()),
            Column(key="disputed", title="Share of disputes", unit=Unit.SHARE),
        ),
        rows=tuple(
            (
                site.brands.get(brand, brand),
                sum(counts.values()),
                *(counts.get(kind, 0) for kind in kinds),
                figures.share(counts.get("dispute", 0), sum(counts.values())),
            )
            for brand, counts in given.items()
        ),
        notes=("All answers to reviews count, several to one review too.",),
    )
