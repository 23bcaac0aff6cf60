"""A creator's own page: her lists in her order, her newest posts and reviews, and every tie before the first link."""

from msgspec import structs

import facts
from storefront.pages import vanity
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.influencer import Location

R = Relationship


def page(*, site=None, lists=(), posts=(), reviews=(), **person):
    sections = person.pop("sections", ((None, tuple(entry.slug for entry in lists)),))
    inputs = vanity.Inputs(
        site=site or facts.site(),
        person=facts.person(sections=sections, **person),
        lists=tuple(lists),
        posts=tuple(posts),
        reviews=tuple(reviews),
    )
    return vanity.sheet(inputs)


def test_lists_stand_in_the_order_of_the_sections_and_are_numbered_through():
    lists = [facts.list_("a"), facts.list_("b"), facts.list_("c")]
    view = page(lists=lists, sections=(("First", ("c", "a")), ("Second", ("b",)))).view
    assert [(section.title, [entry.anchor for entry in section.lists]) for section in view.sections] == [
        ("First", ["c", "a"]),
        ("Second", ["b"]),
    ]
    assert [entry.number for section in view.sections for entry in section.lists] == [1, 2, 3]


def test_a_section_without_lists_is_left_out():
    assert page(sections=(("Empty", ()),)).view.sections == ()


def test_a_long_list_is_cut_and_leads_to_the_whole():
    picks = [facts.pick(f"p{number}") for number in range(13)]
    [section] = page(lists=[facts.list_("long", *picks)]).view.sections
    [entry] = section.lists
    assert len(entry.cards) == 12
    assert (entry.more.text, entry.more.url) == ("The whole list: 13 things", "/maya/lists/long/")
    [section] = page(lists=[facts.list_("short", *picks[:12])]).view.sections
    assert section.lists[0].more is None


def test_the_newest_six_posts_are_shown_and_lead_to_all():
    posts = [facts.post(f"p{day}", date=f"2026-11-{day:02}") for day in range(1, 9)]
    view = page(posts=posts).view
    assert [post.url for post in view.posts] == [f"/maya/posts/p{day}/" for day in (8, 7, 6, 5, 4, 3)]
    assert (view.posts_more.text, view.posts_more.url) == ("All 8 posts", "/maya/posts/")
    assert page(posts=posts[:6]).view.posts_more is None


def test_the_newest_six_reviews_are_shown_and_say_of_how_many():
    reviews = [facts.review(f"r{day}", date=f"2026-11-{day:02}", rating=1.0) for day in range(1, 9)]
    view = page(reviews=reviews).view
    assert [review.anchor for review in view.reviews] == [f"review-maya-r{day}" for day in (8, 7, 6, 5, 4, 3)]
    assert view.reviews_shown == "Showing 6 of 8 reviews, newest first"
    assert view.reviews_more.url == "/maya/reviews/"
    view = page(reviews=reviews[:2]).view
    assert (view.reviews_shown, view.reviews_more) == ("All 2 reviews, newest first", None)


def test_figures_say_how_much_was_bought():
    view = page(lists=[facts.list_()], things=8, reviews=[facts.review()], bought=6).view
    assert {fact.label: fact.value for fact in view.facts}["Bought"] == "75%"
    assert "Bought" not in {fact.label for fact in page().view.facts}


def test_standing_ties_are_named():
    view = page(ties=((R.AMBASSADOR, "Kiln", "2024-03-01"), (R.OWNER, "Clay", None))).view
    assert view.ties == ("Ambassador of Kiln since 1 Mar 2024", "Owner of Clay")


def test_the_statement_names_every_tie_strongest_first():
    picks = [
        facts.pick("mug", relationships=(R.AFFILIATE,), offer=facts.offer()),
        facts.pick("pan", relationships=(R.PAID,), brand_name="Clay"),
    ]
    said = page(lists=[facts.list_("kitchen", *picks)]).page.statement
    assert "Clay" in said.sentences[0]
    assert "Corner Shop" in said.sentences[1]
    assert said.more.url == "/how-this-works/"


def test_a_page_without_ties_has_no_statement():
    assert page(lists=[facts.list_("kitchen", facts.pick())]).page.statement is None


def test_ties_of_posts_and_reviews_that_are_not_shown_are_not_claimed():
    posts = [facts.post(f"p{day}", date=f"2026-11-{day:02}") for day in range(2, 8)]
    old = facts.post("old", facts.pick(relationships=(R.PAID,)), date="2026-11-01")
    assert page(posts=[old, *posts]).page.statement is None
    assert page(posts=[old, *posts[:5]]).page.statement is not None


def test_gifts_are_counted_among_what_still_stands():
    picks = [
        facts.pick("mug", relationships=(R.GIFTED,)),
        facts.pick("pan"),
        facts.pick("old", relationships=(R.GIFTED,), retired=True),
    ]
    assert "1 of 2 things was a gift." in page(lists=[facts.list_("kitchen", *picks)]).page.statement.sentences


def test_the_head_leads_to_feeds_and_the_document():
    head = page(site=facts.site(url="https://host.example/shop", base="/shop")).page
    assert head.path == "/shop/maya/"
    assert head.canonical == "https://host.example/shop/maya/"
    assert [alternate.url for alternate in head.alternates] == [
        "/shop/maya/feed.xml",
        "/shop/maya/feed.json",
        "/shop/maya/index.json",
    ]


def test_the_description_is_the_bio_or_counts_what_there_is():
    assert page(bio="Runs **before** breakfast.").page.description == "Runs before breakfast."
    assert page(things=1, reviews=()).page.description.startswith("1 thing and 0 reviews by Maya.")


def test_the_preview_shows_the_banner_else_the_portrait():
    portrait = structs.replace(facts.byline(), avatar=facts.shot("portrait"))
    assert page(byline=portrait).page.og.image == "https://shelf.example/media/portrait-share.jpg"
    shown = page(byline=portrait, banner=facts.shot("wide")).page.og
    assert shown.image == "https://shelf.example/media/wide-share.jpg"
    assert page().page.og.image is None


def test_a_preview_begins_with_the_label_of_a_page_with_ties():
    sheet = page(lists=[facts.list_("kitchen", facts.pick(relationships=(R.PAID,)))], bio="Hello.")
    assert sheet.page.og.description == f"[{sheet.page.statement.label}] Hello."


def test_her_language_is_the_pages():
    sheet = page(byline=facts.byline(locale="de-AT", markets=("de",)), location=Location(city="Wien", country="AT"))
    assert (sheet.page.lang, sheet.language) == ("de-AT", "de")
    assert sheet.view.place == "Wien, Österreich"
    assert sheet.view.facts[0].label == "Dinge"


def test_where_she_lives_is_no_nearer_than_she_says():
    assert page(location=Location(country="NO")).view.place == "Norway"
    assert page().view.place is None
