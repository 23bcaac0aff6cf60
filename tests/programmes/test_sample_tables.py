"""Samples come in from a table without addresses and go out as one; codes go out as Google's promotions feed."""

import csv
import io

import pytest
from click.testing import CliRunner

from building import build, edit, write
from checking import NOW, problems_of, written
from gifting import HAT, PROFILE, RECALLS, SAMPLES, SHOP, sent
from storefront.cli import group

HEAD = "Creator,Product,Kind,Expectation,Value,Received,Reference\n"
ROW = "maya,merino-tee,gift,review,69.00 GBP,2026-10-01,NL-1\n"


def run(site, *words):
    return CliRunner().invoke(group, [*words, "--root", str(site)])


def bring(site, text):
    write(site, {"samples.csv": text})
    return run(site, "import", "samples", str(site / "samples.csv"))


def test_a_table_becomes_a_log_that_is_right_and_the_same_again(site):
    assert bring(site, HEAD + ROW).exit_code == 0
    first = (site / SAMPLES).read_text()
    assert "expectation: review" in first
    assert written(problems_of(site)) == ""
    assert bring(site, HEAD + ROW).exit_code == 0
    assert (site / SAMPLES).read_text() == first
    assert run(site, "fmt", "--check", str(site / SAMPLES)).exit_code == 0


def test_a_parcel_is_known_again_by_its_reference(site):
    bring(site, HEAD + ROW)
    bring(site, HEAD + ROW.replace("69.00", "72.00"))
    text = (site / SAMPLES).read_text()
    assert text.count("product:") == 1
    assert "72.00 GBP" in text


def test_a_column_of_addresses_is_refused_whole(site):
    result = bring(site, HEAD.replace("Reference", "Shipping address") + ROW)
    assert result.exit_code == 1
    assert "the column Shipping address is of addresses" in result.output
    assert result.output.endswith("1 problem found. Nothing was written.\n")
    assert not (site / SAMPLES).exists()


def test_a_row_with_an_address_in_a_cell_stays_out_and_the_others_go_in(site):
    result = bring(site, HEAD + ROW + ROW.replace("NL-1", "maya@example.org") + ROW.replace("merino-tee", "hatt"))
    assert result.exit_code == 1
    assert "samples.csv:3:1: personal" in result.output
    assert "samples.csv:4:1: unknown-reference: there is no product hatt" in result.output
    assert (site / SAMPLES).read_text().count("product:") == 1


@pytest.mark.parametrize(("key", "cell"), [("creator", "maya"), ("product", "merino-tee"), ("expectation", "review")])
def test_an_empty_cell_is_told_once(site, key, cell):
    result = bring(site, HEAD + ROW.replace(cell, "", 1))
    assert f"samples.csv:2:1: missing-key: the key {key} is missing" in result.output
    assert "\n1 problem found." in result.output


def test_what_goes_out_comes_in_again(site):
    bring(site, HEAD + ROW)
    before = (site / SAMPLES).read_text()
    table = run(site, "export", "samples").stdout
    (site / SAMPLES).unlink()
    assert bring(site, table).exit_code == 0
    assert (site / SAMPLES).read_text() == before


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (sent().replace("product", "prodct"), f"{SAMPLES}:2:5: unknown-key"),
        (sent().replace("2026", "2026-13"), f"{SAMPLES}:4:"),
        (sent(more="    # caf\xe9\n").encode("latin-1"), "not-utf8"),
    ],
)
def test_a_log_with_a_mistake_is_told_and_neither_written_nor_given_out(site, log, said):
    write(site, {SAMPLES: log})
    before = (site / SAMPLES).read_bytes()
    for made in (bring(site, HEAD + ROW), run(site, "export", "samples", "--output", str(site / "out.csv"))):
        assert made.exit_code == 1
        assert said in made.output
    assert (site / SAMPLES).read_bytes() == before
    assert not (site / "out.csv").exists()


def test_mistakes_elsewhere_do_not_matter(site):
    write(site, {"content/products/cap.yaml": "titel: Cap\n", "content/brands/x.yaml": "nme: X\n"})
    assert bring(site, HEAD + ROW + ROW.replace("merino-tee", "cap").replace("NL-1", "NL-2")).exit_code == 0
    assert (site / SAMPLES).read_text().count("product:") == 2


