"""The worst that content can hold comes to an end: in seconds, in a few hundred megabytes, without the network."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from building import build, copy_of_minimal, write
from hostile.evidence import told
from hostile.running import NOW, measured, run
from storefront.reader import MAX_BYTES, MAX_ENTRIES

MOST_SECONDS = 20  # of CPU; a machine under load may need many more by the clock
MOST_MB = 300
MAYA = "content/influencers/maya"
PRODUCT = "title: X\nbrand: fjell\ncategory: C\n"


def _filled(text: str, line: Callable[[int], str], most: int = MAX_BYTES, count: int = MAX_ENTRIES - 10) -> str:
    """A text with as many lines as it may have."""
    parts, size = [text], len(text)
    for n in range(count):
        part = line(n)
        if (size := size + len(part)) > most:
            break
        parts.append(part)
    return "".join(parts)


def _marks(text: str) -> str:
    return PRODUCT + "description: " + json.dumps(text[:10_000]) + "\n"


# What takes a library of Markdown long; a text may have 10,000 characters.
MARKS = (
    "[" * 199 + "a](b" * 2400,
    "*a **b _c __" * 900,
    "> " * 5000,
    "".join(" " * k + "- a\n" for k in range(140)),
    "`" + "``".join("a" * 3300),
    "&#" * 5000,
    "".join(f"[{k}]: https://a.example\n" for k in range(199)) + "[1]" * 90,
)

# Files, and whether they are taken (0) or refused (1).
WORST: dict[str, tuple[Callable[[], dict[str, str | bytes]], int]] = {
    "brackets": (lambda: {"content/brands/x.yaml": "name: " + "[" * (MAX_BYTES - 10)}, 1),
    "braces": (lambda: {"content/brands/x.yaml": "name: " + "{a: " * 200_000}, 1),
    "question marks": (lambda: {"content/brands/x.yaml": "? " * 500_000}, 1),
    "dashes": (lambda: {"content/brands/x.yaml": "- " * 500_000}, 1),
    "quotes": (lambda: {"content/brands/x.yaml": 'name: "' + "\\n" * 500_000}, 1),
    "a long key": (lambda: {"content/brands/x.yaml": "a" * 1_000_000 + ": x"}, 1),
    "a long text": (lambda: {"content/brands/x.yaml": "name: X\ndescription: " + "a" * 1_000_000}, 1),
    "spaces": (lambda: {"content/brands/x.yaml": "name: X\n" + " " * 1_000_000 + "a"}, 0),
    "line breaks": (lambda: {"content/brands/x.yaml": "name: X\ndescription: |\n" + "\n" * 1_000_000}, 1),
    "small lists": (lambda: {"content/brands/x.yaml": _filled("name: X\nx-a:\n", lambda _: "- [[[[],[],[],[]],[[],[],[]]]]\n")}, 0),
    "unknown keys": (lambda: {"content/brands/x.yaml": _filled("name: X\n", lambda n: f"nane{n}: x\n")}, 1),
    "unknown keys in many groups": (lambda: {"content/products/x.yaml": _filled(PRODUCT + "variants:\n", lambda n: f"- {{titel: a, colr: b, siz: c, mpm: {n}}}\n")}, 1),
    "wrong words": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda n: f"- {{product: merino-tee, relationship: purchast{n}}}\n")}, 1),
    "unknown products": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda n: f"- {{product: merino-te{n}, relationship: purchased}}\n")}, 1),
    "unknown products among many": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda n: f"- {{product: q{n}, relationship: purchased}}\n"), **{f"content/products/p{n}.yaml": PRODUCT for n in range(1000)}}, 1),
    "odd addresses": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda n: f"- {{title: a, link: 'https://{'a-' * 30}{n}'}}\n")}, 1),
    "things on a list": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda n: f"- {{title: T{n}, link: 'https://nordshop.example/{n}', relationship: purchased}}\n")}, 0),
    "one thing again and again": (lambda: {f"{MAYA}/lists/x.yaml": _filled("title: X\nitems:\n", lambda _: "- {product: merino-tee, relationship: purchased}\n")}, 0),
    "too many lists": (lambda: {"content/influencers/zoe.yaml": _filled("name: Z\nlists:\n", lambda n: f"  l{n}: {{title: T}}\n")}, 1),
    "as many lists as may be": (lambda: {"content/influencers/zoe.yaml": _filled("name: Z\nlists:\n", lambda n: f"  l{n}: {{title: T}}\n", count=500)}, 0),
    "sections": (lambda: {"content/influencers/zoe.yaml": "name: Z\nlists: {a: {title: A}}\nsections:\n" + f"- {{title: T, lists: [{','.join('a' * 5000)}]}}\n" * 50}, 1),
    "posts": (lambda: {"content/influencers/zoe.yaml": _filled("name: Z\nposts:\n", lambda n: f"- {{id: p{n}, date: 2026-01-01, title: T}}\n", count=5000)}, 0),
    "things in a post": (lambda: {f"{MAYA}/posts/x.yaml": _filled("title: X\ndate: 2026-01-01\nrelationship: purchased\nproducts:\n", lambda _: "- {product: merino-tee}\n")}, 0),
    "reviews of a customer": (lambda: {"content/reviews/shop/merino-tee.yaml": _filled("publisher: S\nimported_on: 2026-11-01\nreviews:\n", lambda n: f"- {{id: r{n}, date: 2026-01-01, rating: 4, body: Good.}}\n")}, 0),
    "variants, specs and words": (lambda: {"content/products/x.yaml": _filled(PRODUCT + "specs:\n", lambda n: f"  k{n}: v\n", count=9000) + _filled("best_for:\n", lambda n: f"- w{n}\n", count=9000) + _filled("variants:\n", lambda n: f"- {{title: v{n}}}\n", count=9000)}, 0),
    "updates of a review": (lambda: {f"{MAYA}/reviews/merino-tee.yaml": _filled("product: merino-tee\ndate: 2026-01-01\nprovenance: purchased\nrating: 4\nupdates:\n", lambda _: "- {date: 2026-01-02, text: x}\n")}, 0),
    "old handles": (lambda: {"content/influencers/zoe.yaml": _filled("name: Z\naliases:\n", lambda n: f"- h{n}\n", count=3000)}, 0),
    "levels of a category": (lambda: {f"content/products/x{n}.yaml": "title: X\nbrand: fjell\ncategory: " + " > ".join("abcdefghij" * 7) + "\n" for n in range(50)}, 1),
    "promos": (lambda: {"content/influencers/zoe.yaml": _filled("name: Z\npromos:\n", lambda n: f"  C{n}X: {{merchant: nordshop, percent_off: 5}}\n")}, 0),
    "Markdown": (lambda: {f"content/products/x{n}.yaml": _marks(MARKS[n % len(MARKS)]) for n in range(280)}, 0),
    "many files": (lambda: {f"content/brands/b{n}.yaml": "name: [\n" for n in range(1500)}, 1),
}  # fmt: skip

_taken: dict[str, tuple[float, float, int]] = {}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    """The minimal site's pictures, made once."""
    root = copy_of_minimal(tmp_path_factory.mktemp("pictures"))
    build(root)
    return root / ".storefront/images"


