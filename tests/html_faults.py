"""What is wrong with a page's HTML, as one line for each fault: the rules of the standard that a template can break.

No Java and no network: a tokenizer's errors and an author's mistakes come from turbohtml, the rest
is looked for here. The Nu checker knows more; `test_html` runs it where it is installed.
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import turbohtml
from selectolax.lexbor import LexborHTMLParser, LexborNode
from turbohtml import conformance

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements whose children the standard names.
CHILDREN = {
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"div", "dt", "dd"}),
}
# Elements that hold text and pieces of text, but no blocks.
PHRASING = frozenset({*HEADINGS, "p", "span", "b", "i", "em", "strong", "s", "code", "time", "dt", "label", "small"})
BLOCKS = frozenset({*HEADINGS, "p", "div", "ul", "ol", "dl", "li", "section", "article", "nav", "aside"}) | frozenset(
    {"figure", "blockquote", "table", "pre", "hr", "address", "header", "footer", "main"}
)
# Attributes that name elements of the same page.
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
MOST_SHOWN = 10
RUNS_HERE = "script:not([type='application/ld+json'], [type=module][src])"


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page, the first few of it."""
    tree = LexborHTMLParser(html)
    rules = (parsed, as_written, nested, identified, referred, outlined, pictured, linked, framed)
    found = [fault for rule in rules for fault in (rule(html) if rule in {parsed, as_written} else rule(tree))]
    return found[:MOST_SHOWN]


def parsed(html: str) -> Iterator[str]:
    """What an HTML parser has to forgive, and what an author must not write."""
    document = turbohtml.parse(html)
    for error in document.errors:
        yield f"{error.line}:{error.col}: {error.code}"
    for message in conformance.check(document).errors:
        yield f"{message.line}:{message.column}: {message.code}: {message.message}"


class _Written(HTMLParser):
    """The elements in the order of their tags, each with those around it; and tags that have no partner."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.around: list[str] = []
        self.elements: list[tuple[str, ...]] = []
        self.unpaired: list[str] = []
        self.feed(html)
        self.unpaired += self.around

    def handle_starttag(self, tag, _attributes):
        self.elements.append((*self.around, tag))
        if tag not in VOID:
            self.around.append(tag)

    def handle_startendtag(self, tag, _attributes):
        self.elements.append((*self.around, tag))

    def handle_endtag(self, tag):
        if self.around and self.around[-1] == tag:
            self.around.pop()
        else:
            self.unpaired.append(f"/{tag}")


def as_written(html: str) -> Iterator[str]:
    """Tags without a partner, and elements that a browser puts elsewhere than where they are written."""
    written = _Written(html)
    for tag in written.unpaired:
        yield f"<{tag}> has no partner"
    built = LexborHTMLParser(html).css("*")
    for path, node in zip(written.elements, built, strict=False):
        if path != (found := _path(node)):
            yield f"{' > '.join(path)} becomes {' > '.join(found)}"
            return
    if len(written.elements) != len(built):
        yield f"{len(written.elements)} elements become {len(built)}"


def _path(node: LexborNode) -> tuple[str, ...]:
    found = []
    at: LexborNode | None = node
    while at is not None and at.tag not in {"-document", "#document"}:
        found.append(at.tag)
        at = at.parent
    return tuple(reversed(found))


def nested(tree: LexborHTMLParser) -> Iterator[str]:
    """Elements where the standard allows none of their kind."""
    for node in tree.css("body *"):
        around = node.parent.tag
        if node.tag not in CHILDREN.get(around, {node.tag}):
            yield f"<{node.tag}> in <{around}>"
        if node.tag in BLOCKS and around in PHRASING:
            yield f"<{node.tag}> in <{around}>"


def identified(tree: LexborHTMLParser) -> Iterator[str]:
    """Ids that are empty or there more than once."""
    for name, times in Counter(node.attributes["id"] for node in tree.css("[id]")).items():
        if times > 1 or not name or " " in name:
            yield f"the id {name!r} is there {times} times"


def referred(tree: LexborHTMLParser) -> Iterator[str]:
    """References to ids that are not there."""
    names = {node.attributes["id"] for node in tree.css("[id]")}
    for attribute in REFERENCES:
        for node in tree.css(f"[{attribute}]"):
            for name in (node.attributes[attribute] or "").split():
                if name not in names:
                    yield f"{attribute} names {name}, which is not there"
    for node in tree.css("a[href^='#']"):
        if node.attributes["href"].removeprefix("#") not in names:
            yield f"a link leads to {node.attributes['href']}, which is not there"


def outlined(tree: LexborHTMLParser) -> Iterator[str]:
    """Headings that skip a level, are empty, or are not one h1 that comes first."""
    headings = tree.css(", ".join(HEADINGS))
    levels = [int(node.tag[1]) for node in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings of the levels {levels[:MOST_SHOWN]}: one h1 must come first"
    for node, level, before in zip(headings[1:], levels[1:], levels, strict=False):
        if level > before + 1:
            yield f"<{node.tag}> {_text(node)!r} follows <h{before}>"
    for node in headings:
        if not _text(node):
            yield f"an empty <{node.tag}>"


def pictured(tree: LexborHTMLParser) -> Iterator[str]:
    """Pictures without words for those who do not see them, or without the room they need."""
    for node in tree.css("img"):
        if node.attributes.get("alt", "missing") == "missing":
            yield f"no alt: {node.html[:80]}"
        for side in ("width", "height"):
            if not (node.attributes.get(side) or "").isdecimal() or node.attributes[side] == "0":
                yield f"no {side}: {node.html[:80]}"
    for node in tree.css("svg"):
        if node.attributes.get("aria-hidden") != "true" and not node.css_first("title"):
            yield f"a drawing without words: {node.html[:80]}"


def linked(tree: LexborHTMLParser) -> Iterator[str]:
    """Links without an address or without a name."""
    for node in tree.css("a"):
        if not node.attributes.get("href"):
            yield f"a link without an address: {node.html[:80]}"
        words = [_text(node), node.attributes.get("aria-label") or ""]
        words += [picture.attributes.get("alt") or "" for picture in node.css("img")]
        if not any(words):
            yield f"a link without words: {node.html[:120]}"


def framed(tree: LexborHTMLParser) -> Iterator[str]:
    """What every page must have once, and what none may have."""
    for selector in ("html[lang]", "head > title", "main", "body > header", "body > footer", "meta[name=description]"):
        if (times := len(tree.css(selector))) != 1:
            yield f"{selector} is there {times} times"
    for selector in (RUNS_HERE, "style", "[style]", "iframe", "form", "button"):
        if node := tree.css_first(selector):
            yield f"{selector}: {node.html[:80]}"
    for node in tree.css("*"):
        if handlers := [name for name in node.attributes if name.startswith("on")]:
            yield f"{handlers[0]} on <{node.tag}>"


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())
