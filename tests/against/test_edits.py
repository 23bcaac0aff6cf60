"""Which changes bend a review: laws that hold for any of them."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from storefront.against.edits import bent
from storefront.vocabulary.curation import Incentive, Provenance, Removal, Response, Review, Update

texts = st.sampled_from(["Warm.", "It itches.", "Is it wool?", "Fine\nwool."])
dates = st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"])
ratings = st.none() | st.sampled_from([1.0, 2.5, 5.0])
updates = st.builds(Update, date=dates, rating=ratings, text=texts)
responses = st.builds(Response, by=st.sampled_from(["fjell", "kiln"]), date=dates, text=texts)
reviews = st.builds(
    Review,
    product=st.just("hat"),
    date=dates,
    rating=ratings,
    title=st.none() | texts,
    body=st.none() | texts,
    pros=st.lists(texts, max_size=2).map(tuple),
    cons=st.lists(texts, max_size=2).map(tuple),
    provenance=st.sampled_from(Provenance),
    incentive=st.none() | st.builds(Incentive, kind=st.sampled_from(["money", "product"])),
    updates=st.lists(updates, max_size=3).map(tuple),
    responses=st.lists(responses, max_size=2).map(tuple),
)
REMOVAL = Removal(reason="spam", by="Maya", date="2026-04-01")


def codes(old, new):
    return {mistake.code for mistake in bent(old, new)}


@given(reviews)
def test_what_stays_is_not_bent(review):
    assert codes(review, review) == set()


@given(reviews, updates, responses)
def test_a_review_may_grow(review, update, response):
    assert codes(review, structs.replace(review, updates=(*review.updates, update))) == set()
    assert codes(review, structs.replace(review, responses=(*review.responses, response))) == set()


@given(reviews, reviews)
def test_a_removed_review_needs_no_words(old, new):
    assert codes(old, structs.replace(new, removed=REMOVAL)) == set()


@given(reviews, reviews)
def test_stars_never_change_in_silence(old, new):
    """Whatever else changes: no rating that was given is gone without being told."""
    given_before = [old.rating, *(update.rating for update in old.updates)]
    given_now = [new.rating, *(update.rating for update in new.updates)]
    lost = any(given_before.count(rating) > given_now.count(rating) for rating in given_before if rating is not None)
    if lost or old.rating != new.rating:
        assert "review-stars" in codes(old, new)


@given(reviews, reviews)
def test_an_answered_review_that_did_not_grow_is_as_it_was(old, new):
    new = structs.replace(new, rating=old.rating, updates=old.updates, responses=(*old.responses, *new.responses))
    said = ("title", "body", "pros", "cons", "provenance", "date")
    same = all(getattr(old, key) == getattr(new, key) for key in said) and old.incentive in (None, new.incentive)
    assert codes(old, new) == (set() if same or not old.responses else {"review-edited"})


@given(reviews, responses, st.data())
def test_no_word_of_an_update_is_lost_after_an_answer(review, response, data):
    old = structs.replace(review, responses=(response,))
    words = [data.draw(texts) for _ in old.updates]
    updates = tuple(structs.replace(each, text=text) for each, text in zip(old.updates, words, strict=True))
    plain = [sorted((u.date, u.rating or 0, " ".join(u.text.split())) for u in some) for some in (old.updates, updates)]
    assert codes(old, structs.replace(old, updates=updates)) == (set() if plain[0] == plain[1] else {"review-edited"})
