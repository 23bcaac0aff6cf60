"""A brand's page: all of its reviews, how it answers, what it did; and the same for programs."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import facts
from building import copy_of_minimal
from pages.test_shelves import brand, shelved
from storefront.catalog import responses
from storefront.catalog.ratings import gather
from storefront.gather import gather as gather_site
from storefront.pages import brand_exports, brand_page, reviewed
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Response

ATOM = "{http://www.w3.org/2005/Atom}"


def answer(day="2026-11-14", **changed):
    return ("Kiln", Response(**({"by": "kiln", "date": day, "text": "We listened."} | changed)))


def inputs_of(*reviews, shelf=(), kind=brand_page.Inputs, **changed):
    shown = {"total": len(reviews), "products": len(shelf)} if kind is brand_page.Inputs else {}
    return kind(
        site=facts.site(),
        brand=brand(),
        answers=responses.gather("kiln", 7, reviews),
        ratings=gather("brand/kiln", reviews),
        reviews=reviews,
        shelf=shelf,
        **(shown | changed),
    )


def page(*reviews, **changed):
    return brand_page.sheet(inputs_of(*reviews, **changed))


def bands(*reviews):
    return {band.label: (band.rate, band.days) for band in page(*reviews).view.answers.bands}


# How it answers


def test_each_band_of_stars_says_how_many_of_how_many_and_how_soon():
    found = bands(
        facts.review("a", rating=1.0, date="2026-11-10", responses=(answer("2026-11-12"),)),
        facts.review("b", rating=2.5, date="2026-11-10", responses=(answer("2026-11-15"),)),
        facts.review("c", rating=2.0),
        facts.review("d", rating=5.0),
    )
    assert found == {
        "4–5 stars": ("0 of 1 (0%)", "No answer yet"),
        "3 stars": ("No reviews yet", None),
        "1–2 stars": ("2 of 3 (67%)", "3.5 days"),
    }


def test_reviews_without_stars_count_apart():
    assert bands(facts.review("a", rating=None))["Without stars"] == ("0 of 1 (0%)", "No answer yet")
    assert "Without stars" not in bands(facts.review("a"))


def test_a_rating_that_an_answer_mended_counts_where_it_was():
    mended = facts.review("a", rating=5.0, first_rating=1.0, date="2026-11-10", responses=(answer("2026-11-11"),))
    assert bands(mended)["1–2 stars"] == ("1 of 1 (100%)", "1 day")


def test_only_the_brands_own_first_answer_counts():
    other = answer("2026-11-11", by="other")
    review = facts.review(rating=4.0, date="2026-11-10", responses=(other, answer("2026-11-20"), answer("2026-11-14")))
    assert bands(review)["4–5 stars"] == ("1 of 1 (100%)", "4 days")
    assert bands(facts.review(rating=4.0, responses=(other,)))["4–5 stars"] == ("0 of 1 (0%)", "No answer yet")


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_median_has_as_many_below_as_above(waits):
    middle = responses.median(sorted(waits))
    assert middle is not None
    below, above = sum(each < middle for each in waits), sum(each > middle for each in waits)
    assert max(below, above) <= len(waits) / 2
    assert min(waits) <= middle <= max(waits)


def test_nothing_has_no_median():
    assert responses.median([]) is None


# What it shows


def test_an_average_stands_with_its_count_and_its_histogram():
    view = page(facts.review("a", rating=5.0), facts.review("b", rating=2.0), facts.review("c", rating=None)).view
    assert {fact.label: fact.value for fact in view.facts} == {
        "Products": "0",
        "Reviews": "3",
        "Average rating": "3.5 from 2 ratings",
        "Answered": "0 of 3 (0%)",
    }
    assert [bar.count for bar in view.aggregate.bars] == [1, 0, 0, 1, 0]
    assert page().view.aggregate is page().view.answers is None


def test_what_was_said_stands_beside_what_was_done():
    fixed = answer(kind="fix", outcome="fixed", steps=("New handle",))
    gift = facts.review("a", cons=("Handle breaks", "Heavy"), relationships=(Relationship.GIFTED,), responses=(fixed,))
    fixes = brand_page.newest_fixes("kiln", [gift, facts.review("b", responses=(answer(kind="thanks"),))])
    [fix] = page(gift, fixes=fixes).view.fixes
    assert (fix.said, fix.review.url) == ("Handle breaks; Heavy", "/products/mug/#review-maya-a")
    assert (fix.answer.outcome, fix.answer.steps) == ("Fixed", ("New handle",))
    assert fix.disclosure == reviewed.disclosed(gift, voice(facts.site()))
    assert page(gift, fixes=fixes).page.statement is not None


def test_the_newest_fixes_come_first_and_are_not_endless():
    reviews = [facts.review(f"r{n}", responses=(answer(f"2026-10-{n + 1:02}", kind="fix"),)) for n in range(20)]
    shown = brand_page.newest_fixes("kiln", reviews)
    assert [review.id for review in shown[:2]] == ["r19", "r18"]
    assert len(shown) == brand_page.FIXES


def test_further_pages_hold_reviews_alone():
    view = page(facts.review("a"), total=30, page=2, pages=2).view
    assert (view.cards, view.fixes, view.answers, view.aggregate, view.ties) == ((), (), None, None, ())
    assert view.pagination.previous.url == "/brands/kiln/"
    assert view.reviews_shown == "Showing 1 of 30 reviews, newest first"


# For programs


def document(*reviews, **changed):
    return json.loads(brand_exports.document(inputs_of(*reviews, kind=brand_page.ExportInputs, **changed)))


def test_the_document_holds_every_review_with_its_author():
    reviews = [facts.review(f"r{n}", rating=1.0) for n in range(60)]
    made = document(*reviews, shelf=(shelved("mug"),))
    assert [review["id"] for review in made["reviews"]] == [review.id for review in reviews]
    assert made["reviews"][0]["creator"] == {"handle": "maya", "name": "Maya", "page": "https://shelf.example/maya/"}
    assert made["rating"] == {"mean": 1.0, "count": 60, "stars": [60, 0, 0, 0, 0]}
    assert made["products"] == [{"id": "mug", "title": "Mug", "page": "https://shelf.example/products/mug/"}]


def test_the_document_says_how_the_brand_answers():
    made = document(facts.review(rating=1.0, date="2026-11-10", responses=(answer("2026-11-12"),)))
    assert made["answers"]["all"] == {"stars": [0, 5], "reviews": 1, "answered": 1, "median_days": 2.0}
    assert [band["stars"] for band in made["answers"]["bands"]] == [[4, 5], [3, 3], [1, 2]]
    assert "rating" not in document()


@pytest.mark.parametrize("ratings", [(5.0, 4.5, 3.0), (3.0, 5.0, 4.5)])
def test_the_mean_does_not_depend_on_the_order(ratings):
    made = document(*(facts.review(f"r{n}", rating=rating) for n, rating in enumerate(ratings)))
    assert made["rating"]["mean"] == float(round(Decimal("12.5") / 3, 1))


def test_an_entry_names_its_author_and_an_answer_makes_it_news():
    fixed = answer("2026-11-20", kind="fix", outcome="fixed", steps=("New handle",))
    made = brand_exports.atom(inputs_of(facts.review(responses=(fixed,)), kind=brand_page.ExportInputs))
    feed = ET.fromstring(made)
    entry = feed.find(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}title") == "Reviews of Kiln"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Maya"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    assert "Kiln has fixed it · 20 Nov 2026 · Fixed" in entry.findtext(f"{ATOM}content")
    assert "New handle" in entry.findtext(f"{ATOM}content")


# At the clock


@pytest.mark.parametrize(("day", "counted"), [(8, 0), (9, 1)])
def test_a_review_counts_when_the_brands_days_are_over(tmp_path, day, counted):
    found = gather_site(copy_of_minimal(tmp_path), datetime(2026, 10, day, 12, tzinfo=UTC)).catalog
    assert found.answers["fjell"].total.reviews == counted


def test_that_day_is_told_as_the_next_change(tmp_path):
    found = gather_site(copy_of_minimal(tmp_path), datetime(2026, 10, 8, 12, tzinfo=UTC)).catalog
    assert found.next_change == datetime(2026, 10, 9, tzinfo=ZoneInfo(found.site.timezone))
