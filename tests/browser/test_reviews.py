"""Stars, histogram, timeline and filters of a product: what a screen reader is told, and what keys do."""

import pytest

from browser.conftest import DESK, PHONE
from browser.test_accessibility import BUT_CONTRAST, violations

VISIBLE = "all => all.filter(e => e.checkVisibility()).map(e => e.querySelector('article').id)"
IN_ORDER = """all => all.filter(e => e.checkVisibility())
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map(e => Number(e.dataset.halves || 0))"""
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def address_of(demo):
    """The page of the product with the most reviews, and its view."""
    found = {path: sheet.view for path, sheet in demo.shown.items() if sheet.template == "product.html"}
    path = max(found, key=lambda each: (len(found[each].reviews), each))
    assert found[path].filters
    return path, found[path]


def items(page):
    return page.locator(".reviews__item")


def test_a_screen_reader_is_told_the_average_the_histogram_and_the_choices(visit, address_of):
    path, view = address_of
    tree = visit(path).locator("section:has(> .filtered)").aria_snapshot()
    assert f"- paragraph: {view.aggregate.stars.text}" in tree
    for bar in view.aggregate.bars:
        assert f"- listitem: {bar.label} {bar.count}" in tree
    assert '- group "Filter and sort the reviews on this page":' in tree
    assert '- group "Order":' in tree
    assert '- radio "Newest first" [checked]' in tree
    assert '- group "Show":' in tree
    assert '- radio "All" [checked]' in tree
    for each in view.filters.options:
        assert f'- radio "{each.label} ({each.count})"' in tree
    for review in view.reviews:
        assert f'- article "{review.title or review.author.name}"' in tree


def test_nothing_is_filtered_at_first(visit, address_of):
    path, view = address_of
    assert items(visit(path)).evaluate_all(VISIBLE) == [review.anchor for review in view.reviews]


def test_each_choice_shows_just_what_it_counts(visit, address_of):
    path, view = address_of
    page = visit(path)
    for each in view.filters.options:
        page.locator(f"#in-{each.key}").check()
        assert len(items(page).evaluate_all(VISIBLE)) == each.count, each.key
    page.locator("#in-all").check()
    assert len(items(page).evaluate_all(VISIBLE)) == len(view.reviews)


def test_the_keys_alone_choose_and_the_choice_has_a_ring(visit, address_of):
    page = visit(address_of[0], reduced_motion="reduce")
    page.locator("#order-newest").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "order-best"
    best = items(page).evaluate_all(IN_ORDER)
    assert best == sorted(best, reverse=True)
    page.keyboard.press("ArrowDown")
    worst = items(page).evaluate_all(IN_ORDER)
    assert worst == sorted(worst)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "in-all"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.checked && document.activeElement.id.startsWith('in-stars-')")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2")


def test_a_review_that_the_address_names_is_shown_whatever_is_filtered(visit, address_of):
    path, view = address_of
    stars = {f"stars-{review.stars.halves // 2}": review.anchor for review in view.reviews if review.stars}
    (shown, _), (_, named) = list(stars.items())[:2]
    page = visit(f"{path}#{named}")
    page.locator(f"#in-{shown}").check()
    assert named in items(page).evaluate_all(VISIBLE)


def test_the_focus_follows_the_order_that_is_seen(visit, address_of):
    page = visit(address_of[0], viewport=DESK)
    page.locator("#order-worst").check()
    page.locator(".filters summary").focus()
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        halves = page.evaluate("document.activeElement.closest('.reviews__item')?.dataset.halves ?? null")
        if halves is None:
            break
        seen.append(int(halves))
    assert len(set(seen)) > 1
    assert seen == sorted(seen)


def test_without_the_stylesheet_all_reviews_are_there_and_no_dead_choice(visit, address_of):
    path, view = address_of
    page = visit(path)
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(e => e.remove())")
    assert not page.locator(".filters").is_visible()
    assert len(items(page).evaluate_all(VISIBLE)) == len(view.reviews)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_axe_finds_nothing_while_reviews_are_filtered(visit, address_of, options):
    path, view = address_of
    page = visit(path, viewport=PHONE, **options)
    page.locator("#order-worst").check()
    page.locator(f"#in-{view.filters.options[0].key}").check()
    page.locator(".filters summary").click()
    assert violations(page, *([BUT_CONTRAST] if "forced_colors" in options else [])) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_filters_histogram_and_timeline_fit_a_narrow_screen_in_both_directions(visit, demo, direction):
    """320 px is also a desk's window at 400 % (WCAG 1.4.10)."""
    timed = [
        path
        for path, sheet in demo.shown.items()
        if sheet.template == "product.html" and sheet.view.filters and any(r.updates for r in sheet.view.reviews)
    ]
    page = visit(timed[0], viewport=NARROW)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    page.locator(".filters summary").click()
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.filters *, .bars *, .updates *, .sum *')]
            .filter(e => e.checkVisibility() && !e.closest('svg, .vh'))
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([html]) => html)"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_timeline_tells_how_much_later_and_which_rating_counts(visit, demo):
    path, review = next(
        (path, review)
        for path, sheet in demo.shown.items()
        if sheet.template == "product.html" and sheet.page.lang.startswith("en")
        for review in sheet.view.reviews
        if any(update.counts for update in review.updates)
    )
    tree = visit(path).locator(f"#{review.anchor} .updates").aria_snapshot()
    assert "At first" in tree
    for update in review.updates:
        assert update.since in tree
    assert tree.count("counts now") == 1
