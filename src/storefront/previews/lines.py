"""Lines: breaking a text so that it fits, evenly, and cutting it where it does not. Pure, given how wide a text is."""

import re
from collections.abc import Callable

Width = Callable[[str], float]
ELLIPSIS = "…"
LEAST = 0.6  # of the widest line is what the first must be
STEPS = 5  # halvings of the width in the search for even lines
# The space between a number and the short word or sign that it counts in, or the rest of its digits: 24 cm, 5 000 mAh.
UNIT = re.compile(r"(?<=\d) (?=[^\W\d]{1,4}(?!\w)|\d{3}(?!\w)|[°%€$£])")
TIE = "\u00a0"


def broken(text: str, width: Width, room: float, most: int) -> tuple[list[str], bool]:
    """A text in at most `most` lines no wider than `room`, and whether all of it stands there."""
    lines = _filled(text, width, room)
    if len(lines) > most:
        return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, room)], False
    return _even(text, width, room, lines), True


def unbroken(text: str, width: Width, room: float) -> bool:
    """Whether every word fits into a line, or is broken after hyphens alone."""
    return all(width(part) <= room for word in _words(text) for part in word.replace("-", "-\n").split("\n"))


def _words(text: str) -> list[str]:
    """The words of a text, a number with its unit as one."""
    return [word.replace(TIE, " ") for word in UNIT.sub(TIE, " ".join(text.split())).split(" ")]


def _filled(text: str, width: Width, room: float) -> list[str]:
    """Each line as full as can be. A word wider than a line is broken anywhere."""
    lines: list[str] = []
    line = ""
    words = (part for word in _words(text) for part in ([word] if width(word) <= room else word.split()))
    for word in words:
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, room)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, width: Width, room: float) -> list[str]:
    """A word in pieces that fit: after a hyphen where there is one, else anywhere."""
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char) > room:
            head, hyphen, tail = pieces[-1].rpartition("-")
            pieces[-1:] = [head + hyphen, tail] if hyphen and width(tail + char) <= room else [pieces[-1], ""]
        pieces[-1] += char
    return pieces


def _even(text: str, width: Width, room: float, lines: list[str]) -> list[str]:
    """The same number of lines, the widest of them as narrow as a short search finds."""
    low, high = room / 2, room
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = _filled(text, width, middle)
        fits = len(tried) == len(lines) and unbroken(text, width, middle)
        if fits and width(tried[0]) >= LEAST * middle:
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _cut(text: str, width: Width, room: float) -> str:
    """The beginning of a text, after a whole word where there is one, and an ellipsis."""
    words = _words(text)
    while len(words) > 1 and width(" ".join(words) + ELLIPSIS) > room:
        words.pop()
    head = " ".join(words)
    while head and width(head + ELLIPSIS) > room:
        head = head.rpartition(" ")[0] or head[:-1]
    return head.rstrip(" ,;:.–—-(") + ELLIPSIS
