"""Faces: a font in a size. What it can write, how wide that is, and the drawing of it.

No shaper is used, whose version would differ from machine to machine: letters are set one after another, with the
kerning of the font's `kern` table. Scripts whose letters join or run from right to left cannot be written so.
"""

import io
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storefront.previews.card import Colour, Font

if TYPE_CHECKING:
    from PIL.Image import Image

LARGE = 52  # below it, text is drawn twice as large and made smaller: its spaces keep fractions of a pixel
KEPT = 4096  # words whose width a face remembers
PROBE = 24
DROPPED = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Me"})  # pictures and signs that shape them
SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
BACKWARDS = frozenset({"R", "AL", "AN"})
# Letters that take another form beside others, or another place.
JOINED = ((0x0900, 0x0DFF), (0x0E31, 0x0E4E), (0x0E80, 0x109F), (0x1780, 0x18AF), (0x1A20, 0x1CFF), (0xA800, 0xABFF))


class Face:
    """A font in a size, in pixels of the card."""

    def __init__(self, font: Font, size: int) -> None:
        self._finer = 1 if size >= LARGE else 2
        self._side = size // 4  # letters may reach out of their box
        self._font = _opened(font, size * self._finer)
        self._up, self._down = (side + side % 2 for side in self._font.getmetrics())
        self._word = lru_cache(maxsize=KEPT)(self._measured)
        self._drawn = lru_cache(maxsize=32)(self._mask)

    def width(self, text: str) -> float:
        """How wide a line is: its words and the spaces between them."""
        words = text.split(" ")
        return sum(map(self._word, words)) + self._word(" ") * (len(words) - 1)

    def _measured(self, text: str) -> float:
        return float(self._font.getlength(text)) / self._finer

    def draw(self, image: "Image", at: tuple[int, int], text: str, colour: Colour) -> None:
        """Draw a line whose baseline begins at a point."""
        mask = self._drawn(text) if self._finer > 1 else self._mask(text)  # small lines recur from card to card
        image.paste(colour, (at[0] - self._side, at[1] - self._up // self._finer), mask)

    def _mask(self, text: str) -> "Image":
        from PIL import Image, ImageDraw

        side = self._side * self._finer
        wide = int(self._measured(text) + 1) * self._finer + 2 * side
        mask = Image.new("L", (wide, self._up + self._down))
        ImageDraw.Draw(mask).text((side, self._up), text, fill=255, font=self._font, anchor="ls")
        return mask if self._finer == 1 else mask.reduce(self._finer)


@lru_cache(maxsize=64)
def face(font: Font, size: int) -> Face:
    """A font in a size, opened once."""
    return Face(font, size)


def _opened(font: Font, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(font.data), size, layout_engine=ImageFont.Layout.BASIC)


def readable(font: Font) -> bool:
    """Whether a file is a font at all."""
    try:
        _opened(font, PROBE)
    except (OSError, ValueError):
        return False
    return True


def written(text: str, *fonts: Font) -> tuple[str, Font] | None:
    """A text as the first of some fonts writes it that has all its letters, and that font; None when none has.

    Emoji and the like fall away. A text of which nothing is left cannot be written.
    """
    text = unicodedata.normalize("NFC", text)
    for font in fonts:
        lacking = {char for char in set(text) if not _stands(font, char)}
        if all(map(_falls_away, lacking)):
            kept = " ".join("".join(char for char in text if char not in lacking).split())
            if kept:
                return kept, font
    return None


def _falls_away(char: str) -> bool:
    return char in SELECTORS or unicodedata.category(char) in DROPPED


@lru_cache(maxsize=20_000)
def _stands(font: Font, char: str) -> bool:
    """Whether a font has a letter, and it stands as it is beside any other."""
    if char.isspace():
        return True
    shapes = unicodedata.category(char) == "Cf"  # such as a soft hyphen, which some fonts have as a plain one
    backwards = unicodedata.bidirectional(char) in BACKWARDS
    return not shapes and not backwards and not any(a <= ord(char) <= b for a, b in JOINED) and _has(font, char)


def _has(font: Font, char: str) -> bool:
    """Whether a font has a letter: it does not draw it as it draws what it lacks."""
    return _shape(font, char) != _lacking(font)


@lru_cache(maxsize=8)
def _lacking(font: Font) -> tuple[tuple[int, int], bytes]:
    """What a font draws for a letter that it lacks."""
    return _shape(font, "\uffff")


def _shape(font: Font, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _probe(font).getmask(char, mode="1")
    return mask.size, bytes(mask)


@lru_cache(maxsize=8)
def _probe(font: Font) -> Any:
    return _opened(font, PROBE)
