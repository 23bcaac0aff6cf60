"""The report of a campaign: what each participant cost, and what came of it, beside the goal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from storefront import money
from storefront.catalog.facts import AnswerFact
from storefront.report import costs, coverage, figures
from storefront.report.building import Measure, added, named, tabled
from storefront.report.figures import Keep
from storefront.report.measuring import About, Account, Clicks, Measured, Mentioned, Orders, Redeemed
from storefront.report.rules import elsewhere, rules
from storefront.report.scope import Scope, Sent
from storefront.report.sections import answers, by_day, places, posts, products, replies, stores
from storefront.report.table import Report, Table, Unit
from storefront.report.windows import overlaps, period_of
from storefront.vocabulary.campaign import Campaign, Goal, Metric

Thing = TypeVar("Thing")


class Part(Struct, frozen=True, kw_only=True):
    """What belongs to a campaign, by participant; what does not is left out."""

    campaign: str
    record: Campaign
    people: Mapping[str, str]
    clicks: Mapping[str, Sequence[Clicks]]
    orders: Mapping[str, Sequence[Orders]]
    redeemed: Mapping[str, Sequence[Redeemed]]
    mentioned: Mapping[str, Sequence[Mentioned]]
    accounts: Mapping[str, Sequence[Account]]


def report(name: str, site: Scope, measured: Measured) -> Report:
    """The report of the campaign `name`, of what was measured in its window."""
    record = site.campaigns[name]
    part = _part(name, record, site, measured)
    measures = _measures(part, site, measured)
    goal = record.goal
    tables = [_creators(part, measures)]
    if goal:
        tables.append(_scorecard(part, measures, goal))
    tables += [
        tabled("orders", "Orders and commissions", ("creator", "Creator"), part.people, [
            measures[key] for key in ("orders", "cancelled", "sales", "approved", "pending", "returned")
        ], notes=[figures.ORDERS]),
        *products(measured, site, lambda each: _in(part, site, each)),
        *places(measured, site, lambda each: _in(part, site, each)),
        *stores(_all(part.redeemed), known=coverage.is_covered(measured, "redemptions")),
        *by_day(measured, lambda each: _in(part, site, each)),
        *posts(_all(part.accounts), part.people),
        _mentions(part, measured),
        *answers({record.brand: site.answers.get(record.brand)}, site),
        *replies({record.brand: site.replies.get(record.brand, {})}, site),
        coverage.sources(measured),
    ]  # fmt: skip
    return Report(
        id=f"campaign-{name}",
        title=record.title,
        facts=tuple(_facts(part, site, measured, measures)),
        tables=tuple(tables),
        notes=(
            *_rules(part, site, measured),
            *coverage.gaps(measured, site.networks_by_brand()[record.brand]),
            *elsewhere(measured),
        ),
    )


def _part(name: str, record: Campaign, site: Scope, measured: Measured) -> Part:
    handles = [each.creator for each in record.participants] or site.takers(name)
    people = named({handle: site.people.get(handle, handle) for handle in handles})

    def of(each: About) -> str | None:
        return each.creator if _belongs(name, record, site, each) else None

    keep = Keep(of, tuple(people))
    accounts = [each for each in measured.accounts or () if not each.post or each.campaign == name]
    return Part(
        campaign=name,
        record=record,
        people=people,
        clicks=keep.sorted(measured.clicks),
        orders=keep.sorted(measured.orders),
        redeemed=keep.sorted(measured.redeemed),
        mentioned=keep.sorted(measured.mentioned),
        accounts={handle: [each for each in accounts if each.creator == handle] for handle in people},
    )


def _all(found: Mapping[str, Sequence[Thing]]) -> list[Thing]:
    return [each for things in found.values() for each in things]


def _belongs(name: str, record: Campaign, site: Scope, each: About) -> bool:
    """Whether a figure is one of the campaign: it says so, or is about a thing of its brand and names no other."""
    if each.campaign:
        return each.campaign == name
    if isinstance(each, Mentioned) and not each.product:
        return True
    return site.brand(each.product) == record.brand


def _in(part: Part, site: Scope, each: About) -> bool:
    return each.creator in part.people and _belongs(part.campaign, part.record, site, each)


def _measures(part: Part, site: Scope, measured: Measured) -> dict[str, Measure]:
    """Every measure of the campaign by its key."""
    logged, covered = coverage.is_logged(measured), coverage.is_covered(measured, "mentions")
    sold = coverage.is_sold_through(measured)(site.networks_by_brand()[part.record.brand])
    told = any(part.orders.values()) or not any(_unplaced(part, measured))
    coded = {code.creator for codes in site.codes.values() for code in codes if code.campaign == part.campaign}
    redeemable = coverage.is_covered(measured, "redemptions")
    counts: dict[str, Mapping[str, int | None]] = {
        "clicks": {each: sum(c.count for c in found) if logged else None for each, found in part.clicks.items()},
        "mentions": {
            each: sum(m.mentions for m in found) if covered else None for each, found in part.mentioned.items()
        },
        "posts": {each: site.made.get((part.campaign, each), {}).get("posts", 0) for each in part.people},
        "reviews": {each: site.made.get((part.campaign, each), {}).get("reviews", 0) for each in part.people},
    }
    found = [
        *_costs(part, site, measured),
        *(Measure(key=key, title=key.capitalize(), values=values) for key, values in counts.items()),
        *_kept(part, site),
        *figures.orders(part.orders, lambda _: sold and told),
        *figures.redeemed(part.redeemed, lambda each: redeemable and each in coded),
    ]
    rates = {each: figures.engagement(accounts) for each, accounts in part.accounts.items()}
    found += figures.rates(rates)
    return {each.key: each for each in found}


def _kept(part: Part, site: Scope) -> Iterator[Measure]:
    """How far what was agreed is kept to, where something was."""
    if part.record.require:
        kept = {each: site.made.get((part.campaign, each), {}).get("agreed", 0) for each in part.people}
        yield Measure(key="agreed", title="Posts with required words", values=kept)
    if part.record.exclusivity:
        broken = {each: site.breaches.get((part.campaign, each), 0) for each in part.people}
        yield Measure(key="breaches", title="Breaches of exclusivity", values=broken)


def _unplaced(part: Part, measured: Measured) -> Iterator[Orders]:
    """Orders that may be the campaign's, since nobody can tell what was bought."""
    nameless = (each for each in measured.orders or () if not each.product and not each.campaign)
    return (each for each in nameless if each.creator in {None, *part.people})


