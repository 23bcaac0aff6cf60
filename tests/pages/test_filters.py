"""Filters over reviews: what there is to choose, that each choice has a rule, and that none can empty the page."""

import re

from hypothesis import given
from hypothesis import strategies as st

import facts
from building import REPOSITORY
from storefront import theme
from storefront.pages import filters, reviewed
from storefront.pages.voice import voice
from storefront.vocabulary.curation import Provenance

halves = st.integers(2, 10).map(lambda n: n / 2)
names = st.sampled_from([f"Trait {n}" for n in range(12)])
reviews_given = st.lists(
    st.tuples(st.none() | halves, st.sampled_from(Provenance), st.dictionaries(names, halves, max_size=4)), max_size=8
)


def shown(given):
    spoken = voice(facts.site())
    return tuple(
        reviewed.review(
            facts.review(f"r{n}", rating=rating, provenance=provenance, aspects=tuple(aspects.items())),
            spoken,
            names_product=False,
        )
        for n, (rating, provenance, aspects) in enumerate(given)
    )


def made(given):
    return filters.of_reviews(shown(given), voice(facts.site()))


def fits(key, said, aspects):
    rating, provenance, rated = said
    kind, _, which = key.partition("-")
    if kind == "stars":
        return rating is not None and int(rating) == int(which)
    return provenance == which if kind == "got" else aspects[int(which) - 1] in rated


@given(reviews_given)
def test_every_choice_leaves_as_many_reviews_as_it_says(given):
    found = made(given)
    if len(given) < filters.FROM:
        assert found is None
        return
    counts = {each.key: each.count for each in found.options}
    assert all(0 < count < len(given) for count in counts.values())
    assert len(counts) == len(found.options)
    for key, count in counts.items():
        assert count == sum(fits(key, each, found.aspects) for each in given), key


def test_every_choice_says_how_many_reviews_it_shows():
    bought, gift = Provenance.PURCHASED, Provenance.GIFTED
    found = made([(3.5, bought, {}), (5.0, gift, {}), (None, bought, {})])
    assert {each.key: each.shown for each in found.options} == {
        "stars-5": "1 of 3 reviews shown",
        "stars-3": "1 of 3 reviews shown",
        "got-purchased": "2 of 3 reviews shown",
        "got-gifted": "1 of 3 reviews shown",
    }
    assert found.shown == "3 of 3 reviews shown"


def test_stars_stand_from_five_down_and_aspects_by_how_many_rate_them():
    bought, gift = Provenance.PURCHASED, Provenance.GIFTED
    found = made([(3.5, bought, {"Warm": 4}), (5.0, gift, {"Warm": 2, "Light": 5}), (None, bought, {})])
    assert [(each.key, each.label, each.count) for each in found.options] == [
        ("stars-5", "5 stars", 1),
        ("stars-3", "3 stars", 1),
        ("got-purchased", "Bought", 2),
        ("got-gifted", "Gift", 1),
        ("aspect-1", "Warm", 2),
        ("aspect-2", "Light", 1),
    ]
    assert [each.url for each in found.people] == ["#review-maya-r0", "#review-maya-r1", "#review-maya-r2"]


def test_the_shipped_stylesheet_has_a_rule_for_every_choice_there_can_be():
    css = theme.load(REPOSITORY, "editorial", {}).whole.data.decode()
    ruled = set(re.findall(r"#in-([a-z0-9-]+):checked", css))
    assert ruled == {
        *(f"stars-{n}" for n in range(1, 6)),
        *(f"got-{each}" for each in Provenance),
        *(f"aspect-{n}" for n in range(1, filters.ASPECTS + 1)),
    }
    for key in ruled:
        assert f'#in-{key}:checked) .reviews__item:not([data-in~="{key}"],:has(:target))' in css
    assert {int(n) for n in re.findall(r'data-halves="(\d+)"', css)} == set(range(2, 11))
