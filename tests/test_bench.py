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
import yaml
from selectolax.lexbor import LexborHTMLParser

import changes
import corpus
import measure
import timing
from measuring import checkers, host, scores, seen, tables
from peers import data, rounds, same

ROOT = Path(__file__).parents[1]
PAGE = """<!doctype html><html><head><title>Lena</title><meta property="og:title" content="Lena">
<script type="application/ld+json">{"@type":"Product","name":"Mug"}</script></head><body><h1>Lena</h1>
<aside class="statement"><p>Paid by Brand.</p></aside>
<ul><li class="cell"><h2>Mug</h2><p class="price">£5</p><a href="https://shop.example/mug?a=1&amp;b=2">Buy</a></li>
<li class="cell"><h2>Jug</h2><a href="https://shop.example/jug">Buy</a></li></ul>
<svg><rect width="30"/></svg><b>5 of 6</b><script src="/a.js"></script>
<article class="review" data-in="stars-4"><h3>Good</h3>
<div class="prose"><p>It holds <em>tea</em>.</p></div></article></body></html>"""
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
        ("<b>5 of 6</b>", "<b>4 of 6</b>", "text"),
        ('src="/a.js"', 'src="/b.js"', "scripts and pictures"),
        ('data-in="stars-4"', 'data-in="stars-5"', "filters"),
        ('<rect width="30"/>', '<rect width="40"/>', "drawings"),
    ],
)
def test_what_a_page_lacks_is_found(before, after, kind):
    assert before in PAGE
    ours, theirs = same.of_html(PAGE), same.of_html(PAGE.replace(before, after))
    found = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    assert found - {"text"} == {kind} - {"text"}
    assert found


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
        for form in data.FORMS:
            command = [sys.executable, data.__file__, tmp_path / name, tmp_path / name / form, "--form", form]
            subprocess.run(command, check=True, env=environment)
    first = bytes_in(tmp_path / "one")
    assert first == bytes_in(tmp_path / "two")
    assert len(first) > 20


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small corpus, its data for peers, and the site that storefront makes of it."""
    root = tmp_path_factory.mktemp("bench")
    corpus.write(root, 2, 12)
    for form in data.FORMS:
        data.write(root, root / form, form)
    subprocess.run(
        [sys.executable, "-m", "storefront", "build", "--root", root, "--now", data.NOW, "--quiet"], check=True
    )
    return root


def test_peers_are_given_every_link_to_a_shop_and_every_review_in_markdown(small):
    creators = json.loads((small / "json" / "creators.json").read_text(encoding="utf-8"))
    told = json.loads((small / "json" / "told.json").read_text(encoding="utf-8"))
    for handle, record in creators.items():
        page = LexborHTMLParser((small / "site" / handle / "index.html").read_text(encoding="utf-8"))
        links = [node.attributes["href"] for node in page.css("a.buy")]
        picks = [pick["id"] for entry in record["lists"] for pick in entry["picks"]]
        assert links == [told["picks"][pick]["shop"]["url"] for pick in picks]
        assert len(links) == 30
        assert len(record["reviews"]) == 10
        assert all("**" in said["text"] and "<" not in said["text"] for said in record["reviews"])


def test_content_is_the_same_in_yaml_and_in_json(small):
    for kind in ("creators", "products"):
        whole = json.loads((small / "json" / f"{kind}.json").read_text(encoding="utf-8"))
        files = sorted((small / "yaml" / kind).glob("*.yaml"))
        assert {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files} == whole
    for name in ("told.json", "site.json"):
        assert (small / "yaml" / name).read_bytes() == (small / "json" / name).read_bytes()


def test_yaml_is_little_more_than_the_content_that_storefront_reads(small):
    ours = sum(len(each) for each in bytes_in(small / "content").values())
    theirs = sum(len(each) for path, each in bytes_in(small / "yaml").items() if path.suffix == ".yaml")
    assert 0.9 < theirs / ours < 1.3


def test_peers_are_told_of_every_page(small):
    site = json.loads((small / "yaml" / "site.json").read_text(encoding="utf-8"))
    told = {path for each in site["sitemaps"] for path in each["paths"]}
    built = {f"/{file.parent.relative_to(small / 'site').as_posix()}/" for file in (small / "site").rglob("index.html")}
    assert told == {path.replace("/./", "/") for path in built}


def test_a_page_that_peers_have_no_template_for_is_refused(tmp_path):
    corpus.write(tmp_path, 2, 12)
    site = tmp_path / "content" / "site.yaml"
    site.write_text(f"{site.read_text()}embeds: true\n")
    with pytest.raises(SystemExit, match="no template"):
        data.write(tmp_path, tmp_path / "data")


@pytest.mark.parametrize("form", data.FORMS)
def test_the_plain_script_makes_the_equal_site_and_shows_an_edit(small, tmp_path, form):
    job = rounds.plain(small, small / form, tmp_path)
    rounds.built(job)
    assert same.differences(small / "site", job.output, 1000) == []
    job.edits["a note edited"](job.edited)
    rounds.built(job)
    changed = {each.partition(":")[0].rpartition("/")[0] for each in same.differences(small / "site", job.output, 1000)}
    assert "creator-1" in changed
    assert "creator-0" not in changed
    assert changes.CHANGED not in (small / form / "told.json").read_text(encoding="utf-8")
    assert all(changes.CHANGED.encode() not in each for each in bytes_in(small / form).values())


def test_an_edit_leaves_what_the_folder_was_linked_from(small, tmp_path):
    before = bytes_in(small / "content")
    job = rounds.storefront(small, small / "yaml", tmp_path)
    for edit in job.edits.values():
        edit(job.edited)
    assert bytes_in(small / "content") == before
    after = bytes_in(tmp_path / "content")
    assert {path.name for path in before if before[path] != after[path]} == {
        "creator-0.yaml",
        "creator-1.yaml",
        "product-0.yaml",
    }


def test_each_round_begins_with_the_next_tool():
    turns = list(rounds.in_turn(["a", "b", "c"], 4))
    assert [name for number, name in turns if number == 0] == ["a", "b", "c"]
    assert [name for number, name in turns if number == 1] == ["b", "c", "a"]
    assert sorted(turns) == [(number, name) for number in range(4) for name in "abc"]


def run(cpu):
    return timing.Figures(wall=cpu * 2, cpu=cpu, together=30, largest=20, load=0)


def test_a_ratio_is_to_the_same_round_and_to_the_same_step_or_a_peer_s_edit():
    figures = {
        "storefront": {"cold": [run(6), run(10)], "a price edited": [run(1), run(2)]},
        "hugo yaml": {"cold": [run(12), run(40)], "a note edited": [run(10), run(10)]},
    }
    assert rounds.ratios(figures, "storefront", "hugo yaml", "cold") == [0.5, 0.25]
    assert rounds.ratios(figures, "storefront", "hugo yaml", "a price edited", "wall") == [0.1, 0.2]
    assert rounds.ratios(figures, "storefront", "eleventy yaml", "cold") == []
    lines = list(rounds.table(figures, {"storefront": 1000, "hugo yaml": 1000}))
    assert len({line.count("|") for line in lines}) == 1
    assert len(lines) == 2 + 4
    assert "| cold | storefront | 16.00 | 8.00 | 8.000 | 30 | 20 | 0.0 to 0.0 | 0.38 (0.25 to 0.50) |" in lines[2]


def test_small_ratios_keep_figures_to_read():
    assert rounds.spread([0.0123, 0.0101, 0.0111]) == "0.0111 (0.0101 to 0.0123)"
    assert rounds.spread([]) == "-"


def test_a_peer_that_is_not_installed_is_named_and_left_out(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(rounds, "TOOLS", tmp_path)
    monkeypatch.setattr(rounds, "ELEVENTY", tmp_path / "eleventy")
    assert list(rounds.tools()) == ["storefront", "plain"]
    said = capsys.readouterr().out
    assert "hugo: not installed" in said
    assert "eleventy: not installed" in said


def test_a_timed_build_counts_the_processes_it_started(tmp_path):
    if shutil.which("sh") is None:
        pytest.skip("needs sh")
    burn = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    assert timing.timed(["sh", "-c", f'"{sys.executable}" -c "{burn}"; true'], tmp_path).cpu >= 0.2


def test_memory_is_that_of_all_processes_at_one_moment():
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("needs Linux")
    hold = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    both = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}"
    # In a process of its own: until it is a program, a child counts as large as whoever starts it.
    measured = f"import timing; run = timing.timed([sys.executable, '-c', {both!r}]); print(run.largest, run.together)"
    path = str(Path(timing.__file__).parent)
    said = subprocess.check_output([sys.executable, "-c", f"import sys; sys.path.insert(0, {path!r}); {measured}"])
    largest, together = map(int, said.split())
    assert together >= 120_000_000 // 1024**2
    assert 60_000_000 // 1024**2 <= largest < together


def test_a_command_that_fails_says_what_it_said():
    with pytest.raises(SystemExit, match=r"(?s)failed:.*no such theme"):
        timing.timed([sys.executable, "-c", "import sys; sys.exit('no such theme')"])


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
