"""The drawing of a card: the size that networks ask for, the same bytes for the same card, all in its place."""

from io import BytesIO

import pytest
from msgspec import structs
from PIL import Image

from storefront.previews import HEIGHT, WIDTH, Card, Look
from storefront.previews.drawing import draw

CARD = Card(name="kettle", title="Stovetop Kettle", kicker="Fjell", site="Four Shelves")
MOST = 60 * 1024


def image_of(card: Card, look: Look, picture: bytes | None = None) -> Image.Image:
    return Image.open(BytesIO(draw(card, look, picture))).convert("RGB")


def near(pixel: tuple[int, ...], colour: tuple[int, ...], by: int = 40) -> bool:
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))


def has(image: Image.Image, colour: tuple[int, ...], box: tuple[int, int, int, int]) -> bool:
    part = image.crop(box)
    return any(near(pixel, colour, 24) for _, pixel in part.getcolors(part.width * part.height))


def same(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return one.crop(box).tobytes() == other.crop(box).tobytes()


def test_a_card_is_a_plain_jpeg_of_the_size_that_networks_ask_for(look, red):
    data = draw(structs.replace(CARD, picture="red.jpg"), look, red)
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (WIDTH, HEIGHT), "RGB")
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert len(data) < MOST


def test_the_same_card_has_the_same_bytes(look, red):
    card = structs.replace(CARD, picture="red.jpg", stars=43, rating="4.3 · 12 reviews", label="Ad")
    assert draw(card, look, red) == draw(card, look, red)


@pytest.mark.parametrize(("focus", "colour"), [((0.5, 0.0), (0, 0, 208)), ((0.5, 1.0), (208, 0, 0))])
def test_the_picture_fills_the_end_around_its_focal_point(look, red, focus, colour):
    image = image_of(structs.replace(CARD, picture="red.jpg", focus=focus), look, red)
    assert near(image.getpixel((WIDTH - 4, 315)), colour)
    assert near(image.getpixel((600, 20)), look.colours.ground)


def test_a_picture_can_stand_in_the_paper_with_round_corners(look, red):
    inset = structs.replace(look, bleed=False, radius=60)
    image = image_of(structs.replace(CARD, picture="red.jpg"), inset, red)
    assert near(image.getpixel((WIDTH - 10, 315)), look.colours.ground)
    assert near(image.getpixel((WIDTH - 50, 50)), look.colours.ground)
    assert near(image.getpixel((WIDTH - 240, 560)), (208, 0, 0))


def test_the_label_stands_at_the_top_in_its_colours(look):
    corner = (64, 56, 200, 108)
    labelled = image_of(structs.replace(CARD, label="Ad"), look)
    assert has(labelled, look.colours.label, corner)
    assert has(labelled, look.colours.label_ink, (80, 70, 120, 96))
    assert not has(image_of(CARD, look), look.colours.label, corner)


def test_stars_are_filled_as_the_rating_says(look):
    row = (64, 300, 260, 500)

    def filled(stars: int) -> int:
        part = image_of(structs.replace(CARD, stars=stars), look).crop(row)
        return sum(count for count, pixel in part.getcolors(100_000) if near(pixel, look.colours.star))

    assert 0 == filled(0) < filled(25) < filled(43) < filled(50)
    assert abs(filled(25) * 2 - filled(50)) < filled(50) * 0.1


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Stovetop Kettles"},
        {"kicker": "Fjäll"},
        {"text": "Sings"},
        {"stars": 40},
        {"stars": 40, "rating": "4.0"},
        {"label": "Ad"},
        {"site": "Five Shelves"},
        {"named": True},
    ],
    ids=str,
)
def test_everything_that_a_card_holds_is_seen(look, changed):
    before = structs.replace(CARD, stars=40) if "rating" in changed else CARD
    assert draw(structs.replace(CARD, **changed), look, None) != draw(before, look, None)


@pytest.mark.parametrize("title", ["x", "Ombré " * 60, "Donaudampfschifffahrtsgesellschaft" * 6, "Wwwwww Mmmmmm"])
@pytest.mark.parametrize("named", [True, False])
def test_no_title_runs_out_of_its_column_or_into_what_is_around_it(look, red, title, named):
    card = structs.replace(
        CARD, title=title, named=named, text="A very long line about it, " * 9, stars=50, label="Ad", picture="red.jpg"
    )
    image = image_of(card, look, red)
    empty = structs.replace(card, title="x", named=False, kicker="", text="", stars=None)
    plain = image_of(empty, look, red)
    for box in ((0, 0, 48, HEIGHT), (656, 0, 680, HEIGHT), (64, 0, 640, 48), (64, 540, 640, HEIGHT)):
        assert same(image, plain, box), box


def test_what_the_fonts_cannot_write_is_left_out_beside_the_title(look):
    assert draw(structs.replace(CARD, kicker="陶器", text="מאיה"), look, None) == draw(
        structs.replace(CARD, kicker="", text=""), look, None
    )
