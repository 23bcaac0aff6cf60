"""What measures builds is held too: a corpus is the same every time, and a peer that does less is found out."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import corpus
from peers import data, rounds, same

ROOT = Path(__file__).parents[1]
PAGE = """<!doctype html><html><head><title>Lena</title><meta property="og:title" content="Lena">
<script type="application/ld+json">{"@type":"Product","name":"Mug"}</script></head><body><h1>Lena</h1>
<aside class="statement"><p>Paid by Brand.</p></aside>
<ul><li class="cell"><h2>Mug</h2><p class="price">£5</p><a href="https://shop.example/mug?a=1&amp;b=2">Buy</a></li>
<li class="cell"><h2>Jug</h2><a href="https://shop.example/jug">Buy</a></li></ul>
<article class="review"><h3>Good</h3><div class="prose"><p>It holds <em>tea</em>.</p></div></article></body></html>"""
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Mug</title>
<content type="html">&lt;p&gt;It holds &lt;a href="/tea/"&gt;tea&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""
DOCUMENT = '{"rating":4.0,"html":"<p>It holds tea.</p>","lists":["one","two"]}'
FILES = {"lena/index.html": PAGE, "lena/feed.xml": FEED, "lena/index.json": DOCUMENT, "robots.txt": "Allow: /\n"}


def tree(root, **changed):
    """A site of a few files; names of parameters are those of files without their endings."""
    for path, text in FILES.items():
        given = changed.get(Path(path).stem, text)
        if given is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(given, encoding="utf-8")
    return root


@pytest.fixture
def differences(tmp_path):
    """What differs in a site of which one file was changed."""
    ours = tree(tmp_path / "ours")

    def found(**changed):
        return same.differences(ours, tree(tmp_path / "theirs", **changed))

    return found


def test_a_like_site_has_no_differences(differences):
    assert differences() == []


def test_white_space_and_the_order_of_keys_are_no_difference(differences):
    spaced = PAGE.replace("</li>\n<li", "</li>   <li").replace(
        '"@type":"Product","name":"Mug"', '"name":"Mug","@type":"Product"'
    )
    assert differences(index=None) != []
    assert same.of_html(spaced) == same.of_html(PAGE)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ('<a href="https://shop.example/jug">Buy</a>', "", "links"),
        ("mug?a=1&amp;b=2", "mug?a=1", "links"),
        ("<h2>Jug</h2>", "", "headings"),
        ("<em>tea</em>", "<em>milk</em>", "texts of .prose"),
        ("Paid by Brand.", "", "texts of .statement"),
        ("£5", "£6", "texts of .price"),
        ('class="review"', "", "how many .review"),
        ('<li class="cell"><h2>Jug', "<li><h2>Jug", "how many .cell"),
        ('"name":"Mug"', '"name":"Jug"', "structured data"),
        ('content="Lena"', 'content="Nora"', "open graph"),
        ("<title>Lena", "<title>Nora", "titles"),
    ],
)
def test_what_a_page_lacks_is_found(before, after, kind):
    assert before in PAGE
    ours, theirs = same.of_html(PAGE), same.of_html(PAGE.replace(before, after))
    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} == {kind}


def test_a_missing_page_and_one_too_many_are_found(differences, tmp_path):
    tree(tmp_path / "theirs")
    (tmp_path / "theirs" / "new.html").write_text(PAGE)
    (tmp_path / "theirs" / "robots.txt").unlink()
    assert differences(robots=None) == ["robots.txt: missing", "new.html: only here"]


def test_a_feed_that_lost_a_link_is_found(differences):
    found = differences(feed=FEED.replace('&lt;a href="/tea/"&gt;tea&lt;/a&gt;', "tea"))
    assert any(each.startswith("lena/feed.xml: content links: ") for each in found)


def test_a_document_that_lost_a_list_is_found(tmp_path):
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_text(DOCUMENT)
    theirs.write_text(DOCUMENT.replace(',"two"', ""))
    assert [each.partition(":")[0] for each in same.of_pages(ours, theirs)] == ["values"]


def test_a_page_more_than_a_quarter_larger_is_found(tmp_path):
    ours, theirs = tmp_path / "ours.html", tmp_path / "theirs.html"
    ours.write_text(PAGE)
    for padding, found in ((0.2, []), (0.3, ["size"])):
        theirs.write_text(PAGE + " " * round(len(PAGE.encode()) * padding))
        assert [each.partition(":")[0] for each in same.of_pages(ours, theirs)] == found


def test_pages_of_every_kind_are_in_the_sample():
    kinds = {"creator-1/index.html", "creator-1/lists/list-2/index.html", "products/product-7/index.html", "index.html"}
    others = {path.replace("1", "8").replace("7", "9") for path in kinds}
    assert {same.kind_of(path) for path in kinds} == {same.kind_of(path) for path in others}
    assert len({same.kind_of(path) for path in kinds}) == len(kinds)


def bytes_in(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_corpus_and_its_data_for_peers_are_the_same_every_time(tmp_path):
    for name in ("one", "two"):
        corpus.write(tmp_path / name, 3, 20)
        environment = os.environ | {"PYTHONHASHSEED": name.replace("one", "1").replace("two", "2")}
        command = [sys.executable, data.__file__, tmp_path / name, tmp_path / name / "data"]
        subprocess.run(command, check=True, env=environment)
    first = bytes_in(tmp_path / "one")
    assert first == bytes_in(tmp_path / "two")
    assert len(first) > 20


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small corpus, its data for peers, and the site that storefront makes of it."""
    root = tmp_path_factory.mktemp("bench")
    corpus.write(root, 2, 12)
    data.write(root, root / "data")
    subprocess.run(
        [sys.executable, "-m", "storefront", "build", "--root", root, "--now", data.NOW, "--quiet"], check=True
    )
    return root


