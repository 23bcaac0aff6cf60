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
