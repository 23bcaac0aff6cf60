"""Pages can be walked with the keyboard: a way past the bar, and at each stop one sees where one is."""

import pytest

from browser.conftest import DESK
from browser.demo import THEMES

STOPS = 25
FOCUSED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    return {
        element: e.outerHTML.slice(0, 120),
        ring: ring(getComputedStyle(e)) || ring(getComputedStyle(e, '::after')),
        inside: middle[0] >= 0 && middle[0] <= innerWidth && middle[1] >= 0 && middle[1] <= innerHeight,
        hidden: Boolean(e.closest('[aria-hidden=true]')),
    };
}"""


@pytest.mark.parametrize("name", ["home", "post"])
def test_the_first_stop_leads_past_the_bar(visit, name):
    page = visit(name)
    skip = page.locator(".skip")
    assert skip.bounding_box()["y"] < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("name", ["vanity-mara", "post", "product-reviewed"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_stop_is_seen(visit, theme, name):
    page = visit(name, theme=theme, viewport=DESK, reduced_motion="reduce")
    stops = page.locator("a[href]:not([tabindex='-1'])").count()
    assert stops > 5
    for _ in range(min(stops, STOPS)):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["ring"], stop
        assert stop["inside"], stop
        assert not stop["hidden"], stop
