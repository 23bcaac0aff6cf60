"""YAML becomes text, lists and maps; what is unreadable is told with its place."""

import json
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storefront.problems import ProblemsFound
from storefront.reader import HIDDEN, MAX_BYTES, MAX_DEPTH, Locator, decode, parse


def read(data):
    return parse(decode(data, "f"), "f")


def problems(data):
    with pytest.raises(ProblemsFound) as caught:
        read(data)
    return [f"{p.place.line}:{p.place.column} {p.code}: {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", "true"),
        ("012", "012"),
        ("0012345678905", "0012345678905"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-11-15", "2026-11-15"),
        ("2026-11-15T07:00:00Z", "2026-11-15T07:00:00Z"),
        ("18.00 GBP", "18.00 GBP"),
        ("100 % wool", "100 % wool"),
        ("x#y", "x#y"),
        ("x # a remark", "x"),
        ("https://shop.example/?a=1#b", "https://shop.example/?a=1#b"),
        ("🧶 wool", "🧶 wool"),
        ('"null"', "null"),
        ('"~"', "~"),
        ('""', ""),
        ("''", ""),
        (r'"a\nb"', "a\nb"),
        (r"'a\nb'", r"a\nb"),
        ("null", None),
        ("~", None),
        ("", None),
        ("|\n  one\n  two\n\n", "one\ntwo"),
        (">\n  one\n  two\n", "one two"),
        ("[a, 1, true]", ["a", "1", "true"]),
        ("{b: 1}", {"b": "1"}),
        ("\n  - x\n  - y", ["x", "y"]),
        ("\n- x\n- y", ["x", "y"]),
    ],
)
def test_scalars_stay_text(text, value):
    assert read(f"a: {text}\n".encode()) == {"a": value}


def test_windows_line_ends_and_a_leading_byte_order_mark_do_no_harm():
    assert read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": "1", "b": "x\ny"}


@pytest.mark.parametrize("text", ["a: 1\n...\n", "---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "# only\na: 1"])
def test_one_document_may_be_marked_as_such(text):
    assert read(text.encode()) == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "open\nb: 1', "1:4 yaml-syntax: a quote is opened here and never closed"),
        ('a: "open\n# words such as "Ad"\nb: 1', "1:4 yaml-syntax: a quote is opened here and never closed"),
        ('a: "open\nb: "c" d', "1:4 yaml-syntax: a quote is opened here and never closed"),
        ('a: "two\n  lines" more', "2:10 yaml-syntax: the text goes on after a closing quote or bracket"),
        ("a: it: is", "1:6 yaml-syntax: a colon and a space stand in the middle of a text"),
        ("a:\n\tb: 1", "2:1 yaml-syntax: a tab indents this line"),
        ("é: 1\n\tb: 1", "2:1 yaml-syntax: a tab indents this line"),
        ("a:\n  b: 1\n\tc: 1", "3:1 yaml-syntax: a tab indents this line"),
        ("a:\r\n\tb: 1", "2:1 yaml-syntax: a tab indents this line"),
        ("a:\n  b: 1\n c: 2", "3:2 yaml-syntax: this line is indented unlike its neighbours"),
        ("a:\n - b: 1\n   c: 1\n  d: 2", "4:3 yaml-syntax: this line is indented unlike its neighbours"),
        ("a: 1\n- b", "2:1 yaml-syntax: this line is indented unlike its neighbours"),
        ("a: [1, 2\nb: 1", "1:4 yaml-syntax: this list lacks a comma, or the ] that closes it"),
        ("a: {x: 1\nb: 1", "1:4 yaml-syntax: this group lacks a comma, or the } that closes it"),
        ("a: [1, , 2]", "1:8 yaml-syntax: a value is missing here"),
        ("a: 'it's'", "1:8 yaml-syntax: the text goes on after a closing quote or bracket"),
        ("a: [x]y", "1:7 yaml-syntax: the text goes on after a closing quote or bracket"),
        ("a: 1\nword\nb: 1", "2:1 yaml-syntax: this is not a key with a value"),
        ("a: - b", "1:4 yaml-syntax: no list is expected here"),
        ("a: @maya", "1:4 yaml-syntax: a text cannot begin with @"),
        ("a: `x`", "1:4 yaml-syntax: a text cannot begin with `"),
        ("a: 1\nb: %x", "2:4 yaml-syntax: a text cannot begin with %"),
        ("a: *love* it", "1:4 yaml-syntax: a text cannot begin with *"),
        ("a: !<x", "1:4 yaml-syntax: a text cannot begin with !"),
        (r'a: "C:\quilts"', "1:7 yaml-syntax: a backslash means something else inside double quotes"),
        ("a: |x\n  b", "1:5 yaml-syntax: the text of a block begins on the next line"),
        ("", "0:0 yaml-syntax: the file is empty"),
        ("# nothing\n", "0:0 yaml-syntax: the file is empty"),
        ("%YAML 3.0\n---\na: 1", "1:1 yaml-syntax: this is not readable as YAML"),
        ("a: 1\n---\nb: 2", "2:1 yaml-feature: a second document"),
        ("[a]: 1", "1:1 yaml-feature: a key that is not text"),
        ("{{ a }}: 1", "1:1 yaml-feature: a key that is not text"),
    ],
)
def test_syntax_is_explained_at_its_place(text, expected):
    assert problems(text.encode()) == [expected]


