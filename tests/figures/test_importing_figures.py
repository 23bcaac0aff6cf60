"""`storefront import commissions`, `redemptions`, `mentions`, `metrics`: what is kept, once, and what is told."""

import csv
import gzip
import io
import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.cli import group
from storefront.figures import formats, reading
from storefront.figures.amounts import amount, count
from storefront.figures.kinds import KINDS
from storefront.importers.values import Unfit
from storefront.problems import ProblemsFound

AWIN = "id,transactionDate,advertiserId,clickRef,saleAmount,commissionAmount,currency,commissionStatus\n"
OPTIONS = reading.Options(source="x", as_of=date(2026, 11, 22), today=date(2026, 11, 22))
FIRST = AWIN + "7,2026-11-03T10:00:00,77,maya_kit_tee,24.90,1.99,GBP,pending\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Imports a table into an empty folder; gives the exit code and what was printed."""
    monkeypatch.chdir(tmp_path)

    def importing(kind, text, *words, now="2026-11-22"):
        Path("table.csv").write_text(text, encoding="utf-8")
        result = CliRunner().invoke(group, ["import", kind, "table.csv", "--now", now, *words])
        return result.exit_code, result.output

    return importing


def kept(kind, source):
    rows = pq.read_table(f"measured/{kind}/{source}.parquet").to_pylist()
    return [{name: value for name, value in row.items() if value is not None and name != "key"} for row in rows]


def test_a_report_of_commissions_is_kept_with_exact_amounts_and_the_day_it_is_of(run):
    code, printed = run("commissions", FIRST, "--from", "awin", "--as-of", "2026-11-20")
    assert code == 0
    assert "1 new" in printed
    assert kept("commissions", "awin") == [
        {
            "source": "awin",
            "network": "awin",
            "transaction": "7",
            "date": date(2026, 11, 3),
            "merchant": "77",
            "subid": "maya_kit_tee",
            "currency": "GBP",
            "sale": Decimal("24.9000"),
            "commission": Decimal("1.9900"),
            "status": "pending",
            "as_of": date(2026, 11, 20),
        }
    ]


def test_the_same_table_again_changes_no_byte(run):
    run("commissions", FIRST, "--from", "awin")
    before = Path("measured/commissions/awin.parquet").read_bytes()
    code, printed = run("commissions", FIRST, "--from", "awin")
    assert code == 0
    assert "1 known" in printed
    assert Path("measured/commissions/awin.parquet").read_bytes() == before


def test_a_transaction_is_known_again_by_its_number_and_the_later_day_counts(run):
    run("commissions", FIRST, "--from", "awin", "--as-of", "2026-11-20")
    approved = FIRST.replace("1.99,GBP,pending", "2.50,GBP,approved")
    assert "1 changed" in run("commissions", approved, "--from", "awin", "--as-of", "2026-11-21")[1]
    assert "1 older" in run("commissions", FIRST, "--from", "awin", "--as-of", "2026-11-19")[1]
    (row,) = kept("commissions", "awin")
    assert (row["status"], row["commission"], row["as_of"]) == ("approved", Decimal("2.5"), date(2026, 11, 21))


def test_an_old_table_that_is_given_again_undoes_no_correction(run):
    run("commissions", FIRST, "--from", "awin", now="2026-11-20")
    approved = FIRST.replace("1.99,GBP,pending", "2.50,GBP,approved")
    run("commissions", approved, "--from", "awin", now="2026-11-21")
    before = Path("measured/commissions/awin.parquet").read_bytes()
    code, printed = run("commissions", FIRST, "--from", "awin", now="2026-11-22")
    assert code == 0
    assert "1 older" in printed
    assert "The same table came in before and is of 2026-11-20; --as-of says another day." in printed
    assert Path("measured/commissions/awin.parquet").read_bytes() == before
    assert "1 changed" in run("commissions", FIRST, "--from", "awin", "--as-of", "2026-11-22")[1]


def test_a_commission_above_its_sale_is_told_since_columns_may_be_exchanged(run):
    swapped = FIRST + "8,2026-11-04,77,x,1.99,24.90,GBP,pending\n9,2026-11-04,77,x,0,5.00,GBP,pending\n"
    code, printed = run("commissions", swapped, "--from", "awin")
    assert code == 0  # some programmes pay more than the thing cost, and some for no sale at all
    assert "above the sale in 1 row, the first in line 3: see that each column is under its heading." in printed
    assert json.loads(run("commissions", swapped, "--from", "awin", "--format", "json")[1])["odd"] == [3]
    assert "above the sale" not in run("commissions", FIRST, "--from", "awin", "--source", "other")[1]


