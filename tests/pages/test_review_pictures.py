"""A reviewer's own pictures: in her review wherever it stands, behind what was received for it, and gone with it."""

import json
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import REPOSITORY, build, bytes_of, edit, html_of, names_in, picture, write
from checking import NOW
from edits import MAYA
from storefront.leaks import leaks
from storefront.live import LiveSite
from storefront.problems import ProblemsFound

REVIEW = f"{MAYA}/reviews/merino-tee.yaml"
PAGES = ("products/merino-tee/", "maya/reviews/", "maya/", "brands/fjell/")
BARE = "product: merino-tee\ndate: 2026-10-01\nprovenance: gifted\nincentive: {kind: product, value: 69.00 GBP}\n"
MEDIA = "media:\n  - {src: media/washed-tee.jpg, alt: The tee after fifty washes, focus: [0.2, 0.5]}\n"
GONE = "status: removed\nremoved: {reason: privacy, by: Maya Lind, date: 2026-11-20}\n"
ENDING = "rights: {until: 2026-11-30, credit: Ida Berg}\n"
AFTER = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def pictured(site):
    """A site where the one review is a picture and nothing else; other sites may show it."""
    edit(site / "content/site.yaml", "title:", "embeds: true\ntitle:")
    return write(site, {REVIEW: BARE + MEDIA, f"{MAYA}/media/washed-tee.jpg": picture((300, 200))})


def review_on(site, address):
    tree = LexborHTMLParser(html_of(site / "site")[address])
    return tree.css_first("#review-maya-merino-tee")


@pytest.mark.parametrize("address", [*PAGES, "embed/review/maya/merino-tee/"])
def test_a_review_may_be_pictures_alone(pictured, address):
    build(pictured)
    review = review_on(pictured, address)
    [shown] = review.css(".review__pictures img")
    assert shown.attributes["alt"] == "The tee after fifty washes"
    assert (shown.attributes["width"], shown.attributes["height"]) == ("300", "200")
    assert shown.attributes["loading"] == "lazy"
    assert not review.css(".stars")
    assert not review.css(".prose")
    assert not review.css(".review__text")


def test_what_was_received_stands_before_them(pictured):
    build(pictured)
    html = review_on(pictured, "products/merino-tee/").html
    assert 0 < html.index("review__disclosure") < html.index("washed-tee")


def test_a_theme_that_shows_them_first_is_refused(pictured):
    part = "themes/editorial/templates/parts/review.html"
    line = '<p class="review__disclosure">{{ said.disclosure }}</p>\n'
    told = (REPOSITORY / part).read_text()
    before, _, after = told.partition(line)
    behind = "{% if said.aspects %}"
    write(pictured, {part: before + after.replace(behind, line + behind, 1)})
    with pytest.raises(ProblemsFound) as failure:
        build(pictured)
    assert {each.code for each in failure.value.problems} == {"undisclosed"}
    assert any("pictures before what was received" in each.message for each in failure.value.problems)


def test_a_theme_that_drops_its_name_and_what_was_received_is_refused(pictured):
    part = "themes/editorial/templates/parts/review.html"
    told = (REPOSITORY / part).read_text()
    for piece in (' id="{{ said.anchor }}"', "{{ said.disclosure }}"):
        assert piece in told
        told = told.replace(piece, "", 1)
    write(pictured, {part: told})
    with pytest.raises(ProblemsFound) as failure:
        build(pictured)
    messages = [each.message for each in failure.value.problems]
    assert any("on /maya/reviews/, Maya Lind's review of Merino Tee does not say" in each for each in messages)


def test_feeds_and_documents_have_them(pictured):
    build(pictured)
    made = pictured / "site"
    feed = (made / "maya/feed.xml").read_text()
    assert "washed-tee" in feed
    assert "The tee after fifty washes" in feed
    [review] = json.loads((made / "maya/index.json").read_text())["reviews"]
    [told] = review["pictures"]
    assert (told["width"], told["height"], told["alt"]) == (300, 200, "The tee after fifty washes")
    assert told["url"].startswith("https://shelves.example/media/washed-tee")
    assert (made / told["url"].removeprefix("https://shelves.example/")).is_file()


