"""Drawing a card: what stands where, and the picture of it as JPEG."""

import io
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storefront.previews.card import HEIGHT, WIDTH, Card, Colour, Font, Look
from storefront.previews.faces import face, written
from storefront.previews.lines import broken, unbroken

if TYPE_CHECKING:
    from PIL.Image import Image

# q75 with halved colours: 30 to 50 KB with a photograph; finer colours add a fifth and nobody sees them.
JPEG = {"quality": 75, "optimize": True, "subsampling": "4:2:0"}
MARGIN = 64
PICTURE = 504  # the width of the picture: 4:5, as products and portraits are
INSET = 48
BASE, RULE = HEIGHT - 50, HEIGHT - 98  # the baseline at the foot, and the line above it
GAP = 24  # between the block in the middle and what is above and below
# Sizes of titles, and how many lines may be of each. The last one is for what has to be cut.
TITLES = ((112, 1), (92, 2), (78, 3), (66, 3), (56, 4), (48, 4), (42, 4), (56, 2))
WIDE_TITLES = ((152, 1), (112, 2), (96, 3), (80, 3), (66, 4), (56, 4), (48, 4), (66, 3))
NAMES = (152, 132, 116, 102, 88, 76, 64)
ABOVE = 0.76  # from the baseline to the top of capitals and what may stand on them, in sizes
TEXT, SMALL, LABEL = 36, 27, 29
STAR, STARS = 34, 72  # the height of stars, and of their row with what is free above it
NEARLY = 0.9  # of the size that is needed is enough to decode: a picture made larger by so little stays sharp
FINER = 4  # shapes are drawn so many times as large


Rows = list[tuple[str, Font]]


class Line(NamedTuple):
    """A line of a block: its text, font, size and colour, and how far its baseline is below the one before."""

    text: str
    font: Font
    size: int
    colour: Colour
    drop: float


def draw(card: Card, look: Look, picture: bytes | None) -> bytes:
    """The JPEG of a card; `picture` is what is in the file that `card.picture` names."""
    from PIL import Image

    image = Image.new("RGB", (WIDTH, HEIGHT), look.colours.ground)
    room = WIDTH - 2 * MARGIN
    if picture is not None:
        room = WIDTH - PICTURE - MARGIN - 52
        _place(image, picture, card.focus, look)
    else:
        image.paste(look.colours.accent, (0, 0, 20, HEIGHT))
    _frame(image, card, look, room)
    out = io.BytesIO()
    image.save(out, "JPEG", **JPEG)
    return out.getvalue()


def _place(image: "Image", picture: bytes, focus: tuple[float, float], look: Look) -> None:
    """The picture at the end of the card, over its whole height or set in."""
    inset = 0 if look.bleed else INSET
    size = (PICTURE - inset, HEIGHT - 2 * inset)
    shown = _cropped(picture, size, focus)
    mask = _rounded(size, look.radius) if look.radius else None
    image.paste(shown, (WIDTH - PICTURE, inset), mask)


def _cropped(picture: bytes, size: tuple[int, int], focus: tuple[float, float]) -> "Image":
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        scale = max(size[0] / opened.width, size[1] / opened.height)
        scale *= NEARLY
        opened.draft("RGB", (math.ceil(opened.width * scale), math.ceil(opened.height * scale)))
        opened.load()
        image = opened.convert("RGB")
    scale = max(size[0] / image.width, size[1] / image.height)
    wide, high = min(size[0] / scale, image.width), min(size[1] / scale, image.height)
    left = min(max(focus[0] * image.width - wide / 2, 0), image.width - wide)
    top = min(max(focus[1] * image.height - high / 2, 0), image.height - high)
    edges = (left, top, min(left + wide, image.width), min(top + high, image.height))
    return image.resize(size, Image.Resampling.BICUBIC, edges)


@lru_cache(maxsize=8)
def _rounded(size: tuple[int, int], radius: int) -> "Image":
    from PIL import Image, ImageDraw

    mask = Image.new("L", (size[0] * FINER, size[1] * FINER))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius * FINER, fill=255)
    return mask.reduce(FINER)


def _frame(image: "Image", card: Card, look: Look, room: int) -> None:
    """The text: the label at the top, the title with what goes with it in the middle, the site at the foot."""
    top = _label(image, card.label, look, room) + GAP if card.label else MARGIN
    foot = _foot(image, card.site, look, room) - GAP if card.site else HEIGHT - MARGIN
    stars = STARS if card.stars is not None else 0
    lines = _fitting(card, look, room, foot - top - stars)
    y = top + max(0.0, foot - top - stars - _height(lines)) / 2
    for number, line in enumerate(lines):
        y += line.drop if number else line.size * ABOVE
        face(line.font, line.size).draw(image, (MARGIN, round(y)), line.text, line.colour)
    if card.stars is not None:
        _stars(image, card, look, round(y) + STARS - STAR, room)


def _fitting(card: Card, look: Look, room: int, high: float) -> list[Line]:
    """Kicker, title and text in the largest size in which they fit. The text goes before the title is cut."""
    title = written(card.title, look.fonts.title, look.fonts.spare)
    assert title is not None, "a card without a title is not drawn"  # noqa: S101
    above, below = _kicker(card, look, room), _below(card, look, room)
    sizes = [*_titles(card, title, look, room)]
    lines: list[Line] = []
    for after, cut in ((below, False), ([], False), ([], True)):
        for size, rows, whole in sizes:
            lines = [*above, *_set(size, rows, card, look, first=not above), *after]
            if _height(lines) <= high and (whole or cut):
                return lines
    return lines


