"""`storefront export reviews`: every review, the same bytes each time, with what was received for it."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, picture, write
from storefront.cli import group
from storefront.exporters import google, tables
from storefront.exporters.reviews import Exported, exported
from storefront.gather import gather
from storefront.importers import google as importer
from storefront.importers.incoming import Options

FEED_CHILDREN = ["version", "publisher", "reviews"]
# The order, and what must be there, of the documented feed 2.4: developers.google.com/product-review-feeds/schema.
REVIEW = {
    "review_id": True, "reviewer": True, "is_verified_purchase": False, "is_incentivized_review": False,
    "review_timestamp": True, "title": False, "content": True, "review_language": False, "review_country": False,
    "pros": False, "cons": False, "review_url": True, "reviewer_images": False, "ratings": True, "products": True,
    "is_spam": False, "collection_method": False, "transaction_id": False,
}  # fmt: skip
IDS = ["gtins", "mpns", "skus", "brands", "asins"]
IMPORTED = """publisher: Nordshop
aggregator: Judge.me
imported_on: 2026-11-20
reviews:
  - {id: a1, date: 2026-08-02, reviewer: Tamsin, rating: 2, title: "=1+1", body: "@SUM(A1)", incentivized: true}
  - {id: a2, date: 2026-08-03, rating: 1, status: hidden}
