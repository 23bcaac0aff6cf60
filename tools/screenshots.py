"""Make the pictures of the docs from the demo and the starter.

    .venv/bin/python tools/screenshots.py [product.jpg …]

Needs a Chromium ($CHROMIUM, or one on the path), and P052, Liberation and Inter for the looks that most readers get
(Debian: fonts-urw-base35, fonts-liberation, fonts-inter).
"""

import functools
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from storefront import scaffold
from storefront.build import Options, build

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DESK, PHONE, TALL, HEIGHT, RATIO, WIDEST = 1180, 390, 844, 960, 1.15, 1500
EDGE, GROUND, GAP, BETWEEN, QUALITY = 28, "#d9c9b0", 18, "#8a8a8a", 80


class Both(NamedTuple):
    """A page on a desk beside a part of it on a phone: from which element on, and whether that is at its top or end."""

    page: str
    begins: str
    part: str
    block: str
    widest: int = WIDEST
    site: str = "editorial"


class Phones(NamedTuple):
    """Two pages of the demo in a theme, each from its top or from a place in it, on a phone."""

    site: str
    pages: tuple[str, str] = ("/mara/", "/mara/lists/slow-breakfast/")


PICTURES: dict[str, Both | Phones] = {
    "vanity.jpg": Both("/mara/", "", ".cell--lead .card__text", "end", 1890),
    "product.jpg": Both("/products/candle/", "", "#reviews_", "start"),
    "brand.jpg": Both("/brands/fjordware/", "#answers_", "#fixes_", "start"),
    "squad.jpg": Both("/squads/slow-kitchen/", "", ".mentions", "start"),
    "campaign-brief.jpg": Both("/campaigns/small-floors/", "", "h1", "start"),
    "programmes-coupon.webp": Both("/mara/codes/mara10/", "", "h1", "start"),
    "programmes-ask.webp": Both("/mara/asks/watering-can/", "", "h1", "start"),
    "programmes-recall.webp": Both("/products/power-bank/", "", "", "start"),
    "programmes-review.webp": Phones("editorial", ("/greta/reviews/#review-greta-cushion", "/kofi/")),
    "programmes-snippet.webp": Phones("editorial", ("/embed/snippet/mara/four-darkest-weeks/", "/thanks/")),
    "programmes-mentions.webp": Phones("editorial", ("/brands/greenhouse-nine/mentions/", "/squads/saturday-bakers/")),
    "programmes-calls.webp": Phones("editorial", ("/calls/winter-mats/", "/join/")),
    "programmes-calendar.webp": Phones("editorial", ("/campaigns/small-floors/calendar/", "/priya/posts/yoga/")),
    "tutorial.webp": Both("/sam/", "", ".card:has(.badge--gifted) .buy", "end", 1200, "starter"),
    "editorial-phone.webp": Phones("editorial"),
    "gridline-phone.webp": Phones("gridline"),
    "market-phone.webp": Phones("market"),
}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def laid(name: str, folder: Path) -> Path:
    """The root of a site: the starter, or the demo in a theme."""
    if name == "starter":
        scaffold.new(folder / name)
        return folder / name
    root = folder / "demo"  # one for all themes: no picture is encoded twice
    if not root.exists():
        shutil.copytree(ROOT / "content", root / "content")
    site = root / "content" / "site.yaml"
    text = site.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("theme:")]
    site.write_text("\n".join([*lines, f"theme: {name}", ""]), encoding="utf-8")
    return root


@contextmanager
def served(name: str, folder: Path) -> Iterator[str]:
    """The address of a site, built below `folder`."""
    root = laid(name, folder)
    build(Options(root=root, output=root / "site", now=NOW, workers=os.cpu_count() or 1))
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def shot(
    browser: Browser, url: str, size: tuple[int, int], ratio: float, selector: str = "", block: str = "start"
) -> Image.Image:
    """A page in a window, from its top or with the beginning or end of an element at the window's."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=ratio)
    page.goto(url)
    if selector:
        page.locator(selector).first.evaluate("(e, block) => e.scrollIntoView({block})", block)
        page.evaluate("scrollBy(0, 24)" if block == "end" else "scrollBy(0, -24)")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].every(each => each.loading === 'lazy' || each.complete)")
    taken = Image.open(BytesIO(page.screenshot()))
    page.close()
    return taken


def both(browser: Browser, base: str, what: Both) -> Image.Image:
    """Two windows side by side, on a ground."""
    url = f"{base}{what.page}"
    desk = shot(browser, url, (DESK, HEIGHT), RATIO, what.begins)
    phone = shot(browser, url, (PHONE, HEIGHT), RATIO, what.part, what.block)
    whole = joined(desk, phone)
    whole.thumbnail((what.widest, what.widest))
    return whole


def joined(desk: Image.Image, phone: Image.Image) -> Image.Image:
    """Two windows side by side, on a ground."""
    whole = Image.new("RGB", (desk.width + phone.width + 3 * EDGE, desk.height + 2 * EDGE), GROUND)
    whole.paste(desk, (EDGE, EDGE))
    whole.paste(phone, (desk.width + 2 * EDGE, EDGE))
    return whole


def phones(browser: Browser, base: str, what: Phones) -> Image.Image:
    """Two phones side by side, three quarters of their size."""
    taken = [shot(browser, f"{base}{page}", (PHONE, TALL), 1.5) for page in what.pages]
    small = [each.resize((each.width // 2, each.height // 2), Image.Resampling.LANCZOS) for each in taken]
    whole = Image.new("RGB", (2 * small[0].width + GAP, small[0].height), BETWEEN)
    whole.paste(small[0], (0, 0))
    whole.paste(small[1], (small[0].width + GAP, 0))
    return whole


def main() -> None:
    """Write the pictures, or those that are named."""
    wanted = {name: PICTURES[name] for name in sys.argv[1:] or PICTURES}
    browser_file = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        for site in dict.fromkeys(what.site for what in wanted.values()):
            with served(site, Path(folder)) as base:
                for name, what in wanted.items():
                    if what.site == site:
                        made = both(browser, base, what) if isinstance(what, Both) else phones(browser, base, what)
                        made.save(IMAGES / name, quality=QUALITY, optimize=True, progressive=True)
                        print(f"{name}: {made.width} × {made.height}, {(IMAGES / name).stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
