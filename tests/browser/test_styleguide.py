"""The style guide in a browser: no violation in any state, and nothing wider than the screen."""

import pytest

from browser.conftest import DESK, PHONE, Watch
from browser.demo import THEMES
from browser.serving import served
from browser.test_accessibility import EVERYTHING, violations
from storefront import styleguide

# Whole pages stand one below the other: parts of the same name are there more than once, and so are skipped headings.
ONE_PAGE_ONLY = ("landmark-unique", "heading-order", "landmark-no-duplicate-main", "page-has-heading-one")
STATES = EVERYTHING | {"rules": {rule: {"enabled": False} for rule in ONE_PAGE_ONLY}}


@pytest.fixture(scope="module", params=THEMES)
def guide(request, tmp_path_factory):
    """The address of a theme's guide."""
    root = tmp_path_factory.mktemp(f"guide-{request.param}")
    styleguide.make(root, root / "guide", request.param, 1)
    with served(root / "guide") as base:
        yield base


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_state(browser, guide, viewport, scheme):
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    watch = Watch()
    page = watch.over(context.new_page(), guide)
    page.goto(f"{guide}/{styleguide.GUIDE}", wait_until="load")
    assert page.locator(".specimen").count() == len(styleguide.PAGES)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    found = violations(page, STATES)
    context.close()
    assert found == []
    assert watch.faults == []
