"""Faces: what a font can write without a shaper, and what falls away."""

import pytest

from storefront.previews import written
from storefront.previews.faces import face


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("Łódź, Ștefan & Žofie", "Łódź, Ștefan & Žofie"),
        ("Zoe\u0308", "Zoë"),
        ("Plants 🌿 and pots", "Plants and pots"),
        ("Mum 👩‍👧‍👦 of two ❤️", "Mum of two"),
        ("Tea\u00adpot \u2066set\u2069", "Teapot set"),
        ("“Kettle” – 1.2 l, 89 € …", "“Kettle” – 1.2 l, 89 € …"),
    ],
)
def test_european_letters_are_written_and_emoji_fall_away(look, text, as_written):
    assert written(text, look.fonts.title) == (as_written, look.fonts.title)


@pytest.mark.parametrize("text", ["Ελένη", "Мария", "Việt"])
def test_what_one_font_lacks_another_writes(look, text):
    fonts = look.fonts
    assert written(text, fonts.title, fonts.spare) in {(text, fonts.title), (text, fonts.spare)}


@pytest.mark.parametrize("text", ["مريم", "מאיה", "陶器", "मीरा", "สวัสดี", "🌿🌿", "", " ", "Maya 陶"])
def test_a_text_is_written_whole_or_not_at_all(look, text):
    assert written(text, look.fonts.title, look.fonts.spare) is None


def test_pairs_of_letters_are_kerned(look):
    title = face(look.fonts.title, 100)
    assert title.width("To") < title.width("T") + title.width("o")
