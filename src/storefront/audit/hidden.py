"""What a theme hides: selectors of elements that nobody sees, HTML's own and those of the stylesheet.

A stylesheet is read for rules that hide, whatever other rule may show the element again: a label that is
hidden on some screens is hidden. What is hidden on paper alone is not.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import turbohtml

from storefront.audit import hiding, stylesheet
from storefront.audit.stylesheet import Declaration

# Closed details, dialogs and popovers want a step of the reader (U-04); struck text says the contrary, and text that
# runs backwards nothing; the others are never text on a page, or nobody can tell how large they stand there.
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
    "meter",
    "progress",
    "head",
    "svg",
    "math",
    "s",
    "del",
    "strike",
    "bdo",
    "marquee",
    "font",
    "rt",
    "rp",
    "noembed",
    "noframes",
    "small small",
    "details:not([open]) > :not(summary)",
    "details:not([open]) > summary ~ summary",
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
    "meter": "meter",
    "progress": "progress",
    "math": "math",
    "del": "del",
    "strike": "strike",
    "bdo": "bdo",
    "marquee": "marquee",
    "font": "font",
    "rt": "rt",
    "rp": "rp",
    "noembed": "noembed",
    "noframes": "noframes",
    "small small": "small",
    "details:not([open]) > :not(summary)": "details",
    "details:not([open]) > summary ~ summary": "details",
    "dialog:not([open])": "dialog",
}
_state = re.compile(
    r"(?<!\\):(?:hover|focus-visible|focus-within|focus|active|visited|target|fullscreen)\b|:dir\([^)]*\)"
)
_NEVER = ":not(*)"
_always = re.compile(r":(?:defined|valid|user-valid)\b")
_checked = re.compile(r"[\w#.-]*:checked\b")
_own = re.compile(r"::?(?:first-letter|first-line)\b|::details-content\b")  # parts of an element's own text
_painted = re.compile(r"::?(?:before|after)\b")
_unreal = re.compile(r"(?<!\\)(?:::|:(?:before|after)\b)")
_words = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_last = re.compile(r"[\s>+~]+")
LABELS = turbohtml.parse(
    '<aside class="statement"><p><b class="statement__label">x</b></p></aside><p class="review__disclosure">x</p>'
    '<span class="shop"><span class="badges"><span class="badge">x</span></span></span><span class="promo">x</span>'
)
_pseudo = re.compile(r"(?<![:\\]):[\w-]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?")
_namespace = re.compile(r"(?:[\w-]+|\*)?\|(?!=)")
_lists = re.compile(r"(:[\w-]+\(|[()])")
_variable = re.compile(r"var\(\s*(--[^\s,)]+)")
NESTED = 8  # variables in variables


class Sheet:
    """What a stylesheet says of hiding.

    `selectors` are those of all that it hides on a screen, in order, each once. `asked` are the variables that decide
    whether something is hidden, `reordered` are the selectors of what stands elsewhere on the screen than in the file,
    or has such things in it, `steps` the animations on whose way it is. `painted` are the words that stand in the
    stylesheet and nowhere on a page, `relabels` those of them that it puts into labels.
    """

    def __init__(self, css: str) -> None:
        marked = tuple(stylesheet.marks(css))
        rules = tuple(stylesheet.rules(marked))
        self.variables: dict[str, dict[str, None]] = {}
        for selectors, declared in rules:
            for name, value in declared:
                registered = selectors[0].partition("@property")[2].strip() if name == "initial-value" else ""
                if name.startswith("--") or registered:
                    self.variables.setdefault(registered or name, {})[value] = None
        self.asked: set[str] = set()
        self.steps: set[str] = set()
        found: dict[str, None] = {}
        for selectors, declared in sorted(rules, key=lambda rule: not rule.selectors[0].startswith("@")):
            if self.hide(declared):
                if selectors[0].startswith("@"):
                    self.steps.add(selectors[0].split()[-1])
                else:
                    found |= dict.fromkeys(filter(None, map(_usable, selectors)))
        self.selectors = tuple(found)
        moved = (each for selectors, declared in rules if self._reorder(declared) for each in selectors)
        self.reordered = tuple(dict.fromkeys(filter(None, map(_usable, moved))))
        self.imports = stylesheet.imports(marked)
        said = [(each, self.words(rule.declared)) for rule in rules for each in rule.selectors if _painted.search(each)]
        self.painted = tuple(dict.fromkeys(words for _, words in said if words))
        self.relabels = tuple(dict.fromkeys(words for each, words in said if words and _in_label(each)))
        self.in_style = lru_cache(maxsize=4096)(self._in_style)

    def hide(self, declared: Sequence[Declaration]) -> bool:
        """Whether declarations hide what they are for, with one of the values that their variables may have."""
        return hiding.on_itself(declared) or any(map(self._hides, declared))

    def _reorder(self, declared: Sequence[Declaration]) -> bool:
        return any(
            hiding.reorders(name, known.lower())
            for name, value in declared
            if name in hiding.ORDER
            for known in self.values(value, 0)
        )

    def words(self, declared: Sequence[Declaration]) -> str:
        """What is painted before or after an element, as far as it is words."""
        content = [value for each in declared if each.name == "content" for value in self.values(each.value, 0)]
        texts = (first or second for value in content for first, second in _words.findall(value))
        return " ".join(text for text in texts if any(map(str.isalpha, text)))

    def _hides(self, each: Declaration) -> bool:
        name, value = each
        if name in hiding.HIDE:
            return any(hiding.hides(name, known) for known in self.values(value, 0))
        if name.endswith(("animation", "animation-name")):
            return any(not self.steps.isdisjoint(re.split(r"[\s,]+", known)) for known in self.values(value, 0))
        return False

    def values(self, value: str, depth: int) -> Iterator[str]:
        """All that a value may come to, wherever its variables are set; nothing where one of them is nowhere."""
        found = _variable.search(value)
        if found is None:
            yield value
        elif depth < NESTED:
            self.asked.add(found[1])
            end = _end(value, found.start() + len("var("))
            known = list(self.variables.get(found[1], ()))
            if value[found.end() : end].lstrip().startswith(","):
                known.append(value[found.end() : end].lstrip()[1:])
            for each in known:
                yield from self.values(value[: found.start()] + each.strip() + value[end + 1 :], depth + 1)

    def _in_style(self, text: str) -> bool:
        """Whether the `style` of an element hides it, or sets a variable that decides it."""
        declared = tuple(stylesheet.declarations(text))
        return any(name in self.asked for name, _ in declared) or self.hide(declared)


@lru_cache(maxsize=4)  # a build asks several times for one stylesheet
def sheet(css: str) -> Sheet:
    """What a stylesheet says of hiding."""
    return Sheet(css)


def boxes(selector: str) -> tuple[str, ...]:
    """The boxes of which one must be checked for a selector to match: a filter hides nothing until a reader sets it."""
    return tuple(_checked.findall(_surely(selector)))


def usual(*, rare: bool) -> tuple[str, ...]:
    """The selectors of what HTML itself hides, on a page with one of the elements in `RARE` or without."""
    return tuple(each for each in OF_HTML if rare or each not in RARE)


def _end(value: str, start: int) -> int:
    """Where the bracket closes that is open at a place."""
    depth = 1
    for at in range(start, len(value)):
        depth += {"(": 1, ")": -1}.get(value[at], 0)
        if depth == 0:
            return at
    return len(value)


def _usable(selector: str) -> str:
    """A selector as the parser's own engine takes it; one that matches more, where it cannot take it.

    What a rule paints before or after an element hides no text of ours, and what it does only under the pointer or at
    the focus is not what a reader meets; what it does away from both is.
    """
    selector = _own.sub("", selector)
    surely = _surely(selector)
    if _unreal.search(surely) or _state.search(surely):
        return ""
    selector = _always.sub("", _state.sub(_NEVER, selector)).replace(":scope", ":root") or "*"
    for each in (selector, _namespace.sub("", _pseudo.sub("", selector))):
        try:
            turbohtml.parse("").select(each)
        except ValueError:
            continue
        return each
    return ""


def _in_label(selector: str) -> bool:
    """Whether what is painted stands in an element that the shipped markup of labels has, in whatever place."""
    return any(LABELS.select(each) for each in [_usable(_painted.sub("", _last.split(selector)[-1]))] if each)


def _surely(selector: str) -> str:
    """A selector without what it must not match, and without what it need not: a list offers several ways."""
    pieces = _lists.split(selector)
    kept, at = "", 0
    while at < len(pieces):
        piece, at = pieces[at], at + 1
        if not (piece.startswith(":") and piece.endswith("(")):
            kept += piece
            continue
        inner, depth = "", 1
        while at < len(pieces) and depth:
            depth += {"(": 1, ")": -1}.get(pieces[at][-1:], 0) if _lists.fullmatch(pieces[at]) else 0
            inner += pieces[at] if depth else ""
            at += 1
        if piece != ":not(" and not piece.startswith(":nth-") and len(stylesheet.parts(inner)) == 1:
            kept += f"{piece}{_surely(inner)})"
    return kept
