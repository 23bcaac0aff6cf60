"""What was meant: a price, a day or a word as people write it is told with its right spelling, or with none."""

import pytest

from checking import problems_of, site_with
from storefront.vocabulary.common import Image
from storefront.vocabulary.curation import Item, Review
from storefront.vocabulary.influencer import Influencer, Location
from storefront.vocabulary.product import Offer, Product
from storefront.vocabulary.validate import convert

OFFER = {"merchant": "shop", "link": "https://shop.example/mug"}
REVIEW = {"product": "mug", "date": "2026-10-01", "provenance": "gifted", "rating": "4"}


def hint(model, data):
    [mistake] = convert(data, model)
    return mistake.hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("€12,99", "12.99 EUR"),
        ("12,99 €", "12.99 EUR"),
        ("12.99 eur", "12.99 EUR"),
        ("EUR 12.99", "12.99 EUR"),
        ("12.99 Euro", "12.99 EUR"),
        ("£12", "12 GBP"),
        ("$1,299.00", "1299.00 USD"),
        ("1.299,00 EUR", "1299.00 EUR"),
        ("1 299 EUR", "1299 EUR"),
        ("CHF 1'299.50", "1299.50 CHF"),
        ("12.– CHF", "12 CHF"),
        ("1,234 EUR", ""),  # one thousand, or one and a bit
        ("12.99", ""),
        ("ca. 12 EUR", ""),
        ("-5 EUR", ""),
        ("12 kr", ""),
        ("12,99 ¥", ""),
    ],
)
def test_a_price_as_shops_write_it(text, meant):
    assert hint(Offer, OFFER | {"price": text}) == (f"Did you mean {meant}?" if meant else "For example: 18.00 GBP")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("27.11.2026", "2026-11-27"),
        ("27. 11. 2026", "2026-11-27"),
        ("11/27/2026", "2026-11-27"),
        ("2026/11/27", "2026-11-27"),
        ("2026-1-2", "2026-01-02"),
        ("20261127", "2026-11-27"),
        ("27 November 2026", "2026-11-27"),
        ("Nov 27, 2026", "2026-11-27"),
        ("3. März 2026", "2026-03-03"),
        ("01/10/2026", ""),  # October or January
        ("31.2.2026", ""),
        ("today", ""),
    ],
)
def test_a_day_as_people_write_it(text, meant):
    assert hint(Review, REVIEW | {"date": text}) == (f"Did you mean {meant}?" if meant else "For example: 2026-11-15")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("27.11.2026 9:00", "2026-11-27T09:00"),
        ("2027-03-01 9:00", "2027-03-01T09:00"),
        ("27.11.2026, 9.30 Uhr", "2026-11-27T09:30"),
        ("27.11.2026", "2026-11-27"),
        ("27.11.2026 25:00", ""),
        ("tomorrow 9:00", ""),
    ],
)
def test_a_time_as_people_write_it(text, meant):
    assert hint(Review, REVIEW | {"from": text}) == (f"Did you mean {meant}?" if meant else "For example: 2026-11-15")


@pytest.mark.parametrize(
    ("key", "text", "hinted"),
    [
        ("asin", "b0example1", "Did you mean B0EXAMPLE1?"),
        ("asin", "b0-example", "For example: B0EXAMPLE1"),
        ("gtin", "4 006381 333931", "Did you mean 4006381333931?"),
        ("gtin", "400-6381", "For example: 5012345678900"),
    ],
)
def test_numbers_of_a_product(key, text, hinted):
    assert hint(Product, {"title": "t", "brand": "b", "category": "c", key: text}) == hinted


@pytest.mark.parametrize(
    ("text", "meant"),
    [("4,5", "4.5"), ("4/5", "4"), ("9/10", "4.5"), ("4 stars", "4"), ("★★★", "3"), ("4.7", ""), ("6", "")],
)
def test_a_rating_as_people_write_it(text, meant):
    assert hint(Review, REVIEW | {"rating": text}) == (f"Did you mean {meant}?" if meant else "For example: 4.5")


@pytest.mark.parametrize(
    ("text", "meant"), [("36", "0.36"), ("36 %", "0.36"), ("0,5", "0.5"), ("100", "1"), ("640", "")]
)
def test_a_place_in_a_picture_as_people_write_it(text, meant):
    image = {"src": "media/a.jpg", "alt": "A tee", "focus": ["0.5", text]}
    assert hint(Image, image) == (f"Did you mean {meant}?" if meant else "For example: 0.42")