@pytest.mark.parametrize("gone", [GONE, "draft: true\n"])
def test_a_review_that_is_gone_takes_them_along(pictured, gone):
    build(pictured)
    assert any("washed-tee" in name for name in names_in(pictured / "site"))
    (pictured / REVIEW).write_text(BARE + MEDIA + gone)
    assert {each.code for each in leaks(pictured, pictured / "site", NOW).problems} == {"leak"}
    build(pictured)
    assert "washed-tee" not in " ".join(names_in(pictured / "site"))
    assert not any(b"fifty washes" in data for data in bytes_of(pictured / "site").values())
    assert leaks(pictured, pictured / "site", NOW).problems == []


@pytest.mark.parametrize("gone", [GONE, "draft: true\n"])
def test_a_picture_of_a_review_that_is_gone_is_found_by_its_bytes(pictured, tmp_path, gone):
    build(pictured)
    (pictured / REVIEW).write_text(BARE + MEDIA + gone)
    left = tmp_path / "left"
    write(left, {"index.html": "", "a.bin": (pictured / MAYA / "media/washed-tee.jpg").read_bytes()})
    [found] = leaks(pictured, left, NOW).problems
    assert found.message == "this is a picture that must not be seen"
    assert str(found.related[0]).startswith(REVIEW)


def test_they_are_left_out_when_their_rights_have_ended(pictured):
    (pictured / REVIEW).write_text(BARE + "title: Worn\n" + MEDIA + ENDING + "evidence: [own-photo, receipt]\n")
    report = build(pictured)
    assert "Pictures: Ida Berg" in review_on(pictured, "maya/reviews/").text()
    assert (report.next_change, report.warnings) == (AFTER, ())
    report = build(pictured, now=AFTER)
    assert [(each.code, str(each.place)) for each in report.warnings] == [("expired-rights", f"{REVIEW}:6:1")]
    review = review_on(pictured, "maya/reviews/")
    assert "Worn" in review.text()
    assert "Shown with it: receipt" in review.text()
    assert "Ida Berg" not in review.text()
    assert "washed-tee" not in " ".join(names_in(pictured / "site"))
    assert leaks(pictured, pictured / "site", AFTER).problems == []


@pytest.mark.parametrize(
    ("old", "new"), [("after fifty washes", "worn thin"), ("[0.2, 0.5]", "[0.8, 0.5]"), (MEDIA, "rating: 3\n")]
)
def test_an_edit_of_them_gives_what_a_clean_build_gives(pictured, tmp_path, old, new):
    patched, whole = (LiveSite(pictured, NOW, patching=patching) for patching in (True, False))
    patched.refresh()
    whole.refresh()
    build(pictured)
    edit(pictured / REVIEW, old, new)
    assert patched.refresh().paths == whole.refresh().paths
    build(pictured)
    build(pictured, tmp_path / "clean")
    assert bytes_of(pictured / "site") == bytes_of(tmp_path / "clean")


# Evidence


def test_what_is_shown_with_a_review_stands_beside_how_she_came_to_it(pictured):
    (pictured / REVIEW).write_text(BARE + MEDIA + "evidence: [own-photo, measurement, own-photo]\n")
    build(pictured)
    line = "Shown with it: own photo and measurement"
    for address in (*PAGES, "embed/review/maya/merino-tee/"):
        assert line in review_on(pictured, address).text()
    assert line in (pictured / "site/maya/feed.xml").read_text()
    [review] = json.loads((pictured / "site/maya/index.json").read_text())["reviews"]
    assert review["evidence"] == ["own-photo", "measurement"]


def test_what_is_shown_with_a_thing_stands_among_what_is_told_of_it(site):
    edit(site / MAYA / "lists/kit.yaml", "product: merino-tee", "product: merino-tee\n    evidence: [receipt]")
    build(site)
    for address in ("maya/lists/kit/", "products/merino-tee/"):
        told = LexborHTMLParser(html_of(site / "site")[address]).css(".facts div")
        assert ("Shown with it", "receipt") in [
            (each.css_first("dt").text(), each.css_first("dd").text()) for each in told
        ]
    lists = json.loads((site / "site/maya/index.json").read_text())["lists"]
    assert ["receipt"] in [item.get("evidence") for each in lists for item in each["items"]]
