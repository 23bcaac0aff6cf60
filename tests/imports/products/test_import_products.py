"""`storefront import products`: what a feed adds and renews, what it leaves alone, and what is refused."""

import contextlib
import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import bytes_of, edit, write
from checking import problems_of
from storefront.cli import group
from storefront.importers.products import cells, formats
from storefront.importers.values import Unfit
from storefront.reader import parse

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
TEE, HAT = "content/products/merino-tee.yaml", "content/products/wool-hat.yaml"
HEAD = "id,title,link,price,availability,product_type,brand,gtin,mpn\n"
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)


def platform_of(sample):
    return "shopify" if sample.stem.startswith("shopify-new") else sample.stem


@pytest.fixture
def run(site, monkeypatch):
    """Imports a file, or rows as Google's, into the minimal site; gives the exit code and what was printed."""
    monkeypatch.chdir(site)

    def importing(what, *words, now="2026-11-22", platform="google"):
        if isinstance(what, str):
            Path("feed.csv").write_text(HEAD + what, encoding="utf-8")
            what = Path("feed.csv")
        result = CliRunner().invoke(group, ["import", "products", str(what), "--from", platform, "--now", now, *words])
        return result.exit_code, result.output

    return importing


def data_of(site, file):
    return parse((site / file).read_text(), file)


# Every format


def sampled(run, sample, *words, **more):
    return run(sample, "--merchant", "nordshop", "--currency", "GBP", *words, platform=platform_of(sample), **more)


def test_every_format_has_a_sample():
    assert {platform_of(sample) for sample in SAMPLES} == set(formats.FORMATS)


@each_sample
def test_an_import_is_content_that_builds_and_a_second_one_changes_nothing(run, site, sample):
    code, printed = sampled(run, sample)
    assert (code, printed.partition("\n")[0]) == (0, f"2 products in {sample}: 1 new, 1 changed.")
    assert problems_of(site) == []
    before = bytes_of(site / "content")
    code, printed = sampled(run, sample)
    assert (code, bytes_of(site / "content")) == (0, before)
    assert "Nothing has changed." in printed


@each_sample
def test_a_feed_renews_the_price_and_leaves_the_words(run, site, sample):
    before = data_of(site, TEE)
    sampled(run, sample)
    told = "2026-11-21" if sample.stem == "cj" else "2026-11-22"  # CJ's says of what day it is
    offer = {"price": "65.00 GBP", "as_of": told, "source": "feed"}
    after = data_of(site, TEE)
    assert after["offers"] == [before["offers"][0] | offer]
    assert {key: after[key] for key in before if key != "offers"} == {
        key: before[key] for key in before if key != "offers"
    }


@each_sample
def test_a_new_product_has_what_the_feed_says(run, site, sample):
    sampled(run, sample)
    made = data_of(site, HAT)
    assert made["title"].startswith("Wool Hat")
    assert made["brand"] == "fjell"
    assert made["category"] == ("Hats" if sample.stem == "shopify-json" else "Clothing > Hats")
    assert made["description"].startswith("A hat")
    assert "<" not in made["description"]
    (offer,) = made["offers"]
    assert offer["price"] == "24.90 GBP"
    assert offer["link"].endswith("nordshop.example/wool-hat") or "/products/wool-hat" in offer["link"]
    numbers = {made.get("gtin"), *(each.get("gtin") for each in made.get("variants", []))}
    assert "5012345678900" in numbers or sample.stem == "shopify-json"


@each_sample
def test_a_dry_run_shows_all_and_writes_nothing(run, site, sample):
    before = bytes_of(site)
    code, printed = sampled(run, sample, "--dry-run")
    assert code == 0
    assert bytes_of(site) == before
    assert f"+++ {HAT}" in printed
    assert "\n+    price: 65.00 GBP\n" in printed


