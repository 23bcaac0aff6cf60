"""The style guide: every component of a theme in every state, rendered by its own templates, on one page.

A small site that ships with the program has each state once. It is built and audited as any site is; the guide
then shows what stands between the bars of its pages, one after the other, and links to each whole page.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from markupsafe import escape

from storefront import build, publish, scaffold, theme
from storefront.content import CONTENT
from storefront.outcome import Options, Report
from storefront.pages import routes
from storefront.problems import EnvironmentFailure
from storefront.reader import decode, parse
from storefront.vocabulary.site import ThemeChoice

SPECIMENS = Path(__file__).parent / "data" / "styleguide"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)  # the day that the specimens' prices and codes are written for
SITE = "site.yaml"
GUIDE = "styleguide.html"
HEAD = '<div class="head"><h1>Style guide</h1></div>\n<nav class="part part--small" aria-label="Specimens">'
PAGES = {
    "/how-this-works/": "Labels, and how somebody came to a thing",
    "/erin/lists/states/": "A list with a picture, and cards in every state",
    "/alex/lists/nothing-yet/": "An empty list",
    "/alex/": "A profile with portrait, banner and ties; pictures, lists, the scale and reviews",
    "/cleo/": "A profile with neither pictures nor lists",
    "/dana/": "A profile of nothing but a name",
    "/products/three-offers/": "A product with three offers, filters, and reviews with updates and an answer",
    "/products/no-picture/": "A product without a picture and without reviews",
    "/products/discontinued/": "A product that is no longer made",
    "/alex/posts/hot-spots/": "A post with numbers in its picture",
    "/alex/posts/": "All posts of a creator",
    "/alex/reviews/": "All reviews of a creator, and a removed one",
    "/brands/acme/": "A brand: its products, how it answers, and its reviews",
    "/brands/acme/mentions/": "All that is said of a brand",
    "/categories/kitchen/": "A category, divided into pages",
    "/categories/": "An index",
    "/page/2/": "The directory of creators, its second page",
    "/search/": "The search",
    "/404.html": "A wrong address",
}
_ids = re.compile(r'(?<= )(id|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"|(?<= )href="#([^"]*)"').sub
_scripts = re.compile(r'<script type="module"[^>]*></script>\n?').findall
_stylesheet = re.compile(r'(<link rel="stylesheet" href=")[^"]*').sub
_main = re.compile(r"(<main\b[^>]*>)(.*?)(</main>)", re.DOTALL)


def make(root: Path, output: Path, name: str | None, workers: int) -> Report:
    """Build the specimens with a theme into `output`, with the guide as `styleguide.html`. Raises `ProblemsFound`.

    The theme is the one that is named, else the one of the site at `root` with its tokens; without a site, the
    shipped one. Themes of the site's own are found in its `themes/`.
    """
    publish.check_ours(output, publish.listed(output))
    with TemporaryDirectory() as folder:
        specimens = Path(folder) / "specimens"
        _lay_out(specimens, root, name)
        report = build.build(Options(root=specimens, output=specimens / "site", now=NOW, workers=workers))
        made = specimens / "site"
        whole = _whole(specimens)
        (made / routes.file_of(routes.asset(whole.name))).write_bytes(whole.data)
        (made / GUIDE).write_text(_guide(made, whole.name), encoding="utf-8")
        files = [path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()]
        files.remove(publish.MARKER)
        staging = publish.staging_of(output)
        try:
            shutil.rmtree(staging, ignore_errors=True)
            shutil.copytree(made, staging)
            publish.replace(staging, output, files)
        except OSError as error:
            raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or output}") from error
    return report


def _lay_out(folder: Path, root: Path, name: str | None) -> None:
    """The specimens as a site, with pictures of the starter's and the themes of the site at `root`."""
    shutil.copytree(SPECIMENS / CONTENT, folder / CONTENT)
    for path in scaffold.STARTER.rglob("*.jpg"):
        for home in ("products", "influencers/alex"):
            media = folder / CONTENT / home / "media"
            media.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, media / path.name)
    if (root / "themes").is_dir():
        shutil.copytree(root / "themes", folder / "themes")
    with (folder / CONTENT / SITE).open("a", encoding="utf-8") as site:
        site.write(f"theme: {json.dumps(name or _theme_of(root))}\n")


def _theme_of(root: Path) -> Any:
    """What the site at `root` says of its theme; the only shipped one it can be where there is no site."""
    path = root / CONTENT / SITE
    if not path.is_file():
        return "editorial"
    data: Any = parse(decode(path.read_bytes(), f"{CONTENT}/{SITE}"), f"{CONTENT}/{SITE}")
    return data.get("theme", "editorial") if isinstance(data, Mapping) else "editorial"


def _whole(root: Path) -> theme.Asset:
    """The stylesheet with the rules of all pages, since the guide has something of each."""
    data: Any = parse(decode((root / CONTENT / SITE).read_bytes(), SITE), SITE)
    chosen = msgspec.convert(data["theme"], str | ThemeChoice)
    chosen = ThemeChoice(name=chosen) if isinstance(chosen, str) else chosen
    return theme.load(root, chosen.name, chosen.tokens).whole


def _guide(site: Path, stylesheet: str) -> str:
    """The page for wrong addresses, which search engines leave out, with the specimens in its place."""
    pages = {path: (site / routes.file_of(path)).read_text(encoding="utf-8") for path in PAGES}
    parts = "".join(_specimens(pages))
    scripts = "".join(dict.fromkeys(script for html in pages.values() for script in _scripts(html)))
    around = pages[routes.MISSING]
    title = re.search(r"<title>(.*?)</title>", around, re.DOTALL)
    if title:
        around = around.replace(title[0], "<title>Style guide</title>")
    shown = f"{HEAD}<ul>{_contents()}</ul></nav>\n{parts}"
    around = _main.sub(lambda found: f"{found[1]}\n{shown}{found[3]}", around, count=1)
    around = _stylesheet(rf"\g<1>{routes.asset(stylesheet)}", around, count=1)
    return around.replace("</head>", f"{scripts}</head>", 1)


def _contents() -> str:
    return "".join(f'<li><a href="#specimen-{number}">{escape(title)}</a></li>' for number, title in _numbered())


def _numbered() -> Iterator[tuple[int, str]]:
    return enumerate(PAGES.values(), 1)


def _specimens(pages: Mapping[str, str]) -> Iterator[str]:
    """What stands in each page, under its title. Names that an earlier one has taken get the number before them."""
    taken = {"main_"}
    for (number, title), (path, html) in zip(_numbered(), pages.items(), strict=True):
        found = _main.search(html)
        inner = found[2] if found else ""
        names = set(re.findall(r' id="([^"]*)"', inner))
        again = names & taken
        taken |= names

        def renamed(match: re.Match[str], again: set[str] = again, number: int = number) -> str:
            if match[3] is not None:
                return f'href="#s{number}-{match[3]}"' if match[3] in again else match[0]
            words = [f"s{number}-{word}" if word in again else word for word in match[2].split()]
            return f'{match[1]}="{" ".join(words)}"'

        yield (
            f'<div class="specimen" id="specimen-{number}">\n'
            f'<div class="part part--small"><p class="label"><a href="{escape(path)}">{escape(title)}</a></p></div>\n'
            f"{_ids(renamed, inner)}</div>\n"
        )
