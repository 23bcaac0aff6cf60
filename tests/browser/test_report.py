"""A campaign's report in a browser: axe-core finds nothing, nothing is asked for, and it fits phone, desk and paper."""

import sys
from pathlib import Path

import pytest

from browser.conftest import DESK, PHONE
from browser.test_accessibility import violations

sys.path.append(str(Path(__file__).parents[1] / "report"))

from known import Known

PAPER = {"width": 1032, "height": 730}  # CSS pixels between the margins of A4 on its side
SCHEMES = ("light", "dark")
AS_PAINTED = """selector => [...document.querySelectorAll(selector)].map(each => getComputedStyle(each).fill)"""
TOO_WIDE = """() => [...document.querySelectorAll('.scroll, figure')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.getAttribute('aria-label') || 'figure')"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    known = Known(folder / "site")
    known.write()
    known.run("report", "campaign", "frost", "--format", "html", "--output", str(folder / "report.html"))
    return (folder / "report.html").as_uri()


@pytest.fixture
def opened(browser, report):
    """Opens the report; fails where it asked for anything but itself, or complained."""
    contexts, faults = [], []

    def opening(viewport, scheme="light", media="screen"):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda each: faults.append(each.url) if each.url != report else None)
        page.on("console", lambda each: faults.append(each.text))
        page.on("pageerror", lambda each: faults.append(str(each)))
        page.emulate_media(media=media, color_scheme=scheme)
        page.goto(report)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(opened, viewport, scheme):
    assert violations(opened(viewport, scheme)) == []


@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}, DESK], ids=["phone", "small", "desk"])
def test_the_page_is_no_wider_than_the_window(opened, viewport):
    page = opened(viewport)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_a_table_that_is_wider_can_be_scrolled_with_keys(opened):
    page = opened(PHONE)
    region = page.get_by_role("region", name="Cost, and what came of it, as a table")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("each => each.scrollLeft > 0", arg=region.element_handle())


def test_paper_shows_every_column_and_row_in_ink(opened):
    page = opened(PAPER, "dark", "print")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    days = page.locator("section", has=page.get_by_role("heading", name="Clicks by day")).locator(".scroll")
    assert days.evaluate("each => each.scrollHeight - each.clientHeight") <= 1


def test_a_chart_has_the_colours_of_the_scheme(opened):
    bars = 'figure .mark-rect path[fill="#0a5fb4"]'
    assert set(opened(DESK, "light").evaluate(AS_PAINTED, bars)) == {"rgb(10, 95, 180)"}
    assert set(opened(DESK, "dark").evaluate(AS_PAINTED, bars)) == {"rgb(108, 178, 245)"}


def test_every_colour_of_a_chart_is_named_by_the_stylesheet(opened):
    page = opened(DESK, "dark")
    painted = page.evaluate(
        """() => [...document.querySelectorAll('figure [fill], figure [stroke]')].flatMap(each => {
            const style = getComputedStyle(each);
            return [each.getAttribute('fill'), each.getAttribute('stroke')].filter(c => c && c.startsWith('#'))
                .filter(c => {
                    const wanted = 'rgb(' + [1, 3, 5].map(i => parseInt(c.slice(i, i + 2), 16)).join(', ') + ')';
                    return (each.getAttribute('fill') === c ? style.fill : style.stroke) === wanted;
                });
        })"""
    )
    assert sorted(set(painted)) == []