@each_sample
def test_only_prices_are_renewed_when_only_they_are_asked_for(run, site, sample):
    code, printed = sampled(run, sample, "--only", "price")
    assert code == 0
    assert "1 changed, 1 not here" in printed
    assert not (site / HAT).exists()
    assert data_of(site, TEE)["offers"][0]["price"] == "65.00 GBP"


def test_a_packed_file_is_read_and_a_damaged_one_told(run, site, tmp_path):
    sample = next(path for path in SAMPLES if path.name == "awin.csv")
    packed = tmp_path / "feed.csv.gz"
    packed.write_bytes(gzip.compress(sample.read_bytes()))
    assert run(packed, platform="awin")[0] == 0
    assert (site / HAT).exists()
    packed.write_bytes(b"\x1f\x8bno")
    code, printed = run(packed, platform="awin")
    assert (code, "the packed file is damaged" in printed) == (1, True)


@each_sample
def test_what_is_written_is_in_order(run, site, sample):
    CliRunner().invoke(group, ["fmt"])
    sampled(run, sample)
    assert CliRunner().invoke(group, ["fmt", "--check"]).exit_code == 0
    assert site


def test_variants_are_one_product(run, site):
    sampled(run, next(path for path in SAMPLES if path.name == "shopify.csv"))
    made = data_of(site, HAT)
    assert made["variants"] == [
        {"title": "Red / M", "color": "Red", "size": "M", "gtin": "5012345678900"},
        {"title": "Blue / M", "color": "Blue", "size": "M", "gtin": "5012345678917"},
    ]
    assert not (site / "content/products/old-scarf.yaml").exists()


# Files that are here


def test_comments_and_order_stay(run, site):
    (site / TEE).write_text("""\
# My favourite.
brand: fjell # they knit it themselves
title: Merino Tee
category: Clothing > Base layers
gtin: 0012345678905
offers:
  # The second one is dearer.
  - merchant: nordshop
    price: 69.00 GBP  # in May
    # Keep the link.
    link: https://nordshop.example/merino-tee
    as_of: 2026-11-20
    sale_price: 50.00 GBP  # spring
""")
    assert run("1,Merino Tee,https://nordshop.example/other,65.00 GBP,in stock,,,0012345678905,\n")[0] == 0
    assert (
        (site / TEE).read_text()
        == """\
# My favourite.
brand: fjell  # they knit it themselves
title: Merino Tee
category: Clothing > Base layers
gtin: 0012345678905
offers:
  # The second one is dearer.
  - merchant: nordshop
    price: 65.00 GBP  # in May
    # Keep the link.
    link: https://nordshop.example/merino-tee
    as_of: 2026-11-22
    source: feed
    # spring
"""
    )


def test_what_is_missing_is_added_in_its_place(run, site):
    run("1,Merino Tee,https://nordshop.example/merino-tee,,,Other,Else,0012345678905,MT-9\n")
    text = (site / TEE).read_text()
    assert "mpn: MT-9\n" in text
    assert "category: Clothing > Base layers\n" in text
    assert text.index("gtin:") < text.index("mpn:") < text.index("offers:")


def test_another_shop_adds_an_offer(run, site):
    write(site, {"content/merchants/other.yaml": "name: Other\nurl: https://other.example\n"})
    run("1,Merino Tee,https://www.other.example/tee,70.00 GBP,out of stock,,,0012345678905,\n")
    assert data_of(site, TEE)["offers"][1] == {
        "merchant": "other",
        "link": "https://www.other.example/tee",
        "price": "70.00 GBP",
        "availability": "out_of_stock",
        "as_of": "2026-11-22",
        "source": "feed",
    }


def test_stock_alone_is_renewed(run, site):
    run("1,x,https://nordshop.example/merino-tee,65.00 GBP,sold out,,,,\n", "--only", "availability")
    offer = data_of(site, TEE)["offers"][0]
    assert (offer["price"], offer["availability"]) == ("69.00 GBP", "out_of_stock")
    run("1,x,https://nordshop.example/merino-tee,65.00 GBP,in stock,,,,\n", "--only", "price,availability")
    assert data_of(site, TEE)["offers"][0]["availability"] == "in_stock"