@pytest.mark.parametrize("name", WORST)
def test_the_worst_comes_to_an_end(tmp_path, pictures, name):
    files, code = WORST[name]
    root = write(copy_of_minimal(tmp_path / "here"), files())
    shutil.copytree(pictures, root / ".storefront/images")
    ended = measured("check" if code else "build", "--now", NOW, "--jobs", "1", cwd=root)
    assert ended.code == code, ended.said[:2000]
    assert "Traceback" not in ended.said
    assert len(ended.said) < 400_000
    assert ended.seconds < MOST_SECONDS
    assert ended.mb < MOST_MB
    _taken[name] = (round(ended.seconds, 1), round(ended.mb), code)
    if code:
        assert re.search(r"^content/\S+:\d+:\d+: [a-z-]+: ", ended.out, re.MULTILINE)
        assert not (root / "site").exists()
    told("Worst cases", **{name: _taken[name]})


def test_a_thousand_problems_are_shown_and_the_rest_is_counted(tmp_path):
    files = {f"content/brands/b{n}.yaml": "name: [\n" for n in range(1203)}
    ended = run("check", "--now", NOW, cwd=write(copy_of_minimal(tmp_path / "here"), files))
    lines = ended.out.splitlines()
    assert lines[-2:] == ["… and 203 more.", "1203 problems found. Nothing was published."]
    assert len([line for line in lines if line.startswith("content/")]) == 1000


