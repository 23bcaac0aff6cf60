"""Ratings as pages show them."""

from decimal import Decimal

import pytest

import facts
from storefront.catalog.review_facts import Ratings
from storefront.pages import rated


@pytest.mark.parametrize(
    ("mean", "value", "halves"),
    [
        ("4.24", "4.2", 8),
        ("4.25", "4.3", 9),
        ("4.75", "4.8", 10),
        ("1", "1.0", 2),
        ("3.5", "3.5", 7),
        ("2.24", "2.2", 4),
    ],
)
def test_a_mean_has_one_decimal_and_its_stars_follow_from_that(spoken, mean, value, halves):
    shown = rated.stars(Decimal(mean), 7, spoken)
    assert (float(shown.value), shown.halves) == (float(value), halves)
    assert shown.text.endswith("out of 5 stars, 7 reviews")


def test_a_persons_own_rating_has_no_count(spoken):
    assert rated.own_stars(4.5, spoken).text == "4.5 out of 5 stars"
    assert rated.own_stars(None, spoken) is None
    assert rated.mean_stars(None, spoken) is None


def ratings(rating, stars):
    return Ratings(ref="ratings:mug", rating=rating, stars=stars, by_provenance=(), pros=(), cons=())


def test_histogram_rows_are_rounded_each_by_itself(spoken):
    shown = rated.aggregate(ratings(facts.rating("3", 3), (1, 0, 1, 0, 1)), spoken)
    assert [bar.percent for bar in shown.bars] == [33, 0, 33, 0, 33]
    assert rated.aggregate(ratings(None, (0, 0, 0, 0, 0)), spoken) is None


def test_counts_are_written_as_the_locale_groups_them(spoken):
    assert rated.stars(4.5, 1204, spoken).counted == "1,204"
    assert rated.stars(4.5, 1204, spoken).text == "4.5 out of 5 stars, 1,204 reviews"
    assert [bar.counted for bar in rated.histogram((0, 0, 0, 7, 1197), spoken)] == ["1,197", "7", "0", "0", "0"]
    assert spoken.fact("fact_things", 12040).value == "12,040"