def _costs(part: Part, site: Scope, measured: Measured) -> list[Measure]:
    agreed = costs.agreements([part.record], lambda _, creator: creator)

    def given(each: Sent) -> str | None:
        return each.creator if each.brand == part.record.brand else None

    return [*agreed, costs.sent(site, measured.period, part.people, given)]


def _creators(part: Part, measures: Mapping[str, Measure]) -> Table:
    keys = (
        "fee",
        "gift",
        "samples",
        "approved",
        "clicks",
        "orders",
        "redemptions",
        "code_sales",
        "discounts",
        "posts",
        "agreed",
        "reviews",
        "breaches",
        "mentions",
        "rate",
        "by_followers",
    )
    return tabled(
        "creators",
        "Cost, and what came of it",
        ("creator", "Creator"),
        part.people,
        [measures[key] for key in keys if key in measures],
        notes=[costs.SENT, figures.RATE, figures.BY_FOLLOWERS, figures.ORDERS],
        chart=("fee", "samples", "approved"),
    )


def _scorecard(part: Part, measures: Mapping[str, Measure], goal: Goal) -> Table:
    """Participants by what they brought towards the goal; whoever's part is not known comes last."""
    measure = _of_goal(goal, measures)
    values = {name: measure.values.get(name) for name in part.people}
    counts = {name: added([value]) for name, value in values.items()}
    order = sorted(part.people, key=lambda name: (counts[name] is None, -(counts[name] or 0), name))
    shares = {name: figures.share(value, goal.target) for name, value in counts.items()}
    return tabled(
        "scorecard",
        "Scorecard",
        ("creator", "Creator"),
        {name: part.people[name] for name in order},
        [
            Measure(key=measure.key, title=_words(goal.metric), values=values),
            Measure(key="share", title="Of the goal", values=shares, unit=Unit.SHARE, adds=False),
        ],
        notes=[f"In the order of {_words(goal.metric).lower()}, the measure of the goal, and of nothing else."],
        chart=(measure.key,),
    )