def _set(size: int, rows: Rows, card: Card, look: Look, *, first: bool) -> Iterator[Line]:
    """The lines of a title."""
    drop = 0.0 if first else size * ABOVE + 22
    for text, font in rows:
        yield Line(text, font, size, look.colours.ink, drop)
        drop = size * (0.94 if card.named else 1.04)


def _height(lines: list[Line]) -> float:
    """From the top of the first line's letters to just below the last one's."""
    return lines[0].size * ABOVE + sum(line.drop for line in lines[1:]) + lines[-1].size * 0.2


def _titles(card: Card, title: tuple[str, Font], look: Look, room: int) -> Iterator[tuple[int, Rows, bool]]:
    """The sizes in which a title fits the width, from large to small, its lines, and whether all of it is there."""
    text, font = title
    if card.named:
        yield from _names(text, font, look, room)
    sizes = TITLES if card.picture else WIDE_TITLES
    for size, most in sizes:
        measure = face(font, size).width
        lines, whole = broken(text, measure, room, most)
        if (whole and unbroken(text, measure, room)) or (size, most) == sizes[-1]:
            yield size, [(line, font) for line in lines], whole


def _names(text: str, font: Font, look: Look, room: int) -> Iterator[tuple[int, Rows, bool]]:
    """The sizes in which a name fits with its first word on a line of its own."""
    first, _, rest = text.partition(" ")
    other = written(rest, look.fonts.rest) if font is look.fonts.title else (rest, font)
    if rest and not other:
        return
    rows = [(first, font), *([other] if rest and other else [])]
    for size in NAMES:
        if all(face(each, size).width(line) <= room for line, each in rows):
            yield size, rows, True


def _kicker(card: Card, look: Look, room: int) -> list[Line]:
    said = written(card.kicker, look.fonts.text, look.fonts.spare)
    if said is None:
        return []
    [line], _ = broken(said[0], face(said[1], TEXT).width, room, 1)
    return [Line(line, said[1], TEXT, look.colours.quiet, 0)]


def _below(card: Card, look: Look, room: int) -> list[Line]:
    """What is said below the title."""
    said = written(card.text, look.fonts.text, look.fonts.spare)
    if said is None:
        return []
    texts, _ = broken(said[0], face(said[1], TEXT).width, room, 2)
    drops = (TEXT + 26, TEXT * 1.18)
    return [Line(line, said[1], TEXT, look.colours.quiet, drops[number]) for number, line in enumerate(texts)]


def _foot(image: "Image", site: str, look: Look, room: int) -> int:
    """The site's name below a line. Gives where the line is."""
    said = written(site, look.fonts.small, look.fonts.spare)
    if said is None:
        return HEIGHT - MARGIN
    small = face(said[1], SMALL)
    [line], _ = broken(said[0], small.width, room, 1)
    image.paste(look.colours.line, (MARGIN, RULE, MARGIN + room, RULE + 2))
    small.draw(image, (MARGIN, BASE), line, look.colours.ink)
    return RULE


def _label(image: "Image", label: str, look: Look, room: int) -> int:
    """The disclosure, as on pages: a box. Gives where it ends."""
    said = written(label, look.fonts.small, look.fonts.spare)
    if said is None:
        return MARGIN
    small = face(said[1], LABEL)
    [line], _ = broken(said[0], small.width, room - 36, 1)
    right, bottom = MARGIN + round(small.width(line)) + 36, MARGIN + 44
    image.paste(look.colours.label, (MARGIN, MARGIN - 8, right, bottom))
    small.draw(image, (MARGIN + 18, MARGIN + 28), line, look.colours.label_ink)
    return bottom


def _stars(image: "Image", card: Card, look: Look, top: int, room: int) -> None:
    """Five stars, as many filled as the rating says, and its words."""
    row = _row()
    filled = round((card.stars or 0) / 50 * row.width)
    image.paste(look.colours.star_off, (MARGIN, top), row)
    image.paste(look.colours.star, (MARGIN, top), row.crop((0, 0, filled, row.height)))
    if said := written(card.rating, look.fonts.small, look.fonts.spare):
        small = face(said[1], SMALL)
        left = MARGIN + row.width + 18
        [line], whole = broken(said[0], small.width, MARGIN + room - left, 1)
        if whole:
            small.draw(image, (left, top + STAR - 9), line, look.colours.ink)


@lru_cache(maxsize=1)
def _row() -> "Image":
    """The shape of five stars in a row."""
    from PIL import Image, ImageDraw

    side, gap = STAR * FINER, 6 * FINER
    mask = Image.new("L", (5 * side + 4 * gap, side))
    pen = ImageDraw.Draw(mask)
    for star in range(5):
        middle, radius = star * (side + gap) + side / 2, side / 2
        points = []
        for corner in range(10):
            reach = radius if corner % 2 == 0 else radius * 0.42
            angle = math.pi * (corner / 5 - 0.5)
            points.append((middle + reach * math.cos(angle), side * 0.53 + reach * math.sin(angle)))
        pen.polygon(points, fill=255)
    return mask.reduce(FINER)
