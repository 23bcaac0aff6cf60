"""What a reader sees of disclosure: the statement at once, each label beside and before its link, large and clear."""

import re

import pytest

from browser.conftest import DESK, PHONE
from browser.demo import REPOSITORY
from storefront import records

SMALL_PHONE = {"width": 360, "height": 640}
ZOOMED = {"width": 640, "height": 400}  # what a window of 1280 × 800 px holds at a zoom of 200 %
SHOPPING = ("vanity-mara", "vanity-ines", "vanity-jonas", "vanity-noor", "list", "post", "product-reviewed")

# Of each label: whether it is drawn with nothing painted over it, its size, the largest text of the terms it stands
# among (prices, facts, buttons; not titles, quotations and stories), and its border.
LABELS = """() => {
    const transparent = c => /^rgba\\(.*, 0\\)$/.test(c);
    const paints = e => ['IMG', 'VIDEO'].includes(e.tagName) || [null, '::before', '::after'].some(part => {
        const s = getComputedStyle(e, part);
        return s.content !== 'none' && (!transparent(s.backgroundColor) || s.backgroundImage !== 'none');
    });
    const isClear = (badge, x, y) => {
        const stack = document.elementsFromPoint(x, y), at = stack.findIndex(e => badge.contains(e));
        return at >= 0 && !stack.slice(0, at).some(paints);
    };
    const isText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const size = e => parseFloat(getComputedStyle(e).fontSize);
    const among = badge => {
        const card = badge.closest('.card, .offer, .mention, .post, .spread__text, .how__labels > div');
        const aside = 'h1, h2, h3, h4, .badge, .prose, .toc, .more, .vh, .face'
            + ', .card__media, .card__note, .card__why, .mention__note';
        return [...card.querySelectorAll('a, p, li, dt, dd, span, time')].filter(e => isText(e) && !e.closest(aside));
    };
    return [...document.querySelectorAll('.badge')].map(badge => {
        badge.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
        const box = badge.getBoundingClientRect(), y = box.top + box.height / 2;
        return {
            text: badge.textContent,
            drawn: badge.checkVisibility({opacityProperty: true, visibilityProperty: true}),
            clear: [.1, .5, .9].every(part => isClear(badge, box.left + part * box.width, y)),
            least: Math.min(box.width, box.height),
            size: size(badge),
            among: Math.max(...among(badge).map(size)),
            border: parseFloat(getComputedStyle(badge).borderTopWidth),
        };
    });
}"""

# The contrast of the label's text with what lies under it, as WCAG 2 reckons it; the least of the page.
CONTRAST = """() => {
    const rgb = text => text.match(/[\\d.]+/g).map(Number);
    const ground = e => {
        const colour = rgb(getComputedStyle(e).backgroundColor);
        return colour[3] === 0 ? ground(e.parentElement) : colour;
    };
    const linear = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
    return Math.min(...[...document.querySelectorAll('.badge, .statement__label')].map(e => {
        const [a, b] = [luminance(rgb(getComputedStyle(e).color)), luminance(ground(e))];
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    }));
}"""

LINKS = """() => [...document.querySelectorAll('a.buy')].map(link => {
    const box = link.getBoundingClientRect();
    const precedes = badge => badge.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING;
    const isAbove = badge => badge.getBoundingClientRect().bottom <= box.top + 1.5;
    const badges = [...link.parentElement.querySelectorAll('.badge')];
    return {
        text: [...link.childNodes].filter(n => n.className !== 'vh').map(n => n.textContent).join(''),
        least: Math.min(box.height, box.width),
        sponsored: link.relList.contains('sponsored'),
        labelled: badges.length > 0 && badges.every(badge => precedes(badge) && isAbove(badge)),
    };
})"""


@pytest.fixture(scope="module")
def merchants():
    return {merchant.record.name for merchant in records.load(REPOSITORY).curation.merchants.values()}


def test_the_statement_lies_in_the_first_screen(visit, demo):
    """Of the pages that stand for all others, and of those whose statement is longest."""
    stated = {path: sheet.page.statement for path, sheet in demo.shown.items() if sheet.page.statement}
    longest = sorted(stated, key=lambda path: sum(map(len, stated[path].sentences)))[-4:]
    page = visit("404", viewport=SMALL_PHONE)
    for path in {*longest, *(demo.pages[name] for name in SHOPPING)}:
        page.goto(page.url.replace(page.evaluate("location.pathname"), path))
        assert page.locator("a[rel~=sponsored]").count(), path
        for window in (SMALL_PHONE, ZOOMED):
            page.set_viewport_size(window)
            box = page.locator(".statement").bounding_box()
            assert box["y"] >= 0, path
            assert box["y"] + box["height"] <= window["height"], path


@pytest.mark.parametrize("name", [*SHOPPING, "how", "posts"])
def test_every_label_is_painted(visit, name):
    page = visit(name)
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        labels = page.evaluate(LABELS)
        assert labels
        for label in labels:
            assert label["drawn"], label
            assert label["clear"], label
            assert label["least"] > 10, label
            assert label["size"] >= max(14, label["among"]) - 0.01, label
            assert label["border"] >= 1, label
    for colours in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**colours)
        assert page.evaluate(CONTRAST) >= 4.5, colours


@pytest.mark.parametrize("name", SHOPPING)
def test_shop_links_are_large_and_named_and_labelled_before(visit, merchants, name):
    page = visit(name)
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        links = page.evaluate(LINKS)
        assert links
        for link in links:
            assert link["least"] >= 44, link
            # A shop without a file of its own goes by its host.
            assert any(merchant in link["text"] for merchant in merchants) or re.search(r"\w\.\w", link["text"]), link
            assert link["labelled"] or not link["sponsored"], link


def test_what_is_wrong_with_a_label_is_seen(visit):
    page = visit("list", viewport=DESK, bypass_csp=True)
    page.add_style_tag(content=".badge { opacity: 0; font-size: 9px; color: var(--tag) }")
    assert page.evaluate(CONTRAST) < 1.1
    first = page.evaluate(LABELS)[0]
    assert not first["drawn"]
    assert first["size"] < first["among"]
    page.add_style_tag(content=".card::after { content: ''; position: absolute; inset: 0; background: red }")
    assert not page.evaluate(LABELS)[0]["clear"]
