"""Make the pictures of reports in the docs, from the site of which everything is known that the tests measure.

    .venv/bin/python tools/screenshots_report.py

Needs a Chromium ($CHROMIUM, or one on the path).
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "report")]

from known import Known  # noqa: E402  a test's module

PAPER = 1032  # CSS pixels between the margins of A4 on its side
HEIGHT, GAP, BETWEEN, QUALITY, SCALE = 1640, 24, "#8a8a8a", 78, 0.7


def report(folder: Path) -> Path:
    """The campaign's report as a file."""
    known = Known(folder / "site")
    known.write()
    file = folder / "report.html"
    known.run("report", "campaign", "frost", "--format", "html", "--output", str(file))
    return file


def seen(browser: Browser, file: Path, width: int, scheme: str, media: str = "screen") -> Image.Image:
    """The top of the page."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page.emulate_media(media=media, color_scheme=scheme)
    page.goto(file.as_uri())
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return shot


def beside(*pictures: Image.Image) -> Image.Image:
    whole = Image.new("RGB", (sum(each.width + GAP for each in pictures) - GAP, HEIGHT), BETWEEN)
    left = 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width + GAP
    return whole.resize((int(whole.width * SCALE), int(HEIGHT * SCALE)), Image.Resampling.LANCZOS)


def pictures(browser: Browser, folder: Path) -> Iterator[tuple[str, Image.Image]]:
    file = report(folder)
    yield "report-campaign.jpg", beside(seen(browser, file, 1280, "light"), seen(browser, file, 390, "dark"))
    yield "report-print.jpg", beside(seen(browser, file, PAPER, "dark", "print"), seen(browser, file, 390, "light"))


def main() -> None:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        for name, picture in pictures(browser, Path(folder)):
            picture.save(IMAGES / name, quality=QUALITY, optimize=True)
            print(f"docs/images/{name}: {(IMAGES / name).stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
