import json
from itertools import permutations
from xml.etree import ElementTree as ET

import pytest

import facts
from storefront.pages import feeds
from storefront.pages.feed_entries import MOST
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance, Update, Verification

ATOM = "{http://www.w3.org/2005/Atom}"


def items(spoken, *, person=None, lists=(), posts=(), reviews=()):
    return json.loads(feeds.json_feed(person or facts.person(), lists, posts, reviews, spoken))["items"]


def tree(spoken, *, person=None, lists=(), posts=(), reviews=()):
    return ET.fromstring(feeds.atom(person or facts.person(), lists, posts, reviews, spoken))


def texts(element, tag):
    return [found.text for found in element.iter(f"{ATOM}{tag}")]


# What is in a feed, and in which order


def test_the_newest_of_everything_comes_first(spoken):
    found = items(
        spoken,
        lists=[facts.list_("old", updated="2026-11-01"), facts.list_("new", updated="2026-11-30")],
        posts=[facts.post("tea", date="2026-11-10"), facts.post("walk", date="2026-11-20")],
        reviews=[facts.review(date="2026-11-15")],
    )
    assert [item["url"].removeprefix("https://shelf.example/") for item in found] == [
        "maya/lists/new/",
        "maya/posts/walk/",
        "products/mug/#review-maya-mug-review",
        "maya/posts/tea/",
        "maya/lists/old/",
    ]


def test_a_list_without_a_date_is_not_news(spoken):
    assert items(spoken, lists=[facts.list_("kitchen", facts.pick())]) == []


def test_a_later_word_makes_a_review_new(spoken):
    updated = facts.review(date="2025-01-01", updates=(Update(date="2026-11-11", text="Still good."),))
    [first, second] = items(spoken, posts=[facts.post(date="2026-11-10")], reviews=[updated])
    assert first["date_published"] == "2025-01-01T00:00:00Z"
    assert first["date_modified"] == "2026-11-11T00:00:00Z"
    assert second["date_modified"] == "2026-11-10T00:00:00Z"


def test_the_order_given_does_not_matter(spoken):
    posts = [facts.post("a"), facts.post("b"), facts.post("c", date="2026-11-11")]
    made = {feeds.atom(facts.person(), [], order, [], spoken) for order in permutations(posts)}
    assert len(made) == 1


def test_a_feed_ends_after_the_newest_fifty(spoken):
    posts = [facts.post(f"p{number}", date=f"20{number:02}-01-01") for number in range(10, 10 + MOST + 5)]
    found = items(spoken, posts=posts)
    assert len(found) == MOST == 50
    assert found[-1]["url"] == "https://shelf.example/maya/posts/p15/"


# Disclosure


def test_a_title_begins_with_the_labels(spoken):
    picks = [
        facts.pick("mug", relationships=(Relationship.AFFILIATE,)),
        facts.pick("pan", relationships=(Relationship.GIFTED,)),
        facts.pick("cup", relationships=(Relationship.GIFTED, Relationship.AFFILIATE), brand_name="Clay"),
    ]
    [item] = items(spoken, posts=[facts.post("tea", *picks)])
    assert item["title"] == "[Free from Kiln and Clay, Ad · paid link] Tea"


def test_a_title_without_ties_is_the_title(spoken):
    [item] = items(spoken, posts=[facts.post("tea", facts.pick())])
    assert item["title"] == "Tea"


def test_the_text_begins_with_the_disclosure(spoken):
    gifted = facts.pick(relationships=(Relationship.GIFTED,))
    found = items(
        spoken,
        lists=[facts.list_("kitchen", gifted, intro="Hello.", cover=facts.shot(), updated="2026-11-03")],
        posts=[facts.post("tea", gifted, caption="Hello.", shots=(facts.shot(),), date="2026-11-02")],
        reviews=[facts.review(body="Hello.", relationships=(Relationship.GIFTED,), date="2026-11-01")],
    )
    for item in found[:2]:
        assert item["content_html"].startswith(
            "<p><strong>Ad</strong> Kiln sent me things on this page free of charge.</p>"
        )
    assert found[2]["content_html"].startswith("<p>Ad: Kiln gave this to Maya free of charge.</p>")


def test_a_thing_has_its_labels_before_its_link(spoken):
    [item] = items(spoken, posts=[facts.post("tea", facts.pick(relationships=(Relationship.GIFTED,), note="Warm."))])
    link = '<a href="https://shelf.example/products/mug/">Mug</a>'
    assert f"<li><strong>Free from Kiln</strong> {link}<br>Warm.</li>" in item["content_html"]


def test_no_entry_leads_to_a_shop(spoken):
    sold = facts.pick(offer=facts.offer(url="https://track.example/x"), relationships=(Relationship.AFFILIATE,))
    inline = facts.pick(None, offer=facts.offer(url="https://track.example/y"))
    feed = feeds.atom(facts.person(), [facts.list_("tea", sold, inline, updated="2026-11-01")], [], [], spoken)
    assert b"Mug" in feed
    assert b"Spoon" in feed
    assert b"track.example" not in feed


def test_labels_are_in_the_language_of_the_page():
    german = voice(facts.site(), "de-DE", ("de",))
    [item] = items(german, reviews=[facts.review(relationships=(Relationship.GIFTED,))])
    assert item["title"] == "[Werbung · kostenlos von Kiln] Mug"


