"""Markdown of content: what it means, that the fast path means the same, and that it can do no harm."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storefront import markdown
from storefront.markdown import REL, excerpt, plain, render

LINK = f'rel="{REL}"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Warm.", "<p>Warm.</p>\n"),
        ("One\ntwo\n\nthree", "<p>One\ntwo</p>\n<p>three</p>\n"),
        ("*em* and **strong**", "<p><em>em</em> and <strong>strong</strong></p>\n"),
        ("***both***", "<p><em><strong>both</strong></em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("`code`", "<p><code>code</code></p>\n"),
        ("a & b < c > d \"e\" 'f'", "<p>a &amp; b &lt; c &gt; d &quot;e&quot; 'f'</p>\n"),
        ("&copy; &amp; &#228;", "<p>© &amp; ä</p>\n"),
        (
            "[shop](https://shop.example/x?a=1&b=2)",
            f'<p><a href="https://shop.example/x?a=1&amp;b=2" {LINK}>shop</a></p>\n',
        ),
        ("[mail](mailto:me@shop.example)", f'<p><a href="mailto:me@shop.example" {LINK}>mail</a></p>\n'),
        ("<https://shop.example>", f'<p><a href="https://shop.example" {LINK}>https://shop.example</a></p>\n'),
        ("# Heading", "<p><strong>Heading</strong></p>\n"),
        ("Under\n===", "<p><strong>Under</strong></p>\n"),
        ("#tag and 5 * 3", "<p>#tag and 5 * 3</p>\n"),
        ("![alt](https://shop.example/a.png)", f'<p>!<a href="https://shop.example/a.png" {LINK}>alt</a></p>\n'),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("", ""),
        ("\n\n", ""),
    ],
)
def test_what_marks_mean(text, html):
    assert render(text) == render(text, fast=False) == html


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](http://shop.example)",
        "[x](//shop.example)",
        "[x](/local)",
        "[x](#part)",
        "[x](https://user:pw@shop.example)",
        "[x](https://shop.example\\@evil.example)",
        "[x](https://127.0.0.1)",
        "[x](https://localhost)",
        "[x](file:///etc/passwd)",
        "[x](ftp://shop.example)",
        "[x]()",
        "[x](https://)",
        "<javascript:alert(1)>",
        "<http://shop.example>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "[x](<javascript:alert(1)>)",
        "[x](\x01javascript:alert(1))",
        "[x](java\nscript:alert(1))",
    ],
)
def test_odd_addresses_stay_text(text):
    assert "<a" not in render(text)
    assert "<a" not in render(text, fast=False)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "<!-- words -->",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<div>\n\n*a*\n\n</div>",
        "- <script>",
        "`<script>`",
        "    <script>",
        "&lt;script&gt;",
        "&#60;script&#62;",
        '[x](https://shop.example/"onmouseover=alert(1))',
        '[x](https://shop.example "t\\"onmouseover=alert(1)")',
    ],
)
def test_no_html_of_ones_own(text):
    for html in (render(text), render(text, fast=False)):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>" not in html
        assert not harm(html)


ALLOWED = {
    "p": set(), "strong": set(), "em": set(), "ul": set(), "ol": {"start"}, "li": set(), "blockquote": set(),
    "code": set(), "pre": set(), "br": set(), "hr": set(), "a": {"href", "rel", "title"},
}  # fmt: skip


def harm(html):
    """What must not be in rendered HTML."""
    body = LexborHTMLParser(f"<body>{html}").body
    nodes = [node for node in body.traverse() if node.tag not in {"body", "-text"}]
    odd = [node.html for node in nodes if not set(node.attributes) <= ALLOWED.get(node.tag, {None})]
    odd += [node.html for node in nodes if node.tag not in ALLOWED]
    links = [node.attributes for node in nodes if node.tag == "a"]
    return odd + [link for link in links if not re.match(r"https://|mailto:", link["href"]) or link["rel"] != REL]


PIECES = (
    "a", "b1", "Wool", "été", "日本", "ß", "5", "12", "x-y", "don't", "“so”", "🧶", " ", " ", " ", "  ", "\n", "\n",
    "\n\n", "\n- ", "- ", "* ", "+ ", "1. ", "1) ", "> ", "# ", "#", "===", "---", "***", "```", "~~~", "    ", "\t",
    "*", "*", "**", "**", "_", "__", "***", "`", "``", "\\", "\\*", "&", "&amp;", "&#42;", "&copy", "<", ">", "<b>",
    "</b>", "<!--", "!", "![", "[", "]", "(", ")", "](", "](https://shop.example)", "[x](https://shop.example/a_b*c)",
    "[é](https://shop.example/?a=1&b=2#c)", "[x](javascript:x)", "](<", '"t"', "https://a.example",
    "<https://a.example>", "<me@a.example>", "[r]: https://a.example", ".", ",",
    ":", ";", "?", "!", "'", '"', "—", "–", "…", "»", "/", "|",
    "$", "^", "{", "@", "~", "=", "%", "\r\n", "\r", "\x0b", "\x0c", "\x00", "\u2028", "\u200b", "\u3000", "\u00a0",
)  # fmt: skip
BLOCKS = (
    "Plain words.", "*Warm* when wet.", "- one\n- **two**", "- one\n\n- two", "A\nB", "(**so**)", "2 * 3 * 4",
    "snake_case_x", "[a](https://a.example), *b*", "**a*b**", "*a**b*", "a*b*c", "- x\ny", "- x\n  y", "1\\. x",
    "a  \nb", "-x", "#x", "+x", "a\n- b", "a\n1. b", "a\n===", "a\n# b", "* * *", "[a *b*](https://a.example)",
    "*[a](https://a.example)*", "**a** b **c**",
)  # fmt: skip
LONG = (
    "[" * 9000, "[a](" * 2500, "<" * 9000, "*a " * 3000, "**" * 5000, "`" * 9999, "- " * 5000, "> " * 5000, "\\" * 9999,
    "a_" * 5000, "![" * 4000, "&#" * 5000, "*" * 9999, "a\n" * 5000, "- a\n" * 2500, "(" * 9999, "[x]: " * 2000,
    "https://a" * 1000, "**a" * 3000, "[a](https://a.example" * 150,
)  # fmt: skip
marked = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
written = st.lists(st.sampled_from(BLOCKS), max_size=4).map("\n\n".join)
mixed = st.lists(st.sampled_from(BLOCKS + PIECES), max_size=6).map("".join)


@settings(max_examples=1500)
@given(marked | written | mixed | st.text(max_size=30))
@example("**a**b")
@example("*a*\u00a0*b*")
@example("- a\n\n- b\n\nc")
@example("[a](https://a.example/&amp;)")
@example("a&copy;b")
def test_the_fast_path_means_what_the_library_means(text):
    assert render(text) == render(text, fast=False)


def test_the_fast_path_is_taken_where_people_write_plainly():
    for text in ("Plain words.", "*Warm* when wet, **light** too.", "- one\n- two", "See [it](https://a.example/b)."):
        assert markdown._plainly(text) is not None


@settings(max_examples=500)
@given(marked | mixed)
def test_nothing_written_can_do_harm(text):
    assert not harm(render(text, fast=False))


@given(marked | mixed)
def test_plain_text_has_no_marks_and_one_line(text):
    words = plain(text)
    assert words == " ".join(words.split())
    body = LexborHTMLParser(f"<body>{render(text)}").body
    assert "".join(words.split()) == "".join(body.text().replace("\ufffd", "\x00").replace("\x00", "\ufffd").split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*Warm* & [light](https://a.example)\n\n- a\n- b", "Warm & light a b"),
        ("a < b &amp; c", "a < b & c"),
        ("<b>x</b>", "<b>x</b>"),
        ("", ""),
    ],
)
def test_plain_text(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("Short.", 160, "Short."),
        ("one two three", 9, "one two…"),
        ("one, two three", 8, "one…"),
        ("one — two three", 8, "one…"),
        ("unbreakable", 5, "unbr…"),
        ("exactly ten", 11, "exactly ten"),
    ],
)
def test_excerpts_end_after_a_word(text, limit, words):
    assert excerpt(text, limit) == words


@given(marked | written, st.integers(2, 60))
def test_excerpts_are_short(text, limit):
    assert len(excerpt(text, limit)) <= limit


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:9])
def test_no_text_takes_long(text):
    start = time.perf_counter()
    render(text)
    plain(text)
    assert time.perf_counter() - start < 5


def test_text_that_is_too_much_is_not_marked_up():
    assert render("*a*\n\n" + "b" * markdown.MAX_LENGTH).startswith("<p>*a*</p>\n<p>bbb")
    assert render("[" * 201 + "<b>") == f"<p>{'[' * 201}&lt;b&gt;</p>\n"
