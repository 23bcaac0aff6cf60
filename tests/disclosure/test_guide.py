"""docs/disclosure.md says what the packs say: markets, labels, examples."""

import re
from pathlib import Path

import pytest

from checking import problems_of, site_with
from storefront import disclosure
from storefront.disclosure.choose import STRENGTH
from storefront.vocabulary.common import Relationship

PAGE = (Path(__file__).parents[2] / "docs" / "disclosure.md").read_text(encoding="utf-8")
LANGUAGES = {"English": "en", "German": "de", "French": "fr", "Italian": "it", "Spanish": "es", "Dutch": "nl"}
LANGUAGES |= {"Polish": "pl", "Portuguese": "pt"}


def rows(heading):
    table = re.search(rf"^\| {re.escape(heading)} \|.*?\n\n", PAGE, re.MULTILINE | re.DOTALL)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]


def test_every_tie_is_told_in_order():
    told = [row[0].strip("`") for row in rows("You write")]
    assert told == [str(each) for each in sorted(Relationship, key=STRENGTH.__getitem__)]
    labelled = [row[0].strip("`") for row in rows("You write") if row[2] == "yes"]
    assert labelled == list(disclosure.LABELLED)


def test_every_market_is_told_with_its_languages():
    told = {row[0].strip("`"): [LANGUAGES[name] for name in row[2].split(", ")] for row in rows("Market")}
    assert told == {market: list(pack.texts) for market, pack in disclosure.packs().items()}


@pytest.mark.parametrize("row", rows("Markets"), ids=lambda row: f"{row[0]} {row[1]}")
def test_the_labels_shown_are_those_chosen(row):
    markets = tuple(market.strip("` ") for market in row[0].split(","))
    chosen = disclosure.wording(markets, LANGUAGES[row[1]])
    ties = [Relationship.AFFILIATE, Relationship.GIFTED]
    assert [label.text for label in disclosure.labels(ties, "Acme", chosen)] == [row[3], row[2]]


def test_the_examples_are_right(tmp_path):
    shown = re.findall(r"^```yaml\n# (markets/\S+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(shown) == 2
    site = site_with(tmp_path, dict(shown))
    assert problems_of(site) == []
    assert len(disclosure.of_site(site).packs) == 2
