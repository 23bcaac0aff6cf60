"""What is not known is told as unknown in every table, and never as nought: days, networks, amounts, fees."""

import csv
import json
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from known import HITS, NOW, TYPES

from building import copy_of_minimal, write
from storefront.cli import group

INES = 'name: Ines Prado\naffiliate:\n  awin: {publisher: "88"}\n'
CAMPAIGN = (
    "title: {0}\nbrand: fjell\nwindow: {{from: 2026-11-01, until: 2026-11-30}}\ndisclosure: paid\nparticipants:\n{1}"
)
FROST = {
    "content/campaigns/frost.yaml": CAMPAIGN.format(
        "Frost", "  - {creator: maya, fee: 400.00 GBP}\n  - creator: ines\n"
    ),
    "content/campaigns/thaw.yaml": CAMPAIGN.format("Thaw", "  - creator: maya\n"),
}
AWIN = ("id", "transactionDate", "clickRef", "saleAmount", "commissionAmount", "currency")
ORDER = ("1", "2026-11-03", "maya_kit_merino-tee", "20.00", "1.00", "GBP")


@pytest.fixture
def shelf(tmp_path):
    return write(copy_of_minimal(tmp_path), {"content/influencers/ines.yaml": INES})


def run(root, *words):
    result = CliRunner().invoke(group, [*words, "--root", str(root), "--now", NOW])
    assert result.exit_code == 0, result.output
    return result.stdout


def clicked(root, *days):
    """Lay a click of Maya's into the store of hits for each day."""
    folder = root / "measured" / "hits"
    folder.mkdir(parents=True)
    rows = [
        dict.fromkeys(HITS)
        | {"at": datetime.fromisoformat(f"{day}T12:00"), "kind": "click", "path": "/x/", "status": 200, "count": 1,
           "creator": "maya", "product": "merino-tee", "bot": False}
        for day in days
    ]  # fmt: skip
    schema = pa.schema([(name, TYPES[kind]) for name, kind in HITS.items()])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "0.parquet")


def imported(root, *rows):
    file = root / "table.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([AWIN, *rows])
    run(root, "import", "commissions", str(file), "--from", "awin")


def told(root, *words, name="roi"):
    """A report's tables by id, as rows by the first cell, and everything that it says in notes."""
    data = json.loads(run(root, "report", name, *words, "--format", "json"))
    tables = {
        each["id"]: {
            row[0]: dict(zip([key["key"] for key in each["columns"]], row, strict=True)) for row in each["rows"]
        }
        for each in data["tables"]
    }
    totals = {each["id"]: each["total"] for each in data["tables"]}
    return tables, " ".join([*data["notes"], *(note for each in data["tables"] for note in each["notes"])]), totals


def own_table(root, text):
    """Import commissions in storefront's own columns."""
    write(root, {"own.csv": text})
    run(root, "import", "commissions", str(root / "own.csv"))


NOVEMBER = ("--from", "2026-11-01", "--until", "2026-11-30")


def test_days_between_two_logs_are_unknown(shelf):
    clicked(shelf, "2026-11-01", "2026-11-05", "2026-11-06")
    tables, notes, totals = told(shelf, *NOVEMBER)
    assert [row["clicks"] for row in tables["days"].values()] == [1, None, None, None, 1, 1]
    assert totals["days"] == ["Known", 3]
    assert "There is no log of 3 days from 2026-11-02 to 2026-11-04: clicks of these days are unknown" in notes
    assert tables["creators"]["Maya Lind"]["clicks"] == 3


def test_one_day_without_a_log_is_told(shelf):
    clicked(shelf, "2026-11-01", "2026-11-03")
    assert "There is no log of 2026-11-02: clicks of that day are unknown" in told(shelf, *NOVEMBER)[1]


def test_whole_logs_are_summed_up_as_all(shelf):
    clicked(shelf, "2026-11-01", "2026-11-02")
    assert told(shelf, *NOVEMBER)[2]["days"] == ["All", 2]


def test_a_period_between_two_logs_is_unknown(shelf):
    clicked(shelf, "2026-11-01", "2026-11-05")
    tables, notes, _ = told(shelf, "--from", "2026-11-02", "--until", "2026-11-04")
    assert tables["creators"]["Maya Lind"]["clicks"] is None
    assert "days" not in tables
    assert "The logs, from 2026-11-01 to 2026-11-05, tell of no day of this period: clicks are unknown." in notes


