"""Parts that several pages show."""

import pytest

import facts
from storefront.catalog.facts import PinFact
from storefront.pages import parts, pictures
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Fit, FitVerdict
from storefront.vocabulary.product import Availability

R = Relationship


# Pictures


def test_a_picture_has_all_its_widths(below):
    shown = pictures.picture(facts.shot("mug", alt="A mug"), "card", below)
    assert shown.src == "/shop/media/mug-640.jpg"
    assert shown.avif == "/shop/media/mug-320.avif 320w, /shop/media/mug-640.avif 640w"
    assert shown.webp == "/shop/media/mug-320.webp 320w, /shop/media/mug-640.webp 640w"
    assert (shown.width, shown.height, shown.alt) == (640, 480, "A mug")
    assert pictures.picture(None, "card", below) is None


# Labels


@pytest.mark.parametrize(
    ("relationships", "kind"),
    [
        ((R.PURCHASED,), "purchased"),
        ((R.AFFILIATE, R.PURCHASED), "purchased"),
        ((R.GIFTED, R.AMBASSADOR), "ambassador"),
        ((R.AFFILIATE,), None),
        ((R.DISCOUNT_CODE, R.AFFILIATE), None),
        ((R.NONE,), "none"),
        ((), None),
    ],
)
def test_the_chip_says_how_the_thing_came_to_her(spoken, relationships, kind):
    chip = parts.got(relationships, spoken)
    assert (chip.kind if chip else None) == kind


def test_labels_are_strongest_first_and_each_once(spoken):
    shown = parts.badges((R.AFFILIATE, R.GIFTED, R.PURCHASED, R.GIFTED), "Kiln", spoken)
    assert [badge.kind for badge in shown] == ["gifted", "affiliate"]


def test_own_money_needs_no_label(spoken):
    assert parts.badges((R.PURCHASED, R.NONE), "Kiln", spoken) == ()


# Shops


def test_a_link_that_nobody_earns_from_is_not_sponsored(spoken):
    shown = parts.shop(facts.offer(relationships=(R.PURCHASED,)), "Mug", "Kiln", spoken)
    assert 'rel="nofollow noopener"' in shown.html
    assert "badge" not in shown.html


def test_a_reduced_price_says_what_it_was(spoken):
    offer = facts.offer(price="12.00 GBP", was="15.00 GBP", as_of="2026-11-20T09:00:00+00:00")
    shown = parts.shop(offer, "Mug", "Kiln", spoken)
    assert (shown.price, shown.was, shown.checked.iso) == ("£12.00", "£15.00", "2026-11-20")


def test_a_shop_says_where_it_delivers(spoken):
    shown = parts.shop(facts.offer(regions=("GB", "GB-NIR", "IE")), "Mug", "Kiln", spoken)
    assert shown.regions == "Delivers to United Kingdom and Ireland"


@pytest.mark.parametrize(
    ("availability", "text"),
    [
        (Availability.IN_STOCK, None),
        (Availability.OUT_OF_STOCK, "Sold out at Corner Shop"),
        (Availability.PREORDER, "Pre-order"),
        (Availability.BACKORDER, "On back order"),
    ],
)
def test_what_cannot_be_had_at_once_says_so(spoken, availability, text):
    assert parts.shop(facts.offer(availability=availability), "Mug", "Kiln", spoken).availability == text


# Codes


def test_a_code_has_its_terms_in_one_line(spoken):
    fact = facts.promo(
        percent_off=12.5, free_shipping=True, minimum="50.00 GBP", until="2026-12-24", fine_print="New customers only"
    )
    shown = parts.promo(fact, "Kiln", spoken)
    assert shown.terms == (
        "12.5% off and free delivery at Corner Shop, from £50.00, until 24 Dec 2026, New customers only"
    )


def test_a_code_is_labelled_only_when_it_pays(spoken):
    assert "badge" in parts.promo(facts.promo(), "Kiln", spoken).html
    assert "badge" not in parts.promo(facts.promo(relationships=()), "Kiln", spoken).html
    assert parts.promo(None, "Kiln", spoken) is None


# Cards


def test_a_card_of_a_product_leads_to_it(below):
    card = parts.card(facts.pick("mug", note="Daily.", offer=facts.offer(), offers=3), below)
    assert (card.url, card.brand.url, card.anchor) == ("/shop/products/mug/", "/shop/brands/kiln/", "kitchen-mug")
    assert card.more_shops == "and 2 more shops"


def test_a_card_of_an_inline_thing_has_no_page(spoken):
    card = parts.card(facts.pick(None, offer=facts.offer(), offers=1), spoken)
    assert (card.url, card.brand, card.title, card.more_shops) == (None, None, "Spoon", None)


def test_a_retired_card_keeps_its_reason_and_loses_its_code(spoken):
    card = parts.card(facts.pick(promo=facts.promo(), retired=True, reason="Chipped."), spoken)
    assert (card.promo, card.retired.reason, card.retired.replaced_by) == (None, "Chipped.", None)


def test_use_is_told_in_pairs(spoken):
    pick = facts.pick(owned_since="2021-03-01", used_for="daily", fit=Fit(size_worn="M", verdict=FitVerdict.TRUE))
    assert [(fact.label, fact.value) for fact in parts.facts(pick, spoken)] == [
        ("Since", "1 Mar 2021"),
        ("In use", "daily"),
        ("Size worn", "M, true to size"),
    ]
    assert parts.facts(facts.pick(), spoken) == ()


# Posts


def test_pins_stand_where_the_things_are_and_keep_their_numbers(spoken):
    post = facts.post(
        "p",
        facts.pick("a"),
        facts.pick("b"),
        facts.pick("c"),
        shots=(facts.shot("one"), facts.shot("two")),
        pins=(PinFact(photo=1, at=(0.25, 0.5)), PinFact(photo=0, at=None), PinFact(photo=0, at=(1.0, 0.0))),
    )
    first, second = pictures.photos(post, "post", spoken, ["#a", "#b", "#c"])
    assert [(pin.number, pin.x, pin.y, pin.url) for pin in first.pins] == [(3, 1000, 0, "#c")]
    assert [(pin.number, pin.x, pin.y, pin.url) for pin in second.pins] == [(1, 250, 500, "#a")]


def test_a_posts_labels_are_those_of_everything_in_it(spoken):
    post = facts.post("p", facts.pick("a", relationships=(R.AFFILIATE,)), facts.pick("b", relationships=(R.PAID,)))
    assert [badge.kind for badge in parts.post_badges(post, spoken)] == ["paid", "affiliate"]


def test_posts_are_newest_first_and_on_one_day_in_order_of_name():
    posts = [facts.post("b"), facts.post("a"), facts.post("new", date="2026-11-11")]
    assert [post.id for post in parts.newest_posts(posts)] == ["new", "a", "b"]


# Words


def test_a_language_is_named_only_where_it_differs(spoken):
    assert parts.language_if_other("en-US", spoken) is None
    assert parts.language_if_other("de-AT", spoken) == "de-AT"
