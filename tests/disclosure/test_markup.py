"""No shop link without its badge, before the link, in one element; a code the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storefront import disclosure
from storefront.disclosure import UNPAID, Label
from storefront.vocabulary.common import Relationship

GB = disclosure.wording(("gb",), "en")
DE = disclosure.wording(("de",), "de")
MARKETS = list(disclosure.packs())
any_relationships = st.lists(st.sampled_from(Relationship))


def link(relationships, wording=GB, *, brand="Fjell", url="https://m.example/a?b=1&c=2", text="View", of="Tee"):
    labels = disclosure.labels(relationships, brand, wording)
    return str(disclosure.shop_link(labels, url, text, of, 'rel="sponsored"', wording))


@pytest.mark.parametrize("market", MARKETS)
@given(relationships=any_relationships)
def test_badges_stand_before_the_link_in_the_same_element(market, relationships):
    wording = disclosure.wording((market,), "en")
    root = LexborHTMLParser(link(relationships, wording)).body.child
    badges = [node.text() for node in root.css(".badge")]
    assert badges == [label.text for label in disclosure.labels(relationships, "Fjell", wording)]
    assert root.next is None
    assert [child.tag for child in root.iter()] == (["span", "a"] if badges else ["a"])


@given(relationships=any_relationships)
def test_every_relationship_that_needs_one_has_a_badge(relationships):
    shown = disclosure.labels(relationships, "Fjell", GB)
    assert [label.relationship for label in shown] == [
        r for r in disclosure.strongest_first(relationships) if r not in UNPAID
    ]
    assert all(label.text and "{" not in label.text for label in shown)


def test_a_brand_with_braces_is_shown_as_it_is():
    (label,) = disclosure.labels([Relationship.GIFTED], "{brand} {0}", GB)
    assert label.text == "Ad · gifted by {brand} {0}"


def test_the_markup_of_a_link():
    assert link([Relationship.AFFILIATE]) == (
        '<span class="shop">'
        '<span class="badges"><span class="badge badge--affiliate">Ad · affiliate link</span> </span>'
        '<a class="buy" href="https://m.example/a?b=1&amp;c=2" rel="sponsored">View<span class="vh">: Tee</span></a>'
        "</span>"
    )


def test_the_mark_stands_in_affiliate_links_alone():
    assert link([Relationship.AFFILIATE], DE).endswith("*</a></span>")
    assert link([Relationship.GIFTED], DE).endswith("</span></a></span>")


def test_a_code_comes_after_its_badges():
    shown = [Label(Relationship.DISCOUNT_CODE, "Ad")]
    assert disclosure.promo_code(shown, "<A&B>") == (
        '<span class="promo"><span class="badges"><span class="badge badge--discount_code">Ad</span> </span>'
        "<code>&lt;A&amp;B&gt;</code></span>"
    )
    assert disclosure.promo_code([], "A") == '<span class="promo"><code>A</code></span>'


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_written_by_people_becomes_markup(brand, url, text, thing):
    made = LexborHTMLParser(link([Relationship.GIFTED], GB, brand=brand, url=url, text=text, of=thing))
    tags = [node.tag for node in made.body.traverse() if node.tag not in {"body", "-text"}]
    assert tags == ["span", "span", "span", "a", "span"]
    assert set(made.css_first("a").attributes) == {"class", "href", "rel"}
