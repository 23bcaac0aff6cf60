"""Samples come in from a table without addresses and go out as one; codes go out as Google's promotions feed."""

import csv
import io

from click.testing import CliRunner

from building import edit, write
from checking import problems_of, written
from gifting import PROFILE, SAMPLES
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
    assert not (site / SAMPLES).exists()


def test_a_row_with_an_address_in_a_cell_stays_out_and_the_others_go_in(site):
    result = bring(site, HEAD + ROW + ROW.replace("NL-1", "maya@example.org") + ROW.replace("merino-tee", "hatt"))
    assert result.exit_code == 1
    assert "samples.csv:3:1: personal" in result.output
    assert "samples.csv:4:1: unknown-reference: there is no product hatt" in result.output
    assert (site / SAMPLES).read_text().count("product:") == 1


def test_what_goes_out_comes_in_again(site):
    bring(site, HEAD + ROW)
    before = (site / SAMPLES).read_text()
    table = run(site, "export", "samples").stdout
    (site / SAMPLES).unlink()
    assert bring(site, table).exit_code == 0
    assert (site / SAMPLES).read_text() == before


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