def test_a_row_renews_what_its_cells_say_and_nothing_else(site):
    loan = "    kind: loan  # until winter\n    return_by: 2026-12-01\n    reference: NL-1\nrewards: []\n"
    write(site, {SAMPLES: "# Hers.\n" + sent("2026-10-01", more=loan)})
    table = "creator,product,expectation,value,returned,reference\nmaya,merino-tee,post,69.00 GBP,2026-11-02,NL-1\n"
    assert bring(site, table).exit_code == 0
    assert (
        (site / SAMPLES).read_text()
        == """\
# Hers.
samples:
  - product: merino-tee
    kind: loan  # until winter
    expectation: post
    value: 69.00 GBP
    received: 2026-10-01
    return_by: 2026-12-01
    returned: 2026-11-02
    reference: NL-1
rewards: []
"""
    )


def test_a_row_that_does_not_fit_what_is_there_stays_out(site):
    write(site, {SAMPLES: sent("2026-10-01", more="    kind: loan\n    return_by: 2026-12-01\n")})
    made = bring(site, "creator,product,kind,expectation,received\nmaya,merino-tee,gift,none,2026-10-01\n")
    assert made.exit_code == 1
    assert "samples.csv:2:1: bad-value: a gift does not go back" in made.output
    assert "kind: loan" in (site / SAMPLES).read_text()


def test_two_things_of_a_day_are_two_and_stay_two(site):
    two = HEAD + ROW.replace("NL-1", "") + ROW.replace("NL-1", "").replace("review", "post")
    for _ in range(2):
        assert bring(site, two).exit_code == 0
        text = (site / SAMPLES).read_text()
        assert text.count("product:") == 2
        assert text.count("expectation: review") == text.count("expectation: post") == 1


@pytest.mark.parametrize("later", ["2026-09-28,2026-10-01", ",2026-10-01"])
def test_what_was_sent_and_came_is_one_thing(site, later):
    head = "creator,product,expectation,sent,received\n"
    for days in ("2026-09-28,", later, later, "2026-09-28,"):
        assert bring(site, f"{head}maya,merino-tee,none,{days}\n").exit_code == 0
    text = (site / SAMPLES).read_text()
    assert text.count("product:") == 1
    assert "sent: 2026-09-28\n    received: 2026-10-01\n" in text


def test_what_came_before_it_was_sent_is_another_thing(site):
    head = "creator,product,expectation,sent,received\n"
    bring(site, f"{head}maya,merino-tee,none,2026-09-28,\n")
    bring(site, f"{head}maya,merino-tee,none,,2026-08-01\n")
    assert (site / SAMPLES).read_text().count("product:") == 2


@pytest.mark.parametrize("file", ["content/samples/maya.yml", SAMPLES])
def test_a_log_is_renewed_where_it_lies(site, file):
    write(site, {file: "{samples: [{product: hat, expectation: none, received: 2026-09-01}]}\n"})
    assert bring(site, HEAD + ROW).exit_code == 0
    assert [path.name for path in (site / SAMPLES).parent.iterdir()] == [file.rpartition("/")[2]]
    assert (site / file).read_text().count("product:") == 2


def test_a_reference_that_a_spreadsheet_would_compute_is_known_again(site):
    bring(site, HEAD + ROW.replace("NL-1", "=NL-1"))
    table = run(site, "export", "samples").stdout
    assert "'=NL-1" in table
    assert bring(site, table).output == "1 sample; 0 files written.\n"


def test_a_table_of_an_older_spreadsheet_program_is_read(site):
    write(site, {"samples.csv": (HEAD + ROW.replace("NL-1", "Köln 1")).encode("latin-1")})
    assert run(site, "import", "samples", str(site / "samples.csv")).exit_code == 0
    assert "reference: Köln 1" in (site / SAMPLES).read_text()


