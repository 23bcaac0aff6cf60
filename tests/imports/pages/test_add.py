"""`storefront add`: a shop's page becomes a product, with its brand, its shop and its place on a list."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from building import bytes_of, edit, picture, write
from checking import problems_of
from storefront.cli import common, group
from storefront.reader import parse

SAMPLES = Path(__file__).parent / "samples"
HAT, KIT = "content/products/wool-hat.yaml", "content/influencers/maya/lists/kit.yaml"
ONTO = ("--list", "kit", "--relationship", "purchased")


@pytest.fixture
def run(site, monkeypatch):
    """Adds a sample, a file or an address to the minimal site; gives the exit code and what was printed."""
    monkeypatch.chdir(site)

    def adding(what, *words, answers=""):
        page = SAMPLES / what if (SAMPLES / what).is_file() else what
        words = ["add", str(page), "--now", "2026-11-22", *words]
        result = CliRunner().invoke(group, words, input=answers)
        return result.exit_code, result.output

    return adding


@pytest.fixture
def asked(monkeypatch):
    """Somebody sits at a terminal."""
    monkeypatch.setattr(common, "is_asked", lambda: True)


def data_of(site, file):
    return parse((site / file).read_text(), file)


@pytest.mark.parametrize("sample", ["jsonld.html", "microdata.html", "opengraph.html"])
def test_a_saved_page_becomes_a_product_on_a_list(run, site, sample):
    code, printed = run(sample, *ONTO, "--category", "Clothing > Hats", "--note", "Warm.")
    assert code == 0, printed
    made = data_of(site, HAT)
    told = {"gtin": "5012345678900"} if sample != "opengraph.html" else {}
    assert made == {
        "title": "Wool Hat",
        "brand": "fjell",
        "description": "A hat of wool.",
        "category": "Clothing > Hats",
        **told,
        "offers": [
            {
                "merchant": "nordshop",
                "link": "https://nordshop.example/wool-hat",
                "price": "24.90 GBP",
                "as_of": "2026-11-22",
            }
        ],
    }
    assert data_of(site, KIT)["items"][-1] == {"product": "wool-hat", "note": "Warm.", "relationship": "purchased"}
    assert problems_of(site) == []
    before = bytes_of(site / "content")
    assert run(sample, *ONTO, "--category", "Clothing > Hats")[1].startswith("Nothing has changed.")
    assert bytes_of(site / "content") == before


def test_the_list_keeps_its_comments(run, site):
    edit(site / KIT, "items:\n", "# Everything I run in.\nitems:  # best first\n")
    (site / KIT).write_text((site / KIT).read_text() + "  # The gloves went.\n")
    run("jsonld.html", *ONTO)
    assert (
        (site / KIT).read_text()
        == """\
title: Winter running kit
# Everything I run in.
items:  # best first
  - product: merino-tee
    note: Five winters, no smell.
  - product: wool-hat
    relationship: purchased
  # The gloves went.
"""
    )


def test_a_list_that_is_not_there_is_made(run, site):
    assert run("jsonld.html", "--list", "on-my-head", "--relationship", "gifted")[0] == 0
    assert data_of(site, "content/influencers/maya/lists/on-my-head.yaml")["title"] == "On my head"
    assert problems_of(site) == []


def test_a_creator_in_one_file_gets_it_there(run, site):
    write(site, {"content/influencers/noor.yaml": "name: Noor\nlists:\n  kit: {title: Kit, items: []} # mine\n"})
    assert run("jsonld.html", "--creator", "noor", "--list", "kit", "--relationship", "gifted")[0] == 0
    text = (site / "content/influencers/noor.yaml").read_text()
    assert "# mine" in text
    assert "      - product: wool-hat\n        relationship: gifted\n" in text
    assert problems_of(site) == []


def test_a_new_shop_gets_a_file(run, site, tmp_path):
    page = tmp_path / "p.html"
    page.write_text((SAMPLES / "jsonld.html").read_text().replace("nordshop.example", "www.hats.example"))
    code, printed = run(page)
    assert code == 0
    assert "Nordshop is a new shop here" in printed
    (offer,) = data_of(site, HAT)["offers"]
    assert offer["merchant"] == "hats-example"
    assert problems_of(site) == []


def test_what_the_page_does_not_tell_is_told(run, site):
    before = bytes_of(site)
    code, printed = run("opengraph.html")
    assert code == 1
    assert "the key category is missing" in printed
    assert "--category" in printed
    assert bytes_of(site) == before


@pytest.mark.usefixtures("asked")
def test_on_a_terminal_everything_that_is_missing_is_asked(run, site):
    code, printed = run("opengraph.html", answers="kit\nbought\ngifted\nClothing > Hats\n")
    assert code == 0, printed
    assert "How did you come to it" in printed
    assert "bought is none of these. Did you mean purchased?" in printed
    assert data_of(site, HAT)["category"] == "Clothing > Hats"
    assert data_of(site, KIT)["items"][-1]["relationship"] == "gifted"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("answer", "taken"), [("y", True), ("n", False), ("", False)])
def test_a_picture_saved_with_the_page_is_taken_only_with_leave(run, site, tmp_path, answer, taken):
    page = tmp_path / "hat.html"
    page.write_text((SAMPLES / "jsonld.html").read_text())
    (tmp_path / "hat_files").mkdir()
    (tmp_path / "hat_files" / "hat.jpg").write_bytes(picture())
    run(page, answers=f"none\n{answer}\n")
    assert (site / "content/products/media/wool-hat.jpg").is_file() is taken
    assert ("images" in data_of(site, HAT)) is taken
    assert problems_of(site) == []


def test_a_picture_of_ones_own_is_copied(run, site, tmp_path):
    (tmp_path / "Mine.JPG").write_bytes(picture())
    run("jsonld.html", "--picture", str(tmp_path / "Mine.JPG"))
    assert data_of(site, HAT)["images"] == [{"src": "media/wool-hat.jpg", "alt": "Wool Hat"}]
    assert problems_of(site) == []


def test_a_list_without_a_relationship_is_wrong_usage(run):
    code, printed = run("jsonld.html", "--list", "kit")
    assert code == 2
    assert "--relationship" in printed


def test_a_dry_run_writes_nothing(run, site):
    before = bytes_of(site)
    code, printed = run("jsonld.html", *ONTO, "--dry-run")
    assert code == 0
    assert f"+++ {HAT}" in printed
    assert "+  - product: wool-hat" in printed
    assert bytes_of(site) == before


def test_amazon_gets_its_number_and_no_price(run, site, tmp_path):
    page = tmp_path / "p.html"
    text = (SAMPLES / "jsonld.html").read_text()
    page.write_text(text.replace("https://nordshop.example/wool-hat", "https://www.amazon.co.uk/Hat/dp/B0HAT00001"))
    assert run(page)[0] == 0
    made = data_of(site, HAT)
    assert made["asin"] == "B0HAT00001"
    assert "price" not in made["offers"][0]


def test_any_page_is_a_product_or_told(run, tmp_path):
    page = tmp_path / "p.html"
    for text in (
        "",
        "<h1>Hat",
        '<script type="application/ld+json">[[[[{"@type":"Product","name":{"a":1}}]]]]</script>',
    ):
        page.write_text(text)
        code, printed = run(page)
        assert code == 1
        assert "the page does not tell" in printed
