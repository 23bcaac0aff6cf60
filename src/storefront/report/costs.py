"""Costs: fees and gifts as campaigns say, and things and rewards as the log of samples does."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from storefront import money
from storefront.report.building import Amounts, Measure, amounts
from storefront.report.queries import Period
from storefront.report.scope import Scope, Sent
from storefront.report.table import Unit
from storefront.vocabulary.campaign import Campaign

SENT = "Samples and rewards: what the log of samples says was given in the period, whole; loans are not in it."


def agreements(campaigns: Sequence[Campaign], name: Callable[[Campaign, str], str]) -> list[Measure]:
    """What campaigns say under `fee` and `gift`, by the name that a campaign and a participant go by."""
    return [_agreed(campaigns, "fee", "Fee", name), _agreed(campaigns, "gift", "Gifts agreed", name)]


def _agreed(campaigns: Iterable[Campaign], field: str, title: str, name: Callable[[Campaign, str], str]) -> Measure:
    pairs: dict[str, list[tuple[str, Decimal | None]]] = {}
    unsaid = set()
    for record in campaigns:
        for each in record.participants:
            if text := getattr(each, field):
                amount = money.parse(text)
                pairs.setdefault(name(record, each.creator), []).append((amount.currency, amount.amount))
            else:
                unsaid.add(name(record, each.creator))
    values = {key: amounts(each) for key, each in pairs.items()}
    return Measure(key=field, title=title, values=values, unit=Unit.MONEY, lacking=frozenset(unsaid))


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
