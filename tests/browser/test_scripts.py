"""What scripts add, by pointer and by keys, and that pages are whole and still without them."""

import json
import re

import pytest

from browser.conftest import DESK, PHONE
from browser.demo import THEMES
from browser.test_accessibility import violations

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PASTED = "navigator.clipboard.readText()"
# Where everything stands that a page has by itself, as against what a script puts there.
PLACES = """() => [...document.querySelectorAll('main :is(h1, h2, h3, p:not([role]), li, dl, img, code), footer')]
    .map(e => [e.tagName, Math.round(e.getBoundingClientRect().left), Math.round(e.getBoundingClientRect().top)])"""
SHARES = "window.shared = []; navigator.share = what => { shared.push(what); return Promise.resolve(); };"
CLOSES = "navigator.share = () => Promise.reject(new DOMException('', 'AbortError'));"
REFUSES = "navigator.clipboard.writeText = () => Promise.reject(new Error());"
WITH_SCRIPTS = ("vanity-mara", "list", "post", "product-reviewed", "search")


@pytest.mark.parametrize("name", WITH_SCRIPTS)
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_scripts_have_run(visit, browser, address, demo, name, viewport):
    context = browser.new_context(viewport=viewport)
    waiting = context.new_page()
    waiting.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    waiting.goto(f"{address}{demo.pages[name]}")
    before = waiting.evaluate(PLACES)
    context.close()
    page = visit(name, viewport=viewport)
    assert page.locator("script[type=module]").count() > 0
    assert page.evaluate(PLACES) == before


@pytest.mark.parametrize("name", WITH_SCRIPTS)
def test_without_scripts_nothing_is_dead(visit, name):
    page = visit(name, java_script_enabled=False)
    assert page.locator("button").count() == 0
    assert page.locator("input:visible").count() == page.locator(".filters input:visible").count()
    assert page.locator(".share").count() == 0 or not page.locator(".share").is_visible()


@pytest.mark.parametrize("name", ["home", "category", "brand", "how", "404", "categories", "register", "posts"])
def test_pages_that_need_no_script_have_none(visit, name):
    assert visit(name).locator("script[type=module]").count() == 0


# Codes and sharing


def test_a_code_is_copied_by_pointer_and_by_key_and_said(visit):
    page = visit("vanity-mara", **CLIPBOARD)
    coupon = page.locator(".coupon").first
    code = coupon.locator("code").inner_text()
    button = coupon.get_by_role("button", name=f"Copy: {code}")
    for press in (button.click, lambda: (button.focus(), page.keyboard.press("Enter"))):
        page.evaluate("navigator.clipboard.writeText('before')")
        press()
        page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
        assert page.evaluate(PASTED) == code
        assert coupon.locator("button").inner_text() == "Copied"


def test_a_code_that_cannot_be_copied_is_selected(visit):
    page = visit("vanity-mara", before=REFUSES)
    coupon = page.locator(".coupon").first
    coupon.locator("button").click()
    assert page.evaluate("getSelection().toString()") == coupon.locator("code").inner_text()
    assert coupon.locator("button").inner_text() == "Copy"


@pytest.mark.parametrize("name", ["/mara/codes/mara10/", "/squads/slow-kitchen/"])
def test_no_room_is_kept_beside_a_code_that_nothing_copies(visit, name):
    page = visit(name)
    code, whole = (page.locator(part).first.bounding_box() for part in (".promo code", ".promo"))
    assert code["y"] + code["height"] + 4 > whole["y"] + whole["height"]


@pytest.mark.parametrize("name", ["vanity-mara", "list", "post", "product-reviewed"])
def test_a_page_is_shared_through_the_devices_own_sheet(visit, demo, name):
    page = visit(name, before=SHARES)
    page.locator(".share").get_by_role("button").click()
    sheet = demo.shown[demo.pages[name]]
    assert page.evaluate("shared") == [{"title": sheet.page.title, "url": f"{sheet.page.canonical}?s=share"}]


def test_where_there_is_no_sheet_the_address_is_copied(visit, demo):
    page = visit("list", before="delete Navigator.prototype.share;", **CLIPBOARD)
    button = page.locator(".share button")
    said = button.inner_text()
    button.click()
    page.get_by_role("status").filter(has_text=re.compile(r"\S")).wait_for(state="attached")
    assert page.evaluate(PASTED) == f"{demo.shown[demo.pages['list']].page.canonical}?s=copy"
    assert button.inner_text() != said


def test_a_sheet_that_is_closed_copies_nothing(visit):
    page = visit("list", before=CLOSES, **CLIPBOARD)
    page.evaluate("navigator.clipboard.writeText('before')")
    page.locator(".share button").click()
    page.wait_for_timeout(50)
    assert page.evaluate(PASTED) == "before"


# Filters


