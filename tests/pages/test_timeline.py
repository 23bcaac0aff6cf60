"""The timeline of a review: how much later each update came, and which rating counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import facts
from storefront.pages import timeline
from storefront.pages.voice import voice
from storefront.vocabulary.curation import Update


@pytest.mark.parametrize(
    ("later", "english", "german", "french"),
    [
        ("2026-01-31", "the same day", "am selben Tag", "le même jour"),
        ("2026-02-01", "1 day later", "1 Tag später", "1 jour plus tard"),
        ("2026-02-07", "1 week later", "1 Woche später", "1 semaine plus tard"),
        ("2026-02-28", "4 weeks later", "4 Wochen später", "4 semaines plus tard"),
        ("2026-04-30", "2 months later", "2 Monate später", "2 mois plus tard"),
        ("2026-05-01", "3 months later", "3 Monate später", "3 mois plus tard"),
        ("2027-01-30", "11 months later", "11 Monate später", "11 mois plus tard"),
        ("2027-01-31", "1 year later", "1 Jahr später", "1 an plus tard"),
        ("2029-01-30", "2 years later", "2 Jahre später", "2 ans plus tard"),
    ],
)
def test_the_time_since_a_review_is_in_the_largest_unit_that_is_full(later, english, german, french):
    said = [
        timeline.since("2026-01-31", later, voice(facts.site(locale=locale))) for locale in ("en-GB", "de-DE", "fr-FR")
    ]
    assert said == [english, german, french]


UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 4000))
def test_no_time_is_made_longer_than_it_was(start, days):
    said = timeline.since(start.isoformat(), (start + timedelta(days)).isoformat(), voice(facts.site()))
    number, unit, later = said.split()
    assert later == "later"
    assert int(number) * UNITS[unit.rstrip("s")] <= days + int(number) * 3  # February is the shortest month


def test_the_newest_rating_counts_and_an_update_without_one_moves_nothing():
    updates = (
        Update(date="2026-02-01", rating=4.0, text="Still warm."),
        Update(date="2026-04-30", rating=2.5, text="It leaks."),
        Update(date="2026-05-02", text="It still leaks."),
    )
    made = timeline.updates(facts.review(date="2026-01-25", updates=updates), voice(facts.site()))
    assert [each.counts for each in made] == [False, True, False]
    assert [each.since for each in made] == ["1 week later", "3 months later", "3 months later"]
    assert [each.stars.value if each.stars else None for each in made] == ["4", "2.5", None]


def test_a_review_without_updates_has_no_timeline():
    assert timeline.updates(facts.review(), voice(facts.site())) == ()
