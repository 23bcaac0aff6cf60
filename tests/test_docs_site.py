"""The docs as a site: every page is in it, every link and anchor leads somewhere, and every picture has its maker."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DOCS, SITE = ROOT / "docs", ROOT / "build" / "docs" / "site"
HERE = "https://docs.example"


@pytest.fixture(scope="module")
def site():
    """Every page by its address, parsed."""
    done = subprocess.run([sys.executable, ROOT / "tools/docs.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        f"/{path.relative_to(SITE).as_posix().removesuffix('index.html')}": LexborHTMLParser(path.read_text("utf-8"))
        for path in SITE.rglob("*.html")
    }


def test_every_page_of_the_docs_is_a_page_of_the_site(site):
    wanted = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")} - {"index"}
    assert {f"/{name}/" for name in wanted} | {"/", "/contributing/", "/changelog/", "/404.html"} == set(site)


def test_every_page_is_in_the_navigation(site):
    named = set(re.findall(r"[\w/-]+\.md", str(tomllib.loads((ROOT / "zensical.toml").read_text())["project"]["nav"])))
    pages = {address.strip("/") or "index" for address in site if address != "/404.html"}
    assert {name.removesuffix(".md") for name in named} == pages


def test_every_link_of_the_site_leads_somewhere(site):
    names = {address: {node.attributes["id"] for node in tree.css("[id]")} for address, tree in site.items()}
    nowhere = []
    for address, tree in site.items():
        for node in tree.css("a[href]") if address != "/404.html" else ():
            target = urlsplit(urljoin(f"{HERE}{address}", node.attributes["href"]))
            if f"{target.scheme}://{target.netloc}" != HERE:
                continue
            file = (SITE / target.path.lstrip("/")).is_file()
            if not file and (target.path not in names or unquote(target.fragment) not in {"", *names[target.path]}):
                nowhere.append((address, node.attributes["href"]))
    assert nowhere == []


def test_every_picture_of_the_site_is_there(site):
    for address, tree in site.items():
        for node in tree.css("article img"):
            assert (SITE / urlsplit(urljoin(f"{HERE}{address}", node.attributes["src"])).path.lstrip("/")).is_file()
            assert node.attributes["alt"]


def test_the_site_loads_nothing_from_elsewhere(site):
    for tree in site.values():
        loaded = [node.attributes.get("src") or node.attributes.get("href") for node in tree.css("script[src], link")]
        assert [each for each in loaded if each and "://" in each] == []


def test_every_picture_of_the_docs_is_made_by_a_script_and_shown():
    made = re.findall(r'^    "([\w.-]+)": (?:Both|Phones)\(', (ROOT / "tools/screenshots.py").read_text(), re.MULTILINE)
    for script in ("screenshots_preview.py", "screenshots_report.py"):
        made += re.findall(r'yield "([\w.-]+)", ', (ROOT / "tools" / script).read_text())
    made += re.findall(r"bench/plot\.py \S+ docs/images/([\w.-]+)", (DOCS / "benchmarks.md").read_text())
    assert set(made) == {path.name for path in (DOCS / "images").iterdir()}
    text = "".join(path.read_text() for path in (ROOT / "README.md", *DOCS.rglob("*.md")))
    assert set(re.findall(r"images/([\w.-]+)\)", text)) == set(made)
