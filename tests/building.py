"""Sites built for tests: small copies to change, and finished ones, built once, for those who only read.

The demo is this repository's own content with small pictures in the place of its photographs:
their encoding takes twenty times as long as everything else and has tests of its own, as the drawing of cards has.
"""

import functools
import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import BinaryIO, NamedTuple

import jinja2
import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from checking import MINIMAL, NOW
from storefront import live, pipeline, scaffold
from storefront.build import build as make
from storefront.edits import rebuilding
from storefront.outcome import Options, Report
from storefront.render import Renderer

REPOSITORY = Path(__file__).parents[1]
DEMO_NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
LARGE = 1600 * 1600  # pixels of pictures that are encoded whenever they are asked for
ENCODE = Image.Image.save
PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}


class Built(NamedTuple):
    """A finished site. Nobody writes into it."""

    root: Path
    output: Path
    report: Report


def build(site: Path, output: Path | None = None, *, now: datetime = NOW, workers: int = 1) -> Report:
    """Build a site, into its own site/ unless told where."""
    return make(Options(root=site, output=output or site / "site", now=now, workers=workers))


def built(site: Path, *, now: datetime = NOW) -> Built:
    return Built(site, site / "site", build(site, now=now))


def copy_of_minimal(root: Path) -> Path:
    """The minimal site, to be changed."""
    shutil.copytree(MINIMAL / "content", root / "content")
    return root


def write(site: Path, files: dict[str, str | bytes]) -> Path:
    """Put files into a site."""
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return site


def edit(path: Path, old: str, new: str) -> None:
    """Change what a file says."""
    text = path.read_text()
    assert old in text, f"{path} does not say {old}"
    path.write_text(text.replace(old, new))


def names_in(folder: Path) -> set[str]:
    """Every file below a folder, by its path there."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it."""
    return {name: (folder / name).read_bytes() for name in sorted(names_in(folder))}


def html_of(folder: Path) -> dict[str, str]:
    """Every HTML page by its address from the site's base: "maya/", "404.html"."""
    return {
        str(path.relative_to(folder)).removesuffix("index.html"): path.read_text()
        for path in sorted(folder.rglob("*.html"))
    }


def trees_of(folder: Path) -> dict[str, LexborHTMLParser]:
    """Every HTML page, parsed."""
    return {address: LexborHTMLParser(html) for address, html in html_of(folder).items()}


def picture(size: tuple[int, int] = (48, 36), colour: object = "teal", kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a plain picture."""
    file = BytesIO()
    Image.new(str(options.pop("mode", "RGB")), size, colour).save(file, kind, **options)
    return file.getvalue()


def copy_of_demo(root: Path) -> Path:
    """The repository's content with small pictures, and without cards for link previews."""
    content = REPOSITORY / "content"
    for path in sorted(content.rglob("*")):
        target = root / path.relative_to(REPOSITORY)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif kind := PICTURES.get(path.suffix):
            target.write_bytes(picture(kind=kind))
        else:
            shutil.copyfile(path, target)
    edit(root / "content/site.yaml", "previews: true\n", "")
    return root


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Templates take longer to compile than a small site to build: an equal one gives equal code, in any theme."""
    compiled: dict[tuple[object, ...], CodeType] = {}
    compiling = jinja2.Environment.compile

    def code(environment: jinja2.Environment, source: str, *named: object, **options: object) -> CodeType:
        ways = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
        key = (type(environment), ways, environment.keep_trailing_newline, source, named, repr(options))
        if key not in compiled:
            compiled[key] = compiling(environment, source, *named, **options)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", code)
        cached = functools.lru_cache(8)(Renderer)
        for module in (pipeline, rebuilding, live):
            patch.setattr(module, "Renderer", lambda theme, *_: cached(theme))
        yield


@pytest.fixture(scope="session", autouse=True)
def _encoded_once() -> Iterator[None]:
    """Pictures take longer to encode than all else of a small site: equal pixels are encoded once."""
    encoded: dict[tuple[object, ...], bytes] = {}

    def save(image: Image.Image, file: BinaryIO, kind: str | None = None, **options: object) -> None:
        if image.mode not in {"RGB", "RGBA"} or image.width * image.height >= LARGE or image.info:
            return ENCODE(image, file, kind, **options)
        key = (kind, repr(options), image.mode, image.size, hashlib.sha256(image.tobytes()).digest())
        if key not in encoded:
            made = BytesIO()
            ENCODE(image, made, kind, **options)
            encoded[key] = made.getvalue()
        file.write(encoded[key])
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image.Image, "save", save)
        yield


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The minimal site, to be changed."""
    return copy_of_minimal(tmp_path / "here")


@pytest.fixture(scope="session")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The minimal site, built."""
    return built(copy_of_minimal(tmp_path_factory.mktemp("minimal")))


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The minimal site below a path of its host, built."""
    root = copy_of_minimal(tmp_path_factory.mktemp("below"))
    edit(root / "content/site.yaml", "https://shelves.example", "https://host.example/shop")
    return built(root)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What `storefront new` lays out, built."""
    root = tmp_path_factory.mktemp("starter") / "site"
    scaffold.new(root)
    return built(root)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo, built."""
    return built(copy_of_demo(tmp_path_factory.mktemp("demo")), now=DEMO_NOW)
