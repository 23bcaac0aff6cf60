"""The style guide: every component of every shipped theme in every state, on one page."""

import re

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

import html_faults
from building import names_in, write
from storefront import engine, styleguide, theme
from storefront.cli import group

THEMES = theme.names(engine.themes().parent)
# A guide has the main headings of all its pages.
RULES = (html_faults.nested, html_faults.identified, html_faults.referred, html_faults.pictured, html_faults.linked)


def guide(root, *options):
    output = root / "guide"
    done = CliRunner().invoke(group, ["styleguide", "--root", str(root), "--output", str(output), *options])
    assert done.exit_code == 0, done.output
    return output


@pytest.fixture(scope="module", params=THEMES)
def shown(request, tmp_path_factory):
    """The guide of a theme: its folder, its text, and its tree."""
    output = guide(tmp_path_factory.mktemp(request.param), "--theme", request.param)
    html = (output / styleguide.GUIDE).read_text()
    return output, html, LexborHTMLParser(html)


def texts(tree, selector):
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_every_page_is_a_specimen_under_its_title(shown):
    _, _, tree = shown
    assert len(tree.css(".specimen")) == len(styleguide.PAGES)
    for number, (path, title) in enumerate(styleguide.PAGES.items(), 1):
        specimen = tree.css_first(f"#specimen-{number}")
        assert specimen.css_first(f"a[href='{path}']").text() == title
        assert len(specimen.css("h1")) == 1, path


def test_a_guide_is_valid_and_so_is_every_page_it_shows(shown):
    output, html, tree = shown
    assert [fault for rule in (html_faults.parsed, html_faults.as_written) for fault in rule(html)] == []
    assert [fault for rule in RULES for fault in rule(tree)] == []
    for path in output.rglob("*.html"):
        if path.name != styleguide.GUIDE:
            assert html_faults.faults(path.read_text()) == [], path


def test_every_state_is_there(shown):
    _, _, tree = shown
    said = " ".join(texts(tree, "main"))
    for state in (
        "No picture",
        "No price",
        "No shop",
        "On sale",
        "£119.00 before: £145.00",
        "Sold out at First Shop",
        "No longer recommended. The handle came off. Replaced by:",
        "No longer made Replaced by:",
        "Ad · gifted by Acme Household",
        "Ad · paid by Acme Household",
        "SPECIMEN10",
        "whose maker could not decide",
        "and 2 more shops",
        "Nothing here yet.",
        "No reviews yet.",
        "Page 2 of",
        "This review was removed on 12 May 2026 by Alex Specimen.",
        "A new lid is on its way.",
        "Not in the catalog",
    ):
        assert state in said, state


def test_the_guide_loads_each_script_of_its_pages_once(shown):
    _, html, tree = shown
    scripts = [node.attributes["src"] for node in tree.css("script[type=module]")]
    assert len(scripts) == len(set(scripts)) > 0
    assert all(node.parent.tag == "head" for node in tree.css("script[type=module]"))
    assert "noindex" in html


def test_the_same_guide_is_made_twice_and_over_an_older_one(shown, tmp_path):
    output, html, _ = shown
    again = guide(tmp_path, "--theme", output.parent.name[:-1])
    assert (again / styleguide.GUIDE).read_text() == html
    guide(tmp_path, "--theme", output.parent.name[:-1])
    assert (again / styleguide.GUIDE).read_text() == html


def test_without_a_name_the_sites_own_theme_is_shown_with_its_tokens(site):
    settings = (site / "content/site.yaml").read_text()
    themed = re.sub(r"^theme:.*\n", "", settings, flags=re.MULTILINE)
    write(
        site,
        {
            "content/site.yaml": f"{themed}theme: {{name: mine, tokens: {{accent: '#123456'}}}}\n",
            "themes/mine/theme.yaml": "name: mine\nextends: editorial\nstyles: [mine.css]\n",
            "themes/mine/assets/mine.css": ".card { color: var(--accent) }",
        },
    )
    output = guide(site)
    (css,) = (output / "assets").glob("mine.*.css")
    assert "--accent:#123456" in css.read_text()
    assert ".card{color:var(--accent)}" in css.read_text()


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path):
    write(tmp_path, {"guide/mine.txt": "mine"})
    done = CliRunner().invoke(group, ["styleguide", "--root", str(tmp_path), "--output", str(tmp_path / "guide")])
    assert done.exit_code == 1
    assert "mine.txt" in done.output
    assert names_in(tmp_path / "guide") == {"mine.txt"}


def test_a_theme_that_is_not_there_is_told(tmp_path):
    done = CliRunner().invoke(group, ["styleguide", "--root", str(tmp_path), "--theme", "editorail"])
    assert done.exit_code == 1
    assert "there is no theme editorail" in done.output
    assert "Did you mean editorial?" in done.output
