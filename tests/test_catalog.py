"""What joined records say: relationships, ratings, offers, and what is shown at the clock."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from storefront.catalog import offers, ratings, relationships
from storefront.catalog.facts import Byline
from storefront.catalog.live import Live
from storefront.catalog.offers import STALE, Price
from storefront.catalog.review_facts import ReviewFact
from storefront.clock import Clock
from storefront.content import Kind, Origin, Source
from storefront.records import Curation, Entry
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Incentive, IncentiveKind, Item, List, Post, Promo, Provenance, Review, Update
from storefront.vocabulary.influencer import BrandTie, Influencer
from storefront.vocabulary.product import Availability, Offer, Product
from storefront.vocabulary.trade import Brand, Merchant, MerchantPrices

R = Relationship
LONDON = ZoneInfo("Europe/London")
NOW = Clock(datetime.fromisoformat("2026-11-22T12:00Z"), LONDON)
any_relationships = st.lists(st.sampled_from(Relationship)).map(tuple)


def review(**keys):
    return structs.replace(Review(product="tee", date="2026-10-01", provenance=Provenance.PURCHASED), **keys)


def derive(*stated, review=None, ties=(), tracked=False, code_pays=False):
    return relationships.derive(stated, review, ties, tracked=tracked, code_pays=code_pays)


def test_nothing_said_is_nothing_known():
    assert derive((), ()) == ()


def test_the_first_that_says_anything_stands_for_how_she_came_to_it():
    assert derive((R.GIFTED,), (R.PURCHASED,), review=review()) == (R.GIFTED,)
    assert derive((), (R.LOANED,), review=review()) == (R.LOANED,)
    assert derive((), (), review=review(provenance=Provenance.GIFTED)) == (R.GIFTED,)


def test_what_pays_is_added_whatever_was_said():
    made = derive((R.NONE,), ties=[R.OWNER], tracked=True, code_pays=True)
    assert made == (R.OWNER, R.AFFILIATE, R.DISCOUNT_CODE, R.NONE)


def test_an_incentive_is_a_relationship():
    given = review(incentive=Incentive(kind=IncentiveKind.MONEY))
    assert derive((), review=given) == (R.PAID, R.PURCHASED)
    assert set(relationships.OF_INCENTIVE) == set(IncentiveKind)
    assert set(relationships.OF_PROVENANCE) == set(Provenance)


@given(st.lists(any_relationships, max_size=2), any_relationships, st.booleans(), st.booleans())
def test_no_tie_is_ever_dropped(stated, ties, tracked, code_pays):
    made = derive(*stated, ties=ties, tracked=tracked, code_pays=code_pays)
    assert set(ties) <= set(made)
    assert tracked <= (R.AFFILIATE in made)
    assert code_pays <= (R.DISCOUNT_CODE in made)
    assert set(next((given for given in stated if given), ())) <= set(made)
    assert list(made) == sorted(set(made), key=list(Relationship).index)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        ("2026-11-22", "2026-11-22", True),
        ("2026-11-23", None, False),
        (None, "2026-11-21", False),
        (None, "2026-11-22", True),
    ],
)
def test_a_tie_holds_from_its_first_day_to_its_last(since, until, holds):
    tie = BrandTie(brand="fjell", kind=R.AMBASSADOR, since=since, until=until)
    assert relationships.ties_to("fjell", [tie], "2026-11-22") == ([R.AMBASSADOR] if holds else [])
    assert relationships.ties_to("other", [tie], "2026-11-22") == []
    assert relationships.ties_to(None, [tie], "2026-11-22") == []


def test_the_newest_rating_counts():
    updates = [Update(date="2026-11-01", text="x", rating=rating) for rating in (3.0, None)]
    assert ratings.current(review(rating=5.0)) == 5.0
    assert ratings.current(review(rating=5.0, updates=tuple(updates))) == 3.0
    assert ratings.current(review(updates=tuple(updates))) == 3.0
    assert ratings.current(review()) is None


def test_a_mean_is_exact():
    assert ratings.mean([]) is None
    assert ratings.mean([5.0, 4.5, 1.0]).mean == Decimal("3.5")
    assert ratings.mean([4.5] * 3).count == 3


halves = st.lists(st.integers(2, 10).map(lambda half: half / 2), min_size=1)


@given(halves, st.randoms())
def test_the_order_of_reviews_does_not_move_the_mean(given, random):
    shuffled = list(given)
    random.shuffle(shuffled)
    assert ratings.mean(shuffled) == ratings.mean(given)
    assert min(given) <= ratings.mean(given).mean <= max(given)


@given(halves)
def test_the_mean_as_shown_is_the_exact_one_rounded_half_up(given):
    """Against fractions, which lose nothing: 3.25 is shown as 3.3, whatever came before."""
    tenths = sum(map(Fraction, given), Fraction(0)) / len(given) * 10
    shown = ratings.mean(given).mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert shown == Decimal(floor(tenths + Fraction(1, 2))) / 10


def fact(number, rating, provenance=Provenance.PURCHASED, pros=(), cons=()):
    return ReviewFact(
        ref=f"review:maya/{number}",
        id=str(number),
        byline=Byline(ref="byline:maya", handle="maya", name="Maya", locale="en", markets=(), avatar=None),
        product="tee",
        product_title="Tee",
        brand="fjell",
        brand_name="Fjell",
        shot=None,
        date="2026-10-01",
        rating=rating,
        first_rating=None,
        title=None,
        body=None,
        pros=pros,
        cons=cons,
        aspects=(),
        used_for=None,
        provenance=provenance,
        incentive=None,
        relationships=(),
        verification=None,
        updates=(),
        responses=(),
    )


def test_all_ratings_are_gathered_the_low_ones_too():
    facts = [fact(i, rating) for i, rating in enumerate((5.0, 4.5, 1.0, 1.5, None))]
    gathered = ratings.gather("tee", facts)
    assert gathered.ref == "ratings:tee"
    assert gathered.stars == (2, 0, 0, 1, 1)
    assert (gathered.rating.mean, gathered.rating.count) == (Decimal(3), 4)


@given(st.lists(st.tuples(st.none() | st.integers(2, 10), st.sampled_from(Provenance)), max_size=12), st.randoms())
def test_all_figures_of_a_product_stand_whatever_the_order_of_its_reviews(given, random):
    facts = [fact(n, half and half / 2, provenance) for n, (half, provenance) in enumerate(given)]
    gathered = ratings.gather("tee", facts)
    count = sum(half is not None for half, _ in given)
    assert sum(gathered.stars) == count == (gathered.rating.count if gathered.rating else 0)
    assert sum(rating.count for _, rating in gathered.by_provenance) == count
    random.shuffle(facts)
    assert ratings.gather("tee", facts) == gathered


@given(halves)
def test_every_rating_is_in_the_histogram(given):
    gathered = ratings.gather("tee", [fact(i, rating) for i, rating in enumerate(given)])
    assert sum(gathered.stars) == gathered.rating.count == len(given)


def test_ratings_are_told_apart_by_how_reviewers_came_to_it():
    facts = [fact(1, 5.0, Provenance.GIFTED), fact(2, 3.0), fact(3, 2.0), fact(4, None, Provenance.PAID)]
    by = {provenance: (found.mean, found.count) for provenance, found in ratings.gather("tee", facts).by_provenance}
    assert by == {Provenance.PURCHASED: (Decimal("2.5"), 2), Provenance.GIFTED: (Decimal(5), 1)}


def test_nothing_reviewed_has_no_rating():
    gathered = ratings.gather("tee", [])
    assert (gathered.rating, gathered.stars, gathered.by_provenance) == (None, (0, 0, 0, 0, 0), ())


def test_what_is_said_more_than_once():
    said = ratings.said(["Warm", "warm", "Light", "WARM", "Soft", "soft", "Straße", "STRASSE"])
    assert said == (("Warm", 3), ("Soft", 2), ("Straße", 2))


SHOP = Merchant(name="Shop", url="https://shop.example")
OFFER = Offer(merchant="shop", link="https://shop.example/tee", price="69.00 GBP", as_of="2026-11-20")


def judge(now="2026-11-22T12:00Z", merchant=SHOP, days=14, **keys):
    return offers.judge(structs.replace(OFFER, **keys), merchant, days, Clock(datetime.fromisoformat(now), LONDON))


def test_a_fresh_price_is_shown_with_its_day():
    expires = datetime.fromisoformat("2026-12-04T00:00Z")
    assert judge() == Price("69.00 GBP", None, "2026-11-20", Availability.IN_STOCK, (expires,))


def test_a_price_vanishes_to_the_second():
    out = {"availability": Availability.OUT_OF_STOCK}
    assert judge("2026-12-03T23:59:59Z", **out).price == "69.00 GBP"
    assert judge("2026-12-04T00:00:00Z", **out) == STALE


def test_the_shops_own_limit_comes_before_the_sites():
    strict = structs.replace(SHOP, prices=MerchantPrices(max_age_days=1))
    assert judge(merchant=strict) == STALE
    assert judge("2026-11-20T23:00Z", merchant=strict).price == "69.00 GBP"
    assert judge(days=2) == STALE


def test_a_shop_whose_prices_may_not_be_shown():
    shy = structs.replace(SHOP, prices=MerchantPrices(show=False))
    judged = judge(merchant=shy, availability=Availability.OUT_OF_STOCK)
    assert (judged.price, judged.availability) == (None, Availability.OUT_OF_STOCK)


def test_an_offer_that_was_never_looked_up():
    assert judge(price=None, as_of=None) == Price(None, None, None, Availability.IN_STOCK, ())


@pytest.mark.parametrize(
    ("now", "price", "was"),
    [
        ("2026-11-20T23:59:59Z", "69.00 GBP", None),
        ("2026-11-21T00:00:00Z", "49.00 GBP", "69.00 GBP"),
        ("2026-11-22T23:59:59Z", "49.00 GBP", "69.00 GBP"),
        ("2026-11-23T00:00:00Z", "69.00 GBP", None),
    ],
)
def test_a_sale_lasts_from_its_first_day_to_the_end_of_its_last(now, price, was):
    judged = judge(now, sale_price="49.00 GBP", sale_price_effective_date="2026-11-21/2026-11-22")
    assert (judged.price, judged.was) == (price, was)
    assert all(moment > datetime.fromisoformat(now) for moment in judged.changes)


def test_a_sale_without_days_lasts_as_long_as_the_price():
    assert (judge(sale_price="49.00 GBP").price, judge(sale_price="49.00 GBP").was) == ("49.00 GBP", "69.00 GBP")


def order(reach, *shops, **program):
    """The order of shops, given as regions and stock, for readers in some countries."""
    made = []
    for regions, stock in shops:
        offer = structs.replace(OFFER, regions=tuple(regions.split()))
        made.append(
            (offer, structs.replace(SHOP, program=program), structs.replace(STALE, availability=Availability(stock)))
        )
    return offers.order(made, [offers.countries(market) for market in reach.split()])


def test_the_offer_that_suits_is_shown_first():
    assert order("gb") == []
    assert order("gb", ("US", "in_stock"), ("GB", "in_stock")) == [1, 0]
    assert order("us", ("GB", "in_stock"), ("US-CA", "in_stock")) == [1, 0]
    assert order("gb", ("GB", "out_of_stock"), ("GB", "in_stock")) == [1, 0]
    assert order("gb", ("GB", "out_of_stock"), ("US", "in_stock")) == [0, 1]
    assert order("gb", ("", "in_stock"), ("GB", "in_stock")) == [0, 1]
    assert order("", ("US", "in_stock"), ("GB", "in_stock")) == [0, 1]
    assert order("gb", ("GB", "preorder"), ("GB", "in_stock")) == [0, 1]


def test_offers_stand_in_the_order_of_the_markets():
    shops = (("JP", "in_stock"), ("US", "in_stock"), ("DE FR", "in_stock"), ("GB", "in_stock"))
    assert order("gb us", *shops) == [3, 1, 0, 2]
    assert order("us gb", *shops) == [1, 3, 0, 2]
    assert order("eu us", *shops) == [2, 1, 0, 3]
    assert order("ca-fr", *shops) == [0, 1, 2, 3]


def test_an_offer_without_regions_delivers_to_its_networks_market():
    assert order("us gb", ("", "in_stock"), ("US", "in_stock"), market="GB") == [1, 0]
    assert order("gb us", ("", "in_stock"), ("US", "in_stock"), market="GB") == [0, 1]


CLOSED = {"draft": True}
LATER = {"starts": "2026-12-01"}


def entry(identity, owner, record):
    source = Source(file="content/x.yaml", kind=Kind.LIST, name=identity, owner=owner, home="content")
    return Entry(identity, owner, record, Origin(source))


def curation(*, maya=(), fjell=(), shop=(), tee=(), kit=(), post=(), written=(), promo=(), item=()):
    """A small site with changes to its records."""
    items = (structs.replace(Item(product="tee"), **dict(item)), Item(title="Tea", link="https://t.example"))
    records = {
        "influencers": {"maya": Influencer(name="Maya")},
        "brands": {"fjell": Brand(name="Fjell")},
        "merchants": {"shop": SHOP},
        "products": {"tee": Product(title="Tee", brand="fjell", category="c")},
        "lists": {("maya", "kit"): List(title="Kit", items=items)},
        "posts": {("maya", "frost"): Post(date="2026-11-01")},
        "reviews": {("maya", "tee"): review()},
        "promos": {("maya", "TEN"): Promo(merchant="shop", percent_off=10)},
    }
    changes = {
        "influencers": maya,
        "brands": fjell,
        "merchants": shop,
        "products": tee,
        "lists": kit,
        "posts": post,
        "reviews": written,
        "promos": promo,
    }
    tables = {}
    for table, kept in records.items():
        ((key, record),) = kept.items()
        owner, identity = key if isinstance(key, tuple) else ("", key)
        tables[table] = {key: entry(identity, owner, structs.replace(record, **dict(changes[table])))}
    return Curation(**tables)


def shown(live):
    tables = ("influencers", "brands", "merchants", "products", "lists", "posts", "reviews", "promos")
    items = {"item" for entry in live.lists.values() for _, item in live.items(entry) if item.product}
    return {table for table in tables if getattr(live, table)} | items


ALL = shown(Live(curation(), NOW))


def test_what_has_no_window_is_shown():
    live = Live(curation(), NOW)
    assert len(ALL) == 9
    assert (live.held, live.changes) == (0, [])


@pytest.mark.parametrize("closed", [CLOSED, LATER, {"until": "2026-11-21"}, {"embargo_until": "2026-11-23"}])
@pytest.mark.parametrize(
    ("record", "gone"),
    [
        ("maya", {"influencers", "lists", "posts", "reviews", "promos", "item"}),
        ("fjell", {"brands", "products", "reviews", "item"}),
        ("tee", {"products", "reviews", "item"}),
        ("shop", {"merchants", "promos"}),
        ("kit", {"lists", "item"}),
        ("post", {"posts"}),
        ("written", {"reviews"}),
        ("promo", {"promos"}),
        ("item", {"item"}),
    ],
)
def test_what_is_closed_takes_along_what_hangs_on_it(record, gone, closed):
    assert shown(Live(curation(**{record: closed}), NOW)) == ALL - gone


def test_the_next_changes_are_gathered():
    live = Live(curation(tee=LATER, item={"until": "2026-11-30"}), NOW)
    list(live.items(live.lists["maya", "kit"]))
    assert sorted(live.changes) == [
        datetime.fromisoformat("2026-12-01T00:00Z"),
        datetime.fromisoformat("2026-12-01T00:00Z"),
    ]
    assert live.held == 1


def test_places_of_items_are_those_of_the_file():
    live = Live(curation(item=CLOSED), NOW)
    assert [index for index, _ in live.items(live.lists["maya", "kit"])] == [1]


def test_what_a_creator_wrote_stays_in_her_order():
    made = curation()
    for slug in ("zoo", "art"):
        made.lists["maya", slug] = entry(slug, "maya", List(title=slug))
    assert [slug for _, slug in Live(made, NOW).lists] == ["kit", "zoo", "art"]
