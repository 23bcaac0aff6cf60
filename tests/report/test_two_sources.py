"""Figures of one post from two sources: they tell of the same likes, which count once."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner
from known import NOW

from building import copy_of_minimal, write
from storefront.cli import group
from storefront.report.engine import Engine
from storefront.report.measuring import measured
from storefront.report.queries import Period
from storefront.report.scope import scope

CLICKHOUSE = "clickhouse://?interface=chdb"
HEAD = "creator,platform,post,product,as_of,followers,reach,likes,comments,shares,saves\n"
ACCOUNT = "maya,instagram,,,2026-12-01,2000,,,,,\n"
POST = "maya,instagram,first-frost,,2026-12-01,,1000,80,10,5,5\n"


@pytest.fixture
def shelf(tmp_path):
    return copy_of_minimal(tmp_path)


def imported(root, source, *rows):
    write(root, {"table.csv": HEAD + "".join(rows)})
    words = ["import", "metrics", str(root / "table.csv"), "--source", source, "--root", str(root), "--now", NOW]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output


def told(root):
    """Maya's rates, and the rows of the table of posts."""
    result = CliRunner().invoke(group, ["report", "roi", "--root", str(root), "--now", NOW, "--format", "json"])
    assert result.exit_code == 0, result.output
    tables = {each["id"]: each for each in json.loads(result.stdout)["tables"]}
    keys = [each["key"] for each in tables["creators"]["columns"]]
    maya = dict(zip(keys, tables["creators"]["rows"][0], strict=True))
    rates = [maya[key] and Decimal(maya[key]) for key in ("rate", "by_followers")]
    return (*rates, maya["rated"]), tables["posts"]["rows"]


ONCE = (Decimal("0.1"), Decimal("0.05"), "1 of 1")


def test_one_post_of_two_sources_counts_once(shelf):
    imported(shelf, "meta", ACCOUNT, POST)
    assert told(shelf)[0] == ONCE
    imported(shelf, "agency", ACCOUNT, POST)
    rates, posts = told(shelf)
    assert rates == ONCE
    assert len(posts) == 1


def test_of_two_sources_the_later_day_counts_and_of_one_day_the_first_name(shelf):
    imported(shelf, "meta", ACCOUNT, POST)
    imported(shelf, "agency", POST.replace(",80,", ",180,"))
    assert told(shelf)[0][0] == Decimal("0.2")  # agency comes before meta
    imported(shelf, "meta", POST.replace("2026-12-01", "2026-12-02"))
    assert told(shelf)[0] == ONCE


@pytest.mark.parametrize(
    "other",
    [
        POST.replace("instagram", "Instagram"),
        POST.replace("instagram", ""),
        POST.replace("first-frost,", "first-frost,merino-tee"),
    ],
)
def test_a_post_is_known_again_however_the_source_names_it(shelf, other):
    imported(shelf, "meta", ACCOUNT, POST)
    imported(shelf, "zeta", other)
    rates, posts = told(shelf)
    assert (rates, len(posts)) == (ONCE, 1)


def test_a_post_on_two_platforms_is_two(shelf):
    imported(shelf, "meta", ACCOUNT, POST, POST.replace("instagram", "tiktok"))
    rates, posts = told(shelf)
    assert rates == (Decimal("0.1"), Decimal("0.05"), "2 of 2")
    assert [row[2] for row in posts] == ["instagram", "tiktok"]


def test_followers_of_a_source_that_knows_them_count(shelf):
    imported(shelf, "agency", ACCOUNT.replace("2026-12-01,2000", "2026-12-09,").replace(",,,,,\n", ",900,,,,\n"))
    imported(shelf, "meta", ACCOUNT, POST)
    assert told(shelf)[0] == ONCE


def test_a_transaction_of_two_sources_counts_once_and_by_the_later_day(shelf):
    head = "id,transactionDate,clickRef,saleAmount,commissionAmount,currency,commissionStatus\n"
    for source, as_of, status in (("awin", "2026-12-01", "pending"), ("again", "2026-12-09", "approved")):
        write(shelf, {"table.csv": f"{head}7,2026-11-03,maya_kit_merino-tee,20.00,1.00,GBP,{status}\n"})
        words = ["import", "commissions", str(shelf / "table.csv"), "--from", "awin", "--source", source]
        words += ["--as-of", as_of, "--root", str(shelf), "--now", NOW]
        assert CliRunner().invoke(group, words).exit_code == 0
    site = scope(shelf, datetime(2027, 4, 20, tzinfo=UTC))
    for url in ("", CLICKHOUSE):
        (order,) = measured(Engine(shelf, url), site, Period()).orders
        assert (order.status, order.sale, order.commission, len(order.orders)) == ("approved", 20, 1, 1)


def test_clickhouse_chooses_the_same_rows(shelf):
    imported(shelf, "meta", ACCOUNT, POST)
    imported(shelf, "agency", POST.replace(",80,", ",180,"))
    site = scope(shelf, datetime(2027, 4, 20, tzinfo=UTC))
    here, there = (measured(Engine(shelf, url), site, Period()).accounts for url in ("", CLICKHOUSE))
    assert here == there
    assert [(each.post, each.source) for each in here] == [(None, "meta"), ("first-frost", "agency")]
