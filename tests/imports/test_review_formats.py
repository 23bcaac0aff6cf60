"""What each platform's file becomes: samples made from the documented columns, read whole."""

from datetime import date
from pathlib import Path

import pytest

from storefront.importers import formats, google
from storefront.importers.incoming import Options
from storefront.problems import ProblemsFound
from storefront.vocabulary.imported import Reply, ReviewStatus

SAMPLES = Path(__file__).parent / "samples"
FILES = {path.stem: path for path in sorted(SAMPLES.iterdir())}
OPTIONS = Options(today=date(2026, 11, 22))
each_format = pytest.mark.parametrize("name", formats.FORMATS)


def parsed(name, data=None, **options):
    data = FILES[name].read_bytes() if data is None else data
    return formats.reader(name)(data.encode() if isinstance(data, str) else data, "file", Options(
        today=OPTIONS.today, **options))  # fmt: skip


def reviews(name):
    return [each.review for each in parsed(name).reviews]


def test_there_is_a_sample_of_every_format():
    assert set(FILES) == set(formats.FORMATS)


@each_format
def test_a_sample_is_read_whole(name):
    found = parsed(name)
    assert found.problems == ()
    assert found.refused == 0
    assert found.rows == len(found.reviews) > 0


@each_format
def test_no_address_of_a_person_is_taken_over(name):
    text = repr(parsed(name))
    assert "mail.example" not in text
    assert "203.0.113" not in text


def test_judgeme():
    first, second, third = reviews("judgeme")
    assert (first.date, first.rating, first.reviewer, first.title) == ("2026-05-01", 5.0, "Tamsin W.", "Warm when wet")
    assert first.body == 'Wore it for a "wet" week.\nIt dried overnight.'
    assert first.reply == Reply(date="2026-05-02", text="Thank you!")
    assert first.verification is None, "that it came by e-mail is no check"
    assert second.reviewer is None, "a name that is an address is no name"
    assert third.status is ReviewStatus.SPAM


def test_loox():
    first, second, third = reviews("loox")
    assert (first.reviewer, first.verification.status, first.verification.by) == ("Ida", "verified", "Loox")
    assert (second.reviewer, second.verification) == ("Rune Dahl M.", None)
    assert third.status is ReviewStatus.HIDDEN
    assert [each.review.id for each in parsed("loox").reviews] == ["L100", "l-101", "l-102"]


def test_okendo_with_semicolons_and_windows_letters():
    (review,) = reviews("okendo")
    assert (review.reviewer, review.body) == ("Asa åsen", "Schön warm; auch nass")
    assert (review.rating, review.date) == (4.5, "2026-03-25")


def test_powerreviews():
    assert [review.status for review in reviews("powerreviews")] == ["published", "pending", "rejected"]
    assert [bool(review.verification) for review in reviews("powerreviews")] == [True, False, False]


def test_shopify():
    first, second = reviews("shopify")
    assert first.body == "Good tee.\nWould buy again & again."
    assert second.status is ReviewStatus.HIDDEN


def test_yotpo():
    first, second = reviews("yotpo")
    assert first.verification.status == "verified"
    assert second.verification is None, "maybe is no yes"


def test_google():
    found = parsed("google-xml")
    first, second = (each.review for each in found.reviews)
    assert (found.publisher, found.aggregator) == ("Nordshop", "Voices Ltd")
    assert (first.id, first.reviewer, first.rating, first.language) == ("70001", "Inge", 4.5, "en")
    assert (first.incentivized, first.collection_method) == (True, "post_fulfillment")
    assert (first.pros, first.cons) == (("warm", "light"), ("dear",))
    assert first.verification.by == "Voices Ltd"
    assert (second.reviewer, second.incentivized, second.verification) == (None, None, None)
    assert "order-9" not in repr(found)
    assert "4455" not in repr(found)


