"""Whatever is thrown at what reads content: an answer or problems with their places, never anything else.

A longer run: `tools/soak_hostile.py`; one that is led by coverage: `tools/fuzz/run.py`.
"""

import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile import targets
from hostile.evidence import told
from hostile.running import SOAK
from hostile.texts import MARKDOWN, TEXTS
from storefront.content import Kind
from storefront.importers import formats
from storefront.reader import parse

READER, RECORDS, TEXTED, ADDRESSES, FILES = 3000, 300, 1500, 1500, 150  # examples in CI
EXAMPLES = resources.files("storefront") / "data/examples"
SAMPLES = Path(__file__).parents[1] / "imports/samples"
NASTY = [
    *TEXTS.values(),
    "",
    " ",
    "~",
    "null",
    "1e999",
    "-0",
    "0x10",
    "NaN",
    "2025-02-30",
    "9" * 400,
    "a\nb",
    "\u00a0",
    "é" * 400,
]
ODD = st.sampled_from([*NASTY, None, [], {}, [[]], {"a": "b"}, ["x"], [None], {"x-a": {}}]) | st.text(max_size=20)


def fuzz(count: int):
    """Settings for so many examples, and as many times that in a longer run; without a fixed seed there."""
    return settings(
        max_examples=count * SOAK, derandomize=SOAK == 1, suppress_health_check=[HealthCheck.too_slow], deadline=None
    )


def counted(part: str, count: int) -> None:
    told("Fuzzed", **{part: count * SOAK})


EVENTS = (
    "a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "&a ", "*a", "!!str ", "!x ", "<<: ",
    "|", ">", "|2-", "'", '"', "\\", "\\u", "\\x1b", "\\ud800", "#", " #", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r", "\r\n",
    "\x00", "\ufeff", "\u2028", "\x85", "\u202e", "é", "🧶", "null", "~", "@", "`", "%", "=",
)  # fmt: skip


@fuzz(READER)
@given(st.lists(st.sampled_from(EVENTS), max_size=24).map("".join).map(str.encode) | st.binary(max_size=80))
def test_the_reader(data):
    targets.read(data)


@st.composite
def mutated(draw, kind: Kind) -> bytes:
    """An example of a kind, in which a few values, keys or parts are others."""
    name = {Kind.IMPORTED: "imported-reviews"}.get(kind, str(kind))
    value = parse((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = value, None
        while isinstance(holder, dict | list) and holder:
            key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], dict | list) or not holder[key] or draw(st.booleans()):
                break
            holder = holder[key]
        if key is None or not holder:
            continue
        match draw(st.integers(0, 3)):
            case 0 | 1:
                holder[key] = draw(ODD)
            case 2 if isinstance(holder, dict):
                holder[draw(st.sampled_from(NASTY))] = holder.pop(key)
            case _:
                del holder[key]
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


@pytest.mark.parametrize("kind", Kind)
def test_the_vocabulary(kind):
    @fuzz(RECORDS)
    @given(mutated(kind))
    def run(data):
        targets.record(kind, data)

    run()


PIECES = (
    *MARKDOWN.values(), "a", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "[", "](", ")", "<", ">", "&", "#", "- ", "1. ", "> ",
    "\\", "!", "~~~", "    ", "\t", "]: ", "https://a.example", "javascript:", "é", "\u00a0", "\x00", "&#x6a;", "“", "—",
)  # fmt: skip


@fuzz(TEXTED)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=60))
def test_markdown(text):
    targets.marked(text)


HOSTS = (
    "shop.example",
    "a.b.c.example",
    "SHOP.example",
    "xn--p1ai.example",
    "127.0.0.1",
    "shop",
    "shop.example:443",
    "a@shop.example",
)
TAILS = ("", "/", "?", "#", "/a/b", "?a=b", "&c=%20d", "#e", "//", "/../", "=", "%", "%2e", "%0a", "'", "(x)", "[y]", "!", "~", ";", "\\",
         " ", '"', "é", "?tag=x", "&tag=y", "&utm_source=z", "@evil.example", ":80")  # fmt: skip


@fuzz(ADDRESSES)
@given(st.tuples(st.sampled_from(["https://", "https:", "http://", "//", "javascript:"]), st.sampled_from(HOSTS),
                 st.lists(st.sampled_from(TAILS), max_size=6).map("".join)).map("".join) | st.text(max_size=40))  # fmt: skip
def test_addresses(text):
    targets.address(text)


CHIPS = (b",", b'"', b"\n", b"\r", b";", b"\t", b"<", b">", b"&", b"&lt;", b"\x00", b"\xff", b"</review>", b"<a>", b"=", b"'", b"]]>",
         b"9999-99-99", b"6", b"-1", b"<!--", b"<!DOCTYPE x>", b"\xef\xbb\xbf", b"\xff\xfe")  # fmt: skip


@pytest.mark.parametrize("name", formats.FORMATS)
def test_importers(name):
    sample = next(SAMPLES.glob(f"{name}.*")).read_bytes()
    assert targets.imported(name, sample) > 0

    @fuzz(FILES)
    @given(
        st.lists(
            st.tuples(st.integers(0, len(sample)), st.integers(0, 40), st.sampled_from(CHIPS)), min_size=1, max_size=6
        )
    )
    def run(edits):
        data = sample
        for at, length, chip in edits:
            data = data[:at] + chip + data[at + length :]
        targets.imported(name, data)

    run()


def test_what_was_tried_is_told():
    counted("reader", READER)
    counted("vocabulary", RECORDS * len(Kind))
    counted("Markdown, fast path against library", TEXTED)
    counted("addresses", ADDRESSES)
    counted("importers", FILES * len(formats.FORMATS))
    assert targets.address("https://shop.example/a?b=c")
    assert targets.record(Kind.BRAND, b"name: X\n")
