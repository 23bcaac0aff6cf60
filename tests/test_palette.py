"""What stands on what in each shipped theme can be read, and an accent is judged by the same pairs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import colours, engine, palette, theme
from storefront.palette import Contrast, Refused
from storefront.vocabulary.common import Accent

THEMES = sorted(path.parent.name for path in engine.themes().glob(f"*/{theme.MANIFEST}"))
NOWHERE = Path("/nowhere")
# Dark text on grounds that are light in both schemes, and so on: what a theme says with two colours of one pair.
hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PAPER = {"paper": {"light": "#ffffff", "dark": "#000000"}, "on-accent": {"light": "#ffffff", "dark": "#000000"}}
CONTRAST = Contrast(text={"accent": ("paper",), "on-accent": ("accent",)}, marks={"accent": ("paper",)})
PLAIN = palette.palette({**PAPER, "accent": "#767676"}, CONTRAST)


def loaded(name):
    return theme.load(NOWHERE, name, {})


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_a_shipped_theme_can_be_read(name):
    pairs = loaded(name).palette.pairings()
    assert len(pairs) >= 30
    assert [pair for pair in pairs if pair.ratio < pair.least] == []


@pytest.mark.parametrize("name", THEMES)
def test_every_colour_that_a_shipped_theme_writes_with_is_paired(name):
    used = loaded(name)
    paired = {pair.token for pair in used.palette.pairings()}
    css = used.stylesheet.data.decode()
    written = set(re.findall(r"(?<![\w-])color:var\(--([\w-]+)\)", css))
    named = {token for token, _ in used.palette.colours}
    inverted = {
        "note",
        "field",
    }  # the label of the statement, and the number on a list's sticker: the pair turned round
    assert written & named - inverted <= paired


@pytest.mark.parametrize("name", THEMES)
def test_the_stylesheet_has_the_colours_that_the_manifest_names(name):
    used = loaded(name)
    css = used.stylesheet.data.decode()
    for token, (light, dark) in used.palette.colours:
        assert f"--{token}:light-dark({light},{dark})" in css.replace(", ", ","), token


@given(hexes)
def test_an_accent_is_taken_as_it_is_or_the_nearest_that_passes_is_named(colour):
    judged = palette.accent(colour, PLAIN)
    if isinstance(judged, Refused):
        assert colours.contrast(colour, "#ffffff") < palette.TEXT
        (better,) = re.findall(r"#[0-9a-f]{6}", judged.hint)
        judged = palette.accent(better, PLAIN)
    light, dark = judged
    assert colours.contrast(light, "#ffffff") >= palette.TEXT
    assert colours.contrast(dark, "#000000") >= palette.TEXT


def test_dark_keeps_the_hue_of_an_accent_for_light():
    light, dark = palette.accent("#a5391c", PLAIN)
    assert light == "#a5391c"
    assert colours.oklch(dark)[2] == pytest.approx(colours.oklch(light)[2], abs=1)


def test_both_colours_of_an_accent_are_taken_as_they_are():
    assert palette.accent(Accent(light="#a5391c", dark="#ffffff"), PLAIN) == ("#a5391c", "#ffffff")


@pytest.mark.parametrize(
    ("given_", "scheme", "message"),
    [
        ("#ffcc00", "light", "1.51 to 1 with the theme's paper #ffffff in light; 4.5 to 1 is required"),
        (Accent(light="#a5391c", dark="#333333"), "dark", "with the theme's paper #000000 in dark"),
    ],
)
def test_an_accent_that_cannot_be_read_is_refused(given_, scheme, message):
    refused = palette.accent(given_, PLAIN)
    assert refused.scheme == scheme
    assert message in refused.message


def test_an_accent_is_judged_as_a_ground_too():
    on = palette.palette({**PAPER, "accent": "#767676"}, Contrast(text={"on-accent": ("accent",)}))
    assert isinstance(palette.accent("#bbbbbb", on), Refused)


def test_tokens_that_are_no_plain_colours_are_left_out():
    found = palette.palette(
        {"paper": "white", "ink": {"light": "#000", "dark": "rgb(0 0 0)"}, "tag": "#fff"}, Contrast()
    )
    assert found.colours == (("tag", ("#fff", "#fff")),)