def test_the_same_table_under_another_name_is_told(run):
    table = "date,code,redemptions\n2026-11-03,MAYA15,1\n"
    assert "too: its" not in run("redemptions", table, "--source", "till")[1]
    _, printed = run("redemptions", table, "--source", "desk")
    assert "The same table is in measured/redemptions/till.parquet too: its figures count twice until" in printed
    told = json.loads(run("redemptions", table, "--source", "desk", "--format", "json")[1])
    assert (told["also_in"], told["again"]) == (["till"], "2026-11-22")


@pytest.mark.parametrize(("number", "status"), [("0", "pending"), ("1", "approved"), ("2", "declined")])
def test_a_transactions_report_as_awin_gives_it_to_be_downloaded(run, number, status):
    table = (
        "id,publisher_id,sale_amount,commission,date,commission_status,validation_date,extra,type,site_name,currency\n"
        f"7,77,24.90,1.99,2026-11-03 10:00:00,{number},,SH-1042,Sale,Four Shelves,GBP\n"
    )
    assert run("commissions", table, "--from", "awin")[0] == 0
    (row,) = kept("commissions", "awin")
    assert (row["order"], row["sale"], row["commission"]) == ("SH-1042", Decimal("24.9"), Decimal("1.99"))
    assert row["status"] == status


def test_a_number_that_stands_twice_in_a_table_counts_once(run):
    code, printed = run("commissions", FIRST + FIRST.removeprefix(AWIN), "--from", "awin")
    assert code == 0
    assert "1 new, 1 repeated" in printed
    assert len(kept("commissions", "awin")) == 1


def test_rows_without_numbers_are_told_apart_by_their_order_and_known_again(run):
    head = (
        "Fee earnings report from 2026-11-01 to 2026-11-09\nDate Shipped,Product Name,ASIN,Seller,Tracking ID,Revenue,"
    )
    row = "2026-11-03,Socks,B0EXAMPLE1,Amazon,maya-21,20.00,1.00,1,0\n"
    table = head + "Ad Fees,Items Shipped,Returns\n" + row + row
    back = "2026-11-05,Socks,B0EXAMPLE1,Amazon,maya-21,-20.00,-1.00,-1,1\n"
    assert "2 new" in run("commissions", table, "--from", "amazon", "--currency", "GBP")[1]
    again = run("commissions", table + back, "--from", "amazon", "--currency", "GBP")[1]
    assert "2 known, 1 new" in again
    rows = kept("commissions", "amazon")
    assert [(each["account"], each["commission"], each["status"]) for each in rows] == [
        ("maya-21", 1, "approved"),
        ("maya-21", 1, "approved"),
        ("maya-21", -1, "returned"),
    ]


def test_what_is_wrong_is_told_with_its_place_and_the_other_rows_come_in(run):
    bad = (
        FIRST + "8,2026-11-04,77,x,1,5.00,XYZ,pending\n9,2026-11-04,77,x,1,5.00,GBP,lost\n10,2027-01-01,77,x,1,5,GBP,\n"
    )
    code, printed = run("commissions", bad, "--from", "awin")
    assert code == 1
    assert "table.csv:3:26: bad-money: XYZ is not a currency code" in printed
    assert "table.csv:4:30: bad-value: lost is no status that Awin writes" in printed
    assert "table.csv:5:4: bad-date: 2027-01-01 has not come yet" in printed
    assert len(kept("commissions", "awin")) == 1


@pytest.mark.parametrize(("day", "code"), [("2026-11-23", 0), ("2026-11-24", 1)])
def test_a_day_that_has_begun_in_sydney_has_come(run, day, code):
    table = f"date,code,redemptions\n{day},MAYA15,1\n"
    assert run("redemptions", table, now="2026-11-22T22:30")[0] == code
    assert run("redemptions", table, now="2026-11-22T09:30")[0] == 1


def test_another_networks_table_is_named_with_the_line_that_shows_it(run):
    code, printed = run("commissions", "\n" + FIRST, "--from", "amazon")
    assert code == 1
    assert "table.csv:2:1: missing-key: there is no column Ad Fees; this line has: id, transactionDate" in printed
    assert "It may be: --from awin" in printed
    assert not Path("measured").exists()


