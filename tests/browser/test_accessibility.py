"""axe-core finds nothing on any kind of page: on a phone and a desk, light, dark and in the system's own colours."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from browser.conftest import DESK, PHONE
from browser.demo import PAGES, THEMES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": TAGS, "resultTypes": ["violations"]}
# axe-core takes -webkit-text-fill-color for the colour of text, which Chromium gives as written even where the
# system's colours are forced. What is painted then is the system's, and test_disclosure measures it.
BUT_CONTRAST = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
# A page has a dozen colours, and axe-core takes one apart for each element and each thing under it: two fifths of its
# time.
EACH_COLOUR_ONCE = """() => {
    const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
    colour.parseString = function (text) {
        if (known.has(text)) return Object.assign(this, known.get(text));
        const {r, g, b, alpha} = parse.call(this, text);
        known.set(text, {r, g, b, alpha});
        return this;
    };
}"""


def violations(page, options=EVERYTHING):
    """One line for each violation: the rule, what is wrong, and the first element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(EACH_COLOUR_ONCE)
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html']}" for each in found]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(visit, theme, name):
    page = visit(name, theme=theme, viewport=PHONE, color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(DESK)
    assert violations(page) == []


@pytest.mark.parametrize("name", ["vanity-mara", "post", "product-reviewed"])
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_forced_colours(visit, theme, name):
    assert violations(visit(name, theme=theme, forced_colors="active"), BUT_CONTRAST) == []


def test_axe_sees_what_is_wrong(visit):
    page = visit("home")
    page.evaluate(
        """() => {
            document.documentElement.lang = '';
            document.querySelector('h1').style.color = '#eee';
            document.querySelector('img').removeAttribute('alt');
        }"""
    )
    assert {line.split(":")[0] for line in violations(page)} >= {"color-contrast", "image-alt", "html-has-lang"}