def test_peers_are_given_every_link_to_a_shop_and_every_review_in_markdown(small):
    creators = json.loads((small / "data" / "creators.json").read_text(encoding="utf-8"))
    for handle, record in creators.items():
        page = LexborHTMLParser((small / "site" / handle / "index.html").read_text(encoding="utf-8"))
        links = [node.attributes["href"] for node in page.css("a.buy")]
        assert links == [pick["shop"]["url"] for entry in record["lists"] for pick in entry["picks"]]
        assert len(links) == 30
        assert len(record["reviews"]) == 10
        assert all("**" in said["text"] and "<" not in said["text"] for said in record["reviews"])


def test_peers_are_told_of_every_page(small):
    site = json.loads((small / "data" / "site.json").read_text(encoding="utf-8"))
    told = {path for each in site["sitemaps"] for path in each["paths"]}
    built = {f"/{file.parent.relative_to(small / 'site').as_posix()}/" for file in (small / "site").rglob("index.html")}
    assert told == {path.replace("/./", "/") for path in built}


def test_each_round_begins_with_the_next_tool():
    turns = list(rounds.in_turn(["a", "b", "c"], 4))
    assert [name for number, name in turns if number == 0] == ["a", "b", "c"]
    assert [name for number, name in turns if number == 1] == ["b", "c", "a"]
    assert sorted(turns) == [(number, name) for number in range(4) for name in "abc"]


def test_a_ratio_is_to_the_same_round_and_needs_hugo():
    def run(cpu):
        return rounds.Figures(wall=1, cpu=cpu, memory=1, load=0)

    figures = {"storefront": [run(6), run(10)], "hugo": [run(12), run(40)]}
    assert rounds.ratios(figures, "storefront") == [0.5, 0.25]
    assert rounds.ratios({"storefront": [run(6)]}, "storefront") == []


def test_a_peer_that_is_not_installed_is_named_and_left_out(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(rounds, "TOOLS", tmp_path)
    monkeypatch.setattr(rounds, "ELEVENTY", tmp_path / "eleventy")
    assert list(rounds.tools()) == ["storefront"]
    said = capsys.readouterr().out
    assert "hugo: not installed" in said
    assert "eleventy: not installed" in said


def test_a_timed_build_counts_the_processes_it_started(tmp_path):
    if shutil.which("sh") is None:
        pytest.skip("needs sh")
    burn = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    job = rounds.Job(tmp_path, ["sh", "-c", f'"{sys.executable}" -c "{burn}"; true'], {}, tmp_path)
    assert rounds.timed(job).cpu >= 0.2