def test_any_table_can_be_read_by_naming_its_columns(run):
    table = "Wann;Was;Verdient\n03.11.2026;maya_kit_tee;1.234,50 €\n"
    words = [
        "--network",
        "webgains",
        "--column",
        "date=Wann",
        "--column",
        "subid=Was",
        "--column",
        "commission=Verdient",
    ]
    assert run("commissions", table, *words, "--dates", "day-first")[0] == 0
    (row,) = kept("commissions", "webgains")
    assert (row["network"], row["subid"], row["commission"]) == ("webgains", "maya_kit_tee", Decimal("1234.50"))
    assert row["currency"] == "EUR"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "awing"], "Did you mean awin?"),
        (["--column", "comission=X"], "Did you mean commission?"),
        (["--currency", "POUND"], "POUND is not a currency code"),
        (["--column", "commission"], "THING=HEADING"),
        (["--column", "subid=clickReff"], "the table has no column clickReff. Did you mean clickRef?"),
        (
            ["--column", "subid=Was"],
            "the table has no column Was. It has: id, transactionDate, advertiserId, clickRef,",
        ),
        (["--column", "subid=clickRef", "--column", "subid=id"], "subid stands under one heading"),
        (["--source", "../site"], "small letters"),
    ],
)
def test_names_that_are_none_are_wrong_usage(run, words, told):
    code, printed = run("commissions", FIRST, *words)
    assert code == 2
    assert told in " ".join(printed.replace("│", "").split())
    assert not Path("measured").exists()


def test_an_amount_without_a_currency_is_asked_for(run):
    table = "date,commission\n2026-11-03,1.50\n"
    code, printed = run("commissions", table)
    assert code == 1
    assert "this row says nothing of its currency" in printed
    assert "--currency GBP" in printed
    assert run("commissions", table, "--currency", "GBP")[0] == 0


def amounts(run, sale, commission, *words, more=("", "")):
    """The import of one order with these two amounts."""
    table = f'date,sale,commission{more[0]}\n2026-11-03,"{sale}","{commission}"{more[1]}\n'
    return run("commissions", table, *words)


@pytest.mark.parametrize("text", ["12 %", "3K", "1.5M", "12 Stk", "ca. 12"])
def test_what_stands_beside_an_amount_and_is_no_currency_is_told_with_its_place(run, text):
    code, printed = amounts(run, text, "1.00", "--currency", "GBP")
    assert code == 1
    assert f"table.csv:2:12: bad-money: expected an amount, found {text}" in printed
    assert kept("commissions", "storefront") == []


def test_an_amount_has_the_currency_of_its_sign_or_the_one_that_is_said(run):
    for sale, words, currency in (
        ("12.50 kr", ("--currency", "SEK"), "SEK"),
        ("$12.50", ("--currency", "CAD"), "CAD"),
        ("£12.50", (), "GBP"),
        ("12.50", ("--currency", "pln"), "PLN"),
        ("€12.50", ("--currency", "eur"), "EUR"),
        ("12.50 kr", ("--currency", "dkk"), "DKK"),
        ("12.50 NOK", (), "NOK"),
    ):
        assert amounts(run, sale, "1.00", *words, "--source", currency.lower())[0] == 0
        (row,) = kept("commissions", currency.lower())
        assert (row["currency"], row["sale"]) == (currency, Decimal("12.50"))


def test_a_sign_that_several_currencies_have_tells_none(run):
    assert "this row says nothing of its currency" in amounts(run, "12 kr", "1.00")[1]
    assert "this row says nothing of its currency" in amounts(run, "¥12", "1.00")[1]


def test_amounts_of_two_currencies_in_a_row_are_told(run):
    code, printed = amounts(run, "£12.00", "€1.00")
    assert code == 1
    assert "table.csv:2:21: bad-money: €1.00 under commission cannot be in GBP" in printed
    assert "€1.00 under commission cannot be in GBP" in amounts(run, "1", "€1.00", more=(",currency", ",GBP"))[1]
    assert "12 kr under sale cannot be in GBP" in amounts(run, "12 kr", "1.00", "--currency", "GBP")[1]


def test_only_what_stands_with_an_amount_says_its_currency(run):
    table = "date,product,commission,Note €\n2026-11-03,€5 voucher,1.00,¥\n"
    assert run("commissions", table, "--currency", "GBP")[0] == 0
    assert kept("commissions", "storefront")[0]["currency"] == "GBP"
    assert run("commissions", table.replace("commission,", "commission (€),"), "--column", "commission=commission (€)",
               "--source", "headed")[0] == 0  # fmt: skip
    assert kept("commissions", "headed")[0]["currency"] == "EUR"


