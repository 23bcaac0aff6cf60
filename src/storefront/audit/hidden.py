"""What a theme hides: selectors of elements that nobody sees, HTML's own and those of the stylesheet.

A stylesheet is read for rules that hide, whatever other rule may show the element again: a label that is
hidden on some screens is hidden. What is hidden on paper alone is not.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import turbohtml

# Closed details, dialogs and popovers want a step of the reader (U-04); the others are never text on a page.
OF_HTML = (
    "[hidden]",
    "[inert]",
    "[popover]",
    '[aria-hidden="true" i]',
    "template",
    "noscript",
    "script",
    "style",
    "textarea",
    "select",
    "datalist",
    "object",
    "canvas",
    "iframe",
    "video",
    "audio",
    "head",
    "svg title",
    "svg desc",
    "details:not([open]) > :not(summary)",
    "dialog:not([open])",
)
# Those of OF_HTML that hardly any page has, and the element without which there is none. A page that has none of these
# elements, which is known at once, need not look for them around each of its labels.
RARE = {
    "template": "template",
    "noscript": "noscript",
    "textarea": "textarea",
    "select": "select",
    "datalist": "datalist",
    "object": "object",
    "canvas": "canvas",
    "iframe": "iframe",
    "video": "video",
    "audio": "audio",
    "details:not([open]) > :not(summary)": "details",
    "dialog:not([open])": "dialog",
}
# One declaration each. Sizes below .75em or 10px count as hidden: nobody reads them (U-06).
_ZERO = r"(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?"
_TINY = rf"(?:{_ZERO}|0*\.[0-6]\d*(?:r?em)|(?:[0-6]\d|\d)(?:\.\d+)?%|\d(?:\.\d+)?px|[0-6](?:\.\d+)?pt)"
_HIDES = re.compile(
    r"(?:^|;)\s*(?:"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|opacity\s*:\s*(?:0*\.[0-3]\d*|0+%?|[0-3]?\d%)(?![\d.%])"
    r"|clip\s*:\s*rect|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0 0\s*\))"
    rf"|font-size\s*:\s*{_TINY}\s*(?:!|;|$)|font\s*:\s*(?:[\w-]+\s+)*{_TINY}(?:/\S+)?\s"
    r"|color\s*:\s*transparent|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top|right|bottom|inset-[a-z-]+|margin[a-z-]*)\s*:\s*-\d{4,}"
    rf"|(?:max-)?(?:height|width|block-size|inline-size)\s*:\s*(?:1px|{_ZERO})\s*(?:!|;|$)"
    r"|transform\s*:\s*[^;]*(?:scale[xyXY]?\(\s*0|translate[xyXY]?\(\s*-\d{4,})|scale\s*:\s*0\s*(?:;|$|!)"
    r"|filter\s*:\s*[^;]*opacity\(\s*0"
    r")",
    re.IGNORECASE,
)
IN_STYLE = _HIDES.search
_comments = re.compile(r"/\*.*?\*/", re.DOTALL)
_strings = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_state = re.compile(r":(?:hover|focus-visible|focus-within|focus|active|visited|target)\b|:dir\([^)]*\)")
_NEVER = ":not(*)"
_checked = re.compile(r"[\w#.-]*:checked\b")
_classes = re.compile(r"[.#][\w-]+")


@lru_cache(maxsize=4)  # a build asks six times for one stylesheet
def selectors(css: str) -> tuple[str, ...]:
    """The selectors of all that a stylesheet hides on a screen, in order, each once."""
    found: dict[str, None] = {}
    for prelude, declared in _rules(_strings.sub('""', _comments.sub("", css))):
        if _HIDES.search(declared):
            found |= dict.fromkeys(filter(None, map(_usable, _parts(prelude))))
    return tuple(found)


def everything(css: str) -> str:
    """One selector for all that cannot be seen."""
    return ", ".join((*OF_HTML, *selectors(css)))


def boxes(selector: str) -> tuple[str, ...]:
    """The boxes of which one must be checked for a selector to match: a filter hides nothing until a reader sets it."""
    return tuple(_checked.findall(_without_not(selector)))


def usual(*, rare: bool) -> tuple[str, ...]:
    """The selectors of what HTML itself hides, on a page with one of the elements in `RARE` or without."""
    return tuple(each for each in OF_HTML if rare or each not in RARE)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule on a screen; those inside conditions count, those for paper do not."""
    stack: list[str] = []
    start = 0
    for brace in re.finditer(r"[{};]", css):
        text, sign, at = css[start : brace.start()].strip(), brace[0], brace.end()
        if sign == "{":
            before, _, prelude = text.rpartition(";")  # what a rule declares before another one in it
            if before and not any(map(_for_paper, stack)):
                yield _nested(stack), before
            stack.append(prelude.strip())
            start = at
        elif sign == "}":
            prelude = stack.pop() if stack else ""
            if prelude and not prelude.startswith("@") and not any(map(_for_paper, stack)):
                yield _nested([*stack, prelude]), text
            start = at
        elif text.startswith("@") or not stack or stack[-1].startswith("@layer"):
            start = at


def _for_paper(prelude: str) -> bool:
    return prelude.startswith(("@media print", "@page", "@keyframes", "@font-face"))


def _nested(preludes: list[str]) -> str:
    """The whole selector of a nested rule."""
    whole = ""
    for prelude in preludes:
        if not prelude.startswith("@"):
            whole = prelude.replace("&", f":is({whole})") if "&" in prelude else f"{whole} {prelude}".strip()
    return whole


def _parts(prelude: str) -> Iterator[str]:
    """The selectors of a list; a comma inside brackets parts nothing."""
    depth, part = 0, ""
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += sign
    yield part.strip()


def _usable(selector: str) -> str:
    """A selector as the parser's own engine takes it; for one that it cannot take, the classes of its last part.

    What a rule paints before or after an element hides no text of ours, and what it does only under the pointer or at
    the focus is not what a reader meets; what it does away from both is.
    """
    if (
        "::" in selector
        or re.search(r":(?:before|after|first-letter|first-line)\b", selector)
        or _state.search(_without_not(selector))
    ):
        return ""
    selector = _state.sub(_NEVER, selector)
    try:
        turbohtml.parse("").select(selector)
    except ValueError:
        last = re.split(r"[\s>+~]+", selector)[-1]
        return "".join(_classes.findall(last))
    return selector


def _without_not(selector: str) -> str:
    """A selector without what it must not match."""
    kept, depth = "", 0
    for piece in re.split(r"(:not\(|[()])", selector):
        if depth:
            depth += {"(": 1, ":not(": 1, ")": -1}.get(piece, 0)
        elif piece == ":not(":
            depth = 1
        else:
            kept += piece
    return kept