# What entries say


def test_a_review_says_rating_provenance_and_whether_it_was_checked(spoken):
    review = facts.review(
        title="Warm",
        body="*Good.*",
        pros=("a < b",),
        cons=("small",),
        verification=Verification(status="verified", method="order"),
        updates=(Update(date="2026-11-20", after="3 months", rating=3.0, text="Chipped."),),
    )
    [item] = items(spoken, reviews=[review])
    assert item["title"] == "Mug – Warm"
    assert item["content_html"] == (
        "<p>Maya bought this.</p>"
        "<p>4.5 out of 5 stars · Bought · Checked against an order</p>"
        "<p><em>Good.</em></p>\n"
        "<p><strong>For</strong></p><ul><li>a &lt; b</li></ul>"
        "<p><strong>Against</strong></p><ul><li>small</li></ul>"
        "<p><strong>20 Nov 2026 · 3 months · 3 out of 5 stars</strong></p><p>Chipped.</p>\n"
    )


def test_a_review_in_words_alone(spoken):
    [item] = items(spoken, reviews=[facts.review(rating=None, provenance=Provenance.LOANED)])
    assert "<p>Loan · Purchase not checked</p>" in item["content_html"]


def test_a_long_list_shows_its_beginning_and_leads_to_the_rest(spoken):
    picks = [facts.pick(f"mug-{number}") for number in range(13)]
    [item] = items(spoken, lists=[facts.list_("kitchen", *picks, updated="2026-11-01")])
    assert item["content_html"].count("<li>") == 12
    assert item["content_html"].endswith(
        '<p><a href="https://shelf.example/maya/lists/kitchen/">The whole list: 13 things</a></p>'
    )


def test_a_retired_thing_says_so(spoken):
    retired = facts.pick(retired=True, reason="It broke.", note="Lovely.")
    [item] = items(spoken, lists=[facts.list_("kitchen", retired, updated="2026-11-01")])
    assert "</a> No longer recommended.<br>It broke.</li>" in item["content_html"]
    assert "Lovely" not in item["content_html"]


def test_pictures_are_absolute_and_described(below):
    [item] = items(below, posts=[facts.post(shots=(facts.shot(alt='A "mug"'),))])
    assert item["image"] == "https://host.example/shop/media/mug-640.webp"
    assert (
        '<img src="https://host.example/shop/media/mug-640.webp" width="640" height="480" alt="A &#34;mug&#34;">'
        in item["content_html"]
    )


def test_a_post_without_a_title_is_called_by_its_day(spoken):
    [item] = items(spoken, posts=[facts.post(title="")])
    assert item["title"] == "10 Nov 2026"


# The formats


def test_json_feed_says_whose_it_is(below):
    person = facts.person(
        byline=facts.byline(name="Maya Lind", avatar=facts.shot("maya")), tagline="Tests things slowly"
    )
    feed = json.loads(feeds.json_feed(person, [], [], [], below))
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "What Maya Lind shows",
        "home_page_url": "https://host.example/shop/maya/",
        "feed_url": "https://host.example/shop/maya/feed.json",
        "description": "Tests things slowly",
        "icon": "https://host.example/shop/media/maya-640.webp",
        "language": "en-GB",
        "authors": [
            {
                "name": "Maya Lind",
                "url": "https://host.example/shop/maya/",
                "avatar": "https://host.example/shop/media/maya-640.webp",
            }
        ],
        "items": [],
    }


def test_atom_says_whose_it_is(below):
    feed = tree(below, person=facts.person(tagline="Tests & tells"), posts=[facts.post("tea")])
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert texts(feed, "id") == ["https://host.example/shop/maya/", "https://host.example/shop/maya/posts/tea/"]
    assert texts(feed, "title") == ["What Maya shows", "Tea"]
    assert texts(feed, "subtitle") == ["Tests & tells"]
    assert texts(feed, "name") == ["Maya"]
    links = [(link.get("rel"), link.get("href")) for link in feed.iter(f"{ATOM}link")]
    assert links == [
        ("self", "https://host.example/shop/maya/feed.xml"),
        ("alternate", "https://host.example/shop/maya/"),
        ("alternate", "https://host.example/shop/maya/posts/tea/"),
    ]


def test_atom_is_as_new_as_its_newest_entry(spoken):
    posts = [facts.post("old", date="2026-11-01"), facts.post("new", date="2026-11-09")]
    assert texts(tree(spoken, posts=posts), "updated") == [
        "2026-11-09T00:00:00Z",
        "2026-11-09T00:00:00Z",
        "2026-11-01T00:00:00Z",
    ]


def test_an_empty_feed_has_a_date_all_the_same(spoken):
    assert texts(tree(spoken), "updated") == ["1970-01-01T00:00:00Z"]


def test_both_formats_hold_the_same(spoken):
    posts = [facts.post("tea", facts.pick(relationships=(Relationship.GIFTED,)), caption="**Hot** & good")]
    [content] = texts(tree(spoken, posts=posts), "content")
    [item] = items(spoken, posts=posts)
    assert content == item["content_html"]


@pytest.mark.parametrize("caption", ["&#12;", "a\x0bb", "</content><![CDATA["])
def test_no_text_can_break_the_xml(spoken, caption):
    [content] = texts(tree(spoken, posts=[facts.post(caption=caption)]), "content")
    assert "\x0b" not in content
