"""Who works for a competitor says so beside a brand's things: on pages, in feeds, documents and embeds."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from msgspec import structs

from building import build, edit, trees_of, write
from checking import problems_of
from gifting import PROFILE, SITE
from storefront import engine
from storefront.cli import group
from storefront.exporters import captions
from storefront.pages import documents, feed_entries, rivals

RIVAL, FJELL = "content/brands/nordlys.yaml", "content/brands/fjell.yaml"
TIED = "relationships: [{brand: nordlys, kind: employee, since: 2025-01-01}]\n"
BESIDE = "Works for Nordlys; Nordlys competes with Fjell"
SAID = f"Tie to a competitor: {BESIDE}."


def add(site, name, text):
    path = site / name
    path.write_text(path.read_text() + text)
    return site


@pytest.fixture
def sided(site):
    write(site, {RIVAL: "name: Nordlys\n"})
    add(site, FJELL, "competes_with: [nordlys]\n")
    return add(site, PROFILE, TIED)


def words(node):
    return " ".join(node.text().split())


def test_a_review_and_a_pick_say_so_on_every_page_that_shows_them(sided):
    edit(sided / SITE, "title:", "embeds: true\ntitle:")
    build(sided)
    trees = trees_of(sided / "site")
    for page in ("maya/", "products/merino-tee/", "embed/review/maya/merino-tee/"):
        [told] = trees[page].css(".review__disclosure")
        assert words(told) == f"Maya Lind bought this. {SAID}", page  # her side is no advertisement for the other
    for page in ("maya/", "maya/lists/kit/"):
        assert [BESIDE in words(card) for card in trees[page].css("li.cell")] == [True, True], page
    assert BESIDE in words(trees["products/merino-tee/"].css_first(".mention"))


def test_so_do_the_feed_and_the_document(sided):
    build(sided)
    output = sided / "site"
    documents = [json.loads(path.read_bytes()) for path in (output / "maya").glob("*.json")]
    [document] = [each for each in documents if "profile" in each]
    assert document["reviews"][0]["disclosure"].endswith(SAID)
    assert [item["rivals"] for item in document["lists"][0]["items"]] == [[BESIDE], [BESIDE]]
    [feed] = (output / "maya").glob("*.xml")
    assert feed.read_text().count(BESIDE) >= 2


@pytest.mark.parametrize("locale", ["de", "fr", "es", "it", "nl", "pl", "pt-BR"])
def test_it_is_said_in_the_language_of_the_page(sided, locale):
    edit(sided / PROFILE, "tagline:", f"locale: {locale}\ntagline:")
    build(sided)
    [review] = trees_of(sided / "site")["maya/"].css("article.review")
    assert "Nordlys" in words(review)
    assert "competes" not in words(review)


def test_it_does_not_matter_which_of_the_two_names_the_other(site):
    write(site, {RIVAL: "name: Nordlys\ncompetes_with: [fjell]\n"})
    build(add(site, PROFILE, TIED))
    assert SAID in trees_of(site / "site")["maya/"].body.text()


def test_all_that_is_said_of_the_brand_says_so_too(sided):
    build(sided)
    said = [words(each) for each in trees_of(sided / "site")["brands/fjell/mentions/"].css(".said")]
    assert len(said) == 2
    assert all(SAID in each for each in said)
    document = next((sided / "site/brands/fjell/mentions").glob("*.json")).read_text()
    assert document.count(SAID) == 2


@pytest.mark.parametrize(
    ("template", "piece", "page"),
    [
        ("parts/basics.html", "<dd>{{ fact.value }}</dd>", "maya/lists/kit/"),
        ("parts/review.html", '<p class="review__disclosure">{{ said.disclosure }}</p>', "products/merino-tee/"),
        ("parts/said.html", '<p class="said__disclosure">{{ said.disclosure }}</p>', "brands/fjell/mentions/"),
    ],
)
def test_a_theme_that_drops_it_is_refused(sided, template, piece, page):
    name = f"themes/editorial/templates/{template}"
    text = (engine.themes().parent / name).read_text()
    assert piece in text
    write(sided, {name: text.replace(piece, "")})
    told = [each.message for each in problems_of(sided) if "a tie to a competitor" in each.message]
    assert any(f"/{page}" in each for each in told), told


def test_a_feed_that_drops_it_is_refused(sided, monkeypatch):
    monkeypatch.setattr(feed_entries.reviewed, "disclosed", lambda *_: "Nice.")
    told = [each.message for each in problems_of(sided) if "a tie to a competitor" in each.message]
    assert any("maya/feed" in each for each in told), problems_of(sided)


def test_things_in_a_feed_that_drops_it_are_refused(sided, monkeypatch):
    monkeypatch.setattr(feed_entries, "_thing", lambda pick, _: pick.title)
    told = [each.message for each in problems_of(sided) if "a tie to a competitor" in each.message]
    assert any("maya/feed" in each and "“Merino Tee”" in each for each in told), problems_of(sided)


def test_things_in_a_document_that_drops_it_are_refused(sided, monkeypatch):
    item = documents._item
    monkeypatch.setattr(documents, "_item", lambda *given: structs.replace(item(*given), rivals=()))
    told = [each.message for each in problems_of(sided) if "a tie to a competitor" in each.message]
    assert any("maya/index.json" in each for each in told), problems_of(sided)


def test_a_caption_that_drops_it_is_refused(sided, monkeypatch):
    exported = ["export", "captions", "--root", str(sided), "--now", "2026-11-22"]
    assert SAID in CliRunner().invoke(group, exported).output
    silent = SimpleNamespace(of_review=rivals.of_review, of_pick=rivals.of_pick, sentences=lambda *_: ())
    monkeypatch.setattr(captions, "rivals", silent)
    told = CliRunner().invoke(group, exported)
    assert (told.exit_code, f"does not say “{BESIDE}”" in told.output) == (1, True), told.output


@pytest.mark.parametrize(
    "tie",
    [
        TIED.replace("}", ", until: 2025-12-31}"),
        TIED.replace("employee", "affiliate"),
        TIED.replace("nordlys", "fjell"),
    ],
)
def test_no_side_is_told_that_she_is_not_on(site, tie):
    write(site, {RIVAL: "name: Nordlys\ncompetes_with: [fjell]\n"})
    build(add(site, PROFILE, tie))
    assert "competes with" not in trees_of(site / "site")["maya/"].body.text()


def test_a_competitor_that_does_not_exist_is_told(sided):
    edit(sided / FJELL, "[nordlys]", "[nordlis]")
    [problem] = problems_of(sided)
    assert (problem.code, problem.hint) == ("unknown-reference", "Did you mean nordlys?")
