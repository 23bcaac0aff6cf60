"""A removed review: nothing of what it said, and everything of who removed it, wherever it stood."""

import json
import re
import shutil

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import REPOSITORY, build, edit, html_of, write
from storefront.problems import ProblemsFound

REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
SAID = "Warm when wet"
GONE = "This review was removed on 20 Nov 2026 by Maya Lind. Reason: the author asked for it."
REMOVED = f"""\
product: merino-tee
date: 2026-10-01
rating: 1
title: Never again
body: {SAID}, they said.
pros: [Lightness]
cons: [Everything]
provenance: purchased
responses: [{{by: fjell, date: 2026-11-01, text: A pity.}}]
status: removed
removed: {{reason: author-request, by: Maya Lind, date: 2026-11-20}}
"""
NOOR = "name: Noor\nreviews:\n  - {product: merino-tee, date: 2026-10-03, rating: 4, provenance: purchased}\n"


@pytest.fixture
def pages(site):
    """The pages of a site where one of two reviews was removed."""
    write(site, {REVIEW: REMOVED, "content/influencers/noor.yaml": NOOR})
    build(site)
    return site / "site"


def text_of(pages, address):
    return " ".join(LexborHTMLParser(html_of(pages)[address]).body.text(separator=" ").split())


@pytest.mark.parametrize("address", ["products/merino-tee/", "maya/reviews/"])
def test_a_note_stands_in_its_place(pages, address):
    assert GONE in text_of(pages, address)
    anchor = LexborHTMLParser(html_of(pages)[address]).css_first("#review-maya-merino-tee")
    assert "Maya Lind" in anchor.text()
    assert anchor.css_first("time").attributes["datetime"] == "2026-10-01"


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("products/merino-tee/", "1 review, newest first; 1 removed, 50% of all published still stand"),
        ("maya/reviews/", "0 reviews; 1 removed, 0% of all published still stand"),
        ("brands/fjell/", "1 review, newest first; 1 removed, 50% of all published still stand"),
    ],
)
def test_it_is_counted(pages, address, count):
    assert count in text_of(pages, address)


def test_the_site_says_how_many_were_removed(pages):
    assert "who did it, when and why; 1 has been." in text_of(pages, "how-this-works/")


def test_it_is_in_no_average(pages):
    assert "4 out of 5 stars, 1 review" in text_of(pages, "products/merino-tee/")


def test_nothing_of_what_it_said_is_left(pages):
    everything = {path.name: path.read_text() for path in pages.rglob("*") if path.suffix in {".html", ".json", ".xml"}}
    assert len(everything) > 5
    for words in (SAID, "Never again", "Lightness", "Everything<", "A pity"):
        assert [name for name, text in everything.items() if words in text] == []


def test_a_creators_page_leads_to_it(pages):
    page = LexborHTMLParser(html_of(pages)["maya/"])
    assert [link.text() for link in page.css("a[href='/maya/reviews/']")] == ["Removed reviews"]


def test_the_json_document_has_the_note(pages):
    document = json.loads((pages / "maya/index.json").read_text())
    assert document["reviews"] == []
    assert document["removed"] == [
        {
            "id": "merino-tee",
            "product": {
                "id": "merino-tee",
                "title": "Merino Tee",
                "page": "https://shelves.example/products/merino-tee/",
            },
            "page": "https://shelves.example/products/merino-tee/#review-maya-merino-tee",
            "date": "2026-10-01",
            "reason": "author-request",
            "by": "Maya Lind",
            "removed_on": "2026-11-20",
        }
    ]


def test_the_note_takes_the_reviews_place_in_a_feed_reader(pages):
    items = {item["id"]: item for item in json.loads((pages / "maya/feed.json").read_text())["items"]}
    item = items["https://shelves.example/products/merino-tee/#review-maya-merino-tee"]
    assert item["title"] == "Removed: review of Merino Tee"
    assert item["date_modified"].startswith("2026-11-20")
    assert item["content_html"] == f"<p>{GONE}</p>"


@pytest.mark.parametrize("page", ["product.html", "reviews.html"])
@pytest.mark.parametrize("instead", ["", "<div hidden>{{ removals(view.removed, t) }}</div>"])
def test_a_theme_that_drops_or_hides_the_note_is_refused(site, page, instead):
    theme = site / "themes" / "mine"
    shutil.copytree(REPOSITORY / "themes" / "editorial", theme)
    edit(theme / "theme.yaml", "name: editorial", "name: mine")
    template = theme / "templates" / page
    template.write_text(re.sub(r"{{ removals\(.*?\) }}", instead, template.read_text()))
    edit(site / "content/site.yaml", "title:", "theme: mine\ntitle:")
    write(site, {REVIEW: REMOVED, "content/influencers/noor.yaml": NOOR})
    with pytest.raises(ProblemsFound) as failure:
        build(site)
    assert [problem.code for problem in failure.value.problems] == ["review-gone"]
    assert failure.value.problems[0].place.file == REVIEW
    assert (
        "the note on Maya Lind's removed review of Merino Tee cannot be read (U-13; "
        in failure.value.problems[0].message
    )


def test_another_review_of_the_product_may_follow_it(site):
    again = "product: merino-tee\ndate: 2026-11-21\nrating: 3\nprovenance: purchased\n"
    write(site, {REVIEW: REMOVED, "content/influencers/maya/reviews/merino-again.yaml": again})
    build(site)
    assert "1 review, newest first; 1 removed, 50% of all published still stand" in text_of(
        site / "site", "maya/reviews/"
    )