def test_an_older_row_does_not_renew_what_is_newer_here(run, site):
    before = (site / TEE).read_bytes()
    head = "ID,TITLE,LINK,PRICE,LAST_UPDATED\n1,Merino Tee,https://nordshop.example/merino-tee,65.00 GBP,"
    for day, changed in (("2026-11-19T10:00:00Z", False), ("2026-11-21T10:00:00Z", True)):
        (site / "cj.csv").write_text(f"{head}{day}\n")
        assert run(Path("cj.csv"), platform="cj")[0] == 0
        assert ((site / TEE).read_bytes() != before) is changed


def test_a_product_can_be_named_and_picked(run, site):
    rows = (
        "X9,Tee,https://nordshop.example/t,60.00 GBP,,,,,\nX8,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,,\n"
    )
    run(rows, "--product", "X9=merino-tee", "--pick", "x9")
    assert data_of(site, TEE)["offers"][0]["price"] == "60.00 GBP"
    assert not (site / "content/products/hat.yaml").exists()


def test_a_new_brand_gets_a_file(run, site):
    run("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Tern & Clay,,\n")
    assert data_of(site, "content/brands/tern-clay.yaml") == {"name": "Tern & Clay"}
    assert problems_of(site) == []


def test_two_products_of_one_title_get_two_files_that_stay(run, site):
    rows = "".join(f"{n},Hat,https://nordshop.example/h{n},9.00 GBP,,Hats,Fjell,,\n" for n in (1, 2))
    assert "2 new" in run(rows)[1]
    names = sorted(path.name for path in (site / "content/products").glob("hat*.yaml"))
    assert len(names) == 2
    assert "2 unchanged" in run("".join(reversed(rows.splitlines(keepends=True))))[1]


# What is refused


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ("1,Hat,https://nordshop.example/h,nine,,Hats,Fjell,,", "2:34", "bad-money: expected an amount, found nine"),
        ("1,Hat,https://nordshop.example/h,9.00,,Hats,Fjell,,", "2:34", "bad-money: 9.00 does not say its currency"),
        ('1,Hat,https://nordshop.example/h,"1,234 GBP",,Hats,Fjell,,', "2:34", "may be a thousand or a few"),
        ("1,Hat,https://nordshop.example/h,9.00 GBP,maybe,Hats,Fjell,,", "2:43", "expected a word on stock"),
        ("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,5012345678901,", "2:55", "bad-gtin: the check digit"),
        ("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,5.01235E+12,", "2:55", "spreadsheet program"),
        ("1,Hat,https://elsewhere.example/h,9.00 GBP,,Hats,Fjell,,", "2:1", "elsewhere.example is the host of no shop"),
        ("1,Hat,https://nordshop.example/h,9.00 GBP,,,Fjell,,", "2:1", "the key category is missing"),
        ("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,,,", "2:1", "the key brand is missing"),
        ("1,,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,,", "2:3", "the product has no name"),
        ("1,Hat,javascript:alert(1),9.00 GBP,,Hats,Fjell,,", "2:7", "bad-link"),
        ("1,Hat,https://www.awin1.com/pclick.php?p=1,9.00 GBP,,Hats,Fjell,,", "2:7", "does not tell where it leads"),
    ],
)
def test_a_mistake_is_told_where_it_stands_and_the_others_go_in(run, site, row, place, says):
    code, printed = run(f"{row}\n2,Cap,https://nordshop.example/cap,8.00 GBP,,Hats,Fjell,,\n")
    assert code == 1
    assert f"feed.csv:{place}: " in printed
    assert says in printed
    assert "1 new, 1 refused" in printed
    assert (site / "content/products/cap.yaml").exists()
    assert problems_of(site) == []