def test_bazaarvoice():
    found = parsed("bazaarvoice")
    first, rejected, removed, last = (each.review for each in found.reviews)
    assert (found.publisher, found.aggregator) == (None, "Bazaarvoice")
    assert {each.names[0] for each in found.reviews} == {("id", "MERINO-TEE")}
    assert (first.id, first.reviewer, first.rating, first.date) == ("9001", "Inge", 4.0, "2026-04-21")
    assert (first.title, first.body) == ("Warm when wet", "Wore it for a wet week.\nIt dried overnight.")
    assert (first.language, first.incentivized) == ("en-GB", True)
    assert (first.verification.status, first.verification.by) == ("verified", "Bazaarvoice")
    assert first.reply == Reply(date="2026-04-23", text="Thank you!")
    assert (rejected.status, removed.status) == (ReviewStatus.REJECTED, ReviewStatus.HIDDEN)
    assert (last.status, last.reviewer) == (ReviewStatus.PUBLISHED, None), "a feed without a word on it shows it"
    assert (last.incentivized, last.verification) == (None, None), "what is not said is not known"
    assert "u-77" not in repr(found)


BV = """<Feed><Product id="merino-tee"><Reviews><Review id="1">{}<ReviewText>Fine.</ReviewText>
<SubmissionTime>2026-04-21T07:07:07</SubmissionTime></Review><Review id="2"><ReviewText>Fine.</ReviewText>
<SubmissionTime>2026-04-21T07:07:07</SubmissionTime></Review></Reviews></Product></Feed>"""
MAYBE = (
    "<ContextDataValues><ContextDataValue><ExternalId>maybe</ExternalId><ContextDataDimension>"
    "<ExternalId>VerifiedPurchaser</ExternalId></ContextDataDimension></ContextDataValue></ContextDataValues>"
)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<Rating>8</Rating><RatingRange>10</RatingRange>", "bad-value: expected a rating on a scale from 1 to 5"),
        ("<Rating>6</Rating>", "bad-value: expected a rating from 1 to 5"),
        ("<ModerationStatus>BLOCKED</ModerationStatus>", "bad-value: BLOCKED is no status that Bazaarvoice writes"),
        ("<SubmissionTime>soon</SubmissionTime>", "bad-date: expected a day, found soon"),
    ],
)
def test_a_broken_review_of_bazaarvoice_is_told_and_the_others_go_in(inside, said):
    found = parsed("bazaarvoice", BV.format(inside))
    (problem,) = found.problems
    assert f"{problem.code}: {problem.message}".startswith(said)
    assert problem.place.line == 1
    assert ([each.review.id for each in found.reviews], found.refused) == (["2"], 1)


def test_bazaarvoice_says_verified_only_from_a_yes():
    assert parsed("bazaarvoice", BV.format(MAYBE)).reviews[0].review.verification is None
    assert parsed("bazaarvoice", BV.format(MAYBE.replace("maybe", "Yes"))).reviews[0].review.verification


def test_a_review_of_bazaarvoice_in_no_product_and_a_feed_without_reviews_are_told():
    (problem,) = parsed("bazaarvoice", "<Feed><Review><Rating>5</Rating></Review></Feed>").problems[:1]
    assert problem.message == "this review stands in no product"
    (problem,) = parsed("bazaarvoice", "<Feed><Product/></Feed>").problems
    assert problem.message == "there is no review in this file"


def test_columns_that_are_not_read_are_named():
    assert parsed("judgeme").unread == ("source", "reviewer_email", "picture_urls", "ip_address", "location")


def test_headings_may_be_written_in_other_ways():
    found = parsed("yotpo", "review_content,REVIEW-SCORE, date ,product id\nGood.,5,2026-01-01,x\n")
    assert len(found.reviews) == 1


def test_a_file_of_another_platform_is_refused_with_all_that_is_missing():
    with pytest.raises(ProblemsFound) as failure:
        parsed("powerreviews", "a,b\n1,2\n")
    assert [problem.message for problem in failure.value.problems] == [
        "there is no column Page Id",
        "there is no column Rating",
        "there is no column Review Date",
        "there is no column Review Id",
        "there is no column Review Status",
        "there is no column Review Text",
    ]


