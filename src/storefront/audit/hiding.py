"""Which declarations hide text: for each property that can, the values that are known to show it.

Whatever else such a property says counts as hiding, since nobody can tell what it does to a label.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from storefront.audit.lengths import measured
from storefront.audit.stylesheet import Declaration, parts

PHONE, DESK = 320, 1280  # pixels: what is too small is so on a phone, and what stands beside the screen on a desk
SMALLEST = 10  # pixels of letters that can be read (U-06)
NARROWEST = 8  # pixels of a box in which a letter fits
LOWEST = 0.6  # letters in the height of a line
OPAQUE = 0.7  # below it, the ground shows through too much
GLOBAL = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
LETTERS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
LETTERS |= {"xxx-large": 48, "smaller": 13, "larger": 19, "math": 16}
_call = re.compile(r"([a-z0-9-]+)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_short = re.compile(r"#([0-9a-f]{3})")
_unit = re.compile(r"\d(?:[a-z]|%)")
_track = re.compile(r"(?<![\w.-])0+(?:\.0*)?(?:fr|px|%|r?em)?(?![\w.%])")
_minmax = re.compile(r"minmax\([^()]*\)")
_hex = re.compile(r"#(?:[0-9a-f]{3}([0-9a-f])|[0-9a-f]{6}([0-9a-f]{2}))(?![0-9a-f])")

NAMES = {"white": "#ffffff", "black": "#000000"}
COLOURS = frozenset({"color", "background", "background-color"})

Hides = Callable[[str], bool]


@lru_cache(maxsize=4096)  # variables bring the same values again and again
def hides(name: str, value: str) -> bool:
    """Whether a property of `HIDE` hides text with a value, in which no variable stands."""
    folded = " ".join(value.lower().split())
    return folded not in GLOBAL and HIDE[name](folded)


ORDER = frozenset({"order", "flex-direction", "flex-flow"})


def reorders(name: str, value: str) -> bool:
    """Whether a declaration puts elements in another order on the screen than in the file."""
    if name == "order":
        return value not in {*GLOBAL, "0"}
    return "reverse" in value


def on_itself(declared: Sequence[Declaration]) -> bool:
    """Whether letters have the colour of the ground that the same rule gives them."""
    colours = {name: _long(value.lower()) for name, value in declared if name in COLOURS}
    ground = colours.get("background-color", colours.get("background"))
    return ground == colours.get("color") not in {None, "inherit"}


def _long(colour: str) -> str:
    """A colour in the form of another way to write it."""
    digits = _short.fullmatch(colour)
    return f"#{''.join(each * 2 for each in digits[1])}" if digits else NAMES.get(colour, colour)


def _but(*shown: str) -> Hides:
    return lambda value: value not in shown


def _any_of(*hidden: str) -> Hides:
    return lambda value: any(each in value for each in hidden)


def _outside(
    value: str, least: float, most: float, screen: int = PHONE, percent: float = 0.01, words: Iterable[str] = ()
) -> bool:
    """Whether one of several lengths lies outside of bounds, or cannot be known."""
    for each in parts(value, " "):
        if each and each not in words:
            found = measured(each, screen, percent)
            if found is None or not least <= found <= most:
                return True
    return False


def _within(least: float, most: float, **how: object) -> Hides:
    return partial(_outside, least=least, most=most, **how)  # type: ignore[arg-type]


def _letters(value: str) -> bool:
    """A size of letters, in pixels or by its name."""
    size = LETTERS[value] if value in LETTERS else measured(value, PHONE, 0.16)
    return size is None or size < SMALLEST


def _font(value: str) -> bool:
    """The shorthand: its first length, which may have a slash behind it, is the size."""
    for each in parts(value, " "):
        size = parts(each, "/")[0]
        is_weight = size.isdigit() and size != "0"
        if size in LETTERS or "(" in size or (not is_weight and measured(size, PHONE, 0.16) is not None):
            return _letters(size)
    return False


def _line(value: str) -> bool:
    """The height of a line: a number of letters, or a length."""
    if value == "normal":
        return False
    found = measured(value, PHONE, 0.16)
    return found is None or found < (SMALLEST if _unit.search(value) else LOWEST)


def _small(value: str) -> bool:
    """A box in which no letter fits."""
    found = measured(value, PHONE, PHONE / 100)
    return found < NARROWEST if found is not None else "(" in value and not value.startswith("fit-content(")


def _turned(value: str) -> bool:
    """A transformation: text may move a little, and grow, and lean."""
    calls = _call.findall(value)
    if value == "none" or not calls or _call.sub("", value).strip():
        return value != "none"
    return any(name not in TURNS or any(TURNS[name](each) for each in parts(given)) for name, given in calls)


def _filtered(value: str) -> bool:
    calls = _call.findall(value)
    if value == "none" or not calls or _call.sub("", value).strip():
        return value != "none"
    return any(name not in FILTERS or FILTERS[name](given.strip() or "1") for name, given in calls)


def _rotated(value: str) -> bool:
    return value != "none" and _outside(value, -45, 45, words=("z",))


def _see_through(value: str) -> bool:
    """A colour that lets the ground through, in a property that has one colour."""
    if value in {"transparent", "canvas"} or (_call.match(value) and "transparent" in value):
        return True
    if found := _hex.match(value):
        return int((found[1] or "") * 2 or found[2] or "ff", 16) < OPAQUE * 255
    called = _call.fullmatch(value)
    if not called:
        return "(" in value
    if called[1] in {"color-mix", "light-dark"}:
        return any(map(_see_through, _colours(called[2])))
    _, slash, alpha = called[2].rpartition("/")
    given = parts(called[2])
    alpha = alpha if slash else given[3] if len(given) == 4 else "1"  # noqa: PLR2004 -- red, green, blue and alpha
    found_alpha = measured(alpha.strip(), PHONE, 0.01) if alpha.strip() != "none" else 0.0
    return found_alpha is None or found_alpha < OPAQUE


def _colours(given: str) -> Iterable[str]:
    return (word for each in parts(given) for word in parts(each, " "))


def _folded_tracks(value: str) -> bool:
    return _track.search(_minmax.sub("", value)) is not None


def _clipped(value: str) -> bool:
    """A part that is cut off, unless it is hardly more than a margin."""
    called = _call.fullmatch(value)
    if called and called[1] == "inset":
        return _outside(called[2].partition("round")[0], -9999, 16, percent=1.6)
    return value not in {"none", "border-box", "padding-box", "margin-box", "content-box"}


LENGTH = {"screen": DESK, "percent": DESK / 100}
AUTO = ("auto", "normal", "fit-content", "min-content", "max-content", "stretch", "none")
OFFSET = _within(-200, DESK - 1, **LENGTH, words=AUTO)
MOVE = _within(-200, 400, screen=DESK, percent=3, words=("none",))  # percents are of the element itself
SCALE = _within(0.75, 99)
TURNS: Mapping[str, Hides] = {
    **dict.fromkeys(("translate", "translatex", "translatey", "translate3d"), MOVE),
    **dict.fromkeys(("scale", "scalex", "scaley", "scale3d"), SCALE),
    **dict.fromkeys(("rotate", "rotatez", "skew", "skewx", "skewy"), _within(-45, 45)),
    "translatez": _within(0, 0),
    "perspective": _within(100, 9999),
}
FILTERS: Mapping[str, Hides] = {
    **dict.fromkeys(("grayscale", "sepia", "saturate"), _within(0, 99)),
    **dict.fromkeys(("brightness", "contrast"), _within(0.75, 1.5)),
    "opacity": _within(OPAQUE, 99),
    "blur": _within(0, 0.5),
    "hue-rotate": _within(-360, 360),
    "drop-shadow": lambda _: False,
}
HIDE: Mapping[str, Hides] = {
    "display": _any_of("none", "table-column"),
    "visibility": _but("visible"),
    "content-visibility": _but("visible", "auto"),
    "opacity": _within(OPAQUE, 99),
    "clip": _but("auto"),
    **dict.fromkeys(("clip-path", "-webkit-clip-path"), _clipped),
    **dict.fromkeys(
        ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "-webkit-mask-box-image"), _but("none")
    ),
    **dict.fromkeys(("filter", "-webkit-filter"), _filtered),
    "mix-blend-mode": _but("normal"),
    **dict.fromkeys(("transform", "-webkit-transform"), _turned),
    "translate": MOVE,
    "scale": _within(0.75, 99, words=("none",)),
    "rotate": _rotated,
    "zoom": _within(0.75, 99, words=("normal", "reset")),
    "offset-path": _but("none"),
    "offset": _but("none"),
    "font-size": _letters,
    "font": _font,
    "font-size-adjust": _within(0.35, 9, words=("none", "from-font", "ex-height", "cap-height")),
    "line-height": _line,
    "text-indent": _within(-64, 400, **LENGTH, words=("hanging", "each-line")),
    "letter-spacing": _within(-3.2, 32, words=("normal",)),
    "word-spacing": _within(-8, 64, words=("normal",)),
    "color": _see_through,
    **dict.fromkeys(("-webkit-text-fill-color", "text-fill-color"), _see_through),
    "-webkit-text-security": _but("none"),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), _any_of("line-through")),
    "unicode-bidi": _any_of("override"),
    "text-overflow": _but("clip"),
    **dict.fromkeys(("-webkit-line-clamp", "line-clamp", "max-lines"), _but("none", "auto")),
    **dict.fromkeys(("left", "top", "right", "bottom", "inset"), OFFSET),
    **dict.fromkeys((f"inset-{axis}{end}" for axis in ("inline", "block") for end in ("", "-start", "-end")), OFFSET),
    **dict.fromkeys(("margin", *(f"margin-{side}" for side in ("left", "top", "right", "bottom"))), OFFSET),
    **dict.fromkeys((f"margin-{axis}{end}" for axis in ("inline", "block") for end in ("", "-start", "-end")), OFFSET),
    **dict.fromkeys(
        (f"{most}{size}" for most in ("", "max-") for size in ("height", "width", "block-size", "inline-size")), _small
    ),
    **dict.fromkeys(("grid-template-rows", "grid-template-columns", "grid-template", "grid"), _folded_tracks),
    "contain": lambda value: not {"strict", "size"}.isdisjoint(value.split()),
    "content": _any_of("("),  # a picture in its place
    "z-index": _within(0, 1e9, words=("auto",)),
}