KEYED = [
    "https://nordshop.example/h?apikey=0123456789abcdef",
    "https://nordshop.example/h?access_token=0123456789abcdef&x=1",
    "https://productdata.example/datafeed/download/apikey/0123456789abcdef/language/en",
    "https://user:0123456789abcdef@nordshop.example/h",
]


@pytest.mark.parametrize("link", KEYED)
def test_an_address_with_a_key_is_flagged_and_never_stored_or_repeated(run, site, link):
    code, printed = run(f"1,Hat,{link},9.00 GBP,,Hats,Fjell,,\n", "--merchant", "nordshop")
    assert code == 1
    assert "bad-link: the address holds a key" in printed
    assert "0123456789abcdef" not in printed
    assert not any(b"0123456789abcdef" in data for data in bytes_of(site / "content").values())


def test_the_address_of_a_feed_is_not_repeated():
    result = CliRunner().invoke(group, ["import", "products", KEYED[2], "--from", "awin"])
    assert result.exit_code == 2
    assert "download the file first" in result.output
    assert "0123456789abcdef" not in result.output


def test_a_file_of_another_kind_is_told(run):
    code, printed = run(Path("content/site.yaml"))
    assert code == 1
    assert "there is no column title" in printed


def test_an_unknown_shop_is_told(run):
    code, printed = run("", "--merchant", "nordshp")
    assert code == 1
    assert "Did you mean nordshop?" in printed


def test_for_programs(run):
    _, printed = run("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,,\n", "--format", "json")
    told = json.loads(printed)
    assert told["products"] == {"new": 1}
    assert told["files"] == [{"file": "content/products/hat.yaml", "new": True}]


def test_a_site_with_broken_products_is_told_first(run, site):
    edit(site / TEE, "title: Merino Tee", "titel: Merino Tee")
    code, printed = run("1,Hat,https://nordshop.example/h,9.00 GBP,,Hats,Fjell,,\n")
    assert code == 1
    assert f"{TEE}:1:1: unknown-key" in printed


def test_a_product_in_braces_is_renewed_and_one_whose_keys_cannot_be_changed_told(run, site):
    row = "1,x,https://nordshop.example/merino-tee,65.00 GBP,in stock,,,,\n"
    text = "title: Tee, brand: fjell, category: Shirts, offers: [{merchant: nordshop, price: 69.00 GBP, OFFER}]"
    text = text.replace("OFFER", "link: https://nordshop.example/merino-tee, as_of: 2026-11-01")
    for before, (code, price) in ((f"{{{text}}}\n", (0, "65.00 GBP")), (f"--- {{{text}}}\n", (1, "69.00 GBP"))):
        (site / TEE).write_text(before)
        done, printed = run(row)
        assert (done, data_of(site, TEE)["offers"][0]["price"]) == (code, price)
    assert f"{TEE}: unreadable: " in printed


# Values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("24.90 GBP", "24.90 GBP"),
        ("GBP 24.90", "24.90 GBP"),
        ("GBP24.9", "24.90 GBP"),
        ("24,90 €", "24.90 EUR"),
        ("£1,299.00", "1299.00 GBP"),
        ("1.299,00 EUR", "1299.00 EUR"),
        ("1 299,00 EUR", "1299.00 EUR"),
        ("1800 JPY", "1800 JPY"),
        ("1,234,567 JPY", "1234567 JPY"),
        ("7", "7 SEK"),
    ],
)
def test_amounts(text, says):
    assert cells.amount(text, "SEK") == says


@given(st.decimals(0, 999_999, places=2), st.sampled_from(["GBP", "EUR", "USD"]))
def test_an_amount_that_content_holds_is_read_as_it_is(value, currency):
    text = f"{value:.2f} {currency}"
    assert cells.amount(text, "") == text


@given(st.text(max_size=30))
def test_any_cell_is_a_value_or_told(text):
    for reading in (cells.stock, cells.gtin, cells.plain, lambda each: cells.amount(each, "GBP")):
        with contextlib.suppress(Unfit):
            assert isinstance(reading(text), str)
