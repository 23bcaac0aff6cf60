"""A product's page: everybody's picks and every review, the critical ones as visible as the praise."""

from decimal import Decimal

import pytest

import facts
from storefront.catalog.facts import Mention
from storefront.catalog.review_facts import Ratings
from storefront.pages import product_page
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance
from storefront.vocabulary.product import Availability

R = Relationship


def ratings(mean=None, count=0, stars=(0, 0, 0, 0, 0), **changed):
    rating = facts.rating(mean, count) if mean else None
    given = {"by_provenance": (), "pros": (), "cons": ()} | changed
    return Ratings(ref="ratings:mug", rating=rating, stars=stars, **given)


def mention(handle="maya", **changed):
    return Mention(
        ref=f"mention:{handle}",
        byline=facts.byline(handle, locale=changed.pop("locale", "en-GB")),
        list_slug="kitchen",
        list_title="Kitchen",
        pick=facts.pick(**changed),
    )


def page(*, rated=None, mentions=(), reviews=(), posts=(), **product):
    inputs = product_page.Inputs(
        site=facts.site(),
        product=facts.product(**product),
        ratings=rated or ratings(),
        mentions=tuple(mentions),
        reviews=tuple(reviews),
        posts=tuple(posts),
    )
    return product_page.sheet(inputs)


# Reviews are shown whole


def test_every_review_is_shown_newest_first_whatever_its_rating():
    reviews = [
        facts.review(f"r{day}", date=f"2026-11-{day:02}", rating=rating)
        for day, rating in ((1, 5.0), (3, 1.0), (2, None), (4, 2.5))
    ]
    view = page(reviews=reviews).view
    assert [review.anchor for review in view.reviews] == [f"review-maya-r{day}" for day in (4, 3, 2, 1)]
    assert view.reviews_shown == "All 4 reviews, newest first"


def test_the_best_and_the_worst_stand_beside_the_shops():
    reviews = [
        facts.review("a", rating=5.0, title="Keeps warm"),
        facts.review("b", rating=2.0, title="Chipped"),
        facts.review("c", rating=4.0, title="Fine"),
        facts.review("d", rating=3.0, title="So so"),
    ]
    view = page(reviews=reviews).view
    assert (view.verdict.text, view.verdict.url) == ("Keeps warm", "#review-maya-a")
    assert (view.critical.text, view.critical.url) == ("Chipped", "#review-maya-b")


@pytest.mark.parametrize(
    ("ratings_given", "praise", "criticism"),
    [((5.0,), True, False), ((3.0,), False, True), ((3.5,), True, False), ((None,), False, False), ((), False, False)],
)
def test_praise_begins_above_three_stars(ratings_given, praise, criticism):
    view = page(reviews=[facts.review(f"r{n}", rating=r, title="Said") for n, r in enumerate(ratings_given)]).view
    assert (view.verdict is not None, view.critical is not None) == (praise, criticism)


def test_a_rating_without_words_is_no_verdict():
    assert page(reviews=[facts.review(rating=5.0)]).view.verdict is None


def test_of_equal_ratings_the_newest_speaks():
    reviews = [facts.review("old", title="Old", date="2026-01-01"), facts.review("new", title="New", date="2026-11-01")]
    assert page(reviews=reviews).view.verdict.text == "New"


def test_a_verdict_says_how_the_reviewer_came_to_the_thing():
    view = page(reviews=[facts.review(title="Said", provenance=Provenance.GIFTED)]).view
    assert (view.verdict.got.kind, view.verdict.got.text) == ("gifted", "Gift")


def test_the_average_has_its_count_and_its_histogram():
    view = page(rated=ratings("3.75", 4, (0, 1, 0, 2, 1))).view
    assert view.aggregate.stars.text == "3.8 out of 5 stars, 4 reviews"
    assert [(bar.stars, bar.count, bar.percent) for bar in view.aggregate.bars] == [
        (5, 1, 25),
        (4, 2, 50),
        (3, 0, 0),
        (2, 1, 25),
        (1, 0, 0),
    ]


def test_without_ratings_there_is_no_average():
    assert page(reviews=[facts.review(rating=None)]).view.aggregate is None


# Picks and shops


