"""The preview in a browser: pages follow the content, problems lie over them, and the panel tells of them."""

import re
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from click.testing import CliRunner
from playwright.sync_api import Error, expect

from browser import serving as host
from browser.conftest import DESK, PHONE
from browser.test_accessibility import EVERYTHING
from building import copy_of_minimal, edit, write
from previewing import NOW, PATIENCE, served
from storefront.cli import group

KIT = "content/influencers/maya/lists/kit.yaml"
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
HELD = {
    "content/products/wool-cap.yaml": "title: Wool Cap\nbrand: fjell\ncategory: Hats\nfrom: 2026-12-01\n",
    "content/influencers/maya/lists/spring.yaml": "title: Spring\ndraft: true\nitems:\n  - product: merino-tee\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    site = copy_of_minimal(tmp_path_factory.mktemp("previewed") / "here")
    write(site, HELD)
    return site


@pytest.fixture(scope="module")
def preview(root):
    with served(root, "--editor", "code") as running:
        yield running


class Faults(list):
    """What a page complains of."""

    def over(self, page):
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("console", lambda message: self.append(message.text) if message.type in {"error", "warning"} else None)
        return page


@pytest.fixture
def opened(browser, preview):
    """Opens a page of the preview; it must complain of nothing."""
    contexts, faults = [], Faults()

    def at(path, *, viewport=PHONE, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = faults.over(context.new_page())
        page.goto(f"http://127.0.0.1:{preview.port}{path}")
        page.locator("storefront-preview").get_by_role("button", name="Preview").wait_for()
        return page

    yield at
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def mended(root):
    """Files as they were, after a test that writes into them."""
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    yield root
    for path, data in before.items():
        if path.read_bytes() != data:
            path.write_bytes(data)


def marked(page):
    """Leave something in a page that a reload takes away."""
    page.evaluate("window.stayed = true")
    return page


def stayed(page) -> bool:
    return page.evaluate("window.stayed === true")


def until(page, expression: str) -> None:
    """Wait for what is true in the page, whose policy forbids the eval that Playwright's own waiting needs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(Error):  # the page is being loaded again
            if page.evaluate(expression):
                return
        page.wait_for_timeout(20)
    raise AssertionError(f"{expression} never came true")


def axe(page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    # Only what the preview adds: the site's own pages have tests of their own.
    found = page.evaluate("options => axe.run('storefront-preview', options)", EVERYTHING)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def test_problems_lie_over_the_last_good_page_and_go_when_they_are_mended(opened, mended):
    page = marked(opened("/maya/"))
    edit(mended / KIT, "note:", "nte:")
    dialog = page.get_by_role("dialog", name="1 problem")
    dialog.wait_for()
    assert dialog.get_by_role("link", name=f"{KIT}:4:5").get_attribute("href") == f"vscode://file{mended / KIT}:4:5"
    told = dialog.inner_text()
    assert "unknown-key" in told
    assert "Did you mean note?" in told
    assert re.search(r"4 +nte: Five winters, no smell\.\n +\^", dialog.locator("pre").text_content())
    assert page.get_by_text("Five winters, no smell.", exact=True).first.is_visible()
    edit(mended / KIT, "nte:", "note:")
    dialog.wait_for(state="hidden")
    assert page.locator("storefront-preview").get_by_role("status").inner_text() == "All problems are mended."
    assert stayed(page)


def test_an_overlay_can_be_closed_and_opened_again(opened, mended):
    page = opened("/maya/")
    edit(mended / KIT, "note:", "nte:")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.get_by_role("button", name="1 problem").click()
    assert dialog.is_visible()


def test_hostile_words_in_a_problem_are_words(opened, mended):
    page = opened("/maya/")
    edit(mended / KIT, "note:", f'"{HOSTILE}": x\n    note:')
    page.get_by_role("dialog").wait_for()
    assert "<img src=x" in page.get_by_role("dialog").inner_text()
    assert page.locator("storefront-preview img, storefront-preview script").count() == 0
    assert page.evaluate("window.hacked === undefined")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_overlay_and_panel(opened, mended, scheme):
    page = opened("/maya/", viewport=DESK if scheme == "dark" else PHONE, color_scheme=scheme, bypass_csp=True)
    page.get_by_role("button", name="Preview").click()
    page.locator("storefront-preview summary").first.wait_for()
    for part in page.locator("storefront-preview summary").all():
        part.click()
    page.locator("storefront-preview table").wait_for()
    assert axe(page) == []
    edit(mended / KIT, "note:", "nte:")
    page.get_by_role("dialog").wait_for()
    assert axe(page) == []


def test_only_the_page_that_changed_reloads_and_keeps_its_place(opened, mended):
    page, other = marked(opened("/maya/")), marked(opened("/how-this-works/"))
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    edit(mended / KIT, "no smell", "no holes")
    until(page, "window.stayed !== true")
    page.get_by_text("Five winters, no holes.").first.wait_for()
    until(page, "Math.abs(scrollY - 700) < 2")
    assert stayed(other)


def test_styles_are_swapped_in_place(opened, mended):
    page = marked(opened("/maya/"))
    page.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    sheet = {"themes/editorial/assets/state.css": "h1 { letter-spacing: 7px }"}
    write(mended, sheet)
    until(page, "getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'")
    assert stayed(page)
    assert page.evaluate("scrollY") == 500
    until(page, "document.querySelectorAll('link[data-old]').length === 0")
    (mended / "themes/editorial/assets/state.css").unlink()
    until(page, "getComputedStyle(document.querySelector('h1')).letterSpacing !== '7px'")
    assert stayed(page)


def test_the_moment_and_what_is_held_back_are_switched_in_the_panel(opened):
    page = opened("/maya/", viewport=DESK)
    page.get_by_role("button", name="Preview").press("Enter")
    panel = page.get_by_role("complementary", name="Preview")
    panel.get_by_label("Show drafts").check()
    draft = page.locator(".storefront-mark", has_text="Draft")
    draft.first.wait_for()
    panel.wait_for()  # it stays open over a reload
    page.get_by_role("button", name="Preview · drafts").wait_for()
    panel.get_by_label("Show drafts").uncheck()
    draft.first.wait_for(state="detached")
    panel.locator("summary", has_text="What comes next").click()
    panel.get_by_role("button", name="2026-12-01 00:00").click()
    page.get_by_role("button", name="Preview · 2026-12-01").wait_for()
    expect(panel.get_by_label("Days ahead")).to_have_value("9")
    panel.get_by_role("button", name="Back to now").click()
    page.get_by_role("button", name="Preview", exact=True).wait_for()
    panel.get_by_label("Days ahead").press("End")
    page.get_by_role("button", name="Preview · 2027-11-22").wait_for()
    panel.get_by_role("button", name="Back to now").click()
    page.get_by_role("button", name="Preview", exact=True).wait_for()
    panel.get_by_role("button", name="Close").press("Escape")
    panel.wait_for(state="hidden")


def test_a_site_that_was_never_good_shows_its_problems_and_then_its_page(browser, site):
    edit(site / "content/site.yaml", "title:", "titel:")
    with served(site) as running, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{running.port}/maya/")
        page.get_by_role("dialog", name="1 problem").wait_for()
        assert page.get_by_role("heading", name="There is no page to show yet").count() == 1
        edit(site / "content/site.yaml", "titel:", "title:")
        page.get_by_role("heading", name="Maya Lind").wait_for()
        page.get_by_role("button", name="Preview", exact=True).wait_for()  # its script listens
        running.end()
        page.get_by_text("The preview has stopped").wait_for()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nobody reads it."""


@pytest.fixture
def elsewhere(tmp_path):
    """Another site on this machine, with no policy of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_another_sites_page_gets_nothing(browser, preview, elsewhere, tmp_path):
    there = f"http://127.0.0.1:{preview.port}/_storefront"
    asking = f"""const asked = [];
    for (const path of ['panel', 'events', 'preview.js']) {{
        asked.push(fetch('{there}/' + path, {{mode: 'no-cors'}}), fetch('{there}/' + path));
    }}
    asked.push(fetch('{there}/look', {{method: 'POST', mode: 'no-cors', body: '{{"now": "", "held": true}}'}}));
    Promise.allSettled(asked).then(() => {{ document.title = 'done'; }});"""
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Evil</title><script>{asking}</script>")
    with browser.new_context() as context:
        page, statuses, failed = context.new_page(), [], []
        page.on("response", lambda answer: statuses.append(answer.status) if there in answer.url else None)
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.goto(elsewhere)
        until(page, "document.title === 'done'")
    assert set(statuses) == {403}
    assert len(statuses) + len(failed) >= 7  # what was asked for in a way that may be read has no answer to read


def test_a_preview_as_files_bears_its_watermark_and_its_marks(browser, root, tmp_path):
    output = tmp_path / "preview"
    made = CliRunner().invoke(group, ["build", "--preview", "--root", str(root), "--output", str(output), "--now", NOW])
    assert made.exit_code == 0, made.output
    faults = Faults()
    with host.served(output) as address, browser.new_context(viewport=PHONE) as context:
        page = faults.over(context.new_page())
        page.goto(f"{address}/maya/")
        assert page.get_by_role("note").filter(has_text="not published").is_visible()
        page.locator(".storefront-mark", has_text="Draft").first.wait_for()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.get_by_role("note").filter(has_text="not published").is_visible()
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("options => axe.run('.storefront-watermark, .storefront-mark', options)", EVERYTHING)
        assert found["violations"] == []
    assert faults == []