def test_a_choice_of_reviews_stands_in_the_address_and_is_said(visit, demo):
    view = demo.shown[demo.pages["product-reviewed"]].view
    page = visit("product-reviewed")
    chosen = view.filters.options[0]
    page.locator(f"#in-{chosen.key}").check()
    assert page.evaluate("location.hash") == f"#in-{chosen.key}"
    assert page.locator(".filters").get_by_role("status").inner_text() == chosen.shown
    page.locator("#order-worst").check()
    assert page.evaluate("location.hash") == f"#order-worst&in-{chosen.key}"
    page.locator("#order-newest").check()
    page.locator("#in-all").check()
    assert page.evaluate("location.hash") == ""
    assert page.locator(".filters").get_by_role("status").inner_text() == view.filters.shown


def test_an_address_with_a_choice_opens_with_it(visit, demo):
    path = demo.pages["product-reviewed"]
    chosen = demo.shown[path].view.filters.options[0]
    page = visit(f"{path}#order-best&in-{chosen.key}")
    assert page.locator("#order-best").is_checked()
    shown = page.locator(".reviews__item").evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    assert shown == chosen.count
    assert page.evaluate("document.querySelector('.filters').getBoundingClientRect().top") < PHONE["height"]


# Pins


def test_the_number_on_a_thing_leads_to_its_pin_and_back_with_keys_alone(visit):
    page = visit("post", reduced_motion="reduce")
    number = page.locator("button.card__number").first
    number.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.pins') !== null")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#thing-1"
    lit = "[...document.querySelectorAll('.lit')].map(e => e.getAttribute('href') || '#' + e.id)"
    assert set(page.evaluate(lit)) == {"#thing-1"}
    assert len(page.evaluate(lit)) == 3
    ring = "getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth"
    assert page.evaluate(f"parseFloat({ring})") > 4
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#thing-1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#thing-1') !== null")


def test_a_pin_lights_its_thing_and_a_thing_its_pin(visit):
    page = visit("post", viewport=DESK)
    page.locator(".pins a").nth(1).hover()
    assert page.locator(".cell.lit").get_attribute("id") == "thing-2"
    page.locator("#thing-1 .card__brand").hover()
    assert page.locator(".pins .lit").get_attribute("href") == "#thing-1"
    assert page.locator(".cell.lit").get_attribute("id") == "thing-1"


def test_axe_finds_nothing_while_a_pin_has_the_focus(visit):
    page = visit("post")
    page.locator("button.card__number").first.click()
    assert violations(page) == []


# Search


def results(page):
    return page.get_by_role("option")


def test_the_index_is_loaded_when_somebody_types_and_each_part_once(visit):
    page = visit("search")
    asked = []
    page.on("request", lambda request: request.resource_type == "fetch" and asked.append(request.url))
    box = page.get_by_role("combobox")
    box.focus()
    assert asked == []
    box.press_sequentially("mug")
    results(page).first.wait_for()
    assert len(asked) == 1
    box.press_sequentially(" s")
    box.press("Backspace")
    page.wait_for_timeout(50)
    assert len(asked) == 1


def test_keys_walk_the_results_and_enter_opens_one(visit):
    page = visit("search")
    box = page.get_by_role("combobox")
    box.press_sequentially("mug")
    results(page).first.wait_for()
    assert page.get_by_role("status").inner_text() == f"Found: {results(page).count()}"
    assert box.get_attribute("aria-expanded") == "true"
    first, second = results(page).nth(0), results(page).nth(1)
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == second.get_attribute("id")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert page.locator("[aria-selected=true]").count() == 1
    assert violations(page) == []
    address = first.get_attribute("href")
    box.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_results_in_any_theme(visit, theme, scheme):
    page = visit("search", theme=theme, color_scheme=scheme)
    box = page.get_by_role("combobox")
    box.press_sequentially("mug")
    results(page).first.wait_for()
    box.press("ArrowDown")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [("MARA ELL", "Mara Ellison"), ("cásse", "Rondel casserole, 24 cm"), ("kirkgate mara", "Kirkgate on a Saturday")],
)
def test_words_are_found_by_their_beginnings_in_any_case_and_accent(visit, typed, title):
    page = visit("search")
    page.get_by_role("combobox").fill(typed)
    results(page).filter(has_text=title).first.wait_for()


def test_what_is_not_there_is_said(visit):
    page = visit("search")
    box = page.get_by_role("combobox")
    box.fill("mug xyzzy")
    page.get_by_text("Nothing found").wait_for()
    assert not page.get_by_role("listbox").is_visible()
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("")
    page.get_by_text("Nothing found").wait_for(state="detached")


def test_the_browser_and_the_build_take_words_apart_alike(visit, demo):
    """Each entry is found by each of its words: what the script makes of a word, the index knows too."""
    page = visit("search")
    entries = json.loads((demo.output / "search/index/0.json").read_bytes())
    assert len(entries) > 100
    for title, _, url, _ in entries[::9]:
        page.get_by_role("combobox").fill(title)
        page.locator(f"[role=option][href='{url}']").wait_for()


def test_without_scripts_the_register_leads_everywhere(visit):
    page = visit("search", java_script_enabled=False)
    assert not page.get_by_role("combobox").is_visible()
    page.get_by_role("link", name="M", exact=True).click()
    page.get_by_role("link", name="Mara Ellison").click()
    assert page.locator("h1").inner_text().split() == ["Mara", "Ellison"]