@pytest.mark.parametrize(
    "text", ["a: &x 1", "a: *x", "a: !!str 1", "a: ! 1", "a: &x [1]", "a: !!map {}", "<<: {b: 1}", '"<<": 1', "&k a: 1"]
)
def test_what_content_does_not_need_is_refused(text):
    (found,) = problems(text.encode())
    assert "yaml-feature: anchors, aliases, tags and merges" in found


def test_every_repeated_key_is_told():
    found = problems(b"a: 1\na: 2\nb: {c: 1, c: 2}\n'a': 3\n")
    assert [line.partition(" ")[0] for line in found] == ["2:1", "3:11", "4:1"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: caf\xe9", "1:7 not-utf8: this is not UTF-8"),
        ("é: 1\né: ü".encode() + b"\xfc", "2:5 not-utf8: this is not UTF-8"),
        (b"\xef\xbb\xbfa: 1\nb: \xff", "2:4 not-utf8: this is not UTF-8"),
        (b"a: \xed\xa0\x80", "1:4 not-utf8: this is not UTF-8"),
        ("a: 1".encode("utf-16"), "1:1 not-utf8: this is UTF-16, not UTF-8"),
        ("a: 1".encode("utf-16-be"), "1:1 yaml-syntax: a character that cannot be seen (U+0000)"),
        ("a: x\ufeffy".encode(), "1:5 yaml-syntax: a character that cannot be seen (U+FEFF)"),
        ("é: 1\nb: x\u202ey".encode(), "2:5 yaml-syntax: a character that cannot be seen (U+202E)"),
        (b"a: 1\nb: x\x07y", "2:5 yaml-syntax: a character that cannot be seen (U+0007)"),
        ("a: x\x85y".encode(), "1:5 yaml-syntax: a character that cannot be seen (U+0085)"),
        (rb'a: "x\u202ey"', "1:4 yaml-syntax: a character that cannot be seen (U+202E)"),
        (rb'a: ["x\0"]', "1:5 yaml-syntax: a character that cannot be seen (U+0000)"),
        (rb'"a\e": 1', "1:1 yaml-syntax: a character that cannot be seen (U+001B)"),
    ],
)
def test_bytes_that_are_no_plain_text_are_refused(data, expected):
    assert problems(data) == [expected]


def test_size_and_depth_are_limited():
    read(b"a: " + b"x" * (MAX_BYTES - 3))
    assert problems(b"x" * (MAX_BYTES + 1)) == ["0:0 yaml-limit: the file is larger than 1024 KB"]
    read(b"{a: " * MAX_DEPTH + b"x" + b"}" * MAX_DEPTH)
    assert problems(b"a:\n  " + b"- " * MAX_DEPTH + b"x") == ["2:33 yaml-limit: nested deeper than 16 levels"]
    assert "yaml-limit" in problems(b"[" * 50_000)[0]


def test_every_syntax_problem_has_a_hint():
    for text in ('a: "x', "a: b: c", "a: [", "a: 'b'c", "a: @", "\ta", "a: &b", "a: 1\n---\nb: 1", "%YAML 3.0\n---\na"):
        with pytest.raises(ProblemsFound) as caught:
            read(text.encode())
        assert all(problem.hint for problem in caught.value.problems)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: not HIDDEN.search(text) and "\r" not in text and "\t" not in text
)
keys = texts.filter(lambda text: text != "<<")
values = st.recursive(texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))


@given(st.dictionaries(keys, values, max_size=4))
def test_whatever_is_written_in_quotes_comes_back(value):
    assert read(json.dumps(value, ensure_ascii=False).encode()) == folded(value)


def folded(value):
    """Data without what the reader decides: nothing is as good as empty, final line breaks are gone."""
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [folded(item) for item in value]
    return (value or "").rstrip("\n")


@given(st.binary(max_size=60) | st.text("ab:-[]{},&*!|>'\"%@`#~? \n\t\\", max_size=40).map(str.encode))
def test_nothing_else_than_problems_is_raised(data):
    with suppress(ProblemsFound):
        read(data)


@given(st.text("abc:-[]{}, \n'\"|", max_size=40))
def test_what_is_read_means_the_same_to_the_yaml_library(text):
    try:
        value = read(text.encode())
    except ProblemsFound:
        return
    assert folded(value) == folded(yaml.load(text, yaml.CBaseLoader))


DOCUMENT = """\
title: Kit
items:
  - product: tee
    fit: {size_worn: S}
  -
    product: cap
"x y": [1, [2, 3]]
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "f:1:1"),
        (("title",), "f:1:1"),
        (("items",), "f:2:1"),
        (("items", 0), "f:3:5"),
        (("items", 0, "fit"), "f:4:5"),
        (("items", 0, "fit", "size_worn"), "f:4:11"),
        (("items", 1), "f:6:5"),
        (("items", 1, "product"), "f:6:5"),
        (("x y", 1, 0), "f:7:13"),
        (("items", 0, "missing"), "f:3:5"),
        (("items", 9, "product"), "f:2:1"),
        (("nowhere", "at", "all"), "f:1:1"),
    ],
)
def test_a_path_leads_to_the_key_or_its_nearest_parent(path, place):
    assert str(Locator(DOCUMENT, "f").place(path)) == place