def test_a_period_of_which_no_commissions_were_imported_has_unknown_orders(shelf):
    clicked(shelf, "2026-11-01")
    imported(shelf, ("1", "2026-10-03", *ORDER[2:]))
    tables, notes, _ = told(shelf, *NOVEMBER)
    for table, row in (("creators", "Maya Lind"), ("brands", "Fjell"), ("products", "Merino Tee")):
        assert (tables[table][row]["orders"], tables[table][row]["sales"]) == (None, None), table
    assert "No commissions of this period were imported: orders and commissions are unknown." in notes


def test_what_is_sold_through_a_network_without_a_report_has_unknown_orders(shelf):
    clicked(shelf, "2026-11-01")
    of_mug = "transaction,date,commission,currency,network,product\n1,2026-11-03,1.00,GBP,{},mug\n"
    write(shelf, {"content/products/mug.yaml": "title: Mug\nbrand: other\ncategory: Clothing\n"})
    write(shelf, {"content/brands/other.yaml": "name: Other\n"})
    own_table(shelf, of_mug.format("awin"))
    products = told(shelf, *NOVEMBER)[0]["products"]
    assert (products["Mug"]["orders"], products["Merino Tee"]["orders"]) == (1, 0)
    own_table(shelf, of_mug.format("webgains"))
    tables, notes, _ = told(shelf, *NOVEMBER)
    assert tables["products"]["Mug"]["orders"] == 1
    for table, row in (("creators", "Maya Lind"), ("brands", "Fjell"), ("products", "Merino Tee")):
        assert tables[table][row]["orders"] is None, table
    assert tables["networks"]["webgains"]["orders"] == 1
    assert "No commissions of this period were imported of awin: orders through there are in no figure here." in notes


def test_orders_of_which_nobody_can_tell_what_was_bought_are_nobodys_nought(shelf):
    clicked(shelf, "2026-11-01")
    write(shelf, FROST)
    own_table(shelf, "transaction,date,commission,currency,network,account\n1,2026-11-03,1.00,GBP,awin,77\n")
    tables, notes, _ = told(shelf, *NOVEMBER)
    assert tables["creators"]["Maya Lind"]["orders"] == 1
    assert tables["brands"]["Fjell"]["orders"] is None
    assert tables["products"]["Merino Tee"]["orders"] is None
    assert "Orders of which this is not known, and that are in no row: 1." in notes
    tables, notes, _ = told(shelf, "frost", name="campaign")
    assert tables["orders"]["Maya Lind"]["orders"] is None
    assert "Orders of these creators of which it is not known what was bought, and that are in no figure: 1." in notes


def test_orders_that_lead_to_nobody_leave_everybodys_unknown(shelf):
    own_table(shelf, "transaction,date,commission,currency,network\n1,2026-11-03,1.00,GBP,awin\n")
    tables, notes, _ = told(shelf, *NOVEMBER)
    assert tables["creators"]["Maya Lind"]["orders"] is None
    assert "Orders whose sub-id leads to no creator of the site: 1." in notes


def test_a_sum_of_sales_of_which_some_are_unknown_says_so(shelf):
    unpriced = ("2", "2026-11-04", "maya_kit_merino-tee", "", "1.00", "GBP")
    imported(shelf, ORDER, unpriced, ("3", "2026-11-04", "ines_x_y", "", "2.00", "GBP"))
    tables, notes, totals = told(shelf, *NOVEMBER)
    assert tables["creators"]["Maya Lind"]["sales_gbp"] == "20.0000"
    assert tables["creators"]["Ines Prado"]["sales_gbp"] is None
    assert tables["creators"]["Ines Prado"]["approved_gbp"] == "2.0000"
    assert "Sales: known in part for 1 of 2; the other part is in no figure." in notes
    assert "Sales: unknown for 1 of 2, and not in the sum." in notes
    assert "20.0000" in totals["creators"]


def test_a_sum_of_fees_of_which_some_are_unsaid_says_so(shelf):
    write(shelf, FROST)
    tables, notes, _ = told(shelf, *NOVEMBER)
    assert tables["creators"]["Maya Lind"]["fee_gbp"] == tables["brands"]["Fjell"]["fee_gbp"] == "400.00"
    assert tables["creators"]["Ines Prado"]["fee_gbp"] is None
    assert "Fee: known in part for 1 of 2; the other part is in no figure." in notes
    assert "Fee: known in part for 1 of 1; the other part is in no figure." in notes


def test_where_nobody_knows_how_posts_were_received_their_number_is_unknown(shelf):
    assert told(shelf)[0]["creators"]["Maya Lind"]["rated"] is None