def test_returns_that_are_no_number_are_told(run):
    head = "Date Shipped,Seller,Tracking ID,ASIN,Revenue,Ad Fees,Items Shipped,Returns\n"
    code, printed = run("commissions", head + "2026-11-03,A,m-21,B0,0.00,0.00,0,some\n", "--from", "amazon",
                        "--currency", "GBP")  # fmt: skip
    assert code == 1
    assert "table.csv:2:34: bad-value: expected a whole number, found some" in printed


SECOND = FIRST.removeprefix(AWIN).replace("7,", "8,", 1)


@pytest.fixture
def packed(tmp_path, monkeypatch):
    """Imports bytes as a packed table into an empty folder."""
    monkeypatch.chdir(tmp_path)

    def importing(data):
        Path("table.csv.gz").write_bytes(data)
        words = ["import", "commissions", "table.csv.gz", "--from", "awin", "--now", "2026-11-22"]
        result = CliRunner().invoke(group, words)
        return result.exit_code, result.output

    return importing


def test_all_members_of_a_packed_table_are_read(packed):
    code, printed = packed(gzip.compress(FIRST.encode()) + gzip.compress(SECOND.encode()) + bytes(8))
    assert code == 0, printed
    assert [row["transaction"] for row in kept("commissions", "awin")] == ["7", "8"]


