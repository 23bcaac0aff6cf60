"""`storefront import picks`: what saved pages of links put on a creator's list."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import bytes_of, write
from checking import problems_of
from storefront.cli import group
from storefront.importers.pages import picks
from storefront.reader import parse

SAMPLES = Path(__file__).parent / "samples"
LINKS = "content/influencers/maya/lists/links.yaml"


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)

    def importing(platform, *words, page=None):
        file = page or SAMPLES / f"{platform}.html"
        words = words or ("--creator", "maya", "--list", "links", "--relationship", "affiliate")
        result = CliRunner().invoke(group, ["import", "picks", str(file), "--from", platform, *words])
        return result.exit_code, result.output

    return importing


def items_of(site, file=LINKS):
    return parse((site / file).read_text(), file)["items"]


EXPECTED = {
    "linktree": [
        {"title": "The hat I sleep in", "link": "https://other.example/hat?ref=maya&colour=red"},
        {"product": "merino-tee"},
    ],
    "amazon": [
        {"title": "Stove-top kettle", "link": "https://www.amazon.co.uk/dp/B0KETTLE01"},
        {"title": "Lamp", "link": "https://www.amazon.co.uk/dp/B0LAMP0002"},
    ],
    "ltk": [{"title": "Linen shirt, white", "link": "https://rstyle.me/+AbC123"}],
    "shopmy": [{"title": "Clay mask", "link": "https://go.shopmy.us/p-123456"}],
    "page": [{"title": "Scarf", "link": "https://other.example/scarf"}],
}


def test_every_platform_is_tried():
    assert set(EXPECTED) == set(picks.FORMATS)


@pytest.mark.parametrize("platform", EXPECTED)
def test_links_become_things_of_a_list_once(run, site, platform):
    code, printed = run(platform)
    assert code == (platform == "linktree"), printed
    assert items_of(site) == [{**each, "relationship": "affiliate"} for each in EXPECTED[platform]]
    assert problems_of(site) == []
    before = bytes_of(site / "content")
    assert f"0 picks added, {len(EXPECTED[platform])} on the list before." in run(platform)[1]
    assert bytes_of(site / "content") == before


def test_a_link_with_a_key_is_told_and_not_stored(run, site):
    code, printed = run("linktree")
    assert code == 1
    assert "Feed: the address holds a key" in printed
    assert "0123456789abcdef" not in printed + (site / LINKS).read_text()
    assert "1 link passed over" in printed


def test_linktree_without_its_data_gives_its_links(run, site):
    write(site, {"l.html": '<a href="https://linktr.ee/x">x</a><p><a href="https://other.example/hat">Hat</a>'})
    assert run("linktree", page="l.html")[0] == 0
    assert items_of(site)[0]["title"] == "Hat"


def test_what_is_on_the_list_stays(run, site):
    words = ("--creator", "maya", "--list", "kit", "--relationship", "gifted", "--relationship", "ambassador")
    run("page", *words)
    items = items_of(site, "content/influencers/maya/lists/kit.yaml")
    assert items[0] == {"product": "merino-tee", "note": "Five winters, no smell."}
    assert items[1]["relationship"] == ["gifted", "ambassador"]


def test_a_dry_run_writes_nothing_and_programs_are_told(run, site):
    before = bytes_of(site)
    words = ("--creator", "maya", "--list", "links", "--relationship", "affiliate")
    assert "+  - title: Scarf" in run("page", *words, "--dry-run")[1]
    assert json.loads(run("page", *words, "--dry-run", "--format", "json")[1])["added"] == 1
    assert bytes_of(site) == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--creator", "maya", "--list", "links"), 2, "--relationship"),
        (("--creator", "mayo", "--list", "links", "--relationship", "paid"), 1, "Did you mean maya?"),
        (("--creator", "maya", "--list", "../x", "--relationship", "paid"), 2, "small letters"),
    ],
)
def test_wrong_usage_is_told(run, words, code, says):
    found, printed = run("page", *words)
    assert found == code
    assert says in printed


def test_an_empty_page_is_told(run, site):
    write(site, {"l.html": "<p>Nothing"})
    code, printed = run("amazon", page="l.html")
    assert code == 1
    assert "there is no pick on this page" in printed
