"""Make the pictures of docs/preview.md from the demo: a mistake, a brand's index, the panel, and a preview as files.

    .venv/bin/python tools/screenshots_preview.py [preview-panel.jpg …]

Needs git, and a Chromium as tools/screenshots.py does.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import DESK, HEIGHT, IMAGES, PHONE, QUALITY, RATIO, ROOT, WIDEST, Quiet, joined

NOW = "2026-11-26T09:00:00Z"
COMMAND = (sys.executable, "-m", "storefront")
LIST = "content/influencers/priya/lists/floor-days.yaml"
MISTAKE = ("why:", "wy:")


@contextmanager
def served(site: Path, *words: str) -> Iterator[str]:
    """The address of a preview, as long as it runs."""
    command = [*COMMAND, "serve", "--now", NOW, "--port", "8600", *words]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True, env=environment) as running:  # noqa: S603
        for line in running.stdout or ():
            if found := re.search(r"Serving at (http://[^/]+)", line):
                yield found[1]
                break
        running.terminate()


def committed(site: Path) -> None:
    """The demo in a repository of its own, with some things changed since."""
    shutil.copytree(ROOT / "content", site / "content")
    if (ROOT / ".storefront/images").is_dir():  # encoding them takes minutes
        shutil.copytree(ROOT / ".storefront/images", site / ".storefront/images")
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@x.example")
    for words in (("init", "-q", "-b", "main"), ("add", "content"), ("commit", "-qm", "first")):
        subprocess.run([*git, *words], cwd=site, check=True)  # noqa: S603
    product = site / "content/products/foam-roller.yaml"
    product.write_text(product.read_text().replace("title:", "draft: true\ntitle:", 1))
    review = site / "content/influencers/priya/reviews/yoga-mat.yaml"
    review.write_text(review.read_text().replace("Heavy to carry", "Heavy to carry on foot", 1))


def looked_at(browser: Browser, url: str, width: int) -> Page:
    """A page in a window, ready to be looked at."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, device_scale_factor=RATIO)
    page.goto(url)
    page.wait_for_timeout(800)
    return page


def taken(page: Page) -> Image.Image:
    """What stands in the window."""
    page.wait_for_timeout(500)
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return picture


def panel(page: Page) -> Image.Image:
    """The panel with some of its parts open."""
    page.locator("storefront-preview").get_by_role("button", name="Preview").click()
    page.locator("summary", has_text="What comes next").click()
    return taken(page)


def both(browser: Browser, url: str, make=taken) -> Image.Image:
    """A page on a desk and on a phone."""
    return joined(*(make(looked_at(browser, url, width)) for width in (DESK, PHONE)))


def pictures(browser: Browser, site: Path) -> Iterator[tuple[str, Image.Image]]:
    """All pictures by their names."""
    with served(site, "--brand", "strideco", "--since", "main") as address:
        yield "preview-index.jpg", both(browser, f"{address}/_storefront/")
        yield "preview-panel.jpg", both(browser, f"{address}/priya/", panel)
        pages = [looked_at(browser, f"{address}/priya/", width) for width in (DESK, PHONE)]
        wrong = site / LIST
        good = wrong.read_text()
        wrong.write_text(good.replace(*MISTAKE, 1))
        for page in pages:
            page.get_by_role("dialog").wait_for()
        yield "preview-overlay.jpg", joined(*map(taken, pages))
        wrong.write_text(good)
    subprocess.run([*COMMAND, "build", "--preview", "--since", "main", "--now", NOW], cwd=site, check=True)  # noqa: S603
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site / "preview")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield "preview-bundle.jpg", both(browser, f"http://127.0.0.1:{server.server_port}/products/foam-roller/")
    server.shutdown()


def main() -> None:
    """Write the pictures, or those that are named."""
    browser_file = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        committed(site)
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        for name, picture in pictures(browser, site):
            if name in (sys.argv[1:] or [name]):
                picture.thumbnail((WIDEST, WIDEST))
                picture.save(IMAGES / name, quality=QUALITY, optimize=True, progressive=True)
        browser.close()


if __name__ == "__main__":
    main()
