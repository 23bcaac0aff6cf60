"""Cards for link previews: what stands on each, and which pages keep their picture."""

import json

import pytest
from msgspec import structs

import facts
from storefront import engine
from storefront.catalog.ratings import gather
from storefront.pages import embeds, list_page, previews, product_page, vanity
from storefront.pages.planned import Planned
from storefront.theme import load
from storefront.vocabulary.common import Relationship

SITE = facts.site(url="https://host.example", embeds="embed.css")
LOOK = load(engine.themes().parent, "editorial", {}, previews=True).look
GIFT = (Relationship.GIFTED,)


def carded(make, inputs):
    """The head of the page with its card, and the card; None where it has none."""
    [page], cards = previews.with_cards([Planned("/x/", make, inputs)], LOOK)
    [card] = cards.values() or [None]
    return page.make(page.inputs).page, card


def creator(lists=(), **person):
    inputs = vanity.Inputs(site=SITE, person=facts.person(**person), lists=lists, posts=(), reviews=())
    return carded(vanity.sheet, inputs)


def listed(*picks, **changed):
    inputs = list_page.Inputs(site=SITE, list=facts.list_("kitchen", *picks, **changed), others=())
    return carded(list_page.sheet, inputs)


def product(rated=None, mentions=(), **thing):
    made = facts.product(thing=facts.thing(rating=rated, **thing))
    inputs = product_page.Inputs(
        site=SITE, product=made, ratings=gather("mug", []), mentions=mentions, reviews=(), posts=()
    )
    return carded(product_page.sheet, inputs)


def review_inputs(**changed):
    fact = facts.review(**changed)
    return embeds.ReviewInputs(site=SITE, review=fact, ratings=gather("mug", [fact]))


# What stands on them


def test_a_creators_card_has_her_name_her_handle_and_her_own_line():
    byline = facts.byline(name="Maya Lind", avatar=facts.shot("maya"))
    _, card = creator(byline=byline, tagline="Wool and walking", banner=facts.shot("moor"))
    assert (card.title, card.kicker, card.text) == ("Maya Lind", "@maya", "Wool and walking")
    assert card.named
    assert card.picture == "maya-share.jpg"
    assert card.site == SITE.title


def test_a_creator_without_a_line_of_her_own_says_how_much_she_shows():
    _, card = creator(things=7, banner=facts.shot("moor"))
    assert (card.text, card.picture) == ("7 things", "moor-share.jpg")


def test_a_lists_card_has_its_title_and_whose_it_is():
    _, card = listed(facts.pick(shot=facts.shot("pot")), facts.pick(), title="Kitchen")
    assert (card.title, card.kicker, card.text) == ("Kitchen", "Maya", "2 things")
    assert card.picture == "pot-share.jpg"


def test_a_lists_cover_comes_before_its_things():
    _, card = listed(facts.pick(shot=facts.shot("pot")), cover=facts.shot("shelf"))
    assert card.picture == "shelf-share.jpg"


def test_a_products_card_has_its_mean_and_how_many_reviews_make_it():
    _, card = product(rated=facts.rating("4.25", 12), title="Mug", brand_name="Tern", shot=facts.shot("mug"))
    assert (card.title, card.kicker, card.picture) == ("Mug", "Tern", "mug-share.jpg")
    assert (card.stars, card.rating) == (43, "4.3 · 12 reviews")


def test_a_product_without_ratings_has_no_stars():
    _, card = product()
    assert (card.stars, card.rating) == (None, "")


def test_a_reviews_card_has_its_stars_and_how_the_thing_was_got():
    _, card = carded(embeds.review_sheet, review_inputs(title="Keeps warm", body="For hours.", rating=2.0))
    assert (card.title, card.text, card.stars) == ("Keeps warm", "For hours.", 20)
    assert card.kicker == "Maya · Mug"
    assert card.rating == "Bought"


def test_a_review_without_a_title_quotes_itself():
    _, card = carded(embeds.review_sheet, review_inputs(title=None, body="Keeps *warm*."))
    assert (card.title, card.text) == ("Keeps warm.", "")


# The label


@pytest.mark.parametrize(
    "tied",
    [
        lambda: creator(lists=(facts.list_("kitchen", facts.pick(relationships=GIFT)),)),
        lambda: listed(facts.pick(relationships=GIFT)),
        lambda: carded(embeds.review_sheet, review_inputs(relationships=GIFT)),
    ],
)
def test_a_card_bears_the_label_that_its_pages_preview_bears(tied):
    page, card = tied()
    assert card.label == page.statement.label
    assert page.og.description.startswith(f"[{card.label}]")
    assert page.og.image_alt.startswith(f"[{card.label}]")


@pytest.mark.parametrize("untied", [creator, listed, product])
def test_without_a_tie_there_is_no_label(untied):
    page, card = untied()
    assert page.statement is None
    assert card.label == ""


# The head


def test_a_page_names_its_card_with_its_size_and_what_stands_on_it():
    page, _ = product(rated=facts.rating("4", 3), title="Mug", brand_name="Tern", shot=facts.shot("photo"))
    assert page.og.image.startswith("https://host.example/media/mug.")
    assert page.og.image.endswith("-card.jpg")
    assert (page.og.image_width, page.og.image_height) == (1200, 630)
    assert page.og.image_alt == "Mug · Tern · 4 · 3 reviews"


@pytest.mark.parametrize("title", ["مريم", "陶器", "🌿"])
def test_what_the_fonts_cannot_write_keeps_its_picture(title):
    page, card = product(title=title, shot=facts.shot("photo"))
    assert card is None
    assert page.og.image == "https://host.example/media/photo-share.jpg"


def test_the_oembed_of_a_review_shows_its_card():
    [page], cards = previews.with_cards([Planned("/x/", embeds.review_oembed, review_inputs())], LOOK)
    made = json.loads(page.make(page.inputs))
    assert made["thumbnail_url"] == f"https://host.example/media/{next(iter(cards))}"
    assert (made["thumbnail_width"], made["thumbnail_height"]) == (1200, 630)


def test_the_oembed_of_a_review_without_a_card_has_no_picture():
    assert "thumbnail_url" not in json.loads(embeds.review_oembed(review_inputs()))


def test_other_pages_stay_as_they_are():
    page = Planned("/x/", vanity.stated, review_inputs())
    assert previews.with_cards([page], LOOK) == ([page], {})


def test_equal_cards_are_one_file():
    inputs = list_page.Inputs(site=SITE, list=facts.list_("kitchen"), others=())
    pages = [Planned("/x/", list_page.sheet, inputs), Planned("/y/", list_page.sheet, structs.replace(inputs))]
    _, cards = previews.with_cards(pages, LOOK)
    assert len(cards) == 1
