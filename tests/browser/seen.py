"""Whether disclosures are seen: pages of `matrix` in every view, asked by `probe.js` and compared pixel by pixel."""

import base64
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageChops
from playwright.sync_api import Page

from browser.matrix import BRAND, Row
from storefront import disclosure
from storefront.disclosure import Wording, rules
from storefront.disclosure.packs import names
from storefront.pages import views
from storefront.vocabulary.common import Relationship

PROBE = (Path(__file__).parent / "probe.js").read_text()
# What the probe can find about a label.
FAULTS = {
    "hidden": "it has no box, or is invisible, transparent, or drawn through a filter or a mask",
    "clipped": "a corner of its text is cut off or cannot be scrolled to",
    "covered": "something is painted over it",
    "faint": "its text has a contrast below 4.5 to 1 with what is painted behind it",
    "small": "it is smaller than the running text of its card; the statement, than that of the page",
    "after": "its link stands before it, in the document or on the screen",
    "below": "the statement does not stand whole in the first screen",
}


class Mode(NamedTuple):
    """How a page is looked at: the window in CSS pixels, device pixels to one of them, and the colours."""

    name: str
    width: int
    height: int
    scale: int = 1
    scheme: str = "light"
    forced: str = "none"


MODES = (
    Mode("360 × 640, light", 360, 640),
    Mode("360 × 640, dark", 360, 640, scheme="dark"),
    Mode("360 × 640, forced colours", 360, 640, forced="active"),
    Mode("1280 × 800, light", 1280, 800),
    Mode("1280 × 800, dark", 1280, 800, scheme="dark"),
    # Zoom makes the CSS pixel larger: half as many go into the window each way.
    Mode("1280 × 800 at 200 %", 640, 400, scale=2),
)


class Look(NamedTuple):
    """One page in one mode: whose it is (None where creators share it), and what the probe says of it."""

    path: str
    template: str
    mode: Mode
    row: Row | None
    badges: list[dict[str, Any]]
    received: list[dict[str, Any]]
    statement: dict[str, Any] | None

    @property
    def wording(self) -> Wording:
        """The words that the page's markets want."""
        return disclosure.wording((self.row.market,) if self.row else names(), self.row.language if self.row else "en")

    def faults(self) -> Iterator[str]:
        """Each fault with its place."""
        told = [*self.badges, *self.received, *([self.statement] if self.statement else [])]
        for each in told:
            if each["faults"]:
                yield f"{self.path} ({self.mode.name}): {each['text']!r} is {', '.join(each['faults'])}"

    def misread(self) -> Iterator[str]:
        """Each label that reads otherwise, as painted, than the rules of its markets want."""
        wording = self.wording
        for each in self.badges:
            tie = Relationship(each["kind"])
            for pack in wording.packs:
                if broken := rules.broken(each["text"], tie, pack, wording.language, BRAND):
                    yield f"{self.path} ({self.mode.name}): {each['text']!r} breaks {', '.join(broken)}"
            if tie is Relationship.AFFILIATE and each["link"] and not each["link"].endswith(wording.mark):
                yield f"{self.path} ({self.mode.name}): {each['link']!r} lacks {wording.mark}"


class Viewer:
    """A browser's page that can be looked at in every mode without being loaded again."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.devtools = page.context.new_cdp_session(page)

    def open(self, path: str) -> None:
        """Load a page of the site."""
        self.page.goto(self.address + path, wait_until="load")

    def turn_to(self, mode: Mode) -> None:
        """Change the window and its colours."""
        size = {"width": mode.width, "height": mode.height, "deviceScaleFactor": mode.scale, "mobile": False}
        self.devtools.send("Emulation.setDeviceMetricsOverride", size)
        colours = {"prefers-color-scheme": mode.scheme, "forced-colors": mode.forced}
        features = [{"name": name, "value": value} for name, value in colours.items()]
        self.devtools.send("Emulation.setEmulatedMedia", {"features": features})

    def looks(
        self, path: str, sheet: views.Sheet, rows: Iterable[Row], modes: Iterable[Mode] = MODES
    ) -> Iterator[Look]:
        """A page in each mode."""
        self.open(path)
        row = next((row for row in rows if path.startswith(f"/{row.handle}/")), None)
        for mode in modes:
            self.turn_to(mode)
            yield Look(path, sheet.template, mode, row, **self.page.evaluate(PROBE, expected(sheet.page)))

    def inked(self) -> list[float]:
        """Of each label on the page, the part of its text's area that changes when only its text is taken away."""
        areas = self.page.evaluate(AREAS)
        whole = self._picture()
        self.page.evaluate(BLANK)
        blank = self._picture()
        scale = self.page.evaluate("devicePixelRatio")
        return [_changed(whole, blank, tuple(round(edge * scale) for edge in area)) for area in areas]

    def _picture(self) -> Image.Image:
        whole = {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True}
        data = self.devtools.send("Page.captureScreenshot", whole | {"clip": self.page.evaluate(WHOLE)})["data"]
        return Image.open(BytesIO(base64.b64decode(data))).convert("RGB")


def _changed(one: Image.Image, other: Image.Image, area: tuple[int, ...]) -> float:
    """The part of an area that is strongly another colour in another picture."""
    difference = ImageChops.difference(one.crop(area), other.crop(area)).convert("L")
    return sum(difference.histogram()[STRONG + 1 :]) / (difference.width * difference.height)


STRONG = 60  # of 255: a change of colour that nobody overlooks
WHOLE = "({x: 0, y: 0, width: innerWidth, height: document.documentElement.scrollHeight, scale: 1})"
AREAS = """() => {
    scrollTo(0, 0);
    return [...document.querySelectorAll('.badge')].map(e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        const {left, top, right, bottom} = range.getBoundingClientRect();
        return [left, top, right, bottom];
    });
}"""
# The system's colours would be forced upon the text again: there, the ground is kept and the rest let go.
BLANK = """() => {
    const sheet = new CSSStyleSheet(), text = 'color: transparent !important; -webkit-text-fill-color: transparent';
    sheet.replaceSync(`.badge { ${text} !important } @media (forced-colors: active) { .badge {
        forced-color-adjust: none; background: Canvas !important; border-color: CanvasText !important } }`);
    document.adoptedStyleSheets.push(sheet);
}"""


def expected(head: views.Page) -> dict[str, Any]:
    """What a page's statement has to say, in plain words."""
    if head.statement is None:
        return {"label": "\0", "sentences": []}
    sentences = [re.sub(r"<[^>]+>", "", sentence) for sentence in head.statement.sentences]
    return {"label": head.statement.label, "sentences": sentences}