def _of_goal(goal: Goal, measures: Mapping[str, Measure]) -> Measure:
    return measures[goal.metric]


def _words(metric: Metric) -> str:
    return {Metric.IN_STORE_REDEMPTIONS: "Redemptions in shops"}.get(metric, metric.replace("_", " ").capitalize())


def _facts(part: Part, site: Scope, measured: Measured, measures: Mapping[str, Measure]) -> Iterator[tuple[str, str]]:
    record, period = part.record, measured.period
    yield "Brand", site.brands.get(record.brand, record.brand)
    yield "Period", f"{period.first} to {period.last or 'no end'}"
    if goal := record.goal:
        values = _of_goal(goal, measures).values
        known = [value for name in part.people if (value := values.get(name)) is not None]
        yield "Goal", f"{goal.target:,} {_words(goal.metric).lower()}"
        unknown = len(part.people) - len(known)
        told = f", unknown for {unknown} of {len(part.people)} creators" if unknown and known else ""
        yield "Reached", f"{added(known):,}{told}" if known else "unknown"
    if record.budget:
        amount = money.parse(record.budget)
        yield "Budget", f"{amount.amount:,.{money.minor_units(amount.currency)}f} {amount.currency}"
    yield "Response rate of the brand", _answered(site.answers.get(record.brand))


def _answered(found: AnswerFact | None) -> str:
    if found is None or not found.total.reviews:
        return "unknown"
    total = found.total
    return f"{total.answered / total.reviews * 100:.1f} % ({total.answered} of {total.reviews})"


def _mentions(part: Part, measured: Measured) -> Table:
    known = coverage.is_covered(measured, "mentions")
    platforms = sorted({each.platform or "" for found in part.mentioned.values() for each in found})
    values = {
        name: sum(each.mentions for found in part.mentioned.values() for each in found if (each.platform or "") == name)
        for name in platforms
    }
    names = {name: name or "unknown" for name in platforms}
    notes = [] if known else ["Mentions: unknown."]
    return tabled(
        "mentions", "Mentions", ("platform", "Platform"), names,
        [Measure(key="mentions", title="Mentions", values=values)], notes=notes, chart=("mentions",),
    )  # fmt: skip


def _also(part: Part, site: Scope, measured: Measured) -> Iterator[str]:
    """Other campaigns of the same brand with days and creators in common: what names none of them is in each report."""
    for name, record in site.campaigns.items():
        if name == part.campaign:
            continue
        people = {each.creator for each in record.participants}
        same = record.brand == part.record.brand and overlaps(period_of(record, site), measured.period)
        if same and (not people or not people.isdisjoint(part.people)):
            yield f"{record.title} has creators and days in common with it: what names neither is in both reports."


def _rules(part: Part, site: Scope, measured: Measured) -> Iterator[str]:
    brand = site.brands.get(part.record.brand, part.record.brand)
    yield (
        f"Counted are figures of these creators in the period that name the campaign, or are about a thing of {brand} "
        "and name no other campaign."
    )
    yield from _also(part, site, measured)
    yield "Redemptions are those of codes that name the campaign; whoever has none of them has unknown ones."
    lost = len(figures.counted(each for each in _unplaced(part, measured) if each.creator))
    if lost:
        yield f"Orders of these creators of which it is not known what was bought, and that are in no figure: {lost:,}."
    yield from rules()
