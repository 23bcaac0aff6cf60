"""Costs: fees and gifts as campaigns say, and things and rewards as the log of samples does."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from storefront import money
from storefront.report.building import Amounts, Measure, amounts
from storefront.report.queries import Period
from storefront.report.scope import Scope, Sent
from storefront.report.table import Unit
from storefront.vocabulary.campaign import Campaign

SENT = "Samples and rewards: what the log of samples says was given in the period, whole; loans are not in it."
Given = Mapping[str, Amounts | None]


def agreed(campaigns: Iterable[Campaign], field: str, name: Callable[[Campaign, str], str]) -> dict[str, Amounts]:
    """What campaigns say under `fee` or `gift`, by the name that a campaign and a participant go by."""
    pairs: dict[str, list[tuple[str, Decimal | None]]] = {}
    for record in campaigns:
        for each in record.participants:
            if text := getattr(each, field):
                amount = money.parse(text)
                pairs.setdefault(name(record, each.creator), []).append((amount.currency, amount.amount))
    return {key: amounts(each) for key, each in pairs.items()}


def agreements(fees: Given, gifts: Given) -> list[Measure]:
    """The two as measures."""
    return [
        Measure(key="fee", title="Fee", values=fees, unit=Unit.MONEY),
        Measure(key="gift", title="Gifts agreed", values=gifts, unit=Unit.MONEY),
    ]


def sent(site: Scope, period: Period, names: Iterable[str], name: Callable[[Sent], str | None]) -> Measure:
    """What was given, by name. Not known where no log is kept, or where something in it has no value."""
    pairs: dict[str, list[tuple[str, Decimal] | None]] = {each: [] for each in names}
    for each in site.sent or ():
        inside = (period.first is None or each.day >= period.first) and (period.last is None or each.day <= period.last)
        key = name(each)
        if inside and key in pairs:
            amount = money.parse(each.value) if each.value else None
            pairs[key].append((amount.currency, amount.amount) if amount else None)
    values: dict[str, Amounts | None] = dict.fromkeys(pairs)
    if site.sent is not None:
        values = {key: None if None in found else amounts(filter(None, found)) for key, found in pairs.items()}
    return Measure(key="samples", title="Samples and rewards", values=values, unit=Unit.MONEY)
