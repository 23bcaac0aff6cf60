"""Make the README's picture from the demo: a creator's page on a desk, and one card of it on a phone.

    .venv/bin/python docs/images/make.py

Needs a Chromium ($CHROMIUM, or one on the path), and a Palatino such as P052 for the look that most readers get.
"""

import functools
import os
import shutil
import tempfile
import threading
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from storefront.build import Options, build

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
PAGE, CARD = "/mara/", ".cell--lead"
DESK, PHONE, RATIO = 1180, 390, 1.15
HEIGHT, EDGE, GROUND = 960, 28, "#d9c9b0"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def shown(browser: Browser, url: str, width: int, selector: str = "") -> Image.Image:
    """A page in a window, from its top or with an element at the window's middle."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, device_scale_factor=RATIO)
    page.goto(url)
    if selector:
        page.locator(f"{selector} >> nth=0").locator(".card__text").evaluate("e => e.scrollIntoView({block: 'end'})")
        page.evaluate("scrollBy(0, 24)")
    page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(page.screenshot()))


def main() -> None:
    """Write vanity.jpg."""
    browser_file = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(Options(root=ROOT, output=site, now=NOW, workers=os.cpu_count() or 1))
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}{PAGE}"
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        desk, phone = shown(browser, url, DESK), shown(browser, url, PHONE, CARD)
        browser.close()
        server.shutdown()
    whole = Image.new("RGB", (desk.width + phone.width + 3 * EDGE, desk.height + 2 * EDGE), GROUND)
    whole.paste(desk, (EDGE, EDGE))
    whole.paste(phone, (desk.width + 2 * EDGE, EDGE))
    whole.save(HERE / "vanity.jpg", quality=82, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