def test_codes_go_out_in_google_s_names(site):
    edit(
        site / PROFILE,
        "    percent_off: 15\n",
        "    percent_off: 15\n    until: 2026-12-31\n    products: [merino-tee]\n",
    )
    out = run(site, "export", "promotions", "--now", "2026-11-22").stdout
    row = next(csv.DictReader(io.StringIO(out), delimiter="\t"))
    assert row["promotion_id"] == "maya-MAYA15"
    assert row["generic_redemption_code"] == "MAYA15"
    assert row["percent_off"] == "15"
    assert row["item_id"] == "merino-tee"
    assert row["product_applicability"] == "SPECIFIC_PRODUCTS"
    assert row["promotion_effective_dates"] == "2026-11-22T00:00:00+00:00/2026-12-31T23:59:59+00:00"


def test_a_leaked_code_does_not_go_out(site):
    edit(site / PROFILE, "    percent_off: 15\n", "    percent_off: 15\n    status: leaked\n")
    assert "MAYA15" not in run(site, "export", "promotions", "--now", "2026-11-22").stdout


def promotions(site, more="", now="2026-11-22T12:00:00Z"):
    """The feed's rows; `more` is what the one code says besides."""
    if more:
        edit(site / PROFILE, "    percent_off: 15\n", f"    percent_off: 15\n{more}")
    made = run(site, "export", "promotions", "--now", now)
    assert made.exit_code == 0
    return list(csv.DictReader(io.StringIO(made.stdout), delimiter="\t"))


@pytest.mark.parametrize(
    ("more", "file", "text"),
    [
        ("    until: 2026-11-21\n", "", ""),
        ("    from: 2026-11-23\n", "", ""),
        ("    valid: {until: 2026-11-21}\n", "", ""),
        ("    valid: {from: 2026-11-23}\n", "", ""),
        ("    draft: true\n", "", ""),
        ("    verified_on: 2026-01-01\n", "", ""),
        ("", SHOP, "draft: true\n"),
        ("", SHOP, "from: 2026-11-23\n"),
        ("", PROFILE, "status: waitlisted\n"),
    ],
)
def test_the_feed_has_no_code_that_pages_do_not_show(site, more, file, text):
    assert promotions(site)
    if file:
        (site / file).write_text((site / file).read_text() + text)
    assert promotions(site, more) == []
    build(site, now=NOW)
    assert not any(b"MAYA15" in path.read_bytes() for path in (site / "site").rglob("*.html"))


@pytest.mark.parametrize("now", ["2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z"])
@pytest.mark.parametrize(
    ("more", "effective", "shown"),
    [
        ("    from: 2026-11-01\n", "2026-11-01/2027-05-03T00:00:00", ""),
        ("    from: 2026-01-01\n", "2026-07-03/2027-01-02T00:00:00", ""),
        ("    from: 2026-01-01\n    until: 2026-12-31\n", "2026-07-03/2026-12-31T23:59:59", ""),
        (
            "    from: 2026-11-01\n    until: 2026-12-31\n    valid: {from: 2026-11-15, until: 2026-11-30}\n",
            "2026-11-15/2026-11-30T23:59:59",
            "2026-11-15/2026-11-30T23:59:59",
        ),
        (
            "    until: 2026-12-01\n    from: 2026-11-10\n    valid: {from: 2026-01-01}\n",
            "2026-07-03/2027-01-02T00:00:00",
            "2026-11-10/2026-12-01T23:59:59",
        ),
    ],
)
def test_times_are_no_longer_than_the_feed_takes_and_last_now(site, more, effective, shown, now):
    [row] = promotions(site, more, now)

    def span(text):
        return text.replace("/", "T00:00:00+00:00/") + "+00:00" if text else ""

    assert row["promotion_effective_dates"] == span(effective)
    assert row["promotion_display_dates"] == span(shown)


def test_products_that_are_not_shown_or_sold_are_not_in_the_feed(site):
    recall = "recalls: [{id: seam, products: [merino-tee], date: 2026-11-01, notice: Stop., stop_sale: true}]\n"
    write(site, {RECALLS: recall})
    [row] = promotions(site)
    assert (row["product_applicability"], row["item_id"]) == ("SPECIFIC_PRODUCTS", "")
    assert row["item_id_exclusion"] == "merino-tee"
    edit(site / PROFILE, "    percent_off: 15\n", "    percent_off: 15\n    products: [merino-tee, hat]\n")
    [row] = promotions(site)
    assert (row["item_id"], row["item_id_exclusion"]) == ("hat", "")
    (site / HAT).write_text((site / HAT).read_text() + "draft: true\n")
    assert promotions(site) == []
