"""Hostile content in Chromium: nothing runs, nothing is asked of another host, and every text shows as it was typed.

Pages are opened twice: as they are, and with their policy switched off, so that what holds is the escaping alone.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from browser.serving import served
from hostile import laying
from hostile.evidence import told
from hostile.running import NOW, SOAK, run
from storefront.hosting import security

HERE = Path(__file__).parents[1] / "hostile"
TRIPWIRE, PROBE = ((HERE / name).read_text() for name in ("tripwire.js", "probe.js"))
# The pages that a text stands on; each text is seen on some of them, and in a longer run on all.
KINDS = (
    "/c{n}/", "/products/p{n}/", "/c{n}/lists/kit/", "/c{n}/posts/one/", "/c{n}/reviews/", "/brands/b{n}/",
    "/c{n}/posts/", "/embed/review/c{n}/p{n}/", "/embed/product/p{n}/",
)  # fmt: skip
SHARED = ("/", "/page/2/", "/brands/", "/categories/", "/how-this-works/", "/search/", "/404.html")


class Site(NamedTuple):
    output: Path
    pages: list[str]


class Visit(NamedTuple):
    """What was found on a page: whatever may not be there, and what its heading and its data say."""

    path: str
    faults: list[str]
    heading: str
    data: list[str]
    policy: str


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    root = laying.lay(tmp_path_factory.mktemp("hostile"))
    ended = run("build", "--now", NOW, cwd=root)
    assert ended.code == 0, ended.said
    output = root / "site"
    pages = [
        path
        for number, each in enumerate(laying.sets())
        for kind, form in enumerate(KINDS)
        if SOAK > 1 or (number + kind) % 6 == 0 or kind == 1
        if (output / (path := form.format(n=each.number)).strip("/")).exists()
    ]
    assert len(pages) > 200
    return Site(output, [*SHARED, *pages])


def visits(browser: Browser, site: Site, pages: list[str], *, policy: bool) -> list[Visit]:
    """Open pages one after the other, press and type whatever there is, and say what was found."""
    with served(site.output) as address:
        context = browser.new_context(bypass_csp=not policy)
        context.add_init_script(TRIPWIRE)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (asked.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        found = [_visit(page, address, path, asked) for path in pages]
        context.close()
    return found


def _visit(page: Page, address: str, path: str, asked: list[str]) -> Visit:
    asked.clear()
    page.goto(address + path)
    got = page.evaluate(PROBE)
    faults = got["found"] + got["tripped"] + [url for url in asked if not url.startswith(f"{address}/")]
    if not page.url.startswith(address + path):
        faults.append(f"left for {page.url}")
    return Visit(path, faults, got["heading"], got["data"], got["policy"])


@pytest.fixture(scope="module")
def bare(browser, site) -> list[Visit]:
    """Pages without any policy."""
    began = time.monotonic()
    found = visits(browser, site, site.pages, policy=False)
    told("Chromium", pages=len(found), seconds=time.monotonic() - began)
    return found


@pytest.fixture(scope="module")
def guarded(browser, site) -> list[Visit]:
    """Pages with their own policy, that of the host, and Trusted Types."""
    return visits(browser, site, site.pages[:: 1 if SOAK > 1 else 4], policy=True)


def test_nothing_runs_where_escaping_is_all_there_is(bare):
    assert [(visit.path, fault) for visit in bare for fault in visit.faults] == []


def test_nothing_runs_and_no_policy_is_broken_where_there_is_one(guarded):
    assert [(visit.path, fault) for visit in guarded for fault in visit.faults] == []


def test_headings_and_data_say_what_was_typed(bare):
    lines = {f"/products/{each.product}/": each.line for each in laying.sets()}
    seen = {visit.path: visit for visit in bare if visit.path in lines}
    assert len(seen) == len(lines)
    for path, visit in seen.items():
        assert visit.heading.split() == lines[path].split()
        names = [node.get("name") for data in visit.data for node in _nodes(json.loads(data))]
        assert lines[path] in names, path


def _nodes(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)


def test_pages_say_their_policy_where_a_host_sends_none(bare):
    wanted = security.within(sent=False)
    assert {visit.policy for visit in bare if not visit.path.startswith("/embed/")} == {wanted}
    assert "unsafe" not in wanted
    assert wanted.startswith("default-src 'none'")
    assert all(visit.policy.startswith("default-src 'none'") for visit in bare)


def test_what_is_found_shows_as_it_was_typed(browser, site):
    with served(site.output) as address:
        context = browser.new_context()
        context.add_init_script(TRIPWIRE)
        page = context.new_page()
        page.goto(f"{address}/search/")
        shown = set()
        for word in ("script", "img", "onfocus", "svg", "heart", "alert", "O'Reilly", "AT&T"):
            page.get_by_role("combobox").fill(word)
            page.wait_for_timeout(100)
            shown |= set(page.get_by_role("option").evaluate_all("all => all.map(e => e.firstChild.data)"))
        assert len(shown & {each.line for each in laying.sets()}) > 10
        assert page.locator("[role=listbox] :not(a, small)").count() == 0
        assert page.evaluate("window.__tripped") == []
        context.close()


TRAPS = {
    "a handler": "<img src=x onerror=alert(1)>",
    "a script": "<script>alert(1)</script>",
    "a frame": "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "an address": "<a href='javascript:alert(1)'>x</a>",
    "another host": "<img src=https://evil.example/x>",
    "a pressed button": "<button onclick=alert(1)>x</button>",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_the_tripwire_trips(browser, tmp_path, trap):
    (tmp_path / "index.html").write_text(f"<!doctype html><h1>x</h1>{TRAPS[trap]}")
    for policy in (False, True):
        assert visits(browser, Site(tmp_path, []), ["/"], policy=policy)[0].faults, policy


def test_where_all_hosts_send_the_policy_pages_are_without_it(site, tmp_path):
    root = tmp_path / "sent"
    settings = json.loads((site.output.parent / "content/site.yaml").read_text())
    settings["hosts"] = ["cloudflare-pages", "netlify"]
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text(json.dumps(settings))
    assert run("build", "--now", NOW, cwd=root).code == 0
    assert "http-equiv" not in (root / "site/index.html").read_text()
    headers = (root / "site/_headers").read_text()
    assert re.search(r"^/\*\n(?:  .*\n)*  Content-Security-Policy: default-src 'none';", headers, re.MULTILINE)
    settings["hosts"] = []
    (root / "content/site.yaml").write_text(json.dumps(settings))
    assert run("build", "--now", NOW, cwd=root).code == 0
    assert security.within(sent=False).replace("'", "&#39;") in (root / "site/index.html").read_text()
    assert not os.path.exists(root / "site/_headers")
