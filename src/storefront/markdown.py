"""Markdown of content, as HTML that can do no harm and as plain text.

markdown-it-py says what a text means: CommonMark without raw HTML and without pictures. Links
go to `https:` and `mailto:` only, anything else stays the text it was typed as. A heading becomes a
bold paragraph, since the outline of a page belongs to its template.

Most texts are plain paragraphs and short lists. Those are rendered here by regular expressions,
about twenty times as fast, and only where the library is known to give the same bytes; tests
compare the two. `render(text, fast=False)` always asks the library.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_LENGTH = 10_000
REL = "nofollow noopener"

# The library takes time that grows with the square of these, so a text with more is not marked up at all.
_MAX_BRACKETS = 200
_MAX_ANGLES = 50

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+(?![0-9]){_LABEL}"
# Matched against the address as it will be written, after entities, escapes and punycode.
_ALLOWED = re.compile(
    rf"https://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#](?:[!#$&()*+,\-./0-9:;=?@_a-z~]|%(?!5c|7f)[2-9a-f][0-9a-f])*)?"
    rf"|mailto:[a-z0-9.+_-]+@{_HOST}",
    re.IGNORECASE | re.ASCII,
)
_MAX_URL = 2048

# What the library treats as white space or replaces, other than the space and the line feed.
_ODD = r"\x00\t\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# How a line begins that can begin nothing but a paragraph: all block marks are ASCII.
_START = (
    rf"(?:[^\x00-\x7f{_ODD}]|[A-Za-z!\"$%&'(),./:;?@^{{|}}]"
    r"|\#(?=[^\W_])|\*\*?(?=[^\W_])|\[(?=[^\W_])|[0-9]++(?![.)]))"
)
_LINE = rf"{_START}[^\n\\`<{_ODD}]*+(?<! )(?:\n(?=.)|\Z)"
_is_paragraph = re.compile(rf"(?:{_LINE})+\Z").match
_is_list = re.compile(rf"(?:-[ ]{_LINE})+\Z").match

# Marks that can be read one way only: they begin after a space or an opening sign, hold no other
# mark, begin and end with a letter or digit, and end before a space or a closing sign.
_TEXT = r"([^\W_](?:[^*_`\[\]<>&\\!]*[^\W_])?)"
_OUTSIDE = r"[^\s(\"'“‘„«—–-]"
_AFTER = r"(?![^\s.,;:?!)\"'”’»…—–-])"
# Each choice begins with its mark and then looks back before it: so the search leaps from mark to mark.
_split_marks = re.compile(
    rf"\*\*(?<!{_OUTSIDE}\*\*){_TEXT}\*\*{_AFTER}|\*(?<!{_OUTSIDE}\*){_TEXT}\*{_AFTER}"
    rf"|\[{_TEXT}\]\((https://{_HOST}(?:/[A-Za-z0-9_./?=&#-]{{0,500}})?)\)"
).split
_has_mark = re.compile(r"[*_`\[\]<\\]").search
_has_entity = re.compile(r"&#?[0-9A-Za-z]+;").search

_drop_tags = re.compile(r"<[^>]*>").sub
_split_paragraphs = re.compile(r"\n\s*\n").split


@lru_cache(maxsize=16_384)
def render(text: str, *, fast: bool = True) -> Markup:
    """HTML of a text. With `fast=False` the library renders it, whatever it looks like."""
    # A review is shown on several pages, far apart in a build, and its words go into each page's JSON.
    if _too_much(text):
        return Markup(_unmarked(text))  # noqa: S704  escaped
    html = _plainly(text) if fast else None
    return Markup(_by_library(text) if html is None else html)  # noqa: S704  made by the renderers


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """The words of a text on one line, without any marks, for descriptions and JSON. It is not escaped."""
    # In rendered HTML every `<` begins a tag and every block ends with a line feed.
    return " ".join(_unescaped(_drop_tags("", render(text))).split())


def excerpt(text: str, limit: int = 160) -> str:
    """The beginning of `plain(text)`: at most `limit` characters, cut after a word, with an ellipsis when cut."""
    words = plain(text)
    if len(words) <= limit:
        return words
    head = words[:limit]
    whole, _, _ = head.rpartition(" ")
    return (whole or head[:-1]).rstrip(" ,;:.–—-(") + "…"


def _too_much(text: str) -> bool:
    return len(text) > MAX_LENGTH or text.count("[") > _MAX_BRACKETS or text.count("<") > _MAX_ANGLES


def _unmarked(text: str) -> str:
    return "".join(f"<p>{_escaped(part.strip())}</p>\n" for part in _split_paragraphs(text) if part.strip())


def _escaped(text: str) -> str:
    # As the library does it, which leaves the apostrophe.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _unescaped(html: str) -> str:
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


# The fast path


def _plainly(text: str) -> str | None:
    """HTML of a text of plain paragraphs and tight lists; None for any other."""
    if "]:" in text:  # may define a link for another place
        return None
    done: list[str] = []
    after_list = False
    for block in text.strip("\n").split("\n\n"):
        is_list = not _is_paragraph(block)
        # Two lists in a row would be one.
        html = _bullets(block, after_list=after_list) if is_list else _paragraph(block)
        if html is None:
            return None
        done.append(html)
        after_list = is_list
    return "".join(done)


def _paragraph(block: str) -> str | None:
    html = _inline(block)
    return None if html is None else f"<p>{html}</p>\n"


def _bullets(block: str, *, after_list: bool) -> str | None:
    if after_list or not _is_list(block):
        return None
    items = []
    for item in block[2:].split("\n- "):
        html = _inline(item)
        if html is None:
            return None
        items.append(f"<li>{html}</li>\n")
    return f"<ul>\n{''.join(items)}</ul>\n"


def _inline(text: str) -> str | None:
    """HTML of a run of text with simple emphasis and links; None when there is more to it."""
    if "&" in text and _has_entity(text):
        return None
    if not _has_mark(text):
        return _escaped(text)
    strong, em, label, url = range(1, 5)
    parts = _split_marks(text)
    if any(map(_has_mark, parts[::5])):
        return None
    parts[::5] = map(_escaped, parts[::5])
    for at in range(0, len(parts) - 1, 5):
        if parts[at + strong]:
            parts[at + strong] = f"<strong>{_escaped(parts[at + strong])}</strong>"
        elif parts[at + em]:
            parts[at + em] = f"<em>{_escaped(parts[at + em])}</em>"
        else:
            href = _escaped(parts[at + url])
            parts[at + label] = f'<a href="{href}" rel="{REL}">{_escaped(parts[at + label])}</a>'
            parts[at + url] = ""
    return "".join(filter(None, parts))


# The library


def _by_library(text: str) -> str:
    html: str = _library().render(text)
    return html


@cache
def _library() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    class Content(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802
            return len(url) <= _MAX_URL and _ALLOWED.fullmatch(url) is not None

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802
            return self.normalizeLink(link)  # a look-alike host shows as punycode

    library = Content("commonmark", {"html": False, "xhtmlOut": False})
    library.disable(["image", "html_block", "html_inline"])
    library.core.ruler.push("tame", _tame)
    library.add_render_rule("heading_open", lambda *_: "<p><strong>")
    library.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    return library


def _tame(state: "StateCore") -> None:
    """Core rule: no class from a code block's language, `rel` on links, no links to nowhere."""
    for token in state.tokens:
        token.info = ""
        if token.children:
            _tame_links(token.children)


def _tame_links(tokens: "list[Token]") -> None:
    nowhere = False
    for token in tokens:
        if token.type == "link_open":
            nowhere = not token.attrs["href"]
            token.attrs["rel"] = REL
            if nowhere:
                _turn_to_text(token, "[")
        elif token.type == "link_close" and nowhere:
            _turn_to_text(token, "]()")


def _turn_to_text(token: "Token", text: str) -> None:
    token.type, token.tag, token.nesting, token.content = "text", "", 0, text