@pytest.mark.parametrize(
    ("text", "meant"), [("ja", "true"), ("nein", "false"), ("Yes", "true"), ("oui", "true"), ("sí", "true")]
)
def test_yes_and_no(text, meant):
    assert hint(Review, REVIEW | {"draft": text}) == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("GIFTED", "Did you mean gifted?"),
        ("bought", "Did you mean purchased?"),
        ("selbst gekauft", "Did you mean purchased?"),
        ("own", "Did you mean purchased?"),
        ("Werbung", "Did you mean paid?"),
        ("PR", "Did you mean gifted?"),
        ("gifted by the brand", "Did you mean gifted?"),
        ("gifted, Ambassador", "Write [gifted, ambassador]."),
    ],
)
def test_a_relationship_in_other_words(text, hinted):
    """A hint may never name less than what was said: of two words, both."""
    assert hint(Item, {"product": "mug", "relationship": text}) == hinted


@pytest.mark.parametrize(
    ("text", "meant"), [("uk", "GB"), ("Deutschland", "DE"), ("Österreich", "AT"), ("USA", "US"), ("norge", "NO")]
)
def test_a_country_by_its_name(text, meant):
    assert hint(Location, {"country": text}) == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("text", "meant"), [("en_GB", "en-GB"), ("EN-gb", "en-GB"), ("Deutsch", "de"), ("french", "fr")]
)
def test_a_language_by_its_name(text, meant):
    assert hint(Influencer, {"name": "n", "locale": text}) == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("shop.example/mug", "Write https://shop.example/mug"),
        ("HTTPS://shop.example/mug", "Write https://shop.example/mug"),
        ("<https://shop.example/mug>", "Write https://shop.example/mug"),
        ("https:/shop.example/mug", "Write https://shop.example/mug"),
        ("https://https://shop.example/mug", "Write https://shop.example/mug"),
        ("shop", "For example: https://shop.example/mts"),
    ],
)
def test_an_address_that_was_nearly_pasted(text, hinted):
    assert hint(Offer, OFFER | {"link": text}) == hinted


@pytest.mark.parametrize(
    "text", ["red-mug.yaml", "products/red-mug", "content\\products\\red-mug.yml", "Red Mug", "@red-mug"]
)
def test_an_id_by_its_file_or_title(text):
    assert hint(Review, REVIEW | {"product": text}) == "Did you mean red-mug?"


def test_keys_that_people_call_otherwise():
    """And the key that was meant is not told as missing besides."""
    assert (
        hint(Review, {"product": "mug", "date": "2026-10-01", "relationship": "gifted"}) == "Did you mean provenance?"
    )
    assert hint(Influencer, {"name": "n", "instagram": "@maya"}) == "Did you mean profiles?"
    assert hint(Influencer, {"name": "n", "zocial": "x"}).startswith("Known keys: ")


def test_a_text_where_a_group_of_keys_belongs():
    told = hint(Influencer, {"name": "n", "avatar": "media/maya.jpg"})
    assert told.startswith("Write src: media/maya.jpg in a line below it, indented.")
    assert hint(Influencer, {"name": "n", "location": "London, UK"}) == "The keys are: country, city, region."


def test_things_of_a_list_without_their_key():
    picture = {"title": "t", "brand": "b", "category": "c", "images": ["media/mug.jpg"]}
    assert hint(Product, picture) == "Write src: media/mug.jpg, and below it alt: …"
    mistakes = convert({"name": "n", "lists": {"kit": {"title": "t", "items": ["mug", "product:mug"]}}}, Influencer)
    assert [each.hint for each in mistakes] == [
        "Write product: mug",
        "Put a space after each colon, and after a dash: product: …",
    ]


@pytest.mark.parametrize(
    ("key", "text", "hinted"),
    [
        ("timezone", "Berlin", "Did you mean Europe/Berlin?"),
        ("timezone", "europe/london", "Did you mean Europe/London?"),
        ("markets", "[germany]", "Did you mean de?"),
        ("markets", "[uk]", "Did you mean gb?"),
        ("markets", "[GB]", "Did you mean gb?"),
        ("markets", "[gb de]", "Did you mean gb, de?"),
        ("markets", "Germany, UK", "Write [de, gb], or one line for each, beginning with a dash."),
    ],
)
def test_settings_of_a_site_by_other_names(tmp_path, key, text, hinted):
    site = site_with(tmp_path, {})
    path = site / "content/site.yaml"
    kept = [line for line in path.read_text().splitlines() if not line.startswith(f"{key}:")]
    path.write_text("\n".join([*kept, f"{key}: {text}", ""]))
    assert [problem.hint for problem in problems_of(site)] == [hinted]
