"""A sealed site in a real browser: the right key shows pages and pictures, a wrong one nothing."""

import functools
import http.server
import threading
from contextlib import contextmanager

import pytest

from storefront import sealing

DRAWN = "[...document.images].slice(0, 4).every(each => each.complete && each.naturalWidth)"
PASSPHRASE = "seven warm stones"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    asked: list[str] = []  # by whatever browser

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_):
        """Nobody reads it."""


@contextmanager
def _served(folder):
    """As any host serves a folder: without headers of ours."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def sealed(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed") / "sealed"
    made = sealing.seal(demo.output, folder)
    with _served(folder) as address:
        yield made.key, folder, address


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1180, "height": 900})
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


def until(page, done):
    """Wait for something; the policy of the page lets no test look by itself again and again."""
    for _ in range(200):
        if done():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came")


def frame_of(page, title):
    """The frame, once it shows a page with such a title."""
    page.wait_for_selector("iframe")
    until(page, lambda: title in page.title())
    frame = page.frames[1]
    frame.wait_for_load_state()
    return frame


def test_the_right_key_shows_pages_styles_and_pictures_and_asks_for_nothing_more(sealed, page):
    key, _, address = sealed
    page.goto(f"{address}#k={key}")
    frame = frame_of(page, "Shelfmark")
    assert key not in page.url
    until(page, lambda: frame.evaluate(DRAWN))
    assert frame.evaluate("document.styleSheets.length") == 1
    assert frame.evaluate("getComputedStyle(document.querySelector('.bar')).display") != "inline"
    frame.click('a[href="/squads/"]')
    frame_of(page, "Squads").click("text=The Slow Kitchen")
    assert frame_of(page, "The Slow Kitchen").inner_text("h1") == "The Slow Kitchen"
    assert {each for each in page.asked if not each.startswith("blob:")} == {address, f"{address}payload.bin"}
    assert page.said == []


def test_its_pages_run_no_script_and_load_nothing_from_elsewhere(sealed, page):
    key, _, address = sealed
    page.goto(f"{address}#k={key}")
    frame = frame_of(page, "Shelfmark")
    assert "allow-scripts" not in page.get_attribute("iframe", "sandbox")
    assert frame.evaluate("document.scripts.length") == 0
    refused = """() => new Promise(done => {
        const picture = document.createElement('img')
        picture.onload = () => done('loaded')
        picture.onerror = () => done('refused')
        picture.src = '/robots.txt?picture'
        document.body.append(picture)
    })"""
    assert page.evaluate(refused) == "refused"
    assert "/robots.txt?picture" not in _Quiet.asked  # the policy stopped it before it left the browser


def test_a_wrong_key_shows_nothing(sealed, page):
    _, _, address = sealed
    page.goto(address)
    for wrong in ("A" * 43, "no key at all"):
        page.fill("#key", wrong)
        page.click("button")
        until(page, lambda: page.inner_text("#said").startswith("This does not open"))
    assert page.query_selector("iframe") is None


@pytest.mark.parametrize("at", [60, -1, -4000])
def test_changed_bytes_show_nothing(sealed, page, tmp_path, at):
    key, folder, _ = sealed
    data = bytearray((folder / "payload.bin").read_bytes())
    data[at] ^= 1
    (tmp_path / "payload.bin").write_bytes(data)
    (tmp_path / "index.html").write_bytes((folder / "index.html").read_bytes())
    with _served(tmp_path) as address:
        page.goto(f"{address}#k={key}")
        until(page, lambda: page.inner_text("#said").startswith("This does not open"))
        assert page.query_selector("iframe") is None


def test_a_passphrase_opens_it(demo, page, tmp_path):
    sealing.seal(demo.output, tmp_path / "sealed", PASSPHRASE)
    with _served(tmp_path / "sealed") as address:
        page.goto(address)
        page.fill("#key", PASSPHRASE)
        page.click("button")
        assert frame_of(page, "Shelfmark").inner_text("h1")


def test_without_the_encrypted_file_it_says_so(sealed, page, tmp_path):
    key, folder, _ = sealed
    (tmp_path / "index.html").write_bytes((folder / "index.html").read_bytes())
    with _served(tmp_path) as address:
        page.goto(f"{address}#k={key}")
        until(page, lambda: page.inner_text("#said").startswith("The encrypted file"))
