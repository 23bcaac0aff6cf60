"""One browser, one built demo and one server for all tests in this folder.

They end with the folder's last test: Playwright's event loop must not be there when other tests start one.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

from browser import demo as demos
from browser import serving
from browser.demo import Demo
from browser.serving import served

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # containers have no user namespaces
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # nothing leaves this machine
)
KINDS = frozenset({"document", "stylesheet", "image", "other"})  # the icon is “other”
# Improvements: scripts of the theme, and the index of a search once somebody types.
IMPROVING = re.compile(r"/assets/\w+\.[0-9a-f]{10}\.js$|/search/index/\d+\.json$")
# What a page is told of its reader, if a test does not say otherwise.
MEDIA = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}

Open = Callable[..., Page]


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here + os.sep):
            item.add_marker(pytest.mark.browser)


def _chromium(playwright: Playwright) -> str | None:
    wanted = os.environ.get("CHROMIUM")
    found = wanted or next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    return found or (own if os.path.exists(own) else None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium: the one that $CHROMIUM names, else the system's, else Playwright's."""
    with sync_playwright() as playwright:
        path = _chromium(playwright)
        if path is None:
            pytest.skip("there is no Chromium: install it, or name one in $CHROMIUM")
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


Site = tuple[Demo, str]


@pytest.fixture(scope="package")
def sites(tmp_path_factory) -> Iterator[Callable[[str], Site]]:
    """The demo in a theme, and its address; built when a test of the run asks first, and served when one here does."""
    made: dict[str, Site] = {}
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with ExitStack() as served_ones:

        def site(theme: str) -> Site:
            if theme not in made:
                built = demos.shared(folder, theme)
                made[theme] = built, served_ones.enter_context(served(built.output))
            return made[theme]

        yield site


@pytest.fixture(scope="package")
def demo(sites) -> Demo:
    return sites("editorial")[0]


@pytest.fixture(scope="package")
def address(sites) -> str:
    return sites("editorial")[1]


@pytest.fixture(scope="package")
def tab(browser) -> Iterator[Page]:
    """A page that tests lead from address to address one after the other, since a new one costs as much as five loads.

    Use `visit`, which lends it.
    """
    context = browser.new_context()
    yield context.new_page()
    context.close()


class Watch:
    """What a page asks for, and what goes wrong meanwhile."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._ears: list[tuple[Page, str, Callable[[Any], None]]] = []

    def over(self, page: Page, base: str) -> Page:
        """The page, watched from now on."""
        ears = {
            "request": lambda request: self._asked(request, base),
            "pageerror": lambda error: self.faults.append(f"script error: {error}"),
            "console": self._heard,
            "response": self._answered,
        }
        for event, hear in ears.items():
            page.on(event, hear)
            self._ears.append((page, event, hear))
        return page

    def leave(self, page: Page) -> None:
        """Watch a page no more."""
        for watched, event, hear in self._ears:
            if watched is page:
                page.remove_listener(event, hear)

    def _asked(self, request: Request, base: str) -> None:
        if not request.url.startswith(base + "/"):
            self.faults.append(f"another host: {request.url}")
        if request.resource_type not in KINDS and not IMPROVING.search(request.url):
            self.faults.append(f"a {request.resource_type}: {request.url}")

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _answered(self, response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails every test whose pages asked for what is not there or for another host, or complained."""
    watch = Watch()
    yield watch
    assert watch.faults == []


@pytest.fixture
def visit(browser, tab, sites, watch) -> Iterator[Open]:
    """Opens a page by its name in `demo.PAGES` or by its address, in a theme.

    The first that a test opens is the `tab`, unless `options` want what no living page can be told; each other one has
    a context of its own. The page that leads elsewhere at once stays; see `serving`. `before` runs before the page's
    own scripts.
    """
    taken = False
    with ExitStack() as ends:

        def opened(name: str, *, theme="editorial", viewport=PHONE, before="", **options) -> Page:
            nonlocal taken
            demo, address = sites(theme)
            if taken or before or not options.keys() <= MEDIA.keys():
                context = ends.enter_context(browser.new_context(viewport=viewport, **options))
                page = watch.over(context.new_page(), address)
            else:
                taken, page = True, ends.enter_context(lent(tab, viewport, options, watch, address))
            if before:
                page.add_init_script(before)
            stays = serving.STAY if name == "moved" else ""
            page.goto(f"{address}{demo.pages.get(name, name)}{stays}", wait_until="load")
            return page

        yield opened


@contextmanager
def lent(tab: Page, viewport, options, watch: Watch, address: str) -> Iterator[Page]:
    """The tab as a new page would be: nothing stays of what a test did to it but what the browser has in its cache."""
    tab.set_viewport_size(viewport)
    tab.emulate_media(**MEDIA | options)
    yield watch.over(tab, address)
    tab.goto("about:blank")  # pictures that still come are this test's
    watch.leave(tab)