CSV = {
    "quotes": "a,b\n" + '1,"x' * 100_000,
    "open quotes": "a\n" + '"\n' * 100_000,
    "columns": ("a," * 499 + "a\n") * 2000,
    "one cell": "a\n" + "=" * 5_000_000,
}


@pytest.mark.parametrize("name", CSV)
def test_an_import_of_csv_comes_to_an_end(tmp_path, name):
    root = write(copy_of_minimal(tmp_path / "here"), {"in.csv": CSV[name]})
    words = ("import", "reviews", "in.csv", "--from", "judgeme", "--publisher", "S", "--dry-run")
    ended = measured(*words, cwd=root)
    assert "Traceback" not in ended.said
    assert ended.code in {1, 2}
    assert ended.seconds < MOST_SECONDS
    assert ended.mb < MOST_MB
    told("Worst cases", **{f"import of CSV: {name}": (round(ended.seconds, 1), round(ended.mb), ended.code)})


XML = {
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><feed>&b;</feed>',
    "outside": '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><feed/>',
    "deep": "<a>" * 100_000,
    "one text": "<feed><reviews><review><content>" + "a&lt;\n" * 1_500_000 + "</content></review></reviews></feed>",
    "attributes": "<feed><review " + " ".join(f'a{n}="x"' for n in range(200_000)) + "/></feed>",
    "elements": "<feed>" + "<a/>" * 1_000_000 + "</feed>",
}


@pytest.mark.parametrize("name", XML)
def test_an_import_of_xml_comes_to_an_end(tmp_path, name):
    root = write(copy_of_minimal(tmp_path / "here"), {"in.xml": XML[name]})
    words = ("import", "reviews", "in.xml", "--from", "google-xml", "--publisher", "S", "--dry-run")
    ended = measured(*words, cwd=root)
    assert "Traceback" not in ended.said
    assert ended.code in {0, 1}, ended.said
    assert ended.seconds < MOST_SECONDS
    assert ended.mb < MOST_MB
    told("Worst cases", **{f"import of XML: {name}": (round(ended.seconds, 1), round(ended.mb), ended.code)})


# The network

DEAF = """
import os, sys
def hear(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) or event in FORBIDDEN:
        os.write(2, f"NETWORK {event} {arguments!r}\\n".encode())
        os._exit(99)
FORBIDDEN = {"os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "webbrowser.open", "os.startfile"}
sys.addaudithook(hear)
from storefront.cli import main
sys.argv = ["storefront", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("command", [("build",), ("check",), ("build", "--verify")], ids=" ".join)
def test_nothing_is_fetched_and_nothing_is_run(tmp_path, command, monkeypatch):
    """Any socket, any lookup of a name and any program that is started ends the command at once, in its workers too."""
    root = copy_of_minimal(tmp_path / "here")
    write(root, {f"content/brands/b{n}.yaml": f"name: B {n}\nurl: https://b{n}.example\n" for n in range(450)})
    monkeypatch.setattr("hostile.running.COMMAND", (sys.executable, "-c", DEAF))
    ended = run(*command, "--now", NOW, cwd=root)
    assert (ended.code, ended.err) == (0, "")


def test_the_ear_hears(tmp_path, monkeypatch):
    probe = DEAF.replace("main()", "import socket; socket.create_connection(('127.0.0.1', 9))")
    monkeypatch.setattr("hostile.running.COMMAND", (sys.executable, "-c", probe))
    assert run("build", cwd=tmp_path).code == 99
