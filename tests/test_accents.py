"""An accent reaches the pages that it is for: the site's all of them, a creator's her own."""

import re

import pytest

from building import build, copy_of_minimal, edit, html_of, names_in

PROFILE = "content/influencers/maya/profile.yaml"
SITE = "content/site.yaml"
HERS = {"maya/", "maya/lists/kit/", "maya/posts/first-frost/", "maya/posts/", "maya/reviews/"}


def with_accents(root, *, site="", creator=""):
    """The minimal site with accents; gives its output."""
    copy_of_minimal(root)
    if site:
        edit(root / SITE, "title:", f"accent: {site}\ntitle:")
    if creator:
        edit(root / PROFILE, "name: M", f"accent: {creator}\nname: M")
    build(root)
    return root / "site"


def sheets_of(output):
    return {name for name in names_in(output) if name.startswith("assets/accent")}


def css_of(output):
    (name,) = (name for name in names_in(output) if re.fullmatch(r"assets/editorial\.\w+\.css", name))
    return (output / name).read_text()


def test_without_an_accent_there_is_no_stylesheet_for_one(tmp_path):
    output = with_accents(tmp_path)
    assert sheets_of(output) == set()
    assert "assets/accent" not in "".join(html_of(output).values())


def test_a_creators_accent_is_on_her_pages_after_the_themes_and_on_no_other(tmp_path):
    output = with_accents(tmp_path, creator='{light: "#24606b", dark: "#8cc7d1"}')
    (sheet,) = sheets_of(output)
    assert (output / sheet).read_text() == "@layer tokens{:root{--accent:light-dark(#24606b,#8cc7d1)}}"
    link = f'<link rel="stylesheet" href="/{sheet}">'
    pages = html_of(output)
    assert {page for page, html in pages.items() if link in html} == HERS
    assert all(html.index(link) > html.index("/assets/editorial") for html in pages.values() if link in html)


def test_one_colour_is_for_light_and_dark_has_the_nearest_of_its_hue(tmp_path):
    output = with_accents(tmp_path, creator='"#24606b"')
    (sheet,) = sheets_of(output)
    light, dark = re.findall(r"#[0-9a-f]{6}", (output / sheet).read_text())
    assert light == "#24606b"
    assert dark != light


def test_the_sites_accent_is_in_the_themes_stylesheet(tmp_path):
    output = with_accents(tmp_path, site='{light: "#24606b", dark: "#8cc7d1"}')
    assert css_of(output).endswith("@layer tokens{:root{--accent:light-dark(#24606b,#8cc7d1)}}")
    assert sheets_of(output) == set()


@pytest.mark.parametrize("theme", ["editorial", "gridline", "market"])
def test_the_browsers_bars_have_the_colours_of_the_page(tmp_path, theme):
    copy_of_minimal(tmp_path)
    edit(tmp_path / SITE, "title:", f'theme: {{name: {theme}, tokens: {{paper: "#fefefe / #010101"}}}}\ntitle:')
    build(tmp_path)
    html = html_of(tmp_path / "site")[""]
    assert '<meta name="theme-color" content="#fefefe" media="(prefers-color-scheme: light)">' in html
    assert '<meta name="theme-color" content="#010101" media="(prefers-color-scheme: dark)">' in html
