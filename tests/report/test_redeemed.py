"""What codes brought and cost: sales and discounts by creator and code, each currency for itself; stores by region."""

import json

import pytest
from click.testing import CliRunner
from known import NOW

from building import copy_of_minimal, write
from storefront.cli import group

CAMPAIGN = """\
title: Frost
brand: fjell
window: {from: 2026-11-01, until: 2026-11-30}
disclosure: paid
participants: [{creator: maya}, {creator: ines}]
"""
STORES = "stores:\n  - {code: LEEDS, name: Nordshop Leeds, region: GB-LDS}\n"
HEAD = "date,code,store,redemptions,sale,discount,currency,status\n"


@pytest.fixture
def shelf(tmp_path):
    root = copy_of_minimal(tmp_path)
    shop, profile = (root / "content" / name for name in ("merchants/nordshop.yaml", "influencers/maya/profile.yaml"))
    coded = "name: Ines\npromos:\n  INES10: {merchant: nordshop, percent_off: 10, campaign: frost}\n"
    return write(
        root,
        {
            str(shop): shop.read_text() + STORES,
            str(profile): profile.read_text().replace("percent_off: 15", "percent_off: 15\n    campaign: frost"),
            "content/influencers/ines.yaml": coded,
            "content/campaigns/frost.yaml": CAMPAIGN,
        },
    )


def run(root, *words):
    result = CliRunner().invoke(group, [*words, "--root", str(root), "--now", NOW])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(root, rows, *words):
    """The tables of a report of these redemptions, as rows by the first cell, and their notes."""
    run(write(root, {"till.csv": HEAD + rows}), "import", "redemptions", str(root / "till.csv"), "--source", "till")
    data = json.loads(run(root, "report", *words, "--format", "json"))
    tables = {
        each["id"]: {
            row[0]: dict(zip([key["key"] for key in each["columns"]], row, strict=True)) for row in each["rows"]
        }
        for each in data["tables"]
    }
    return tables, {each["id"]: " ".join(each["notes"]) for each in data["tables"]}


@pytest.mark.parametrize("words", [("campaign", "frost"), ("roi",)])
def test_sales_and_discounts_are_told_by_creator_and_by_code(shelf, words):
    tables, notes = told(
        shelf,
        "2026-11-03,MAYA15,LEEDS,2,80.00,12.00,GBP,redeemed\n"
        "2026-11-04,maya15,,1,20.00,-3.00,GBP,redeemed\n"  # tills write what they take off with a minus
        "2026-11-05,MAYA15,,1,50.00,5.00,GBP,returned\n"
        "2026-11-06,INES10,,1,30.00,,EUR,redeemed\n",
        *words,
    )
    for row in (tables["creators"]["Maya Lind"], tables["codes"]["MAYA15"]):
        assert (row["code_sales_gbp"], row["code_sales_eur"], row["discounts_gbp"]) == ("100.0000", "0", "15.0000")
    for row in (tables["creators"]["Ines"], tables["codes"]["INES10"]):
        assert (row["code_sales_gbp"], row["code_sales_eur"], row["discounts_eur"]) == ("0", "30.0000", None)
    assert "Discounts: unknown for 1 of 2, and not in the sum." in notes["codes"]


def test_what_some_rows_do_not_tell_is_known_in_part_and_without_any_there_is_no_column(shelf):
    rows = "2026-11-03,MAYA15,,1,80.00,,GBP,redeemed\n2026-11-04,MAYA15,,1,,,,redeemed\n"
    tables, notes = told(shelf, rows, "campaign", "frost")
    assert tables["creators"]["Maya Lind"]["code_sales_gbp"] == "80.0000"
    assert "Sales with codes: known in part for 1 of 2; the other part is in no figure." in notes["creators"]
    assert not any(key.startswith("discounts") for key in tables["creators"]["Maya Lind"])


def test_a_store_has_the_region_that_the_shops_file_gives_it(shelf):
    rows = "2026-11-03,MAYA15,LEEDS,2,,,,redeemed\n2026-11-04,MAYA15,YORK,1,,,,redeemed\n"
    tables, _ = told(shelf, rows, "campaign", "frost")
    assert {name: row["region"] for name, row in tables["stores"].items()} == {"LEEDS": "GB-LDS", "YORK": None}
