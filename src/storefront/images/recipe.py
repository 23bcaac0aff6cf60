"""Recipes: which files a source becomes, how they are cut, and what they are called."""

import math
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from storefront import digests, slugs
from storefront.images.sources import Source

SHARE_WIDTH = 1200  # what link previews ask for
FALLBACK_WIDTH = 640  # for what knows neither AVIF nor WebP: mail programs, old browsers and readers of feeds
# Measured on six of the demo's photographs, 320 and 640 pixels wide: mean ms and bytes of a file at equal likeness
# (SSIM of luma .985 and .99):
#   tuned for SSIM, square partitions only: speed 4 163 ms, 4,340 and 5,715; speed 5 92 ms, 4,468 and 5,856
#   rectangles too, but no uneven ones, and the filter against ringing (CDEF): speed 5 150 ms, 3,990 and 5,300 (without
#   CDEF); speed 6 without 61 ms, 4,433 and 5,853; with it, as below, 65 ms, 4,250 and 5,690
#   WebP: methods 4 and 6 give the same within a hundredth, 4 in two thirds of the time
# By SSIMULACRA 2, which sees colour as well, the last of them is what the first are at equal bytes: 78.0 at 8.3 KB
# (480 pixels wide), against 78.1.
AVIF = {
    "quality": 39,
    "speed": 6,
    "max_threads": 1,  # tiles, and so the bytes, would depend on the threads
    "subsampling": "4:2:0",
    "advanced": {
        "tune": "ssim",
        "deltaq-mode": "2",
        "enable-cdef": "1",
        "enable-ab-partitions": "0",
        "enable-1to4-partitions": "0",
        "enable-filter-intra": "0",
        "enable-palette": "0",
    },
}
WEBP = {"quality": 77, "method": 4}
JPEG = {"quality": 78, "progressive": True, "optimize": True}
PNG = {"optimize": True}
SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", AVIF),
    "webp": ("WEBP", WEBP),
    "jpg": ("JPEG", JPEG),
    "png": ("PNG", PNG),
}
RECIPE = 4  # counts up when the bytes made of the same source change by our doing
SAME = 0.01  # a picture whose shape is off by less than this is not cut

Box = tuple[int, int, int, int]
Focus = tuple[float, float]
Size = tuple[int, int]


class Slot(Struct, frozen=True):
    """What a layout asks for in one kind of place: widths in pixels, and width and height of the shape, if any."""

    widths: tuple[int, ...]
    shape: tuple[int, int] | None = None


class File(Struct, frozen=True):
    """One file under media/."""

    name: str
    width: int
    height: int


class Cut(Struct, frozen=True):
    """A part of a source, upright, and all files that are made of it. Without `box` it is the whole.

    `source` is the path of a file, `digest` that of its bytes; `clear` says that something can be seen through it.
    """

    source: str
    digest: str
    box: Box | None
    clear: bool
    files: tuple[File, ...]

    @property
    def names(self) -> list[str]:
        """The files that are made of it."""
        return [file.name for file in self.files]


class Shown(Struct, frozen=True):
    """How a picture stands in one slot: `name` before the width and ending of each file, and the sizes there are.

    `fallback` is the JPEG or PNG. `part` says which part of the source is left, left edge, top, width and height as
    fractions of it; `focus` is the point that should stay in view, as fractions of what is left.
    """

    name: str
    sizes: tuple[Size, ...]
    fallback: str
    part: tuple[float, float, float, float]
    focus: Focus | None


class Picture(Struct, frozen=True):
    """All that becomes of a source: its cuts, how it stands in each slot by the slot's name, and its link preview."""

    cuts: tuple[Cut, ...]
    slots: Mapping[str, Shown]
    share: File

    @property
    def names(self) -> list[str]:
        """All files made of it."""
        return [name for cut in self.cuts for name in cut.names]


