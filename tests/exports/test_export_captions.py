"""`storefront export captions`: texts to paste elsewhere, none of which can leave without its label."""

import json

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, copy_of_demo, edit, write
from storefront.cli import group
from storefront.disclosure import UNPAID
from storefront.exporters import captions
from storefront.gather import gather

MAYA = "content/influencers/maya"
POST, REVIEW, PROFILE = f"{MAYA}/posts/first-frost.yaml", f"{MAYA}/reviews/merino-tee.yaml", f"{MAYA}/profile.yaml"
SHOWN = """title: First frost
date: 2026-11-10
relationship: gifted
caption: |
  The **first** frost, and I ran.
products:
  - {product: merino-tee}
"""
LINK = "https://shelves.example/maya/posts/first-frost/"
RECALL = "recalls:\n  - {id: seams, products: [merino-tee], date: 2026-11-20, notice: The seams can open.}\n"


def run(site, *words):
    result = CliRunner().invoke(group, ["export", "captions", "--root", str(site), "--now", "2026-11-22", *words])
    return result.exit_code, result.stdout, result.stderr


def made(site, *words):
    code, out, err = run(site, "--format", "json", *words)
    assert code == 0, err
    return {each["kind"]: each for each in json.loads(out)["captions"]}


@pytest.fixture
def posted(site):
    return write(site, {POST: SHOWN})


def test_the_labels_come_first_then_the_words_then_the_link(posted):
    said = made(posted)["post"]
    assert said["text"].splitlines()[:2] == ["Ad · gifted by Fjell", "Ad · affiliate link"]
    assert said["text"].split("\n\n")[1:] == ["First frost", "The first frost, and I ran.", LINK]
    assert said["disclosure"] == ["Ad · gifted by Fjell", "Ad · affiliate link"]
    assert (said["link"], said["language"]) == (LINK, "en-GB")


def test_what_nobody_gave_anything_for_says_how_she_came_to_it(posted):
    said = made(posted)["review"]
    assert said["disclosure"] == []
    first, *_, last = said["text"].split("\n\n")
    assert first == "Maya Lind bought this."
    assert last == "https://shelves.example/products/merino-tee/#review-maya-merino-tee"
    assert "Warm when wet, and it does not itch." in said["text"]


def test_what_is_said_against_a_thing_is_in_it_too(posted):
    edit(posted / REVIEW, "body: Warm when wet, and it does not itch.\n", "pros: [Warm when wet]\ncons: [It pills]\n")
    assert made(posted)["review"]["text"].split("\n\n")[-3:-1] == ["For\n- Warm when wet", "Against\n- It pills"]


def test_a_review_that_was_paid_for_begins_with_that(posted):
    edit(posted / REVIEW, "provenance: purchased", "provenance: paid")
    assert made(posted)["review"]["text"].startswith("Ad · paid by Fjell\n\n")


@pytest.mark.parametrize(("locale", "market", "label"), [("de", "de", "Anzeige"), ("fr", "fr", "Collaboration")])
def test_labels_are_in_her_markets_language(posted, locale, market, label):
    edit(posted / PROFILE, "tagline:", f"locale: {locale}\nmarkets: [{market}]\ntagline:")
    edit(posted / POST, "gifted", "paid")
    assert label.casefold() in made(posted)["post"]["text"].split("\n")[0].casefold()


def test_what_was_said_later_stands_behind_its_day(posted):
    with (posted / REVIEW).open("a") as review:
        review.write("updates: [{date: 2026-11-01, text: It pills.}]\n")
    assert "1 Nov 2026: It pills." in made(posted)["review"]["text"].split("\n\n")
    edit(posted / PROFILE, "tagline:", "locale: fr\ntagline:")
    assert "1 nov. 2026\xa0: It pills." in made(posted)["review"]["text"].split("\n\n")


def test_a_tie_to_a_competitor_is_said_before_the_words(posted):
    write(posted, {"content/brands/nordlys.yaml": "name: Nordlys\ncompetes_with: [fjell]\n"})
    profile = posted / PROFILE
    profile.write_text(profile.read_text() + "relationships: [{brand: nordlys, kind: employee}]\n")
    told = "Tie to a competitor: Works for Nordlys; Nordlys competes with Fjell."
    assert made(posted)["post"]["text"].split("\n\n")[1] == told
    assert told in made(posted)["review"]["text"].split("\n\n")[0]


@pytest.mark.parametrize("piece", ["badges", "post_badges"])
def test_a_caption_without_its_label_is_refused(posted, monkeypatch, piece):
    edit(posted / REVIEW, "provenance: purchased", "provenance: paid")
    monkeypatch.setattr(captions.parts, piece, lambda *_: ())
    code, out, _ = run(posted)
    assert code == 1
    assert "undisclosed: the caption of the" in out
    assert "-----" not in out


def test_every_caption_of_the_demo_begins_with_every_label(tmp_path):
    gathered = gather(copy_of_demo(tmp_path), DEMO_NOW)
    found = captions.exported(gathered.catalog, gathered.site)
    posts = {(fact.byline.handle, fact.id): fact for fact in gathered.catalog.posts.values()}
    tied = 0
    for each in found.captions:
        head = each.text.split("\n\n")[0].split("\n")
        if each.kind == "post":
            kinds = {kind for pick in posts[each.creator, each.id].picks for kind in pick.relationships}
            assert bool(kinds - UNPAID) <= bool(each.disclosure)
        assert tuple(head) == each.disclosure or not each.disclosure
        tied += bool(each.disclosure)
    assert tied > 20


def test_what_was_recalled_has_none_and_it_is_told(posted):
    write(posted, {"content/recalls.yaml": RECALL})
    code, out, err = run(posted)
    assert (code, out) == (0, "")
    assert "2 texts left out: what is shown was recalled." in err


def test_texts_stand_apart_and_can_be_written_to_a_file(posted):
    code, out, _ = run(posted, "--output", str(posted / "captions.txt"), "--creator", "maya")
    assert (code, out) == (0, "")
    written = (posted / "captions.txt").read_text()
    heads = [line for line in written.splitlines() if line.startswith("-----")]
    assert heads == ["----- review maya/merino-tee (en-GB)", "----- post maya/first-frost (en-GB)"]


def test_an_unknown_creator_is_told(posted):
    code, out, _ = run(posted, "--creator", "maja")
    assert code == 1
    assert "Did you mean maya?" in out
