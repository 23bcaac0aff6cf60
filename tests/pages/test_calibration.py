"""A creator's own scale: from all she has said and shown, and honest where that is little."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

import facts
from storefront.pages.calibration import FEW, calibration
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship

R = Relationship
SPOKEN = voice(facts.site())
HALVES = st.integers(2, 10).map(lambda halves: halves / 2)


def scale(*, lists=(), posts=(), ratings=()):
    reviews = [facts.review(f"r{number}", rating=rating) for number, rating in enumerate(ratings)]
    return calibration(lists, posts, reviews, SPOKEN)


def mix(*picks, posts=()):
    return [(each.badge.text, each.text) for each in scale(lists=[facts.list_("kitchen", *picks)], posts=posts).mix]


def test_nothing_shown_is_no_scale():
    assert scale() is None


def test_every_rating_counts_in_mean_and_spread():
    found = scale(ratings=[5.0, 4.5, 1.0, 3.0, 4.0])
    assert (found.stars.value, found.stars.count, found.counted) == ("3.5", 5, "5 reviews")
    assert [bar.count for bar in found.bars] == [1, 2, 1, 0, 1]


def test_few_ratings_are_called_few():
    assert scale(ratings=[5.0, 4.0, 3.0]).counted == "3 reviews: few to judge by"
    assert scale(ratings=[5.0] * FEW).counted == "5 reviews"


def test_reviews_without_stars_are_told_apart():
    found = scale(ratings=[None, 4.0])
    assert found.counted == "2 reviews, 1 with stars: few to judge by"
    assert scale(ratings=[None]).stars is None


@given(st.lists(HALVES, min_size=1, max_size=40))
def test_the_spread_is_of_all_ratings(ratings):
    found = scale(ratings=ratings)
    assert sum(bar.count for bar in found.bars) == found.stars.count == len(ratings)


def test_the_order_of_reviews_does_not_matter():
    assert len({scale(ratings=order).stars.value for order in permutations([5.0, 3.0, 3.0, 1.5])}) == 1


def test_a_thing_counts_once_with_every_way_in_which_it_came():
    twice = facts.pick("mug", relationships=(R.GIFTED, R.AFFILIATE))
    post = facts.post("tea", facts.pick("mug", relationships=(R.PURCHASED,)))
    assert mix(twice, facts.pick("pan", relationships=(R.PURCHASED,)), posts=[post]) == [
        ("Gift", "1 of 2 things (50%)"),
        ("Bought", "2 of 2 things (100%)"),
    ]


def test_what_is_not_told_is_counted_too():
    assert mix(facts.pick("mug", relationships=(R.AFFILIATE,))) == [("Not said", "1 of 1 thing (100%)")]


def test_retired_picks_are_counted_apart():
    gone = facts.pick("pan", retired=True, relationships=(R.GIFTED,))
    found = scale(lists=[facts.list_("kitchen", facts.pick("mug", relationships=(R.PURCHASED,)), gone)])
    assert found.retired == "1 of 2 picks is no longer recommended"
    assert [each.badge.kind for each in found.mix] == ["purchased"]