def plan(file: str, source: Source, slots: Mapping[str, Slot], focus: Focus | None = None) -> Picture:
    """What a source at a path becomes for the slots that show it."""
    boxes: dict[Box | None, dict[str, Slot]] = {None: {}}
    for name, slot in slots.items():
        boxes.setdefault(_box(source, slot.shape, focus), {})[name] = slot
    cuts, shown = [], {}
    share = None
    for box, these in boxes.items():
        cut, sizes, stem = _cut(file, source, box, these.values())
        cuts.append(cut)
        if box is None:
            share = cut.files[0]
        fallback = next((each.name for each in cut.files if each.name.endswith((".jpg", ".png"))), "")
        if box is None and these:
            fallback = cut.files[1].name
        for name, slot in these.items():
            wanted = tuple(size for size in sizes if size[0] in _widths(sizes[-1][0], slot.widths))
            shown[name] = Shown(stem, wanted, fallback, _part(source, box), _focus_in(source, box, focus))
    assert share is not None  # noqa: S101
    return Picture(tuple(cuts), shown, share)


def _cut(file: str, source: Source, box: Box | None, slots: Iterable[Slot]) -> tuple[Cut, tuple[Size, ...], str]:
    """A cut, the sizes of it that pages show, and what its files' names begin with. The whole has a link preview."""
    width, height = (box[2] - box[0], box[3] - box[1]) if box else (source.width, source.height)
    wanted = sorted({w for slot in slots for w in _widths(width, slot.widths)})
    sizes = tuple((w, _scaled(height, w, width)) for w in wanted)
    stem = slugs.slug(os.path.splitext(os.path.basename(file))[0])[:40] or "picture"
    made = (source.digest, box, source.clear, sizes, SETTINGS, RECIPE, SHARE_WIDTH, FALLBACK_WIDTH, encoders())
    stem = f"{stem}.{digests.of_value(made, 6)}"
    files = []
    if box is None:
        share = min(width, SHARE_WIDTH)
        files.append(File(f"{stem}-share.jpg", share, _scaled(height, share, width)))
    if sizes:
        fallback = next((size for size in sizes if size[0] >= FALLBACK_WIDTH), sizes[-1])
        files.append(File(f"{stem}-{fallback[0]}.{'png' if source.clear else 'jpg'}", *fallback))
        files += [File(f"{stem}-{w}.{kind}", w, h) for kind in ("avif", "webp") for w, h in sizes]
    return Cut(file, source.digest, box, source.clear, tuple(files)), sizes, stem


def _widths(width: int, wanted: Iterable[int]) -> list[int]:
    """Widths that are not larger than the picture; its own is one of them unless the largest wanted is smaller."""
    wanted = sorted(wanted)
    found = [w for w in wanted if w < width]
    return found if found and width > wanted[-1] else [*found, width]


def _scaled(height: int, to: int, width: int) -> int:
    return max(1, round(height * to / width))


def _box(source: Source, shape: tuple[int, int] | None, focus: Focus | None) -> Box | None:
    """The largest part of a shape with the focal point as near to its middle as the picture's edges allow."""
    width, height = source.width, source.height
    if shape is None or math.isclose(width / height, shape[0] / shape[1], rel_tol=SAME):
        return None
    x, y = focus or (0.5, 0.5)
    if width * shape[1] > height * shape[0]:
        across, down = max(1, round(height * shape[0] / shape[1])), height
    else:
        across, down = width, max(1, round(width * shape[1] / shape[0]))
    left = min(max(round(x * width - across / 2), 0), width - across)
    top = min(max(round(y * height - down / 2), 0), height - down)
    return (left, top, left + across, top + down)


def _part(source: Source, box: Box | None) -> tuple[float, float, float, float]:
    if box is None:
        return (0.0, 0.0, 1.0, 1.0)
    left, top, right, bottom = box
    return (
        left / source.width,
        top / source.height,
        (right - left) / source.width,
        (bottom - top) / source.height,
    )


def _focus_in(source: Source, box: Box | None, focus: Focus | None) -> Focus | None:
    """The focal point as fractions of a cut."""
    if focus is None or box is None:
        return focus
    left, top, right, bottom = box
    x = (focus[0] * source.width - left) / (right - left)
    y = (focus[1] * source.height - top) / (bottom - top)
    return (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


@lru_cache(maxsize=1)
def encoders() -> tuple[str, ...]:
    """The versions of what decodes and encodes: other versions may make other bytes."""
    from PIL import _avif, features

    names = ("avif", "webp", "jpg", "libjpeg_turbo", "littlecms2", "zlib")
    return (*(str(features.version(name)) for name in names), _avif.codec_versions())
