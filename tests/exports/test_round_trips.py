"""What goes out comes back: the feed read by its own importer, and imported reviews in every export, whole."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import write
from checking import NOW
from storefront import changes
from storefront.exporters import documents, google, tables
from storefront.exporters.documents import Document
from storefront.exporters.reviews import Exported, exported
from storefront.gather import gather
from storefront.importers import formats, run
from storefront.importers import google as importer
from storefront.importers.incoming import Options
from storefront.records import load

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
MEANT = "content/reviews/nordshop/merino-tee.yaml"
TODAY = Options(today=date(2026, 11, 26))
# Marks of markup are not among them: importers take tags and entities out of what platforms write.
lines = st.text("abcXYZäßé漢字0189 .,;:!?'\"-()/*=+", min_size=1, max_size=40).map(lambda text: " ".join(text.split()))
told = lines.filter(bool)
days = st.dates(date(2000, 1, 1), date(2026, 11, 26)).map(date.isoformat)
halves = st.integers(2, 10).map(lambda number: number / 2)


@st.composite
def reviews(draw):
    """Reviews that the feed may have, each with an id of its own."""
    return [
        Exported(
            review_id=f"maya/r{number}",
            origin="own",
            publisher="Shelves",
            product_id="tee",
            product_name=draw(told),
            product_url="https://shelves.example/products/tee/",
            brand="Fjell",
            gtin=None,
            mpn=None,
            reviewer=draw(st.sampled_from(["Maya Lind", "Ånund Sø", "李雷"])),
            date=draw(days),
            rating=draw(halves),
            title=draw(st.none() | told),
            content="\n\n".join(draw(st.lists(told, min_size=1, max_size=3))),
            pros=tuple(draw(st.lists(told, max_size=3))),
            cons=tuple(draw(st.lists(told, max_size=3))),
            language="en",
            disclosure=draw(st.none() | told),
            is_incentivized_review=draw(st.booleans()),
            is_verified_purchase=draw(st.none() | st.booleans()),
            status="published",
            review_url="https://shelves.example/products/tee/#r",
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@given(reviews().filter(bool))
def test_the_feed_is_read_back_as_it_was(given_):
    found = importer.read(google.feed(given_, "Shelves"), "feed.xml", TODAY)
    assert found.publisher == "Shelves"
    assert [problem.message for problem in found.problems] == []
    assert len(found.reviews) == len(given_)
    for sent, each in zip(given_, found.reviews, strict=True):
        got = each.review
        assert (got.id, got.date, got.reviewer, got.rating) == (sent.review_id, sent.date, sent.reviewer, sent.rating)
        assert (got.title, got.pros, got.cons) == (sent.title, sent.pros, sent.cons)
        assert got.body == google._content(sent)
        assert got.incentivized is sent.is_incentivized_review
        assert bool(got.verification) is bool(sent.is_verified_purchase), "only a yes verifies"


@given(reviews())
def test_the_document_is_read_back_as_it_was(given_):
    import msgspec

    made = msgspec.json.decode(documents.document(given_, "Shelves", "https://shelves.example"), type=Document)
    assert list(made.reviews) == given_


@given(reviews())
def test_the_table_is_read_back_as_it_was_but_for_marks_before_formulas(given_):
    rows = list(csv.DictReader(io.StringIO(tables.table(given_).decode(), newline="")))
    assert len(rows) == len(given_)
    for sent, row in zip(given_, rows, strict=True):
        for key in ("title", "content", "disclosure"):
            assert row[key].removeprefix("'") == (getattr(sent, key) or "").removeprefix("'")
        assert (row["date"], float(row["rating"])) == (sent.date, sent.rating)
        assert row["is_incentivized_review"] == str(sent.is_incentivized_review).lower()


@pytest.mark.parametrize("name", formats.FORMATS)
def test_what_is_imported_goes_out_whole(site, name):
    wanted = run.ReviewsImport(
        root=site, file=next(SAMPLES.glob(f"{name}.*")), format=name, now=NOW, publisher="Nordshop"
    )
    changes.write(site, run.plan(wanted).changes)
    stored = [review for entry in load(site).curation.imported.values() for review in entry.record.reviews]
    assert stored
    gathered = gather(site, datetime(2026, 11, 22, 12, tzinfo=UTC))
    out = exported(gathered.catalog, gathered.site)
    document = json.loads(documents.document(out, "Shelves", "https://shelves.example"))
    sent = {each["review_id"]: each for each in document["reviews"] if each["origin"] == "imported"}
    assert sent.keys() == {f"nordshop/{review.id}" for review in stored}
    rows = {row["review_id"]: row for row in csv.DictReader(io.StringIO(tables.table(out).decode(), newline=""))}
    for review in stored:
        there = f"nordshop/{review.id}"
        each, row = sent[there], rows[there]
        assert (each["rating"], each["date"], each["status"]) == (review.rating, review.date, review.status)
        assert (each["title"], each["content"], each["reviewer"]) == (review.title, review.body, review.reviewer)
        assert each["is_incentivized_review"] is review.incentivized
        assert row["content"].removeprefix("'") == (review.body or "")
        assert row["status"] == review.status


def test_what_the_site_removed_goes_out_as_removed(site):
    bought = "publisher: Nordshop\nimported_on: 2026-11-20\nreviews:\n"
    bought += "  - {id: a1, date: 2026-08-02, rating: 2, status: removed, reason: spam}\n"
    write(site, {MEANT: bought})
    gathered = gather(site, NOW)
    (gone,) = [each for each in exported(gathered.catalog, gathered.site) if each.origin == "imported"]
    assert (gone.status, gone.reason, gone.content) == ("removed", "spam", None)
