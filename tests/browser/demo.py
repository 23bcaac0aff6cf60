"""The demo as a browser sees it: this repository's content, with the pages that stand for all others.

Its pictures and cards are named and shaped like the real ones, so that every page is the page that people get; only
what is in them is one colour, since encoding photographs takes half a minute, and drawing cards as long as all pages.
"""

import fcntl
import functools
import pickle
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from storefront import engine, theme
from storefront.build import build
from storefront.gather import Gathered, gather
from storefront.outcome import FOLDER, Options
from storefront.pages import routes, views
from storefront.pages.planned import Planned
from storefront.previews import card

REPOSITORY = Path(__file__).parents[2]
THEMES = sorted(path.parent.name for path in engine.themes().glob(f"*/{theme.MANIFEST}"))
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SHRUNK = 16
CREATORS = ("mara", "ines", "jonas", "luca", "noor")
TEMPLATES = ("home", "list", "post", "brand", "category", "how", "posts", "reviews", "404", "moved", "embed")
SEARCH = ("search", "register")
# One page of each template, of products and indexes one of each kind, and the pages of some creators.
PAGES = (
    *(f"vanity-{handle}" for handle in CREATORS),
    *TEMPLATES,
    *SEARCH,
    "product-reviewed",
    "product-unreviewed",
    "categories",
    "brands",
)


@dataclass(frozen=True)
class Demo:
    """A built demo. `pages` gives the address of each of `PAGES`, `shown` what every HTML page was made of."""

    output: Path
    pages: dict[str, str]
    shown: dict[str, views.Sheet]


def shared(folder: Path, theme_name: str) -> Demo:
    """The demo with a theme. Whoever asks first builds it below the folder, which all processes of a run share."""
    kept = folder / f"demo-{theme_name}.pickle"
    with (folder / f"demo-{theme_name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = make(Path(tempfile.mkdtemp(prefix=f"demo-{theme_name}-", dir=folder)), theme_name)
            kept.write_bytes(pickle.dumps(made))
            return made
    return pickle.loads(kept.read_bytes())


def make(root: Path, theme_name: str) -> Demo:
    """Build the demo below a folder, with a theme."""
    shutil.copytree(REPOSITORY / "content", root / "content")
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text().replace("\ntheme: editorial\n", f"\ntheme: {theme_name}\n"))
    gathered = gather(root, NOW)
    _put_pictures(root / FOLDER, gathered)
    output = root / "site"
    build(Options(root=root, output=output, now=NOW, workers=1))
    shown = {page.path: sheet for page in gathered.pages if (sheet := _sheet(page))}
    return Demo(output, _chosen(shown, output), shown)


def _put_pictures(cache: Path, gathered: Gathered) -> None:
    files = {("images", file.name): (file.width, file.height) for cut in gathered.cuts for file in cut.files}
    cards = {("previews", name): (card.WIDTH, card.HEIGHT) for name in gathered.cards}
    for (folder, name), (width, height) in (files | cards).items():
        path = cache / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_plain(-(-width // SHRUNK), -(-height // SHRUNK), path.suffix))


@functools.cache
def _plain(width: int, height: int, suffix: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#998877").save(file, Image.registered_extensions()[suffix])
    return file.getvalue()


def _sheet(page: Planned) -> views.Sheet | None:
    made = page.make(page.inputs)
    return made if isinstance(made, views.Sheet) else None


def _chosen(shown: dict[str, views.Sheet], output: Path) -> dict[str, str]:
    """The longest page of each kind: it has the most that can go wrong."""
    kinds = {path: _kind(path, sheet) for path, sheet in shown.items()}
    longest = sorted(kinds, key=lambda path: ((output / routes.file_of(path)).stat().st_size, path))
    return {kinds[path]: path for path in longest}


def _kind(path: str, sheet: views.Sheet) -> str:
    template = sheet.template.removesuffix(".html")
    if template == "vanity":
        return f"vanity-{path.strip('/')}"
    if template == "product":
        return "product-reviewed" if sheet.view.reviews else "product-unreviewed"
    if template == "search":
        return SEARCH[not sheet.view.index]
    return path.strip("/") if template == "index" else template
