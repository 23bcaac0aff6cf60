"""Reviews as pages show them: what was received for one stands first, and what came later stays with it."""

import pytest

import facts
from storefront.pages import reviewed
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance, Response, Update, Verification

R = Relationship


def shown(spoken, *, names_product=False, **changed):
    return reviewed.review(facts.review(**changed), spoken, names_product=names_product)


def test_own_money_is_said_in_one_sentence(spoken):
    assert shown(spoken).disclosure == "Maya bought this."


def test_what_was_received_stands_first_with_the_markets_label(spoken):
    said = shown(spoken, relationships=(R.AMBASSADOR, R.GIFTED), provenance=Provenance.GIFTED)
    label = spoken.pack.label
    assert said.disclosure == (f"{label}: Maya is a paid ambassador of Kiln. Kiln gave this to Maya free of charge.")
    assert (said.got.kind, said.got.text) == ("gifted", "Gift")


def test_in_french_a_space_that_does_not_break_is_before_the_colon():
    said = shown(voice(facts.site(locale="fr", markets=("fr",))), relationships=(R.GIFTED,))
    assert said.disclosure.startswith("Publicité\xa0: ")


@pytest.mark.parametrize("relationship", Relationship)
def test_every_relationship_can_be_said(spoken, relationship):
    if relationship is not R.NONE:
        assert "Maya" in shown(spoken, relationships=(relationship,)).disclosure


@pytest.mark.parametrize(
    ("verification", "text"),
    [
        (None, "Purchase not checked"),
        (Verification(status="unverified", by="Desk"), "Purchase not checked"),
        (Verification(status="verified", method="receipt"), "Checked against a receipt"),
        (Verification(status="verified", method="order"), "Checked against an order"),
        (Verification(status="verified", method="platform"), "Checked by a shop"),
        (Verification(status="verified"), "Checked by a shop"),
        (Verification(status="verified", method="receipt", by="the desk"), "Checked by the desk"),
    ],
)
def test_whether_anybody_checked_is_said_in_any_case(spoken, verification, text):
    assert shown(spoken, verification=verification).verification == text


def test_updates_stay_with_the_review_and_the_first_rating_with_them(spoken):
    updates = (Update(date="2026-12-01", after="3 months", rating=2.0, text="It *chipped*."),)
    said = shown(spoken, rating=2.0, first_rating=4.5, updates=updates)
    assert (said.stars.halves, said.first_stars.halves) == (4, 9)
    assert said.updates[0].after == "3 months"
    assert "<em>chipped</em>" in said.updates[0].html
    assert shown(spoken).first_stars is None


def test_a_brands_answer_stays_with_the_review(spoken):
    answer = Response(by="kiln", date="2026-12-02", kind="fix", text="Sorry.", outcome="planned", steps=("New glaze",))
    [said] = shown(spoken, responses=(("Kiln", answer),)).responses
    assert (said.brand.url, said.kind, said.outcome, said.steps) == (
        "/brands/kiln/",
        "has fixed it",
        "Planned",
        ("New glaze",),
    )


def test_away_from_the_product_a_review_names_and_shows_it(below):
    said = shown(below, names_product=True, shot=facts.shot())
    assert (said.product.text, said.product.url) == ("Mug", "/shop/products/mug/")
    assert said.picture.src.startswith("/shop/media/")
    assert said.url == "/shop/products/mug/#review-maya-mug-review"
    said = shown(below, shot=facts.shot())
    assert (said.product, said.picture) == (None, None)


def test_a_rating_is_not_needed(spoken):
    assert shown(spoken, rating=None).stars is None


def test_reviews_are_newest_first_and_on_one_day_in_order_of_name():
    reviews = [
        facts.review("b"),
        facts.review("a", byline=facts.byline("zoe")),
        facts.review("a"),
        facts.review("new", date="2026-11-20", rating=1.0),
    ]
    assert [(r.byline.handle, r.id) for r in reviewed.newest_first(reviews)] == [
        ("maya", "new"),
        ("maya", "a"),
        ("maya", "b"),
        ("zoe", "a"),
    ]


def test_words_in_another_language_say_so(spoken):
    assert shown(spoken, byline=facts.byline(locale="fr")).lang == "fr"


@pytest.mark.parametrize(
    ("total", "removed", "rate"), [(1, 0, "100%"), (299, 1, "99%"), (1, 2, "33%"), (0, 1, "0%"), (99_999, 1, "99%")]
)
def test_the_publication_rate_is_never_rounded_up_to_all(spoken, total, removed, rate):
    assert reviewed.kept(total, removed, spoken) == rate
