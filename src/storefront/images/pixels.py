"""Pixels: eight bits of sRGB from whatever a source holds."""

import io
from collections.abc import Iterator
from functools import cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from storefront.images.sources import Unusable

if TYPE_CHECKING:
    from PIL.Image import Image

PROFILED = frozenset({"RGB", "RGBA", "CMYK", "L"})
OPAQUE = 255
FITS = {"RGB ": {"RGB", "RGBA"}, "CMYK": {"CMYK"}, "GRAY": {"L"}}
# What is transparent is multiplied out before it is averaged and back after it, which takes two more pictures of the
# same size. In strips of this many pixels 40 million of them with alpha take 260 MB at most, and 540 in one piece.
STRIP = 1_000_000
LOBES = 3  # Lanczos looks at so many pixels of the smaller picture to each side
Edges = tuple[float, float, float, float]


def plain(image: "Image") -> "Image":
    """An image whose pixels can be averaged: no palette, no single bits, no more than eight bits."""
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value / 256).convert("L")  # a clear shade of grey stays opaque
    if image.mode in {"P", "1", "PA", "LA"} or "transparency" in image.info:
        image = image.convert("RGBA" if _has_alpha(image) else "RGB")
    return image


def _has_alpha(image: "Image") -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def seen_through(image: "Image") -> bool:
    """Whether any pixel of a plain image lets its ground shine through."""
    if image.mode != "RGBA":
        return False
    lowest, _ = image.getextrema()[3]  # type: ignore[misc]
    return bool(lowest < OPAQUE)


def strips(image: "Image", times: int = 1) -> "Iterator[Image]":
    """An image as `plain` ones from top to bottom, the height of all but the last a multiple of `times`."""
    high = max(1, STRIP // image.width // times) * times
    for top in range(0, image.height, high):
        yield plain(image.crop((0, top, image.width, min(top + high, image.height))))


def reduced(image: "Image", times: int) -> "Image":
    """A plain image, each pixel of it the mean of `times` × `times`."""
    size = (-(-image.width // times), -(-image.height // times))
    return _stacked((strip.reduce(times) for strip in strips(image, times)), size)


def resized(image: "Image", size: tuple[int, int], edges: Edges | None = None) -> "Image":
    """The part of an image within `edges` (left, top, right, bottom) as a plain one of a size, by Lanczos's filter."""
    return _stacked(_rows(image, size, edges or (0, 0, *image.size)), size)


def _rows(image: "Image", size: tuple[int, int], edges: Edges) -> "Iterator[Image]":
    """The strips of a resized image: each sees as much of its neighbours as the filter looks at."""
    from PIL import Image

    left, top, right, bottom = edges
    scale = (bottom - top) / size[1]
    around = ceil(LOBES * max(scale, 1)) + 1
    high = max(1, floor(STRIP / image.width / scale))
    for first in range(0, size[1], high):
        rows = min(high, size[1] - first)
        above, below = top + first * scale, top + (first + rows) * scale
        start = max(0, floor(above) - around)
        strip = plain(image.crop((0, start, image.width, min(image.height, ceil(below) + around))))
        box = (left, above - start, right, min(below - start, strip.height))
        yield strip.resize((size[0], rows), Image.Resampling.LANCZOS, box=box)


def _stacked(strips: "Iterator[Image]", size: tuple[int, int]) -> "Image":
    from PIL import Image

    strip = next(strips)
    if strip.size == size:
        return strip
    whole, top = Image.new(strip.mode, size), 0
    while strip is not None:
        whole.paste(strip, (0, top))
        top += strip.height
        strip = next(strips, None)  # type: ignore[assignment]
    return whole


def in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Eight bits of sRGB, with alpha where the image has it. Raises `Unusable` for a profile that cannot be read."""
    image = plain(image)
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode in PROFILED:
        image = _converted(image, profile, wanted)
    return image if image.mode == wanted else image.convert(wanted)


def _converted(image: "Image", profile: bytes, wanted: str) -> "Image":
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space
        if image.mode not in FITS.get(space, ()):
            if space == "GRAY" or image.mode == "L":  # some programs leave the profile of the colours that were there
                return image
            raise Unusable(f"its colour profile is for {space.strip()} and its pixels are {image.mode}", RESAVE)
        return ImageCms.profileToProfile(image, source, _srgb(), outputMode=wanted) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        raise Unusable("its colour profile is damaged", RESAVE) from None


RESAVE = "Export it again, as sRGB or without a colour profile."


@cache
def _srgb() -> Any:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")


def on_white(image: "Image") -> "Image":
    """An image that nothing can be seen through."""
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
