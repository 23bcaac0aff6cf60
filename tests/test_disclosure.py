"""No shop link without its badge, in the words of the reader's market, before the link."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storefront import disclosure, locales
from storefront.disclosure import STRENGTH, UNPAID, Label
from storefront.vocabulary.common import Relationship

PACKS = disclosure.packs()
NEED_A_BADGE = set(Relationship) - UNPAID
each_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
any_relationships = st.lists(st.sampled_from(Relationship))


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_markets():
    assert set(PACKS) == {"de", "eu", "fr", "gb", "us"}


@each_pack
def test_a_pack_is_complete(pack):
    assert set(pack.badges) == NEED_A_BADGE
    assert set(pack.statements) == NEED_A_BADGE
    assert all(gaps(badge) <= {"brand"} for badge in pack.badges.values())
    assert all(gaps(statement) <= {"brands", "merchants"} for statement in pack.statements.values())
    assert not gaps(pack.shared)
    assert pack.language in locales.languages()
    assert pack.sources
    assert all(source.startswith("https://") for source in pack.sources)


@each_pack
def test_what_was_given_is_said_with_the_brand(pack):
    named = {Relationship.PAID, Relationship.AMBASSADOR, Relationship.GIFTED, Relationship.LOANED, Relationship.FAMILY}
    assert all("{brand}" in pack.badges[relationship] for relationship in named)


def first_words(market):
    return {badge.partition(" · ")[0] for badge in PACKS[market].badges.values()}


def test_badges_begin_as_the_law_of_each_market_wants():
    assert first_words("gb") == {"Ad"}
    assert first_words("de") == {"Werbung", "Anzeige"}
    assert first_words("fr") == {"Publicité", "Collaboration commerciale"}
    assert first_words("eu") == {"Advertisement"}


def test_the_badges_of_the_united_states_say_the_nature_of_the_tie():
    badges = PACKS["us"].badges
    assert badges[Relationship.AFFILIATE] == "Ad · paid link"  # "affiliate link" alone is not understood, says the FTC
    assert "Free" in badges[Relationship.GIFTED]


def test_an_asterisk_is_explained_where_it_is_used():
    for pack in PACKS.values():
        assert pack.badges[Relationship.AFFILIATE].endswith("*") == bool(pack.mark)
        assert pack.statements[Relationship.AFFILIATE].startswith("*") == bool(pack.mark)


@pytest.mark.parametrize(
    ("markets", "language", "expected"),
    [
        (["gb"], "en", "United Kingdom"),
        (["us", "gb"], "en", "United States"),
        (["gb", "de"], "de", "Deutschland"),
        (["gb"], "de", "Deutschland"),
        (["de"], "en", "United Kingdom"),
        ([], "fr", "France"),
        (["gb"], "nb", "European Union"),
        (["eu"], "en", "European Union"),
        (["eu", "gb"], "en", "European Union"),
    ],
)
def test_the_pack_speaks_the_language_of_the_page(markets, language, expected):
    assert disclosure.pack_for(markets, language).name == expected


@given(any_relationships)
def test_the_strongest_comes_first_and_each_once(relationships):
    ordered = disclosure.strongest_first(relationships)
    assert set(ordered) == set(relationships)
    assert list(ordered) == sorted(set(ordered), key=list(Relationship).index)


def test_the_order_of_disclosure():
    strong = ["paid", "owner", "employee", "ambassador", "gifted", "loaned", "invited", "affiliate", "discount_code"]
    assert [str(r) for r in sorted(STRENGTH, key=STRENGTH.__getitem__)] == [*strong, "family", "purchased", "none"]


@each_pack
@given(relationships=any_relationships)
def test_every_relationship_that_needs_one_has_a_badge(pack, relationships):
    shown = disclosure.labels(relationships, "Fjell", pack)
    assert [label.relationship for label in shown] == [
        r for r in disclosure.strongest_first(relationships) if r not in UNPAID
    ]
    assert all(label.text and "{" not in label.text for label in shown)


def test_a_brand_with_braces_is_shown_as_it_is():
    (label,) = disclosure.labels([Relationship.GIFTED], "{brand} {0}", PACKS["gb"])
    assert label.text == "Ad · gifted by {brand} {0}"


def link(relationships, pack=PACKS["gb"], *, brand="Fjell", url="https://m.example/a?b=1&c=2", text="View", of="Tee"):
    labels = disclosure.labels(relationships, brand, pack)
    return str(disclosure.shop_link(labels, url, text, of, "sponsored", pack))


@each_pack
@given(relationships=any_relationships)
def test_badges_stand_before_the_link_in_the_same_element(pack, relationships):
    root = LexborHTMLParser(link(relationships, pack)).body.child
    badges = [node.text() for node in root.css(".badge")]
    assert badges == [label.text for label in disclosure.labels(relationships, "Fjell", pack)]
    assert root.next is None
    assert [child.tag for child in root.iter()] == (["span", "a"] if badges else ["a"])


def test_the_markup_of_a_link():
    assert link([Relationship.AFFILIATE]) == (
        '<span class="shop">'
        '<span class="badges"><span class="badge badge--affiliate">Ad · affiliate link</span> </span>'
        '<a class="buy" href="https://m.example/a?b=1&amp;c=2" rel="sponsored">View<span class="vh">: Tee</span></a>'
        "</span>"
    )


def test_the_mark_stands_in_affiliate_links_alone():
    assert link([Relationship.AFFILIATE], PACKS["de"]).endswith("*</a></span>")
    assert link([Relationship.GIFTED], PACKS["de"]).endswith("</span></a></span>")


def test_a_code_comes_after_its_badges():
    shown = [Label(Relationship.DISCOUNT_CODE, "Ad")]
    assert disclosure.promo_code(shown, "<A&B>") == (
        '<span class="promo"><span class="badges"><span class="badge badge--discount_code">Ad</span> </span>'
        "<code>&lt;A&amp;B&gt;</code></span>"
    )
    assert disclosure.promo_code([], "A") == '<span class="promo"><code>A</code></span>'


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_written_by_people_becomes_markup(brand, url, text, thing):
    made = LexborHTMLParser(link([Relationship.GIFTED], PACKS["gb"], brand=brand, url=url, text=text, of=thing))
    tags = [node.tag for node in made.body.traverse() if node.tag not in {"body", "-text"}]
    assert tags == ["span", "span", "span", "a", "span"]
    assert set(made.css_first("a").attributes) == {"class", "href", "rel"}
