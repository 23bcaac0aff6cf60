"""No page scrolls sideways or sticks out of the window: at any width, enlarged, in larger type, from right to left."""

import pytest

from browser.conftest import DESK, PHONE
from browser.demo import CREATORS, PAGES, THEMES

# 640 px is what a window of 1280 px holds at a zoom of 200 %, and 320 px one of 640 px.
WIDTHS = (320, 360, 390, 640, 768, 1280)
# How far the page scrolls to either side, and each text or picture that reaches out of the window, unless it stands in
# a row that scrolls by itself.
SIDEWAYS = """() => {
    const scrolls = e => e && e !== document.body
        && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    const isText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const scrolledTo = x => { scrollTo(x, 0); return scrollX; };
    const ends = [scrolledTo(-9999), scrolledTo(9999)];
    scrollTo(0, 0);
    const out = [...document.querySelectorAll('body *')].filter(e => {
        if (e.tagName !== 'IMG' && !isText(e)) return false;
        const box = e.getBoundingClientRect();
        return (box.left < -1 || box.right > document.documentElement.clientWidth + 1)
            && box.width > 1 && !e.closest('svg') && !scrolls(e);
    });
    return [...ends.filter(Boolean), ...out.map(e => e.outerHTML.slice(0, 120))];
}"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_scrolls_sideways(visit, theme, name):
    page = visit(name, theme=theme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], f"at {width} px"
    page.evaluate("document.documentElement.dir = 'rtl'")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], f"from right to left at {width} px"


# How far each box stands from the side where reading begins: but for rows that scroll by themselves, drawings, and what
# the words in it set to a side.
FROM_THE_START = """() => {
    const rtl = document.documentElement.dir === 'rtl', wide = document.documentElement.clientWidth;
    const isBox = e => /^(block|flex|grid|list-item)$/.test(getComputedStyle(e).display)
        && !/^(IMG|A|SPAN|B|TIME)$/.test(e.tagName) && !e.closest('.strip, svg, [dir=auto]');
    return [...document.querySelectorAll('body *')].filter(isBox).map(e => {
        const box = e.getBoundingClientRect();
        return [e.className || e.tagName, Math.round(rtl ? wide - box.right : box.left)];
    });
}"""


@pytest.mark.parametrize("name", ["home", "vanity-jonas", "list", "post", "product-reviewed", "brand", "how", "embed"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_from_right_to_left_is_mirrored(visit, name, width):
    page = visit(name, viewport={"width": width, "height": 800})
    before = page.evaluate(FROM_THE_START)
    page.evaluate("document.documentElement.dir = 'rtl'")
    after = page.evaluate(FROM_THE_START)
    moved = [(one, other) for one, other in zip(before, after, strict=True) if abs(one[1] - other[1]) > 1]
    assert len(before) > 20
    assert moved == []


TWICE = (
    "home",
    "vanity-jonas",
    "list",
    "post",
    "product-reviewed",
    "reviews",
    "brand",
    "brands",
    "categories",
    "category",
    "how",
)


@pytest.mark.parametrize("name", TWICE)
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_scrolls_sideways_in_type_of_twice_the_size(visit, theme, name):
    page = visit(name, theme=theme)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    devtools.detach()  # so that it ends with this page
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], f"at {width} px"


def test_what_stays_on_its_side_is_seen(visit):
    page = visit("404")
    page.evaluate("document.querySelector('main').style.marginLeft = '20px'")
    before = page.evaluate(FROM_THE_START)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(FROM_THE_START) != before


BROKEN = """() => [...document.querySelectorAll('.name span, .name em')].filter(part => {
    const range = document.createRange();
    range.selectNodeContents(part);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
    return lines.size > part.textContent.trim().split(/[\\s-]/).length;
}).map(part => part.textContent)"""


@pytest.mark.parametrize("name", [f"vanity-{handle}" for handle in CREATORS])
@pytest.mark.parametrize("theme", THEMES)
def test_a_name_is_never_broken_inside_a_word(visit, theme, name):
    page = visit(name, theme=theme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(BROKEN) == [], f"at {width} px"
    page.evaluate("document.querySelector('.name').style.fontSize = '80vw'")
    assert page.evaluate(BROKEN) != []


LONG = "Rindfleischetikettierungsüberwachung"
SAY = """word => document.querySelectorAll(
    ".bar__title a, .foot__title a, h1:not(.name), h2, .card__title a, .card__brand a, .badge, .buy, .specs dt"
).forEach(each => { each.textContent = word })"""


@pytest.mark.parametrize("name", ["vanity-mara", "list", "product-reviewed", "brand"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_word_longer_than_a_line_is_broken(visit, theme, name):
    page = visit(name, theme=theme)
    page.evaluate(SAY, LONG)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], f"at {width} px"


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_page_is_about_stands_in_the_first_screen_of_a_phone(visit, theme):
    page = visit("product-reviewed", theme=theme, viewport=PHONE)
    assert top(page, "h1") < top(page, ".product__stars") < top(page, ".verdict")
    assert top(page, "h1") < PHONE["height"]
    assert not page.locator(".crumbs [aria-current]").is_visible(), "the heading says where one is"
    page.set_viewport_size(DESK)
    assert page.locator(".crumbs [aria-current]").is_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_a_creator_without_a_picture_has_her_name_first(visit, theme):
    page = visit("vanity-mara", theme=theme, viewport=PHONE)
    page.evaluate("document.querySelector('.profile').classList.add('profile--plain')")
    page.evaluate("document.querySelector('.profile__picture').remove()")
    assert top(page, ".name") < top(page, ".profile__tagline") < top(page, ".profile__bio")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["vanity-jonas", "vanity-ines"])
def test_the_navigation_is_one_row_on_a_phone_in_longer_languages_too(visit, theme, name):
    page = visit(name, theme=theme, viewport={"width": 360, "height": 800})
    assert len({link.bounding_box()["y"] for link in page.locator(".bar li").all()}) == 1
    page.set_viewport_size({"width": 390, "height": 800})
    lines = """links => links.map(link => {
        const words = document.createRange()
        words.selectNodeContents(link)
        return new Set([...words.getClientRects()].map(line => line.top)).size
    })"""
    assert page.locator(".bar li a").evaluate_all(lines) == [1, 1, 1, 1]


@pytest.mark.parametrize("theme", THEMES)
def test_the_name_of_a_figure_stands_in_one_line(visit, theme):
    page = visit("home", theme=theme)
    for width in (360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        lines = page.evaluate(
            "() => [...document.querySelectorAll('.person .facts dt')].map(e => e.offsetHeight"
            " / parseFloat(getComputedStyle(e).lineHeight))"
        )
        assert lines
        assert max(lines) < 1.5, f"at {width} px"


@pytest.mark.parametrize("theme", THEMES)
def test_how_a_brand_answers_is_a_table_with_lines_on_a_phone_too(visit, theme):
    page = visit("brand", theme=theme)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        lines = page.evaluate(
            "() => [...document.querySelectorAll('.answers tbody :is(th, td)')].map(cell => ["
            "getComputedStyle(cell).borderBlockEndWidth, getComputedStyle(cell).textAlign])"
        )
        assert {*map(tuple, lines)} == {("1px", "start")}, f"at {width} px"


def test_what_sticks_out_is_seen(visit):
    page = visit("404")
    page.evaluate("document.querySelector('h1').style.width = '120vw'")
    scrolled, *found = page.evaluate(SIDEWAYS)
    assert scrolled > 0
    assert found[0].startswith("<h1")
    page.evaluate("document.querySelector('main').style.overflowX = 'clip'")
    assert page.evaluate(SIDEWAYS) == found
