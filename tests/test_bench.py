"""What measures builds is held too: a corpus is the same every time, and a peer that does less is found out."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser

import corpus
import measure
from measuring import checkers, host, scores, seen, tables
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


SHEET = "p { color: red }" * 40
SHELF = f"""<!doctype html><html lang="en"><head><title>Lena</title>
<link rel="stylesheet" href="/assets/a.css"><link rel="icon" href="/assets/a.svg"></head><body>
{'<li class="cell">Mug</li>' * 30}</body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where a small site is served as its hosts would."""
    if shutil.which("node") is None:
        pytest.skip("needs node, which compresses")
    root = tmp_path_factory.mktemp("site")
    for path, text in {
        "lena/index.html": SHELF,
        "assets/a.css": SHEET,
        "404.html": "gone",
        "media/a.avif": "a",
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    files = host.stored(root, ["/lena/"])
    with host.served(files) as there:
        yield there, files


def asked(address, accepted):
    with urlopen(Request(address, headers={"Accept-Encoding": accepted})) as answer:
        return answer.headers, answer.read()


def test_texts_are_served_in_the_best_coding_that_a_client_takes(address):
    base, files = address
    for accepted, coding in (("gzip, deflate, br", "br"), ("gzip;q=1", "gzip"), ("identity", None)):
        headers, body = asked(f"{base}/lena/", accepted)
        assert headers["Content-Encoding"] == coding
        assert headers["Vary"] == "Accept-Encoding"
        assert body == files["/lena/"].data[coding or ""]
    assert gzip.decompress(files["/lena/"].data["gzip"]) == SHELF.encode()
    assert len(files["/lena/"].data["br"]) < len(files["/lena/"].data["gzip"])


def test_the_headers_are_those_of_the_site_s_hosts(address):
    base, _ = address
    page, _ = asked(f"{base}/lena/", "br")
    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    assert page["Cache-Control"] == "no-cache"
    assert "Strict-Transport-Security" not in page
    picture, _ = asked(f"{base}/media/a.avif", "br")
    assert picture["Cache-Control"].endswith("immutable")
    assert picture["Content-Encoding"] is None
    assert picture["Content-Type"] == "image/avif"


def test_a_wrong_address_gets_the_site_s_own_page(address):
    base, _ = address
    with pytest.raises(HTTPError) as caught, suppress(ConnectionError):
        asked(f"{base}/nobody/", "identity")
    assert caught.value.code == 404
    assert caught.value.read() == b"gone"
    caught.value.close()


def test_a_page_weighs_its_html_and_its_stylesheets(address):
    _, files = address
    size = host.size(files, "/lena/")
    assert size == (len(files["/lena/"].data["br"]), len(files["/assets/a.css"].data["br"]), 30)
    assert size.together == size.html + size.css


def report(performance=1.0, lcp=1000.0, shown="img", **audits):
    """What Lighthouse says, as far as it is read."""
    found = {name: {"score": 1, "numericValue": 0} for name in scores.TIMES.values()}
    found["largest-contentful-paint"]["numericValue"] = lcp
    found["largest-contentful-paint-element"] = {"details": {"items": [{"items": [{"node": {"selector": shown}}]}]}}
    sent = [{"resourceType": "Image", "transferSize": 7}, {"resourceType": "Script", "transferSize": 5}]
    found["network-requests"] = {"details": {"items": [*sent, *sent, {"transferSize": 9}]}}
    found |= {name: {"score": score} for name, score in audits.items()}
    counted = [{"id": name, "weight": 1} for name in ("largest-contentful-paint", *audits)]
    rest = {"score": 1.0, "auditRefs": [{"id": "nothing", "weight": 0}]}
    categories = dict.fromkeys(scores.CATEGORIES, rest) | {"performance": {"score": performance, "auditRefs": counted}}
    return {"audits": found, "categories": categories, "environment": {"benchmarkIndex": 1500.5}}


def test_a_report_is_read():
    run = scores.read(report(0.97, 1300.0, canonical=0, contrast=1, manual=None))
    assert run.scores == {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
    assert (run.times["lcp"], run.pictures, run.scripts, run.index) == (1300, 14, 10, 1500.5)
    assert (run.element, run.wanting) == ("img", ("canonical",))
    with pytest.raises(scores.Failed, match="no page"):
        scores.read({"runtimeError": {"message": "no page"}})


def test_the_median_is_of_each_figure_by_itself_and_forgets_no_fault():
    given = [(1.0, 1500.0, 1), (0.9, 1100.0, 0), (0.98, 1200.0, 1)]
    middle = scores.median([scores.read(report(score, lcp, canonical=fine)) for score, lcp, fine in given])
    assert middle.scores["performance"] == 98
    assert middle.times["lcp"] == 1200
    assert middle.wanting == ("canonical",)


def test_what_is_over_its_limit_is_told():
    run = scores.read(report(0.99, 1201.0))
    size, faults = host.Size(10_000, 6_385, 1), seen.Seen(("image-alt: one",), (), ("links",))
    told = list(tables.over("/products/mug/", tables.Figures(size, run, 1.0, faults)))
    assert told == [
        "1 bytes of HTML and CSS over 16,384",
        "performance is 99, not 100",
        "lcp is 1201, over 1200",
        "largest: img",
        "axe: image-alt: one",
        "links that need a script",
    ]
    assert list(tables.over("/lena/", tables.Figures(size))) == []
    assert tables.row("/", tables.Figures(size)).count("|") == tables.HEAD.partition("\n")[0].count("|")


def test_content_that_only_scripts_show_is_found():
    without = {"texts": ["Mug", "Jug"], "links": ["/mug/"]}
    assert seen.needing(without, {"texts": ["Jug", "Mug"], "links": ["/mug/"]}) == ()
    assert seen.needing(without, {"texts": ["Mug"], "links": ["/mug/", "/jug/"]}) == ("links",)


def test_checkers_errors_are_lines():
    said = {"messages": [{"url": "file:/tmp/site/lena/index.html", "lastLine": 3, "message": "Bad."}]}
    assert checkers.read_nu(said) == ["lena/index.html:3: Bad."]
    messages = [
        {"line": 2, "ruleId": "no-dup-id", "message": "Twice.", "severity": 2},
        {"line": 4, "ruleId": "long", "message": "Long.", "severity": 1},
    ]
    found = checkers.read_html_validate([{"filePath": "/site/index.html", "messages": messages}], Path("/site"))
    assert found == ["index.html:2: no-dup-id: Twice."]
    assert list(tables.checks({"one": None, "two": found})) == [
        "one: could not be had",
        "two: 1 errors",
        "    index.html:2: no-dup-id: Twice.",
    ]


def test_what_could_not_be_had_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "TOOLS", tmp_path / "tools")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    packages = ["lighthouse", "axe-core", "html-validate", "vnu"]
    assert measure.install() == ["node", "npm", "java", "chromium", *packages, "playwright"]
