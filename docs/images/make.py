"""Make the pictures of the docs from the demo: pages on a desk, and a part of each on a phone.

    .venv/bin/python docs/images/make.py [product.jpg …]

Needs a Chromium ($CHROMIUM, or one on the path), and a Palatino such as P052 for the look that most readers get.
"""

import functools
import os
import shutil
import sys
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
# By file: the page, where it begins on a desk, and the part of it that is shown on a phone.
PICTURES = {
    "vanity.jpg": ("/mara/", "", ".cell--lead .card__text", "end"),
    "product.jpg": ("/products/candle/", "", "#reviews_", "start"),
    "brand.jpg": ("/brands/fjordware/", "#answers_", "#fixes_", "start"),
}
DESK, PHONE, RATIO = 1180, 390, 1.15
HEIGHT, EDGE, GROUND, QUALITY, WIDEST = 960, 28, "#d9c9b0", 80, 1500


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def shown(browser: Browser, url: str, width: int, selector: str = "", block: str = "start") -> Image.Image:
    """A page in a window, from its top or with the beginning or end of an element at the window's."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, device_scale_factor=RATIO)
    page.goto(url)
    if selector:
        page.locator(selector).first.evaluate("(e, block) => e.scrollIntoView({block})", block)
        page.evaluate("scrollBy(0, 24)" if block == "end" else "scrollBy(0, -24)")
    page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(page.screenshot()))


def joined(desk: Image.Image, phone: Image.Image) -> Image.Image:
    """Two windows side by side."""
    whole = Image.new("RGB", (desk.width + phone.width + 3 * EDGE, desk.height + 2 * EDGE), GROUND)
    whole.paste(desk, (EDGE, EDGE))
    whole.paste(phone, (desk.width + 2 * EDGE, EDGE))
    return whole


def main() -> None:
    """Write the pictures, or those that are named."""
    browser_file = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(Options(root=ROOT, output=site, now=NOW, workers=os.cpu_count() or 1))
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        for name in sys.argv[1:] or PICTURES:
            page, begins, part, block = PICTURES[name]
            url = f"http://127.0.0.1:{server.server_port}{page}"
            both = joined(shown(browser, url, DESK, begins), shown(browser, url, PHONE, part, block))
            both.thumbnail((WIDEST, WIDEST))
            both.save(HERE / name, quality=QUALITY, optimize=True, progressive=True)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
