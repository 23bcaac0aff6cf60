"""Stylesheets as a browser reads them: every rule, however deep it stands, with its whole selectors.

Where a browser and this reading might differ, a rule more is found rather than one less.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

# What holds braces and semicolons that part nothing. A string ends with its line at the latest; an address needs no
# quotes.
_piece = re.compile(
    r"""/\*.*?(?:\*/|\Z) | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?
    | (?<![\w-])url\(\s*(?!["'\s])(?:[^)\\]|\\.)*\)? | \\. | [{}()\[\];]""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_parting = re.compile(r""" "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \\. | [()\[\]{},/\ ] """, re.DOTALL | re.VERBOSE)
_escape = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_important = re.compile(r"!\s*important\s*$", re.IGNORECASE)
_anchored = re.compile(r"&|:scope\b")
_scope = re.compile(r"@scope\s*\(([^)]*(?:\([^)]*\)[^)]*)*)\)", re.IGNORECASE)
_media_print = re.compile(r"(?:only\s+)?print\b", re.IGNORECASE)
_variable = re.compile(r"--[^\s:;]+\s*:")
CLOSING = {"(": ")", "[": "]", "{": "}"}
NAMED = ("@keyframes", "@-webkit-keyframes", "@property")
APART = ("@page", "@font-face", "@counter-style", "@font-feature-values", "@font-palette-values", "@color-profile")


class Declaration(NamedTuple):
    """A property in small letters and its value, without comments and escapes."""

    name: str
    value: str


class Rule(NamedTuple):
    """What is declared for some selectors; for keyframes and registered properties these are the name after the @."""

    selectors: tuple[str, ...]
    declared: tuple[Declaration, ...]


Marked = tuple[str, str]  # a text, and the brace or semicolon that ends it


class _Block(Struct):
    """A block that is open.

    `selectors` are those that it declares for, `anchors` what `&` stands for in it, and `before` what stands before
    every other selector in it. `apart`: what it declares is for no element on a screen.
    """

    selectors: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    before: str = ""
    apart: bool = False
    declared: list[Declaration] = field(default_factory=list)

    def open(self, prelude: str) -> "_Block":
        """The block that a prelude opens in this one."""
        lowered = prelude.lower()
        if _variable.match(prelude):
            return _Block(apart=True)
        if not prelude.startswith("@"):
            whole = self.selectors if self.before.startswith("@") else tuple(map(self.within, parts(prelude)))
            return _Block(whole, whole, _one(whole), self.apart)
        apart = self.apart or lowered.startswith(APART) or _for_paper(lowered)
        if lowered.startswith(NAMED):
            return _Block((prelude,), (), "@", apart)
        if scope := _scope.match(prelude):
            root = (scope[1].strip(),)
            return _Block(root, root, "", apart)
        return _Block(self.selectors, self.anchors, self.before, apart)

    def within(self, selector: str) -> str:
        """The whole selector of a rule in this block."""
        if not self.anchors:
            return selector
        if _anchored.search(selector):
            return _anchored.sub(lambda _: f":is({', '.join(self.anchors)})", selector)
        return f"{self.before} {selector}".strip()


def rules(marked: Iterable[Marked]) -> Iterator[Rule]:
    """Each rule that a screen may follow, those inside conditions too; not those for paper alone."""
    blocks = [_Block()]
    for text, sign in marked:
        if sign == "{":
            blocks.append(blocks[-1].open(text))
            continue
        if ":" in text and not text.startswith("@"):
            blocks[-1].declared += _declared(text)
        if sign == "}":
            block = blocks.pop()
            if block.declared and block.selectors and not block.apart:
                yield Rule(block.selectors, tuple(block.declared))
            blocks = blocks or [_Block()]


def imports(marked: Iterable[Marked]) -> bool:
    """Whether a stylesheet asks for another one."""
    return any(sign == ";" and unescaped(text).lower().startswith("@import") for text, sign in marked)


def declarations(text: str) -> Iterator[Declaration]:
    """What the `style` of an element declares."""
    for each, _ in marks(text):
        yield from _declared(each)


def _declared(text: str) -> Iterator[Declaration]:
    name, _, value = unescaped(text).partition(":")
    if value := _important.sub("", value).strip():
        name = name.strip()
        yield Declaration(name if name.startswith("--") else name.lower(), value)


def unescaped(text: str) -> str:
    """A text with what its escapes stand for."""
    if "\\" not in text:
        return text
    return _escape.sub(lambda found: _letter(int(found[1], 16)) if found[1] else found[2], text)


def _letter(number: int) -> str:
    return chr(number) if 0 < number <= sys.maxunicode else "\N{REPLACEMENT CHARACTER}"


def parts(text: str, sign: str = ",") -> list[str]:
    """A text parted at a comma, a slash or a space; one inside brackets or strings parts nothing."""
    if sign not in text:
        return [text.strip()]
    closing: list[str] = []
    found, start = [], 0
    for piece in _parting.finditer(text):
        if piece[0] in CLOSING:
            closing.append(CLOSING[piece[0]])
        elif closing and piece[0] == closing[-1]:
            closing.pop()
        elif piece[0] == sign and not closing:
            found.append(text[start : piece.start()].strip())
            start = piece.end()
    return [*found, text[start:].strip()]


def marks(css: str) -> Iterator[Marked]:
    """Each text with the brace or semicolon that ends it. What is open at the end is closed there."""
    closing: list[str] = []
    kept: list[str] = []
    start = depth = 0
    for found in _piece.finditer(css):
        piece = found[0]
        if piece.startswith("/*"):
            kept.append(css[start : found.start()])
            start = found.end()
        elif closing:
            if piece in CLOSING:
                closing.append(CLOSING[piece])
            elif piece == closing[-1]:
                closing.pop()
        elif piece in {"(", "["}:
            closing.append(CLOSING[piece])
        elif piece in {"{", "}", ";"}:
            yield "".join((*kept, css[start : found.start()])).strip(), piece
            kept.clear()
            start = found.end()
            depth += {"{": 1, "}": -1}.get(piece, 0)
    yield "".join((*kept, css[start:])).strip(), "}" if depth > 0 else ";"
    yield from [("", "}")] * (depth - 1)


def _for_paper(prelude: str) -> bool:
    """Whether a condition holds on paper alone."""
    if not prelude.startswith("@media"):
        return False
    return all(_media_print.match(each) and " or " not in each for each in parts(prelude.removeprefix("@media")))


def _one(selectors: Sequence[str]) -> str:
    return selectors[0] if len(selectors) == 1 else f":is({', '.join(selectors)})"
