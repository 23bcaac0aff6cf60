"""Rules that a pattern cannot say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.vocabulary import programmes, rules
from storefront.vocabulary.common import as_tuple
from storefront.vocabulary.curation import Item, ItemStatus, List, Post, Promo, Review, Tagged
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Product
from storefront.vocabulary.site import Site
from storefront.vocabulary.trade import Brand, Merchant
from storefront.vocabulary.validate import convert

JUDGES = {
    Site: rules.of_site,
    Influencer: rules.of_influencer,
    List: rules.of_list,
    Post: rules.of_post,
    Review: rules.of_review,
    Promo: programmes.of_promo,
    Product: rules.of_product,
    Brand: rules.of_brand,
    Merchant: rules.of_merchant,
}
LEAST = {
    Site: {"title": "t", "url": "https://shelves.example"},
    Influencer: {"name": "n"},
    List: {"title": "t"},
    Post: {"date": "2026-11-01", "caption": "Frost."},
    Review: {"product": "p", "date": "2026-11-01", "rating": "4", "provenance": "purchased"},
    Promo: {"merchant": "m", "percent_off": "10"},
    Product: {"title": "t", "brand": "b", "category": "c"},
    Brand: {"name": "n"},
    Merchant: {"name": "n", "url": "https://m.example"},
}
OFFER = {"merchant": "m", "link": "https://m.example/p"}


def judged(model, **data):
    """Path, code and message of every mistake in a record of a kind with these keys."""
    data = LEAST[model] | {key.replace("starts", "from"): value for key, value in data.items()}
    made = convert(data, model)
    assert isinstance(made, model), made
    found = list(JUDGES[model](made))
    assert all(mistake.hint for mistake in found)
    return [(".".join(map(str, mistake.path)), mistake.code) for mistake in found]


def offer(**keys):
    return judged(Product, offers=[OFFER | keys])


@pytest.mark.parametrize("model", JUDGES, ids=lambda model: model.__name__)
def test_the_least_that_can_be_written_is_right(model):
    assert judged(model) == []


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2025-02-29", "1899-12-31"])
def test_days_must_exist(day):
    assert judged(Review, date=day) == [("date", "bad-date")]
    assert judged(Post, date=day) == [("date", "bad-date")]
    assert judged(List, updated=day) == [("updated", "bad-date")]
    assert judged(List, items=[{"product": "p", "owned_since": day}]) == [("items.0.owned_since", "bad-date")]
    assert judged(Brand, starts=day) == [("from", "bad-date")]
    assert judged(Brand, embargo_until=day) == [("embargo_until", "bad-date")]
    assert offer(as_of=day) == [("offers.0.as_of", "bad-date")]


def test_the_last_day_of_the_calendar_is_refused_for_there_is_none_after_it():
    assert judged(Brand, until="9999-12-31") == [("until", "bad-date")]
    span = offer(
        price="2 GBP", as_of="2026-11-01", sale_price="1 GBP", sale_price_effective_date="2026-01-01/9999-12-31"
    )
    assert span == [("offers.0.sale_price_effective_date.last", "bad-date")]


def test_leap_days_exist():
    assert judged(Review, date="2024-02-29") == []


def test_a_time_without_its_zone_or_with_one_is_right():
    assert (
        judged(Brand, starts="2026-11-01T07:00", until="2026-11-02T07:00:00Z", embargo_until="2026-11-01 07:00+01:00")
        == []
    )
    assert judged(Brand, starts="2026-11-01T07:00+25:00") == [("from", "bad-date")]


@pytest.mark.parametrize("kind", [Influencer, List, Post, Promo, Product, Brand, Merchant])
def test_a_window_ends_after_it_begins(kind):
    assert judged(kind, starts="2026-11-02", until="2026-11-02") == []
    assert judged(kind, starts="2026-11-02", until="2026-11-01") == [("until", "bad-date")]


def test_items_have_windows_too():
    item = {"product": "p", "from": "2026-11-02", "until": "2026-11-01"}
    assert judged(List, items=[item]) == [("items.0.until", "bad-date")]


def test_ties_end_after_they_begin():
    tie = {"brand": "b", "kind": "ambassador"}
    assert judged(Influencer, relationships=[tie | {"since": "2026-01-01", "until": "2026-01-01"}]) == []
    ended = tie | {"since": "2026-01-02", "until": "2026-01-01"}
    assert judged(Influencer, relationships=[ended]) == [("relationships.0.until", "bad-date")]
    never = tie | {"since": "2026-02-30", "until": "2026-01-01"}
    assert judged(Influencer, relationships=[never]) == [("relationships.0.since", "bad-date")]


def test_updates_follow_the_review_and_each_other():
    updates = [{"date": day, "text": "x"} for day in ("2026-11-01", "2026-12-24", "2026-12-01", "2026-12-23")]
    assert judged(Review, updates=updates) == [("updates.2.date", "bad-date"), ("updates.3.date", "bad-date")]
    assert judged(Review, updates=[{"date": "2026-10-31", "text": "x"}]) == [("updates.0.date", "bad-date")]


def test_days_of_what_surrounds_a_review_must_exist():
    response = {"by": "b", "date": "2026-02-30", "text": "x"}
    assert judged(Review, responses=[response]) == [("responses.0.date", "bad-date")]
    assert judged(Review, incentive={"kind": "loan", "given": "2026-02-30"}) == [("incentive.given", "bad-date")]


@pytest.mark.parametrize("amount", ["18.00 GBP", "18 GBP", "18.5 EUR", "1800 JPY", "1.234 KWD", "0 USD"])
def test_money_that_can_be(amount):
    assert offer(price=amount, as_of="2026-11-01") == []


@pytest.mark.parametrize("amount", ["18.000 GBP", "18.0 JPY", "18.00 XYZ", "18.00 AAA"])
def test_money_that_cannot_be(amount):
    assert offer(price=amount, as_of="2026-11-01") == [("offers.0.price", "bad-money")]
    assert judged(Promo, minimum_purchase_amount=amount) == [("minimum_purchase_amount", "bad-money")]
    assert judged(Promo, money_off_amount=amount) == [("money_off_amount", "bad-money")]
    assert judged(Review, incentive={"kind": "money", "value": amount}) == [("incentive.value", "bad-money")]


@pytest.mark.parametrize("gtin", ["40170725", "012345678905", "0012345678905", "00012345678905", "4006381333931"])
def test_gtins_of_every_length(gtin):
    assert judged(Product, gtin=gtin, variants=[{"title": "v", "gtin": gtin}]) == []


def test_a_wrong_check_digit_is_found():
    assert judged(Product, gtin="4006381333932") == [("gtin", "bad-gtin")]
    assert judged(Product, variants=[{"title": "v", "gtin": "40170724"}]) == [("variants.0.gtin", "bad-gtin")]


@given(st.text("0123456789", min_size=7, max_size=13), st.data())
def test_one_wrong_digit_never_passes(digits, data):
    gtin = digits + rules.check_digit(digits)
    at = data.draw(st.integers(0, len(gtin) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != gtin[at]]))
    wrong = gtin[:at] + other + gtin[at + 1 :]
    assert rules.check_digit(wrong[:-1]) != wrong[-1]


def test_leading_zeros_do_not_change_a_check_digit():
    assert {rules.check_digit("0" * zeros + "1234567890") for zeros in range(4)} == {"5"}


def test_an_offer_leads_somewhere():
    assert judged(Product, offers=[{"merchant": "m"}]) == [("offers.0", "missing-key")]
    assert judged(Product, offers=[{"merchant": "m", "asin": "B0EXAMPLE1"}]) == []
    assert judged(Product, asin="B0EXAMPLE1", offers=[{"merchant": "m"}]) == []


def test_prices_say_when_they_were_looked_up():
    assert offer(price="18.00 GBP") == [("offers.0.price", "missing-key")]
    assert offer(sale_price="18.00 GBP") == [("offers.0.sale_price", "missing-key")]


def test_a_sale_ends_after_it_begins():
    keys = {"price": "2 GBP", "as_of": "2026-11-01", "sale_price": "1 GBP"}
    assert offer(**keys, sale_price_effective_date="2026-11-01/2026-11-01") == []
    assert [code for _, code in offer(**keys, sale_price_effective_date="2026-11-02/2026-11-01")] == ["bad-date"]


@pytest.mark.parametrize("country", ["GB", "NO", "US", "XK"])
def test_countries(country):
    assert judged(Brand, country=country) == []


@pytest.mark.parametrize("country", ["UK", "EN", "XX"])
def test_no_countries(country):
    assert judged(Brand, country=country) == [("country", "bad-value")]
    assert judged(Merchant, country=country) == [("country", "bad-value")]
    assert judged(Influencer, location={"country": country}) == [("location.country", "bad-value")]
    assert offer(regions=["GB", f"{country}-X"]) == [("offers.0.regions.1", "bad-value")]


def test_an_item_is_a_product_or_a_title_with_a_link():
    title = {"title": "t", "link": "https://m.example/p"}
    assert judged(List, items=[{"product": "p"}, title, title | {"status": "retired", "reason": "broke"}]) == []
    assert judged(List, items=[{"note": "x"}]) == [("items.0", "missing-key")]
    assert judged(List, items=[{"title": "t"}]) == [("items.0", "missing-key")]
    assert judged(List, items=[{"link": "https://m.example"}]) == [("items.0", "missing-key")]
    assert judged(List, items=[{"product": "p", "link": "https://m.example"}]) == [("items.0.link", "bad-value")]


def test_what_is_retired_says_why():
    retired = Item(product="p", status=ItemStatus.RETIRED)
    assert [mistake.path for mistake in rules.of_list(List(title="t", items=(retired,)))] == [("items", 0)]


def test_pictures_of_a_post_are_counted_from_one():
    media = [{"src": "a.jpg", "alt": "x"}, {"src": "b.jpg", "alt": "x"}]
    tags = [{"product": "p", "photo": str(photo)} for photo in (1, 2, 3, 0)]
    assert judged(Post, media=media, products=tags) == [
        ("products.2.photo", "bad-value"),
        ("products.3.photo", "bad-value"),
    ]
    assert list(rules.of_post(Post(date="2026-11-01", title="Frost", products=(Tagged(product="p"),)))) == []


def test_a_post_has_a_title_or_a_caption():
    assert judged(Post, caption=None, title="Frost") == []
    assert judged(Post, caption=None) == [("", "missing-key")]


def test_a_promo_gives_something():
    assert judged(Promo, percent_off=None) == [("", "missing-key")]
    assert judged(Promo, percent_off=None, free_shipping="true") == []
    assert judged(Promo, percent_off=None, money_off_amount="5 GBP") == []


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "Europe", "", "/usr/share/zoneinfo/UTC"])
def test_time_zones_must_exist(zone):
    site = Site(title="t", url="https://shelves.example", timezone=zone)
    assert [mistake.code for mistake in rules.of_site(site)] == ["unknown-timezone"]


def test_the_address_of_a_site_is_host_and_path():
    assert judged(Site, url="https://shelves.example/shop/") == []
    assert judged(Site, url="https://shelves.example/?shop") == [("url", "bad-value")]


@pytest.mark.parametrize("name", ["a", "kit", "winter-kit", "2026", "a" * 64])
def test_names_that_can_be_in_an_address(name):
    assert rules.is_slug(name)


@pytest.mark.parametrize("name", ["", "-a", "a-", "a--b", "A", "é", "a b", "a_b", "a.b", "a/b", "a\n", "a" * 65])
def test_names_that_cannot(name):
    assert not rules.is_slug(name)


def test_relationships_are_read_as_a_tuple():
    one, two = convert({"relationship": "paid"}, Item), convert({"relationship": ["paid", "gifted"]}, Item)
    assert (as_tuple(None), as_tuple(one.relationship), as_tuple(two.relationship)) == (
        (),
        ("paid",),
        ("paid", "gifted"),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"rating": "1"},
        {"title": "No."},
        {"body": "It leaks."},
        {"pros": ["Light"]},
        {"cons": ["Heavy"]},
        {"aspects": {"Warmth": "2"}},
        {"media": [{"src": "media/leak.jpg", "alt": "A puddle below it"}]},
        {"draft": True},
        {"status": "removed", "removed": {"reason": "privacy", "by": "Ida", "date": "2026-11-02"}},
    ],
)
def test_a_review_is_a_rating_or_words_or_pictures(said):
    alone = {key: value for key, value in LEAST[Review].items() if key != "rating"}
    assert list(rules.of_review(convert(alone | said, Review))) == []
    assert [mistake.code for mistake in rules.of_review(convert(alone, Review))] == ["missing-key"]


def test_rights_of_a_reviews_pictures_end_on_a_day_that_exists():
    assert judged(Review, rights={"until": "2026-02-30"}) == [("rights.until", "bad-date")]
