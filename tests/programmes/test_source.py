"""What makes a creator worth following: what she knows, on her page and for machines, and the wear behind a review."""

import json

import pytest

from building import build, edit, html_of, trees_of
from storefront import engine, theme

MAYA = "content/influencers/maya"
NAMED = "expertise: [Wool & down, Dry stone walls]\n"


@pytest.fixture
def expert(site):
    profile = site / f"{MAYA}/profile.yaml"
    profile.write_text(profile.read_text() + NAMED)
    return site


@pytest.mark.parametrize("name", theme.names(engine.themes().parent))
def test_what_a_creator_knows_stands_on_her_page(expert, name):
    edit(expert / "content/site.yaml", "title:", f"theme: {name}\ntitle:")
    build(expert)
    [said] = [node.text() for node in trees_of(expert / "site")["maya/"].css("main p") if "Dry stone" in node.text()]
    assert " ".join(said.split()) == "Knows well: Wool & down Dry stone walls"


def test_it_is_in_the_document_and_the_structured_data(expert):
    build(expert)
    [document] = [file for file in (expert / "site/maya").glob("*.json") if "profile" in json.loads(file.read_bytes())]
    assert json.loads(document.read_bytes())["profile"]["expertise"] == ["Wool & down", "Dry stone walls"]
    data = trees_of(expert / "site")["maya/"].css_first('script[type="application/ld+json"]').text()
    assert '"knowsAbout":["Wool & down","Dry stone walls"]' in data.replace("\\u0026", "&")


def test_who_names_nothing_has_no_empty_line(site):
    build(site)
    assert "Knows well" not in "".join(html_of(site / "site").values())


def test_a_review_says_the_months_and_miles_behind_it(site):
    review = site / f"{MAYA}/reviews/merino-tee.yaml"
    review.write_text(review.read_text() + "used_for: 12 months, 600 km\n")
    build(site)
    said = trees_of(site / "site")["products/merino-tee/"].css_first(".review__meta").text()
    assert "in use 12 months, 600 km" in " ".join(said.split())
