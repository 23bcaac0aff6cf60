"""The forms that a report is given out in: terminal, CSV, JSON, Parquet and one HTML file; and where it may not lie."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from known import NOW
from selectolax.lexbor import LexborHTMLParser

from building import build, copy_of_minimal, edit, write
from storefront.cli import group
from storefront.report import columnar, delimited, document, output, page, terminal
from storefront.report.building import Measure, tabled
from storefront.report.table import Chart, Column, Form, Report, Table, Unit

EVIL = '=HYPERLINK("https://evil.example")'
TABLE = Table(
    id="cost",
    title="Cost",
    columns=(
        Column(key="creator", title="Creator"),
        Column(key="fee_gbp", title="Fee", unit=Unit.MONEY, currency="GBP"),
        Column(key="fee_jpy", title="Fee", unit=Unit.MONEY, currency="JPY"),
        Column(key="clicks", title="Clicks", unit=Unit.COUNT),
        Column(key="rate", title="Engagement rate", unit=Unit.SHARE),
        Column(key="day", title="As of", unit=Unit.DAY),
    ),
    rows=(
        (EVIL, Decimal("1400.5"), Decimal(0), 12345, Decimal("0.0625"), date(2026, 11, 3)),
        ("<b>Ines</b>", None, Decimal(3000), 0, None, None),
        ("Tom", Decimal("-1.25"), None, None, Decimal(0), None),
    ),
    total=("Known", Decimal("1399.25"), Decimal(3000), 12345, "", ""),
    notes=("Fee: unknown for 1 of 3, and not in the sum.",),
    chart=Chart(label="creator", values=("fee_gbp",)),
)
DAYS = Table(
    id="days",
    title="Clicks by day",
    columns=(Column(key="day", title="Day", unit=Unit.DAY), Column(key="clicks", title="Clicks", unit=Unit.COUNT)),
    rows=tuple((date(2026, 11, day), day % 7) for day in range(1, 30)),
    chart=Chart(label="day", values=("clicks",), form=Form.LINES),
)
REPORT = Report(
    id="x", title="Cost & gain", facts=(("Goal", "400 clicks"),), tables=(TABLE, DAYS), notes=("So it is.",)
)


def test_a_terminal_has_figures_under_each_other_and_says_what_is_unknown():
    lines = list(terminal.of_table(TABLE))
    assert len({len(line) for line in lines[3:4]}) == 1
    ines = next(line for line in lines if line.startswith("<b>Ines"))
    assert ines.split() == ["<b>Ines</b>", "unknown", "3,000", "0", "unknown", "unknown"]
    assert lines[-1] == "* Fee: unknown for 1 of 3, and not in the sum."
    assert any(line.startswith("Known") for line in lines)


def test_csv_has_exact_figures_nothing_for_unknown_and_no_formula():
    rows = list(csv.reader(io.StringIO(delimited.written(TABLE))))
    assert rows[0] == ["creator", "fee_gbp", "fee_jpy", "clicks", "rate", "day"]
    assert rows[1] == [f"'{EVIL}", "1400.5", "0", "12345", "0.0625", "2026-11-03"]
    assert rows[2] == ["<b>Ines</b>", "", "3000", "0", "", ""]
    assert rows[3] == ["Tom", "-1.25", "", "", "0", ""]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", " =", "\t", "\r"])
def test_no_cell_of_words_begins_a_formula(sign):
    table = Table(id="t", title="T", columns=(Column(key="a", title="A"),), rows=((f"{sign}1+1",),))
    ((cell,),) = list(csv.reader(io.StringIO(delimited.written(table))))[1:]
    assert cell.startswith("'")


def test_json_has_exact_amounts_as_text_and_null_for_unknown():
    table = json.loads(document.written(REPORT))["tables"][0]
    assert table["rows"][1] == ["<b>Ines</b>", None, "3000", 0, None, None]
    assert table["columns"][1] == {"key": "fee_gbp", "title": "Fee", "unit": "money", "currency": "GBP"}


def test_parquet_has_types_and_null_for_unknown():
    table = pq.read_table(io.BytesIO(columnar.written(TABLE)))
    assert [str(each) for each in table.schema.types] == [
        "string",
        "decimal128(38, 4)",
        "decimal128(38, 4)",
        "int64",
        "decimal128(38, 6)",
        "date32[day]",
    ]
    assert table.to_pylist()[1] == {
        "creator": "<b>Ines</b>", "fee_gbp": None, "fee_jpy": 3000, "clicks": 0, "rate": None, "day": None,
    }  # fmt: skip
    assert table.schema.field("fee_gbp").metadata[b"currency"] == b"GBP"


def test_sums_that_are_larger_than_any_amount_are_exact_in_parquet():
    most = Decimal("99999999999999.9999")
    values = {name: {"GBP": most} for name in ("a", "b", "c")} | {"all": {"GBP": most * 3}}
    names = {name: name for name in values}
    table = tabled("t", "T", ("x", "X"), names, [Measure(key="sales", title="S", values=values, unit=Unit.MONEY)])
    read = pq.read_table(io.BytesIO(columnar.written(table)))
    assert read.column("sales_gbp").to_pylist() == [most, most, most, Decimal("299999999999999.9997")]


def test_html_is_one_file_that_loads_and_runs_nothing():
    html = page.written(REPORT)
    tree = LexborHTMLParser(html)
    assert tree.css("script, link, iframe, img, object, embed, base, form, use, image, foreignObject") == []
    assert not re.search(r"(?:href=|src=|url\(|@import|https?://(?!e))", html)
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert all(not name.startswith("on") for node in tree.css("*") for name in node.attributes)


def test_html_has_a_whole_table_beside_each_chart():
    tree = LexborHTMLParser(page.written(REPORT))
    sections = tree.css("main section")
    assert [each.css_first("h2").text() for each in sections] == ["Cost", "Clicks by day"]
    for section, table in zip(sections, REPORT.tables, strict=True):
        assert section.css_first("figure svg[aria-hidden=true]")
        assert section.css_first("caption").text() == table.title
        assert len(section.css("thead th[scope=col]")) == len(table.columns)
        assert len(section.css("tbody tr")) == len(table.rows) == len(section.css("tbody th[scope=row]"))
    assert tree.css_first("tbody th").text() == EVIL
    assert [each.text() for each in tree.css("tbody tr")[1].css("td.unknown")] == ["unknown"] * 3


def test_a_chart_says_unknown_in_the_place_of_a_bar():
    svg = page.written(REPORT).partition("<figure")[2].partition("</figure>")[0]
    assert "unknown" in svg
    assert "<b>" not in svg


def test_a_report_is_the_same_bytes_each_time():
    assert page.written(REPORT) == page.written(REPORT)
    assert columnar.written(TABLE) == columnar.written(TABLE)
    other = "from storefront.report import page; import test_giving; print(page.written(test_giving.REPORT), end=str())"
    paths = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": "5", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    made = subprocess.run([sys.executable, "-c", other], env=environment, capture_output=True, check=True)
    assert made.stdout.decode() == page.written(REPORT)


def test_an_unknown_part_is_in_no_sum_and_said():
    values = {"a": {"GBP": Decimal(2)}, "b": None, "c": {"EUR": Decimal(3), "GBP": Decimal(1)}}
    table = tabled(
        "t", "T", ("x", "X"), {n: n for n in values}, [Measure(key="fee", title="Fee", values=values, unit=Unit.MONEY)]
    )
    assert [each.key for each in table.columns] == ["x", "fee_eur", "fee_gbp"]
    assert table.rows == (("a", 0, 2), ("b", None, None), ("c", 3, 1))
    assert table.total == ("Known", 3, 3)
    assert table.notes == ("Fee: unknown for 1 of 3, and not in the sum.",)


def test_what_nothing_is_known_of_is_not_drawn():
    def charted(values):
        names = {name: name for name in values}
        return tabled("t", "T", ("x", "X"), names, [Measure(key="n", title="N", values=values)], chart=("n",)).chart

    assert charted({"a": 1, "b": None})
    assert charted({"a": None, "b": None}) is None
    assert charted({str(number): number for number in range(1000)}) is None


# Where a report may lie


def invoke(root, *words):
    result = CliRunner().invoke(group, ["report", *words, "--root", str(root), "--now", NOW])
    return result.exit_code, result.output


@pytest.mark.parametrize("folder", ["site", "site/deep/er", "preview", "content", "site.hosting", "reports/../site"])
def test_no_report_lies_where_it_is_published_or_built_from(known, folder):
    target = known.root / folder / "report.html"
    code, printed = invoke(known.root, "roi", "--format", "html", "--output", str(target))
    assert code == 1
    assert "output: this lies in" in printed
    assert not target.exists()


def test_a_link_does_not_lead_a_report_into_the_site(known, tmp_path):
    (known.root / "site").mkdir(exist_ok=True)
    (tmp_path / "safe").symlink_to(known.root / "site")
    assert invoke(known.root, "roi", "--format", "json", "--output", str(tmp_path / "safe" / "r.json"))[0] == 1
    assert list((known.root / "site").iterdir()) == []


def test_a_built_site_elsewhere_is_known_too(tmp_path):
    site = copy_of_minimal(tmp_path)
    build(site, tmp_path / "december")
    with pytest.raises(Exception, match="1 problem"):
        output.check(site, tmp_path / "december" / "maya" / "report.html")
    output.check(site, tmp_path / "elsewhere" / "report.html")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_form_of_one_table_has_a_file_for_each(known, tmp_path, form):
    code, printed = invoke(known.root, "campaign", "frost", "--format", form, "--output", str(tmp_path))
    assert code == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert f"campaign-frost-creators.{form}" in names
    assert all(f"Wrote {tmp_path / name}" in printed for name in names)


def test_rows_have_their_ids_for_programs_and_their_names_for_people(known, tmp_path):
    invoke(known.root, "roi", "--format", "csv", "--output", str(tmp_path))
    invoke(known.root, "roi", "--format", "parquet", "--output", str(tmp_path))
    rows = list(csv.reader(io.StringIO((tmp_path / "roi-products.csv").read_text())))
    assert rows[0][-1] == "id"
    assert {row[0]: row[-1] for row in rows[1:]} == {"Merino Tee": "merino-tee", "Mitts": "mitts", "Mug": "mug"}
    assert pq.read_table(tmp_path / "roi-creators.parquet")["id"].to_pylist() == ["ines", "maya", "tom"]
    assert "id" not in pq.read_table(tmp_path / "roi-codes.parquet").column_names  # a code is its own
    assert "merino-tee" not in invoke(known.root, "roi")[1].partition("By list")[0]


def test_parquet_is_not_printed(known):
    code, printed = invoke(known.root, "roi", "--format", "parquet")
    assert code == 2
    assert "--output FOLDER" in printed


def test_a_campaign_that_is_none_is_told_with_the_nearest(known):
    code, printed = invoke(known.root, "campaign", "frist")
    assert code == 2
    assert "there is no campaign frist. Did you mean frost?" in printed


@pytest.mark.parametrize("kind", ["commissions", "hits"])
def test_a_damaged_store_is_told(tmp_path, kind):
    site = copy_of_minimal(tmp_path)
    write(site, {f"measured/{kind}/x.parquet": b"PAR1 and no more"})
    for report in ("roi", "clicks") if kind == "hits" else ("roi",):
        code, printed = invoke(site, report)
        assert code == 1
        assert f"measured/{kind}/x.parquet: unreadable: this is no store of figures" in printed


def test_a_store_that_cannot_be_read_ends_with_three(tmp_path):
    site = copy_of_minimal(tmp_path)
    file = site / "measured/commissions/x.parquet"
    file.parent.mkdir(parents=True)
    file.symlink_to(file.name)
    code, printed = invoke(site, "roi")
    assert code == 3
    assert "Too many levels of symbolic links" in printed


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_period_may_begin_and_end_with_the_calendar(tmp_path, zone):
    site = copy_of_minimal(tmp_path)
    edit(site / "content/site.yaml", "timezone: Europe/London", f"timezone: {zone}")
    for report in ("roi", "clicks"):
        for words in (("--from", "0001-01-01"), ("--until", "9999-12-31"), ("--from", "9999-12-31")):
            code, printed = invoke(site, report, *words)
            assert code == 0, printed


def test_an_engine_that_does_not_answer_ends_with_three(known):
    code, printed = invoke(known.root, "roi", "--engine", "clickhouse://127.0.0.1:1/none")
    assert code == 3
    assert "the engine does not answer" in printed


def test_without_any_figures_everything_is_unknown_and_nothing_nought(tmp_path):
    site = copy_of_minimal(tmp_path)
    code, printed = invoke(site, "roi", "--format", "json")
    assert code == 0
    data = json.loads(printed)
    creators = next(table for table in data["tables"] if table["id"] == "creators")
    measured = {key["key"]: value for key, value in zip(creators["columns"], creators["rows"][0], strict=True)}
    assert measured == {
        "creator": "Maya Lind", "fee": None, "gift": None, "samples": None, "approved": None, "pending": None,
        "clicks": None,
        "orders": None, "cancelled": None, "sales": None, "redemptions": None, "in_store_redemptions": None,
        "rate": None, "by_followers": None, "rated": None, "id": "maya",
    }  # fmt: skip
    words = " ".join(data["notes"])
    for told in (
        "No log was imported",
        "No report of commissions",
        "No redemptions",
        "No mentions",
        "No figures of posts",
    ):
        assert told in words


def test_nothing_that_was_measured_gets_into_a_build(tmp_path):
    site = copy_of_minimal(tmp_path)
    (site / "measured").mkdir()
    (site / "measured" / "secret.parquet").write_bytes(b"MEASURED-AND-PRIVATE")
    build(site)
    for path in (site / "site").rglob("*"):
        assert path.is_dir() or b"MEASURED-AND-PRIVATE" not in path.read_bytes()
        assert "measured" not in path.name