def test_a_packed_table_that_breaks_off_is_not_imported(packed):
    whole, rest = gzip.compress((FIRST + SECOND).encode()), gzip.compress(SECOND.encode())
    for cut in (whole[:-1], whole[:-8], whole[: len(whole) // 2], whole[:5], whole + rest[:-4]):
        code, printed = packed(cut)
        assert code == 1
        assert "table.csv.gz: unreadable: the packed file is damaged: it breaks off" in printed
        assert not Path("measured").exists()


def test_a_damaged_packed_table_is_not_imported(packed):
    whole = gzip.compress(FIRST.encode())
    for bad in (whole[:-8] + bytes(8), whole + b"more", whole[:12] + b"\xff\xff" + whole[14:]):
        code, printed = packed(bad)
        assert code == 1
        assert "table.csv.gz: unreadable: the packed file is damaged" in printed
        assert not Path("measured").exists()


def test_redemptions_are_kept_by_store_and_orders_without_a_code_are_left_out(run):
    head = "date,code,store,region,redemptions\n"
    till = head + "2026-12-01,maya15,harrow-12,GB-LDS,4\n2026-12-01,MAYA15,harrow-3,GB-LDS,1\n"
    assert run("redemptions", till, "--source", "harrow", now="2026-12-02")[0] == 0
    rows = sorted(kept("redemptions", "harrow"), key=lambda row: row["store"])
    assert [(row["code"], row["store"], row["redemptions"]) for row in rows] == [
        ("MAYA15", "harrow-12", 4),
        ("MAYA15", "harrow-3", 1),
    ]
    orders = (
        "Name,Email,Created at,Discount Code,Discount Amount,Total,Currency,Financial Status\n"
        "#1,ada@mail.example,2026-12-01 09:00:00 +0000,MAYA15,3.00,17.00,GBP,paid\n"
        "#2,bob@mail.example,2026-12-01 10:00:00 +0000,,0.00,20.00,GBP,paid\n"
    )
    code, printed = run("redemptions", orders, "--from", "shopify", now="2026-12-02")
    assert code == 0
    assert "1 new, 1 about something else" in printed
    (row,) = kept("redemptions", "shopify")
    assert (row["redemptions"], row["discount"]) == (1, 3)
    assert b"mail.example" not in Path("measured/redemptions/shopify.parquet").read_bytes()


def test_a_discount_with_a_minus_is_no_return(run):
    till = "date,code,sale,discount,currency\n2026-11-03,MAYA15,17,-3,GBP\n2026-11-04,MAYA15,-17,3,GBP\n"
    assert run("redemptions", till + "2026-11-05,MAYA15,,-3,GBP\n", "--source", "harrow")[0] == 0
    rows = [(row["date"].day, row["status"], row["discount"]) for row in kept("redemptions", "harrow")]
    assert rows == [(3, "approved", -3), (4, "returned", 3), (5, "approved", -3)]


def test_an_empty_cell_is_unknown_and_a_nought_is_none(run):
    table = "creator,post,as_of,likes,comments,reach\nmaya,a,2026-11-20,10,0,\n"
    assert run("metrics", table)[0] == 0
    (row,) = kept("metrics", "storefront")
    assert (row["likes"], row["comments"], row.get("reach")) == (10, 0, None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-02T04:59:59Z", 1),
        ("2026-11-02T05:00:00.000Z", 2),
        ("2026-11-01 23:59:59 -0500", 1),
        ("2026-11-02T06:30+02:00", 1),
        ("2026/11/02 03:00 UTC", 1),
        ("2026-11-02T04:59:59", 2),
        ("2026-11-02", 2),
    ],
)
def test_a_moment_that_says_its_zone_is_of_the_day_that_it_was_at_the_site(run, moment, day):
    Path("content").mkdir()
    Path("content/site.yaml").write_text("title: Shelf\nurl: https://shelf.example\ntimezone: America/New_York\n")
    run("commissions", FIRST.replace("2026-11-03T10:00:00", moment), "--from", "awin")
    assert kept("commissions", "awin")[0]["date"] == date(2026, 11, day)


def test_no_figures_come_in_while_it_is_not_known_where_days_begin(run):
    Path("content").mkdir()
    Path("content/site.yaml").write_text("title: Shelf\nurl: https://shelf.example\ntimezone: New York\n")
    code, printed = run("commissions", FIRST, "--from", "awin")
    assert code == 1
    assert "content/site.yaml:3:1: unknown-timezone" in printed
    assert not Path("measured").exists()


def test_figures_of_another_day_stand_beside_those_of_the_first(run):
    table = "creator,followers\nmaya,1.200\n"
    run("metrics", table, "--as-of", "2026-11-01")
    run("metrics", table.replace("1.200", "1.300"), "--as-of", "2026-11-20")
    rows = [(row["as_of"].day, row["followers"]) for row in kept("metrics", "storefront")]
    assert sorted(rows) == [(1, 1200), (20, 1300)]


def test_mentions_are_counted_by_day_and_place(run):
    table = "date,creator,platform,mentions\n2026-11-20,maya,instagram,3\n2026-11-20,maya,tiktok,2\n"
    assert run("mentions", table)[0] == 0
    assert sum(row["mentions"] for row in kept("mentions", "storefront")) == 5


def test_what_was_measured_is_seen_by_no_git(run):
    run("commissions", FIRST, "--from", "awin")
    assert Path("measured/.gitignore").read_text().endswith("\n*\n")


def test_a_dry_run_tells_all_and_writes_nothing(run):
    code, printed = run("commissions", FIRST, "--from", "awin", "--dry-run", "--format", "json")
    assert code == 0
    assert json.loads(printed)["rows"] == {"new": 1}
    assert not Path("measured").exists()


def test_a_damaged_store_is_told_and_stays(run):
    run("commissions", FIRST, "--from", "awin")
    file = Path("measured/commissions/awin.parquet")
    file.write_bytes(b"PAR1 and no more")
    code, printed = run("commissions", FIRST, "--from", "awin")
    assert code == 1
    assert "this is no store of figures" in printed
    assert file.read_bytes() == b"PAR1 and no more"


def test_a_store_that_cannot_be_read_is_no_damage(run):
    file = Path("measured/commissions/awin.parquet")
    file.parent.mkdir(parents=True)
    file.symlink_to(file.name)  # leads to itself, so that nobody can read it, root neither
    code, printed = run("commissions", FIRST, "--from", "awin")
    assert code == 3
    assert "Too many levels of symbolic links: measured/commissions/awin.parquet" in printed
    assert "Delete" not in printed
    assert file.is_symlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_store_that_may_not_be_read_is_no_damage(run):
    run("commissions", FIRST, "--from", "awin")
    Path("measured/commissions/awin.parquet").chmod(0)
    code, printed = run("commissions", FIRST, "--from", "awin")
    assert code == 3
    assert "Permission denied: measured/commissions/awin.parquet" in printed
    assert "Delete" not in printed


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_format_has_what_a_table_of_its_kind_needs(kind):
    for name, form in formats.shipped()[kind].items():
        own = {*KINDS[kind].fields, "returned"}
        assert set(form.columns) <= own, name
        assert set(KINDS[kind].must) <= set(form.columns), name
        assert name == formats.OWN or form.source or form.unverified, f"{name}: nobody says where its columns are from"


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1234.5", None, "1234.5"),
        ("1,234.50", None, "1234.50"),
        ("1.234,50", None, "1234.50"),
        ("1,234,567", None, "1234567"),
        ("£12.00", None, "12.00"),
        ("12,00 €", None, "12.00"),
        ("-5.25", None, "-5.25"),
        ("($5.25)", None, "-5.25"),
        ("-£5", None, "-5"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("0,125", None, "0.125"),
        ("1'234.50", None, "1234.50"),
        ("1 234,50 kr", None, "1234.50"),
        ("12 kr.", None, "12"),
        ("GBP 5.00", None, "5.00"),
        ("CA$5.00", None, "5.00"),
        ("5.0000", None, "5"),
        ("5.0000", ".", "5"),
    ],
)
def test_amounts_are_read_as_they_are_written(text, decimal, value):
    assert amount(text, decimal) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("1,234", "1.234", "12.3.4", "five", "1e5", "NaN", "=1+1", "0.00001"),
        *("5 %", "5%", "3K", "2 M", "12 Std", "x5", "~5", "(5", "5)", "(-5)", "-£-5", "12 34", "1 2 3", "1,234 567.00"),
    ],
)
def test_what_may_be_two_amounts_or_is_none_is_refused(text):
    with pytest.raises(Unfit):
        amount(text, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("1,234", 1234),
            ("12.0", 12),
            ("", None),
            ("0", 0),
            ("1.234.567", 1234567),
            ("-3", -3),
            ("1,000,000", 10**6),
        ),
        *(("5.0000", 5), ("1234.000", 1234), ("1,234.0000", 1234), ("5.00", 5), ("0.000", 0), ("1 234", 1234)),
    ],
)
def test_counts_are_whole(text, value):
    assert count(text) == value