def test_each_creators_pick_has_her_own_link_and_label():
    offer = facts.offer(relationships=(R.AFFILIATE,))
    one = page(mentions=[mention(relationships=(R.GIFTED, R.AFFILIATE), offer=offer)]).view.mentions[0]
    assert one.list.url == "/maya/lists/kitchen/"
    assert one.shop.merchant == "Corner Shop"
    assert 'rel="sponsored' in one.shop.html
    assert [badge.kind for badge in one.badges] == ["gifted", "affiliate"]
    assert one.got.text == "Gift"


def test_a_voice_beside_the_button_says_its_language():
    def said(rating, locale):
        return facts.review(byline=facts.byline("ines", locale=locale), rating=rating, title="Doux")

    shown = page(reviews=[said(5.0, "fr-FR"), said(2.0, "fr-FR")]).view
    assert (shown.verdict.lang, shown.critical.lang) == ("fr-FR", "fr-FR")
    assert page(reviews=[said(5.0, "en-US")]).view.verdict.lang is None


def test_a_pick_in_another_language_says_so():
    assert page(mentions=[mention(locale="de")]).view.mentions[0].lang == "de"
    assert page(mentions=[mention()]).view.mentions[0].lang is None


def test_a_retired_pick_keeps_its_reason_and_loses_its_code():
    one = mention(retired=True, reason="It chipped.", promo=facts.promo(), replaced_by=("cup", "Cup"))
    shown = page(mentions=[one]).view.mentions[0]
    assert shown.promo is None
    assert (shown.retired.reason, shown.retired.replaced_by.url) == ("It chipped.", "/products/cup/")


def test_a_sold_out_offer_has_no_link():
    offer = facts.offer(availability=Availability.OUT_OF_STOCK, price="12.00 GBP", as_of="2026-11-20")
    [shop] = page(offers=(offer,)).view.shops
    assert (shop.html, shop.price, shop.sold_out) == ("", None, True)
    assert shop.availability == "Sold out at Corner Shop"


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"price": "12.00 GBP"}, "View at Corner Shop"),
        ({}, "See price at Corner Shop"),
        ({"availability": Availability.PREORDER}, "Pre-order at Corner Shop"),
    ],
)
def test_a_shop_link_says_where_it_leads(changed, text):
    [shop] = page(offers=(facts.offer(**changed),)).view.shops
    assert f">{text}<" in shop.html
    assert '<span class="vh">: Mug</span>' in shop.html


def test_the_statement_covers_what_anybody_received():
    assert page().page.statement is None
    for given in (
        {"offers": (facts.offer(),)},
        {"mentions": [mention(relationships=(R.GIFTED,))]},
        {"reviews": [facts.review(relationships=(R.LOANED,))]},
        {"posts": [facts.post("p", facts.pick(relationships=(R.PAID,)))]},
    ):
        assert page(**given).page.statement is not None


# The rest


def test_a_product_no_longer_made_says_what_follows_it():
    view = page(thing=facts.thing(discontinued=True, replaced_by=("cup", "Cup"))).view
    assert (view.notice, view.replaced_by.text, view.replaced_by.url) == ("No longer made", "Cup", "/products/cup/")


def test_the_path_of_its_categories_leads_to_it():
    sheet = page(category=(("home", "Home"), ("home/mugs", "Mugs")))
    assert [link.url for link in sheet.page.breadcrumbs] == [
        "/",
        "/categories/home/",
        "/categories/home/mugs/",
        "/products/mug/",
    ]


def test_the_description_tells_how_many_have_spoken():
    assert page(reviews=[facts.review()]).page.description.startswith("Mug by Kiln: 1 review, ")
    assert page(description="A mug.").page.description == "A mug."


def test_a_mean_is_exact_before_it_is_rounded():
    assert page(rated=ratings(Decimal("4.25"), 4)).view.aggregate.stars.value == "4.3"


def test_the_reader_picks_the_country_where_shops_differ_in_it():
    offers = (facts.offer(regions=("US", "CA")), facts.offer(regions=("DE", "GB-SCT")), facts.offer())
    shown = page(offers=offers).view.delivery
    assert [(link.text, link.url) for link in shown] == [
        ("United States", "#shop-1"),
        ("Canada", "#shop-1"),
        ("Germany", "#shop-2"),
        ("United Kingdom", "#shop-2"),
    ]


def test_there_is_nothing_to_pick_where_every_shop_delivers_alike():
    assert page(offers=(facts.offer(regions=("DE",)), facts.offer(regions=("DE",)))).view.delivery == ()
    assert page(offers=(facts.offer(),)).view.delivery == ()
    assert page(offers=()).view.delivery == ()
