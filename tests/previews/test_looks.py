"""Looks: fonts and colours that a theme names for cards, and what is wrong with them."""

import shutil

import pytest

from storefront import engine, theme
from storefront.previews import Card, file_name
from storefront.problems import ProblemsFound

CARD = Card(name="kettle", title="Kettle")
FONT = engine.themes() / "editorial/assets/fonts/newsreader-card.ttf"


def look_of(root, settings: str = "", tokens: dict[str, str] | None = None):
    """The look of a site's own theme above editorial."""
    folder = root / "themes/mine"
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "theme.yaml").write_text(f"name: mine\nextends: editorial\n{settings}")
    return theme.load(root, "mine", tokens or {}, previews=True).look


def test_a_theme_without_settings_draws_as_the_one_it_extends(tmp_path):
    assert look_of(tmp_path) == theme.load(tmp_path, "editorial", {}, previews=True).look


def test_a_theme_names_fonts_of_its_own_and_has_the_shipped_one_for_the_rest(tmp_path):
    (tmp_path / "themes/mine/assets").mkdir(parents=True)
    shutil.copy(FONT, tmp_path / "themes/mine/assets/own.ttf")
    fonts = look_of(tmp_path, "previews: {fonts: {title: own.ttf}}").fonts
    assert fonts.title.data == FONT.read_bytes()
    assert fonts.small == fonts.spare != fonts.title


def test_colours_are_tokens_in_the_light_scheme_those_of_the_site_first(tmp_path):
    assert look_of(tmp_path).colours.ground == (0xF7, 0xF1, 0xE6)
    assert look_of(tmp_path, tokens={"paper": "#fff / #111"}).colours.ground == (255, 255, 255)
    assert look_of(tmp_path, "previews: {colours: {ground: accent}}").colours.ground == (0xA5, 0x39, 0x1C)
    assert look_of(tmp_path, "previews: {colours: {star-off: '#00ff00'}}").colours.star_off == (0, 255, 0)
    assert look_of(tmp_path, tokens={"paper": "var(--sunk)"}).colours.ground == (0xEE, 0xE4, 0xD2)


def test_what_a_theme_leaves_out_is_as_in_the_one_it_extends(tmp_path):
    editorial = theme.load(tmp_path, "editorial", {}, previews=True).look
    mine = look_of(tmp_path, "previews: {picture: inset, colours: {ink: accent}}")
    assert mine.fonts == editorial.fonts
    assert (mine.colours.ink, mine.colours.ground) == (editorial.colours.accent, editorial.colours.ground)
    assert (mine.bleed, editorial.bleed) == (False, True)


def test_another_look_gives_other_names(tmp_path):
    settings = ["", "previews: {picture: inset}", "previews: {radius: 20}", "previews: {colours: {ink: accent}}"]
    assert len({file_name(CARD, look_of(tmp_path, each)) for each in settings}) == len(settings)
    assert file_name(CARD, look_of(tmp_path)) == file_name(CARD, look_of(tmp_path))
    assert file_name(CARD, look_of(tmp_path)).startswith("kettle.")


@pytest.mark.parametrize(
    ("settings", "tokens", "said"),
    [
        ("previews: {fonts: {title: gone.ttf}}", {}, "the theme's file assets/gone.ttf is missing"),
        ("previews: {fonts: {title: icon.svg}}", {}, "the theme's file assets/icon.svg is no font"),
        ("", {"accent": "oklch(60% 0.2 30)"}, "the token accent is oklch(60% 0.2 30), which is no colour"),
        ("", {"paper": "var(--paper)"}, "the token paper is paper, which is no colour"),
        ("previews: {colours: {ground: papier}}", {}, "papier, which the theme names for previews, is no colour"),
    ],
)
def test_what_cannot_be_drawn_with_is_told(tmp_path, settings, tokens, said):
    with pytest.raises(ProblemsFound) as failure:
        look_of(tmp_path, settings, tokens)
    [problem] = failure.value.problems
    assert problem.code == "theme"
    assert said in problem.message


def test_without_previews_no_font_and_no_colour_is_asked_for(tmp_path):
    look_of(tmp_path)
    assert theme.load(tmp_path, "mine", {"accent": "oklch(60% 0.2 30)"}).look is None