"""


def run(site, form, *words):
    words = ["export", "reviews", "--format", form, "--root", str(site), "--now", "2026-11-22", *words]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


@pytest.fixture
def imported(site):
    return write(site, {"content/reviews/nordshop/merino-tee.yaml": IMPORTED})


@pytest.fixture(scope="module")
def of_demo(demo):
    gathered = gather(demo.root, DEMO_NOW)
    return exported(gathered.catalog, gathered.site)


def test_the_json_document_says_whose_each_review_is(imported):
    told = json.loads(run(imported, "json"))
    own, bought, hidden = told["reviews"]
    assert (own["origin"], own["provenance"], own["disclosure"]) == ("own", "purchased", "Maya Lind bought this.")
    assert (bought["origin"], bought["publisher"], bought["aggregator"]) == ("imported", "Nordshop", "Judge.me")
    assert (bought["is_incentivized_review"], bought["is_verified_purchase"]) == (True, None)
    assert (hidden["status"], hidden["content"], hidden["rating"]) == ("hidden", None, 1)


def test_the_table_has_no_formulas(imported):
    rows = list(csv.DictReader(io.StringIO(run(imported, "csv").decode())))
    assert (rows[1]["title"], rows[1]["content"]) == ("'=1+1", "'@SUM(A1)")
    assert [row["origin"] for row in rows] == ["own", "imported", "imported"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "  =1"])
def test_whatever_a_spreadsheet_would_run_is_text(text):
    assert tables._cell(text).startswith("'")
    assert tables._cell((text, "b")).startswith("'")
    assert tables._cell("a" + text) == "a" + text


@pytest.mark.parametrize("form", ["json", "csv", "google-xml"])
def test_the_bytes_are_the_same_each_time_and_in_a_file(imported, tmp_path, form):
    first = run(imported, form)
    target = tmp_path / "out"
    assert run(imported, form, "--output", str(target)) == b""
    assert target.read_bytes() == first == run(imported, form)


def test_what_is_not_in_the_feed_is_counted(imported):
    words = ["export", "reviews", "--format", "google-xml", "--root", str(imported), "--now", "2026-11-22"]
    result = CliRunner().invoke(group, words)
    assert result.stderr == "2 reviews not in the feed: imported, without a rating or words, or by insiders.\n"
    assert b"Tamsin" not in result.stdout_bytes


# The feed's shape


def feed_of(reviews):
    return google.feed(reviews, "Publisher & Sons")


def test_every_review_of_the_demo_has_the_documented_shape(of_demo):
    root = ET.fromstring(feed_of(of_demo))
    assert [child.tag for child in root] == FEED_CHILDREN
    assert root.findtext("version") == "2.4"
    assert root.findtext("publisher/name") == "Publisher & Sons"
    found = root.findall("reviews/review")
    assert len(found) == sum(map(google.fits, of_demo)) > 100
    for review in found:
        judge(review)
    identities = [review.findtext("review_id") for review in found]
    assert len(identities) == len(set(identities))


def judge(review):
    """What the schema asks of one review."""
    tags = [child.tag for child in review]
    assert tags == [tag for tag in REVIEW if tag in tags], "elements stand in the schema's order, each once"
    assert {tag for tag, needed in REVIEW.items() if needed} <= set(tags)
    assert review.findtext("reviewer/name").strip()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", review.findtext("review_timestamp"))
    assert review.findtext("content").strip()
    assert review.find("review_url").attrib == {"type": "group"}
    assert review.findtext("review_url").startswith("https://")
    overall = review.find("ratings/overall")
    assert overall.attrib == {"min": "1", "max": "5"}
    assert 1 <= float(overall.text) <= 5
    for truth in ("is_verified_purchase", "is_incentivized_review"):
        assert review.findtext(truth) in {"true", "false", None}
    for product in review.findall("products/product"):
        order = ["product_ids", "product_name", "product_url"]
        assert [child.tag for child in product] == order
        ids = [child.tag for child in product.find("product_ids")]
        assert ids == [tag for tag in IDS if tag in ids]
        assert product.findtext("product_url").startswith("https://")


def test_her_own_pictures_go_along(site):
    media = "media: [{src: media/worn.jpg, alt: The tee on a line}]\nevidence: [own-photo]\n"
    review = site / "content/influencers/maya/reviews/merino-tee.yaml"
    review.write_text(review.read_text() + media)
    write(site, {"content/influencers/maya/media/worn.jpg": picture((300, 200))})
    [told] = json.loads(run(site, "json"))["reviews"]
    [address] = told["pictures"]
    assert address.startswith("https://shelves.example/media/worn.")
    assert told["evidence"] == ["own-photo"]
    [row] = csv.DictReader(io.StringIO(run(site, "csv").decode()))
    assert (row["pictures"], row["evidence"]) == (address, "own-photo")
    [review] = ET.fromstring(run(site, "google-xml")).findall("reviews/review")
    judge(review)
    assert [each.text for each in review.findall("reviewer_images/reviewer_image/url")] == [address]


def test_a_gift_is_said_twice_in_the_feed(of_demo):
    gifts = {each.review_id for each in of_demo if each.provenance == "gifted" and google.fits(each)}
    assert gifts
    for review in ET.fromstring(feed_of(of_demo)).findall("reviews/review"):
        if review.findtext("review_id") in gifts:
            assert review.findtext("is_incentivized_review") == "true"
            said = next(each for each in of_demo if each.review_id == review.findtext("review_id"))
            assert review.findtext("content").startswith(said.disclosure)


def test_insiders_and_wordless_reviews_are_not_in_the_feed(of_demo):
    (plain,) = [each for each in of_demo if google.fits(each)][:1]
    assert not google.fits(changed(plain, relationships=("owner",)))
    assert not google.fits(changed(plain, rating=None))
    assert not google.fits(changed(plain, content=None, updates=()))
    assert not google.fits(changed(plain, origin="imported"))


def changed(review, **values):
    return Exported(**({name: getattr(review, name) for name in Exported.__struct_fields__} | values))


def test_a_feed_comes_back_as_it_went(of_demo):
    parsed = importer.read(feed_of(of_demo), "feed.xml", Options(today=date(2026, 11, 26)))
    assert parsed.problems == ()
    went = {each.review_id: each for each in of_demo if google.fits(each)}
    assert len(parsed.reviews) == len(went)
    for each in parsed.reviews:
        review, sent = each.review, went[each.review.id]
        assert (review.reviewer, review.rating, review.date) == (sent.reviewer, sent.rating, sent.date)
        assert (review.title, review.incentivized) == (sent.title, sent.is_incentivized_review)
        assert review.body.split() == google._content(sent).split()
        assert ("url", sent.product_url) in each.names


def test_an_empty_site_has_a_feed_without_reviews():
    root = ET.fromstring(feed_of([]))
    assert [child.tag for child in root] == ["version", "publisher"]


def test_what_xml_cannot_hold_is_left_out(of_demo):
    (plain,) = [each for each in of_demo if google.fits(each)][:1]
    root = ET.fromstring(feed_of([changed(plain, title="a\x00\x1b\ufffe<b>]]>&amp;")]))
    assert root.findtext("reviews/review/title") == "a<b>]]>&amp;"


def test_a_site_with_problems_is_told(site):
    Path(site / "content/products/merino-tee.yaml").write_text("title: 1\n")
    result = CliRunner().invoke(group, ["export", "reviews", "--format", "json", "--root", str(site)])
    assert result.exit_code == 1
    assert "missing-key" in result.output
