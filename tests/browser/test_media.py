"""A reader who wants no motion has none; paper has no buttons; what was chosen is told apart without colours."""

import pytest

from browser.demo import THEMES

MOVING = """() => [...document.querySelectorAll('*')]
    .flatMap(e => [null, '::before', '::after'].map(part => getComputedStyle(e, part)))
    .filter(s => s.animationName !== 'none' || s.scrollBehavior === 'smooth'
        || s.transitionDuration.split(', ').some(duration => parseFloat(duration) > 0))
    .length"""


@pytest.mark.parametrize("name", ["vanity-mara", "product-reviewed"])
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_moves_for_those_who_want_no_motion(visit, theme, name):
    page = visit(name, theme=theme, reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0
    assert page.evaluate("document.getAnimations().length") == 0


def test_something_moves_for_all_others(visit):
    assert visit("vanity-mara").evaluate(MOVING) > 0


# Printers leave grounds out unless a page insists: text that is not dark is then white on white.
PALE = """() => [...document.querySelectorAll('.statement, .statement__label, .badge, .foot, h1, h2, .card__label')]
    .filter(e => e.checkVisibility() && getComputedStyle(e).printColorAdjust !== 'exact')
    .filter(e => Math.max(...getComputedStyle(e).color.match(/[0-9.]+/g).slice(0, 3)) > 128)
    .map(e => e.className || e.tagName)"""


@pytest.mark.parametrize("theme", THEMES)
def test_what_paper_shows_is_dark_without_its_ground(visit, theme):
    page = visit("list", theme=theme)
    assert theme == "editorial" or page.evaluate(PALE) != []  # on the screen some of it is light on dark
    page.emulate_media(media="print")
    assert page.evaluate(PALE) == []


@pytest.mark.parametrize("name", ["list", "product-reviewed"])
@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_labels_but_no_buttons(visit, theme, name):
    page = visit(name, theme=theme)
    page.emulate_media(media="print")
    hidden = "all => all.every(each => !each.checkVisibility())"
    shown = "all => all.length && all.every(each => each.checkVisibility())"
    assert page.locator("a.buy").evaluate_all(hidden)
    assert page.locator(".badge").evaluate_all(shown)
    assert page.locator(".statement").evaluate_all(shown)


@pytest.mark.parametrize("name", ["404", "list"])
@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_no_heading_of_links_alone(visit, theme, name):
    page = visit(name, theme=theme)
    shown = "() => [...document.querySelectorAll('nav, nav *')].filter(e => e.checkVisibility()).length"
    assert page.evaluate(shown)
    page.emulate_media(media="print")
    assert page.evaluate(shown) == 0
