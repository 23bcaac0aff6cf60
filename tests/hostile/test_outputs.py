"""Every hostile text in every output but pages: each stays data, in its place, whole, and means nothing else there."""

import csv
import io
import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import html_of, names_in
from hostile import laying
from hostile.evidence import told
from hostile.running import NOW, run
from hostile.texts import MARKDOWN, TEXTS, TEXTS_THAT_ARE_BENIGN

ATOM = "{http://www.w3.org/2005/Atom}"
ELEMENTS = frozenset(
    ["a", "abbr", "address", "article", "aside", "b", "blockquote", "body", "br", "button", "circle", "code", "dd", "details", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure", "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "input", "kbd", "label", "legend", "li", "line", "link", "main", "meta", "meter", "nav", "ol", "option", "output", "p", "path", "picture", "pre", "q", "rect", "s", "script", "search", "section", "select", "small", "source", "span", "strong", "style", "sub", "summary", "sup", "svg", "symbol", "table", "tbody", "td", "tfoot", "text", "textarea", "th", "thead", "time", "title", "tr", "ul", "use"]
) - {"style", "form", "textarea"}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = laying.lay(tmp_path_factory.mktemp("hostile"))
    ended = run("build", "--now", NOW, cwd=root)
    assert ended.code == 0, ended.said
    told("Texts", lines=len(TEXTS), benign=len(TEXTS_THAT_ARE_BENIGN), markdown=len(MARKDOWN),
         line_fields=len(laying.LINES), text_fields=len(laying.TEXTED))  # fmt: skip
    return root


@pytest.fixture(scope="module")
def output(root):
    return root / "site"


def test_every_text_stands_in_every_field(root):
    """The fields that are counted are those that are filled."""
    written = "".join(path.read_text() for path in (root / "content").rglob("*.yaml"))
    for field in (*laying.LINES, *laying.TEXTED):
        assert f'"{field.rpartition(".")[2]}":' in written, field
    assert len(laying.sets()) >= max(len(TEXTS), len(MARKDOWN))


def test_pages_are_made_of_the_themes_elements_alone(output):
    pages = html_of(output)
    assert len(pages) > 900
    for name, html in pages.items():
        for node in LexborHTMLParser(html).root.traverse():
            assert node.tag in ELEMENTS, (name, node.tag)
            assert not [
                key for key in node.attributes if not re.fullmatch(r"[a-z][a-z0-9:-]*|viewBox|preserveAspectRatio", key)
            ], name
            assert not [key for key in node.attributes if key.startswith("on") or key in {"style", "srcdoc"}], name


def test_no_attribute_stands_without_quotes(output):
    """A text in an attribute without quotes would end at its first space."""
    for html in html_of(output).values():
        for tag in re.findall(r"<[a-z][^\s>]*(?:\s+[^\s=>\"]+(?:=\"[^\"]*\")?)*\s*/?>|<[a-z][^>]*>", html)[:200]:
            assert re.fullmatch(r"<[a-z][a-z0-9]*(?:\s+[a-zA-Z:-]+(?:=\"[^\"<]*\")?)*\s*/?>", tag), tag


def test_data_in_pages_cannot_leave_its_element(output):
    found = 0
    for name, html in html_of(output).items():
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            assert not re.search("[<>&\u2028\u2029]", data), name
            json.loads(data)
            found += 1
    assert found > 400


def test_feeds_are_feeds_and_say_what_was_typed(output):
    feeds = [name for name in names_in(output) if name.endswith(".xml")]
    assert len(feeds) > 90
    seen = set()
    for name in feeds:
        tree = ET.parse(output / name).getroot()
        seen |= {each.text for each in tree.iter(f"{ATOM}title")}
        for each in tree.iter(f"{ATOM}content"):
            assert not harm(each.text or ""), name
    titles = "\n".join(text or "" for text in seen)  # each begins with what was received
    assert sum(f" {line}\n" in titles for line in TEXTS.values()) > len(TEXTS) * 0.9


def harm(html: str) -> list[str]:
    body = LexborHTMLParser(f"<body>{html}").body
    nodes = [node for node in body.traverse() if node.tag not in {"body", "-text"}]
    odd = [node.html for node in nodes if node.tag in {"script", "iframe", "object", "svg", "math", "style", "base"}]
    odd += [node.html for node in nodes for key in node.attributes if key.startswith("on") or key == "style"]
    return odd + [
        node.html for node in nodes if not re.match(r"https://|mailto:|/|#", node.attributes.get("href") or "/")
    ]


def test_documents_say_what_was_typed(output):
    documents = [name for name in names_in(output) if name.endswith(".json") and not name.startswith("search/")]
    assert len(documents) > 90
    texts = set()
    for name in documents:
        texts |= set(_texts(json.loads((output / name).read_bytes())))
    assert set(TEXTS.values()) <= texts


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def test_the_index_of_the_search_holds_addresses_of_pages_alone(output):
    for name in names_in(output / "search/index"):
        for _, _, url, lang in json.loads((output / "search/index" / name).read_bytes()):
            assert (output / url.partition("#")[0].strip("/") / "index.html").exists()
            assert re.fullmatch(r"[a-zA-Z-]*", lang or "")


def test_addresses_and_names_are_plain(output):
    assert all(re.fullmatch(r"[a-zA-Z0-9._/-]+", name) for name in names_in(output))
    for name in names_in(output):
        if "sitemap" in name:
            for line in re.findall(r"<loc>(.*?)</loc>", (output / name).read_text()):
                assert re.fullmatch(r"https://shelves\.example/[a-z0-9./-]*", line)
    assert re.fullmatch(r"[ -~\n]+", (output / "robots.txt").read_text())


def test_what_hosts_are_told_holds_nothing_of_a_text(root, output):
    told = [output / "_redirects", output / "_headers", output / ".htaccess", *(root / "site.hosting").rglob("*")]
    files = [path for path in told if path.is_file()]
    assert len(files) >= 3
    for path in files:
        text = path.read_text()
        assert re.fullmatch(r"[\n\t -~]*", text), path
        assert not re.search(r"alert|evil|<script|onerror", text), path


def test_stylesheets_hold_nothing_of_a_text(output):
    for path in output.rglob("*.css"):
        assert not re.search(r"alert|evil|expression|javascript|</", path.read_text())


TABLES = (
    ("due", "--format", "csv", "--within", "3000"), ("due", "--format", "ics", "--within", "3000"),
    ("audit", "--format", "csv"), ("subids",), ("export", "reviews", "--format", "csv"),
    ("report", "roi", "--format", "csv"),
)  # fmt: skip


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_no_cell_is_a_formula_and_no_line_another(root, words):
    ended = run(*words, "--now", NOW, cwd=root)
    assert (ended.code, ended.err) == (0, "")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202e]", ended.out)
    if "ics" in words:
        for line in ended.out.replace("\r\n ", "").split("\r\n"):
            assert re.match(r"[A-Z-]+[;:]|$", line), line
        return
    rows = list(csv.reader(io.StringIO(ended.out)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+@\t\r]|\s*-(?![0-9.]+$)", cell)]


@pytest.mark.parametrize(
    "words",
    [
        ("due", "--all", "--within", "3000"),
        ("audit",),
        ("report", "roi"),
        ("links", "list"),
        ("build", "--why", "/c0/"),
    ],
)
def test_what_commands_print_is_tame(root, words):
    ended = run(*words, "--now", NOW, cwd=root)
    if "No such command" in ended.err:
        pytest.skip("there is no such command")
    for line in ended.said.split("\n"):
        assert line.isprintable(), line
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line), line
    assert "Traceback" not in ended.said