HEAD = "rating,body,review_date,product_handle,title,curated\n"


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        ("6,Good.,2026-01-01,tee,,", "file:2:1", "expected a rating from 1 to 5, in halves, found 6"),
        ("0,Good.,2026-01-01,tee,,", "file:2:1", "expected a rating from 1 to 5, in halves, found 0"),
        ("4.2,Good.,2026-01-01,tee,,", "file:2:1", "expected a rating from 1 to 5, in halves, found 4.2"),
        ("nan,Good.,2026-01-01,tee,,", "file:2:1", "expected a rating from 1 to 5, in halves, found nan"),
        ("5,Good.,03/05/2026,tee,,", "file:2:9", "03/05/2026 may be two days"),
        ("5,Good.,2026-02-30,tee,,", "file:2:9", "there is no 2026-02-30 in the calendar"),
        ("5,Good.,2027-01-01,tee,,", "file:2:9", "2027-01-01 has not come yet"),
        ("5,Good.,soon,tee,,", "file:2:9", "expected a day, found soon"),
        ("5,Good.,,tee,,", "file:2:9", "expected a day, found nothing"),
        ('5,"Two\nlines",soon,tee,,', "file:3:8", "expected a day, found soon"),
        ("5,Good.,2026-01-01,,,", "file:2:1", "this row does not say which product it is about"),
        (",,2026-01-01,tee,,", "file:2:1", "the review has neither rating nor words"),
        ("5,Good.,2026-01-01,tee,,maybe", "file:2:25", "maybe is no status that Judge.me writes"),
        (f"5,Good.,2026-01-01,tee,{'x' * 301},", "file:2:24", "expected one line of text, at most 300 characters"),
        ("5,Good.,2026-01-01,tee,,,,7", "file:2:1", "this row has 8 cells, and there are 6 columns"),
        ('5,"Good,2026-01-01,tee,,', "file:2:1", "a quote is opened in this row and not closed"),
    ],
)
def test_a_broken_row_is_told_with_its_place_and_the_next_one_goes_in(row, place, message):
    found = parsed("judgeme", f"{HEAD}{row}\n4,Fine.,2026-01-02,tee,,\n")
    assert [(str(problem.place), problem.message) for problem in found.problems] == [(place, message)]
    assert all(problem.hint for problem in found.problems)
    assert [each.review.body for each in found.reviews] == ["Fine."]
    assert found.rows == len(found.reviews) + found.refused


@pytest.mark.parametrize("cell", ["ida@mail.example", "203.0.113.9", "2001:db8:0:0:1:2:3:4"])
@pytest.mark.parametrize("column", [0, 2, 5])
def test_an_address_in_a_cell_that_has_slipped_is_not_repeated(cell, column):
    row = ["5", "Good.", "2026-01-01", "tee", "", ""]
    row[column] = cell
    (problem,) = parsed("judgeme", HEAD + ",".join(row) + "\n").problems
    assert cell not in problem.message + problem.hint


@pytest.mark.parametrize(("day_first", "expected"), [(True, "2026-05-03"), (False, "2026-03-05")])
def test_a_date_that_may_be_two_days_is_read_as_told(day_first, expected):
    found = parsed("judgeme", f"{HEAD}5,Good.,03/05/2026,tee,,\n", day_first=day_first)
    assert [each.review.date for each in found.reviews] == [expected]


# XML


REVIEW = """<review><review_id>{id}</review_id><review_timestamp>2026-01-01T00:00:00Z</review_timestamp>
<content>Good.</content><ratings><overall min="1" max="{most}">4</overall></ratings>
<products><product><product_url>https://a.example/tee</product_url></product></products></review>
"""


def xml(*inner):
    return f"<feed><publisher><name>P</name></publisher><reviews>{''.join(inner)}</reviews></feed>"


def test_a_rating_on_another_scale_is_refused_where_it_stands():
    found = parsed("google-xml", xml(REVIEW.format(id=1, most=10), REVIEW.format(id=2, most=5)))
    assert [str(problem.place) for problem in found.problems] == ["file:2:34"]
    assert [each.review.id for each in found.reviews] == ["2"]


def test_what_stands_before_broken_xml_is_read():
    found = parsed("google-xml", xml(REVIEW.format(id=1, most=5))[:-17] + "<oops")
    assert [each.review.id for each in found.reviews] == ["1"]
    assert found.problems[0].message.startswith("this is no XML: ")
    assert found.rows == len(found.reviews) + found.refused


def test_entities_cannot_be_declared():
    bomb = '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + xml("&b;")
    (problem,) = parsed("google-xml", bomb).problems
    assert problem.message == "the file declares a document type, which a feed has no use for"


def test_deep_xml_is_refused():
    (problem,) = parsed("google-xml", "<a>" * 40 + "</a>" * 40).problems
    assert problem.message == "elements are nested deeper than 16"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<html></html>", b"a,b\n1,2\n"])
def test_a_file_that_is_no_feed_is_told(data):
    found = google.read(data, "file", OPTIONS)
    assert [problem.code for problem in found.problems] == ["unreadable"]
    assert found.reviews == ()
