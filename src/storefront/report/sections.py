"""Tables that several reports have: redemptions by store, clicks by day, posts, and how brands answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from storefront.catalog.facts import AnswerFact
from storefront.report import figures, knowing
from storefront.report.building import Measure, tabled
from storefront.report.measuring import About, Account, Measured, Redeemed
from storefront.report.scope import Scope
from storefront.report.table import Chart, Column, Form, Table, Unit, Value

NOWHERE = "(no store named)"
LONGEST = 400  # days in a table of days; more are told by month


def stores(redeemed: Sequence[Redeemed], known: bool) -> Iterator[Table]:  # noqa: FBT001
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
    yield tabled("codes", "Redemptions by code", ("code", "Code"), names, measures)


def by_day(measured: Measured, keep: Callable[[About], bool]) -> Iterator[Table]:
    """Clicks by day, with a nought for days of the logs on which there were none."""
    if not knowing.is_logged(measured) or measured.logged is None:
        return
    counts: Counter[date] = Counter()
    for each in measured.daily or ():
        if each.day and keep(each):
            counts[each.day] += each.count
    first = max(filter(None, (measured.logged[0], measured.period.first)))
    last = min(filter(None, (measured.logged[1], measured.period.last)))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > LONGEST:
        return
    yield Table(
        id="days",
        title="Clicks by day",
        columns=(Column(key="day", title="Day", unit=Unit.DAY), Column(key="clicks", title="Clicks", unit=Unit.COUNT)),
        rows=tuple((day, counts[day]) for day in days),
        total=("All", sum(counts.values())),
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
