"""What a page tells of clicks where its owner asked for it: in a browser, under the page's own policy, and led back."""

import functools
import http.server
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from building import build
from checking import site_with
from storefront.cli import group

BEACON = "https://count.example/c"
SITE = (
    "title: Four Shelves\nurl: https://shelves.example\nlocale: en-GB\ntimezone: Europe/London\nmarkets: [gb]\n"
    "theme: {theme}\n"
)
WATCHED = {
    "nobody objects": ("", 1),
    "Global Privacy Control": ("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})", 0),
    "Do Not Track": ("Object.defineProperty(navigator, 'doNotTrack', {value: '1'})", 0),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def address(tmp_path, request):
    theme, beacon = getattr(request, "param", ("editorial", True))
    text = SITE.format(theme=theme) + (f"beacon: {BEACON}\n" if beacon else "")
    site = site_with(tmp_path, {"content/site.yaml": text})
    build(site)
    handler = functools.partial(_Quiet, directory=str(site / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", site
        server.shutdown()


def clicked(browser, address, script="", button="left"):
    """The requests that leave the site when the shop link of the list is followed, and what the policy refused."""
    context = browser.new_context()
    context.add_init_script(script or "0")
    context.add_cookies([{"name": "who", "value": "me", "url": "https://count.example/"}])
    page, told, refused = context.new_page(), [], []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)

    def answer(route):
        told.append(route.request)
        route.fulfill(status=204)

    context.route(lambda url: not url.startswith("http://127.0.0.1"), answer)
    page.goto(f"{address}/maya/lists/kit/?s=ig")
    page.wait_for_load_state("networkidle")
    page.locator("a[rel~=sponsored]").first.click(button=button)
    page.wait_for_timeout(500)
    found = [(request.url, request.method, request.all_headers()) for request in told]
    context.close()
    return [each for each in found if each[0].startswith(BEACON)], refused


@pytest.mark.parametrize("address", [(theme, True) for theme in ("editorial", "gridline", "market")], indirect=True)
def test_a_click_is_told_without_cookie_and_referrer_and_led_back(browser, address):
    told, refused = clicked(browser, address[0])
    ((url, method, headers),) = told
    assert method == "POST"
    assert not {"cookie", "referer"} & set(headers)
    assert parse_qs(urlsplit(url).query).keys() == {"l", "p", "s"}
    assert not refused
    log = address[1] / "count.log"
    asked = urlsplit(url)
    program = headers["user-agent"].replace("HeadlessChrome", "Chrome")  # which would be a bot
    line = f'"POST {asked.path}?{asked.query} HTTP/2.0" 204 0 "-" "{program}"'
    log.write_text(f"192.0.2.3 - - [20/Nov/2026:09:30:00 +0000] {line}\n")
    arguments = ["report", "clicks", str(log), "--root", str(address[1]), "--now", "2026-11-22", "--format", "csv"]
    by = ["creator", "page", "slot", "product", "merchant", "channel"]
    result = CliRunner().invoke(group, arguments + [part for each in by for part in ("--by", each)])
    assert result.stdout.splitlines()[1:] == ["maya,/maya/lists/kit/,kit,merino-tee,nordshop,ig,0,1"]


def test_the_middle_button_is_a_click_too(browser, address):
    assert len(clicked(browser, address[0], button="middle")[0]) == 1


@pytest.mark.parametrize("name", WATCHED)
def test_who_asked_not_to_be_watched_is_not(browser, address, name):
    script, count = WATCHED[name]
    assert len(clicked(browser, address[0], script)[0]) == count


@pytest.mark.parametrize("address", [("editorial", False)], indirect=True)
def test_nothing_is_told_when_nobody_asked_for_it(browser, address):
    assert clicked(browser, address[0])[0] == []
    assert "count.example" not in (address[1] / "site/maya/lists/kit/index.html").read_text()
