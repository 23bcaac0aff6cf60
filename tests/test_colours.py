"""Colours: contrast is that of WCAG, lightness and hue are those of OKLCH, and the nearest readable colour is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import colours

hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # Pairs whose ratio is common knowledge: the lightest grey that passes on white, and the first that does not.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#00f", "#fff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(hexes, hexes)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert colours.contrast(one, other) == colours.contrast(other, one)
    assert 1 <= colours.contrast(one, other) <= 21.0001


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        # CSS Color 4, the sample values of its OKLCH section
        ("#ff0000", (0.62796, 0.25768, 29.234)),
        ("#00ff00", (0.86644, 0.29483, 142.495)),
        ("#0000ff", (0.45201, 0.31321, 264.052)),
        ("#808080", (0.59987, 0.0, None)),
    ],
)
def test_oklch_is_that_of_css(colour, expected):
    lightness, chroma, hue = colours.oklch(colour)
    assert (lightness, chroma) == pytest.approx(expected[:2], abs=0.0005)
    if expected[2] is not None:
        assert hue == pytest.approx(expected[2], abs=0.05)


@given(hexes)
def test_a_colour_comes_back_from_oklch(colour):
    assert colours.of_oklch(*colours.oklch(colour)) == colour


@given(st.floats(0.2, 1), st.floats(0, 0.4), st.floats(0, 360))  # below, one step of 8 bits is more than that
def test_every_lightness_chroma_and_hue_gives_a_colour_of_about_that_lightness(lightness, chroma, hue):
    found = colours.of_oklch(lightness, chroma, hue)
    assert colours.is_hex(found)
    assert colours.oklch(found)[0] == pytest.approx(lightness, abs=0.02)


@given(hexes, hexes, st.sampled_from([3.0, 4.5]))
def test_the_nearest_colour_passes_and_none_between_does(colour, ground, least):
    def passes(tried):
        return colours.contrast(tried, ground) >= least

    found = colours.nearest(colour, passes)
    assert found is not None  # black or white can be read on anything at 4.5 to 1
    assert passes(found)
    if passes(colour):
        assert found == colour
        return
    (lightness, chroma, hue), away = colours.oklch(colour), colours.oklch(found)[0]
    between = [lightness + (away - lightness) * part / 20 for part in range(1, 19)]
    assert not any(passes(colours.of_oklch(each, chroma, hue)) for each in between)


@given(hexes)
def test_where_nothing_passes_there_is_no_nearest_colour(colour):
    assert colours.nearest(colour, lambda _: False) is None