def test_a_count_that_may_be_two_is_told_by_the_decimal_sign_or_refused():
    assert count("1,000", ".") == count("1.000", ",") == 1000
    for text, decimal in (("1,000", None), ("1.000", None), ("1.000", ".")):
        with pytest.raises(Unfit, match="may be two numbers"):
            count(text, decimal)


@pytest.mark.parametrize(
    ("kind", "table", "figure"),
    [
        ("metrics", "creator,likes\nmaya,1.000\n", "likes"),
        ("mentions", "date,creator,mentions\n2026-11-02,maya,1.000\n", "mentions"),
    ],
)
def test_all_figures_are_read_by_the_decimal_sign(run, kind, table, figure):
    code, printed = run(kind, table)
    assert code == 1
    assert ": 1.000 may be two numbers" in printed
    assert "Write it as 1 or 1000, without a sign; or give --decimal comma if 1000 is meant." in printed
    assert run(kind, table, "--decimal", "comma")[0] == 0
    assert [row[figure] for row in kept(kind, "storefront")] == [1000]


@pytest.mark.parametrize("text", ["1.2K", "1.5", "many", "1" * 20, "5 %", "1,2345", "12 34"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(Unfit):
        count(text)


def test_what_was_imported_outlives_the_cache(run):
    run("commissions", FIRST, "--from", "awin")
    Path("content").mkdir()
    Path("content/site.yaml").touch()
    assert CliRunner().invoke(group, ["clean"]).exit_code == 0
    assert len(kept("commissions", "awin")) == 1


CELLS = st.one_of(
    st.sampled_from(
        ["1.50", "1,234", "-2", "2026-11-03", "03/05/2026", "GBP", "paid", "x", "", '"', '""', "=1+1", "€5"]
    ),
    st.text(max_size=12),
)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, found in formats.shipped().items() for name in found]
)
def test_any_table_is_rows_and_problems_that_make_up_all_of_it(kind, name):
    form = formats.shipped()[kind][name]
    headings = [spellings[0] for spellings in form.columns.values()]

    @settings(max_examples=25)
    @given(st.lists(st.lists(CELLS, max_size=len(headings) + 1), max_size=6))
    def checked(rows):
        out = io.StringIO()
        csv.writer(out).writerows([headings, *rows])
        text = out.getvalue()
        try:
            parsed = reading.read(KINDS[kind], form, text.encode(errors="replace"), "x.csv", OPTIONS)
        except ProblemsFound:
            return
        lines = text.count("\n") + text.count("\r") + 1
        assert all(1 <= problem.place.line <= lines for problem in parsed.problems)
        assert all(set(row) == set(KINDS[kind].fields) for row in parsed.rows.values())
        assert (parsed.refused > 0) == (len(parsed.problems) > 0)
        told = len(parsed.rows) + parsed.repeated + parsed.refused + parsed.left_out
        assert told == sum(any(cell.strip() for cell in row) for row in rows) or parsed.problems

    checked()
