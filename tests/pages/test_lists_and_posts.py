"""The pages of one list, of one post, of all posts and of all reviews."""

import facts
from storefront.catalog.facts import PinFact
from storefront.pages import archives, list_page, post_page
from storefront.vocabulary.common import Relationship

R = Relationship


def list_of(*picks, others=(), **changed):
    fact = facts.list_("kitchen", *picks, **changed)
    return list_page.sheet(list_page.Inputs(site=facts.site(), list=fact, others=others))


def test_a_lists_own_page_has_all_of_it():
    view = list_of(*(facts.pick(f"p{number}") for number in range(30))).view
    assert len(view.list.cards) == 30
    assert view.list.more is None


def test_a_list_leads_to_its_creators_other_lists():
    view = list_of(others=(("desk", "My desk"),)).view
    assert [(link.text, link.url) for link in view.others] == [("My desk", "/maya/lists/desk/")]
    assert view.author.url == "/maya/"


def test_a_list_claims_the_ties_of_its_own_picks():
    assert list_of(facts.pick()).page.statement is None
    said = list_of(facts.pick(relationships=(R.PAID,)), facts.pick("pan", relationships=(R.GIFTED,))).page.statement
    assert "1 of 2 things was a gift." in said.sentences


def test_a_lists_introduction_and_day_are_shown():
    view = list_of(intro="For *two*.", updated="2026-11-01").view
    assert "<em>two</em>" in view.list.html
    assert view.list.updated.iso == "2026-11-01"


def post_of(*picks, others=(), **changed):
    pins = tuple(PinFact(photo=0, at=None) for _ in picks)
    fact = facts.post("morning", *picks, pins=pins, **changed)
    return post_page.sheet(post_page.Inputs(site=facts.site(), post=fact, others=others))


def test_a_post_shows_its_things_and_leads_to_them_on_the_page():
    pins = (PinFact(photo=0, at=(0.5, 0.5)),)
    fact = facts.post("morning", facts.pick(), shots=(facts.shot(),), pins=pins)
    view = post_page.sheet(post_page.Inputs(site=facts.site(), post=fact, others=())).view
    assert [pin.url for pin in view.photos[0].pins] == [f"#{view.things[0].anchor}"]


def test_a_post_leads_to_the_network_it_was_posted_on():
    view = post_of(network="instagram", url="https://instagram.example/p/1").view
    assert (view.permalink.text, view.permalink.url) == ("On Instagram", "https://instagram.example/p/1")
    assert post_of(network="instagram").view.permalink is None


def test_a_post_is_labelled_for_all_that_is_in_it():
    sheet = post_of(facts.pick(relationships=(R.GIFTED,)), facts.pick("pan", relationships=(R.PAID,)))
    assert [badge.kind for badge in sheet.view.badges] == ["paid", "gifted"]
    assert sheet.page.og.type == "article"


def test_a_page_claims_the_ties_of_the_posts_it_shows_beside():
    other = facts.post("other", facts.pick(relationships=(R.PAID,)))
    assert post_of(others=(other,)).page.statement is not None
    assert post_of().page.statement is None


def test_a_caption_does_not_repeat_the_heading_that_was_made_of_it():
    shown = post_of(title="The good pot.", caption="The good pot.\n\nNo drip.").view.html
    assert shown == "<p>No drip.</p>\n"
    assert post_of(title="The good pot.", caption="The good pot.\n").view.html == ""


def test_a_caption_stays_whole_where_its_heading_says_less():
    shown = post_of(title="The *good*", caption="The *good*\n\npot.").view.html
    assert shown == "<p>The <em>good</em></p>\n<p>pot.</p>\n"
    assert post_of(title="The good", caption="The good\npot.").view.html == "<p>The good\npot.</p>\n"
    assert post_of(title="Four o’clock", caption="The good pot.").view.html == "<p>The good pot.</p>\n"


def test_all_posts_are_there_newest_first():
    posts = tuple(facts.post(f"p{day:02}", date=f"2026-11-{day:02}") for day in range(1, 21))
    sheet = archives.posts_sheet(archives.PostInputs(site=facts.site(), byline=facts.byline(), posts=posts))
    assert [post.day.iso for post in sheet.view.posts] == [f"2026-11-{day:02}" for day in range(20, 0, -1)]


def test_all_reviews_are_there_newest_first_whatever_their_rating():
    reviews = tuple(facts.review(f"r{day:02}", date=f"2026-11-{day:02}", rating=1.0 + day % 5) for day in range(1, 21))
    inputs = archives.ReviewInputs(site=facts.site(), byline=facts.byline(), reviews=reviews)
    sheet = archives.reviews_sheet(inputs)
    assert [review.day.iso for review in sheet.view.reviews] == [f"2026-11-{day:02}" for day in range(20, 0, -1)]
    assert sheet.view.shown == "All 20 reviews, newest first"
    assert all(review.product for review in sheet.view.reviews)
