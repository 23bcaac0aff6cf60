"""Reports against what is known of every single event: exact counts and sums, on DuckDB and on ClickHouse."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from known import FIRST, LAST, PEOPLE, Known

from storefront.report.engine import Engine
from storefront.report.measuring import measured
from storefront.report.queries import Period
from storefront.report.scope import scope

NOW = datetime(2027, 4, 20, tzinfo=UTC)
CLICKHOUSE = "clickhouse://?interface=chdb"  # ClickHouse itself, embedded as a library


def told(known, *words):
    """A report as JSON: its tables by id, each as rows of values by key."""
    data = json.loads(known.run("report", *words, "--format", "json"))
    tables = {
        table["id"]: [dict(zip([each["key"] for each in table["columns"]], row, strict=True)) for row in table["rows"]]
        for table in data["tables"]
    }
    return data, tables


@pytest.fixture(scope="module")
def campaign(known):
    return told(known, "campaign", "frost")


def by_creator(rows):
    handles = {name: handle for handle, name in PEOPLE.items()}
    return {handles[row["creator"]]: row for row in rows}


def test_clicks_are_those_of_people_on_things_of_the_campaign(known, campaign):
    rows = by_creator(campaign[1]["creators"])
    assert {handle: row["clicks"] for handle, row in rows.items()} == known.clicks()


def test_clicks_by_day_are_those_of_the_sites_days_over_a_change_of_the_clock(known, campaign):
    days = known.clicks_by_day()
    rows = campaign[1]["days"]
    assert [row["day"] for row in rows] == [
        str(date.fromordinal(n)) for n in range(FIRST.toordinal(), LAST.toordinal() + 1)
    ]
    assert {row["day"]: row["clicks"] for row in rows if row["clicks"]} == {
        str(day): count for day, count in days.items() if FIRST <= day <= LAST
    }


def test_orders_and_amounts_are_exact_and_of_one_currency_each(known, campaign):
    sums = known.sums()
    for handle, row in by_creator(campaign[1]["orders"]).items():
        assert row["orders"] == len(sums[handle]["orders"])
        assert row["cancelled"] == len(sums[handle]["cancelled"])
        for key in ("sales", "approved", "pending", "returned"):
            for money in ("gbp", "eur"):
                assert Decimal(row[f"{key}_{money}"]) == sums[handle][f"{key}_{money}"], (handle, key, money)


def test_an_order_with_things_in_several_rows_is_in_the_sum_once(known, campaign):
    everybodys = [each["orders"] for each in known.sums().values()]
    both = set.union(*everybodys)
    assert len(both) < sum(map(len, everybodys))
    table = next(each for each in campaign[0]["tables"] if each["id"] == "orders")
    assert table["total"][[each["key"] for each in table["columns"]].index("orders")] == len(both)


def test_redemptions_are_told_by_creator_and_store(known, campaign):
    everywhere, in_store = known.redemptions(in_store=False), known.redemptions(in_store=True)
    rows = by_creator(campaign[1]["creators"])
    assert {handle: rows[handle]["redemptions"] for handle in ("maya", "ines")} == everywhere
    scores = by_creator(campaign[1]["scorecard"])
    assert {handle: scores[handle]["in_store_redemptions"] for handle in ("maya", "ines")} == in_store
    assert sum(row["redemptions"] for row in campaign[1]["stores"]) == everywhere.total()
    shops = [row["redemptions"] for row in campaign[1]["stores"] if not row["store"].startswith("(")]
    assert sum(shops) == in_store.total()


def test_a_goal_is_compared_with_what_is_known(known, campaign):
    facts = campaign[0]["facts"]
    assert facts["Goal"] == "400 redemptions in shops"
    assert facts["Reached"] == f"{known.redemptions(in_store=True).total():,}, unknown for 1 of 3 creators"
    (first, *_, last) = campaign[1]["scorecard"]
    assert first["in_store_redemptions"] == max(known.redemptions(in_store=True).values())
    assert (last["creator"], last["in_store_redemptions"], last["share"]) == ("Tom Reyes", None, None)


def test_what_is_not_known_is_null_and_no_nought(campaign):
    rows = by_creator(campaign[1]["creators"])
    assert (rows["tom"]["fee_gbp"], rows["tom"]["fee_eur"]) == (None, None)
    assert (Decimal(rows["maya"]["fee_gbp"]), Decimal(rows["maya"]["fee_eur"])) == (400, 0)
    assert rows["tom"]["redemptions"] is None  # no code of his is on the site
    assert rows["tom"]["mentions"] == 0  # mentions were counted, and none are his
    assert rows["ines"]["rate"] is None
    assert "Fee: unknown for 1 of 3, and not in the sum." in notes(campaign, "creators")


def notes(campaign, table):
    return next(each["notes"] for each in campaign[0]["tables"] if each["id"] == table)


def test_engagement_is_of_the_latest_figures_by_the_formula_that_is_shown(campaign):
    maya = by_creator(campaign[1]["creators"])["maya"]
    assert Decimal(maya["rate"]) == Decimal(100 + 20 + 3 + 2) / 1000
    assert Decimal(maya["by_followers"]) == Decimal(125) / 2000
    assert any("(likes + comments + shares + saves) ÷ reach" in note for note in notes(campaign, "creators"))


def test_mentions_are_those_of_the_window_that_name_no_other_campaign(campaign):
    rows = by_creator(campaign[1]["creators"])
    assert (rows["maya"]["mentions"], rows["ines"]["mentions"]) == (12, 5)


def test_what_was_given_is_of_the_brand_the_window_and_no_loan(campaign):
    rows = by_creator(campaign[1]["creators"])
    assert (Decimal(rows["maya"]["samples_gbp"]), Decimal(rows["maya"]["samples_nok"])) == (69, 400)
    assert rows["ines"]["samples_gbp"] is None  # one thing of hers has no value
    assert Decimal(rows["tom"]["samples_gbp"]) == 0  # a log is kept, and has nothing of his


def test_products_and_lists_have_what_their_sub_ids_earned(known, campaign):
    inside = [
        each
        for each in known.orders
        if FIRST <= date.fromisoformat(each["transactionDate"]) <= LAST
        and each["commissionStatus"] != "declined"
        and each["commissionAmount"] > 0
    ]
    tees = {subid for subid, (_, product) in known.subids.items() if product == "merino-tee"}
    products = {row["product"]: row for row in campaign[1]["products"]}
    assert products["Merino Tee"]["orders"] == len({each["orderRef"] for each in inside if each["clickRef"] in tees})
    places = {row["place"]: row for row in campaign[1]["places"]}
    post = places["/maya/posts/first-frost/ (post first-frost)"]
    in_post = {each["orderRef"] for each in inside if each["clickRef"] == "maya_post_first-frost_merino-tee"}
    assert post["orders"] == len(in_post)
    assert post["clicks"] is None  # these logs say of no click on which page it was
    clicked = sum(row["clicks"] for row in products.values())
    (lost,) = [note for note in notes(campaign, "products") if note.startswith("Clicks of which this is not known")]
    assert lost.endswith(f"in no row: {known.clicks().total() - clicked}.")


def test_what_belongs_to_nobody_is_told_and_in_no_row(known, campaign):
    words = " ".join(campaign[0]["notes"])
    lost = {
        order["orderRef"]
        for order in known.orders
        if order["clickRef"] in {"", "nobody_kit_tee"}
        and FIRST <= date.fromisoformat(order["transactionDate"]) <= LAST
        and order["commissionStatus"] != "declined"
        and order["commissionAmount"] > 0
    }
    assert f"Orders whose sub-id leads to no creator of the site: {len(lost)}." in words
    assert "Redeemed codes that are no creator's on the site: WALKIN." in words


def test_the_whole_sites_report_counts_the_old_sub_ids_of_a_creator_too(known):
    _, tables = told(known, "roi", "--from", str(FIRST), "--until", str(LAST))
    inside = [each for each in known.orders if FIRST <= date.fromisoformat(each["transactionDate"]) <= LAST]
    own = {subid for subid, (creator, _) in known.subids.items() if creator == "tom"}
    bought = [each for each in inside if each["commissionStatus"] != "declined" and each["commissionAmount"] > 0]
    counted = {each["orderRef"] for each in bought if each["clickRef"] in own}
    row = by_creator(tables["creators"])["tom"]
    assert row["orders"] == len(counted)
    (network,) = tables["networks"]
    everywhere = {each["orderRef"] for each in bought}
    assert (network["network"], network["orders"]) == ("awin", len(everywhere))
    (fjell, other) = tables["brands"]
    assert (fjell["brand"], other["brand"]) == ("Fjell", "Other")
    assert other["fee"] is None if "fee" in other else other["fee_gbp"] is None
    assert other["response_rate"] is None


def test_clickhouse_gives_the_same_figures_row_by_row(known):
    site = scope(known.root, NOW)
    for period in (Period(FIRST, LAST), Period(), Period(date(2026, 12, 24), date(2026, 12, 24))):
        here, there = (measured(Engine(known.root, url), site, period) for url in ("", CLICKHOUSE))
        for name in here.__struct_fields__:
            assert getattr(here, name) == getattr(there, name), (name, period)
        assert here.clicks
        assert here.orders or period.first == period.last
        assert here.accounts


@pytest.mark.parametrize("words", [("campaign", "frost"), ("roi",)])
def test_a_report_is_the_same_on_clickhouse(known, words):
    here = known.run("report", *words, "--format", "json")
    assert known.run("report", *words, "--format", "json", "--engine", CLICKHOUSE) == here


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_events_come_out_as_exactly(tmp_path, seed):
    known = Known(tmp_path, seed)
    known.write()
    _, tables = told(known, "campaign", "frost")
    rows, sums = by_creator(tables["creators"]), known.sums()
    assert {handle: row["clicks"] for handle, row in rows.items()} == known.clicks()
    assert {handle: row["orders"] for handle, row in rows.items()} == {
        name: len(each["orders"]) for name, each in sums.items()
    }
    assert sum(row["clicks"] for row in tables["days"]) == known.clicks().total()
