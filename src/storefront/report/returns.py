"""The report of returns: what creators and brands cost, and what came of it, of a whole site in a period."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from storefront.report import costs, coverage, figures
from storefront.report.building import Measure, named, tabled
from storefront.report.figures import Keep
from storefront.report.measuring import About, Account, Measured, Orders
from storefront.report.queries import Period
from storefront.report.rules import elsewhere, rules
from storefront.report.scope import Scope
from storefront.report.sections import answers, by_day, places, posts, products, replies, stores
from storefront.report.table import Report, Table, Unit
from storefront.report.windows import overlaps, period_of
from storefront.vocabulary.campaign import Campaign

CREATOR, BRAND = ("creator", "Creator"), ("brand", "Brand")


def report(site: Scope, measured: Measured, now: datetime) -> Report:
    """The report of the whole site."""
    period = measured.period
    brands = {name: site.brands[name] for name in site.brands}
    return Report(
        id="roi",
        title="Cost, and what came of it",
        facts=(
            ("Period", f"{period.first or 'the first day'} to {period.last or 'the last day'} known"),
            ("As of", now.date().isoformat()),
        ),
        tables=(
            _creators(site, measured),
            _brands(site, measured, brands),
            *products(measured, site, lambda _: True),
            *places(measured, site, lambda _: True),
            _by_network(measured),
            *stores(measured.redeemed or (), known=coverage.is_covered(measured, "redemptions")),
            *by_day(measured, lambda _: True),
            *posts(measured.accounts or (), site.people),
            *answers(site.answers, site),
            *replies(site.replies, site),
            coverage.sources(measured),
        ),
        notes=(
            "Fees and gifts are those of campaigns whose window touches the period, whole.",
            *rules(),
            *coverage.gaps(measured, site.everywhere()),
            *elsewhere(measured),
        ),
    )


def _creators(site: Scope, measured: Measured) -> Table:
    keep = Keep(lambda each: each.creator, tuple(site.people))
    coded = {code.creator for codes in site.codes.values() for code in codes}
    redeemable = coverage.is_covered(measured, "redemptions")
    found = _orders(measured, keep, site.networks_by_creator())
    redeemed = figures.redeemed(keep.sorted(measured.redeemed), lambda name: redeemable and name in coded)
    accounts: dict[str, list[Account]] = {name: [] for name in site.people}
    for each in measured.accounts or ():
        accounts.setdefault(each.creator, []).append(each)
    rates = {name: figures.engagement(accounts[name]) for name in site.people}
    return tabled(
        "creators",
        "By creator",
        CREATOR,
        named(site.people),
        [
            *_costs(site, measured.period, "creator", site.people),
            found["approved"],
            found["pending"],
            figures.clicks(measured, keep, known=coverage.is_logged(measured)),
            found["orders"],
            found["cancelled"],
            found["sales"],
            *redeemed,
            *figures.rates(rates),
        ],
        notes=[costs.SENT, figures.RATE, figures.BY_FOLLOWERS, figures.ORDERS],
        chart=("fee", "samples", "approved"),
    )


def _brands(site: Scope, measured: Measured, brands: Mapping[str, str]) -> Table:
    def of(each: About) -> str | None:
        campaign = site.campaigns.get(each.campaign or "")
        return site.brand(each.product) or (campaign.brand if campaign else None)

    keep = Keep(of, tuple(brands))
    found = _orders(measured, keep, site.networks_by_brand())
    rates = {name: fact.total if (fact := site.answers.get(name)) else None for name in brands}
    shares = {name: figures.share(each.answered, each.reviews) if each else None for name, each in rates.items()}
    return tabled(
        "brands",
        "By brand",
        BRAND,
        brands,
        [
            *_costs(site, measured.period, "brand", brands),
            found["approved"],
            figures.clicks(measured, keep, known=coverage.is_logged(measured)),
            found["orders"],
            found["cancelled"],
            found["sales"],
            Measure(key="response_rate", title="Response rate", values=shares, unit=Unit.SHARE, adds=False),
        ],
        notes=["What is about no product of the site, and names no campaign, is in no brand's row.", figures.ORDERS],
        chart=("fee", "samples", "approved"),
    )


def _orders(measured: Measured, keep: Keep, through: Mapping[str, Collection[str]]) -> dict[str, Measure]:
    """Orders of each name. Where none can be told of any name, nobody is known to have none."""
    rows = keep.sorted(measured.orders)
    told = any(rows.values()) or not measured.orders
    is_sold = coverage.is_sold_through(measured)
    found = figures.orders(rows, lambda name: told and is_sold(through[name]))
    return {each.key: each for each in found}


def _costs(site: Scope, period: Period, by: str, names: Iterable[str]) -> list[Measure]:
    """By creator or by brand: of campaigns whose window touches the period, and of the log."""
    records = [each for each in site.campaigns.values() if overlaps(period_of(each, site), period)]

    def name(record: Campaign, creator: str) -> str:
        return creator if by == "creator" else record.brand

    given = costs.sent(site, period, names, lambda each: each.creator if by == "creator" else each.brand)
    return [*costs.agreements(records, name), given]


def _by_network(measured: Measured) -> Table:
    found: dict[str, list[Orders]] = {}
    for each in measured.orders or ():
        found.setdefault(each.network or "", []).append(each)
    names = {name: name or "unknown" for name in sorted(found)}
    notes: Sequence[str] = [figures.ORDERS] if names else ["Orders: unknown."]
    return tabled(
        "networks",
        "Orders and commissions by network",
        ("network", "Network"),
        names,
        figures.orders({name: found[name] for name in names}, lambda _: True),
        notes=notes,
        chart=("approved", "pending"),
    )
