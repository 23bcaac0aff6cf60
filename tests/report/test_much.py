"""Reports of much: how often figures are gone through does not depend on how many rows a table has."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from storefront.report import output, returns, terminal
from storefront.report.measuring import Clicks, Measured, Orders
from storefront.report.queries import Period
from storefront.report.scope import Placed, Scope


class Counted(list):
    """A list that knows how often it was gone through."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def report(size):
    """The report of a site with so many creators, things and links, one of which was bought; and of its orders."""
    placed = [Placed(f"c{n}", f"t{n}", f"/c{n}/lists/kit/", "kit") for n in range(size)]
    site = Scope(
        zone=ZoneInfo("Europe/London"),
        people={each.creator: each.creator for each in placed},
        handles={each.creator: each.creator for each in placed},
        products={each.product: (each.product, "fjell") for each in placed},
        brands={"fjell": "Fjell"},
        networks={each.product: frozenset({"awin" if n % 2 else "cj"}) for n, each in enumerate(placed)},
        subids={f"{each.creator}_kit_{each.product}": each for each in placed},
        accounts={("awin", "1"): "c0", ("cj", "2"): "c1"},
        codes={},
        stores={},
        campaigns={},
        campaigns_of_links={},
        posts={},
        made={},
        breaches={},
        sent=None,
        answers={"fjell": None},
        replies={},
    )
    where = [{"creator": each.creator, "product": each.product, "page": each.page, "slot": "kit"} for each in placed]
    order = {"network": "awin", "currency": "EUR", "status": "approved", "orders": frozenset("1"), "unpriced": 0}
    orders = Counted([Orders(**where[1], **order, sale=Decimal(9), commission=Decimal(1))])
    measured = Measured(
        period=Period(),
        clicks=[Clicks(**each, count=1) for each in where],
        daily=[],
        orders=orders,
        redeemed=None,
        mentioned=None,
        accounts=None,
        logged=(date(2026, 11, 1), date(2026, 11, 1)),
        days=frozenset({date(2026, 11, 1)}),
        coverage={},
    )
    return returns.report(site, measured, datetime(2026, 11, 22, tzinfo=UTC)), orders


def test_orders_are_gone_through_as_often_for_many_creators_and_links_as_for_few():
    assert report(300)[1].times == report(3)[1].times


@pytest.mark.parametrize(
    ("table", "known"),
    [
        ("creators", {"c0": 0, "c1": 1, "c2": None, "c3": 0}),  # c0 has an account at Awin, and a link through CJ
        ("products", {"t0": None, "t1": 1, "t2": None, "t3": 0}),
    ],
)
def test_what_is_sold_through_a_network_without_a_report_alone_is_unknown(table, known):
    (found,) = (each for each in report(4)[0].tables if each.id == table)
    at = [column.key for column in found.columns].index("orders")
    assert {row[0]: row[at] for row in found.rows} == known


@pytest.mark.parametrize(("size", "left"), [(100, 0), (130, 30)])
def test_people_are_shown_a_hundred_things_and_programs_all_of_them_and_the_sum_is_of_all(size, left):
    whole = report(size)[0]
    (found,) = (each for each in whole.tables if each.id == "products")
    assert len(found.rows) == size
    assert found.total[1] == size  # a click each
    told = terminal.lines(structs.replace(whole, tables=(found,)))
    rows = [line for line in told if line.startswith("t")]
    assert len(rows) == size - left
    page = output.text(structs.replace(whole, tables=(found,)), "html")
    words = f"These are the first 100; {left} more are in the sum, and in CSV, JSON and Parquet."
    assert (words in page) is bool(left)
    assert output.text(structs.replace(whole, tables=(found,)), "csv").count("\n") == size + 1
