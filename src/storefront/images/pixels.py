"""Pixels: eight bits of sRGB from whatever a source holds."""

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from storefront.images.sources import Unusable

if TYPE_CHECKING:
    from PIL.Image import Image

PROFILED = frozenset({"RGB", "RGBA", "CMYK", "L"})
OPAQUE = 255
FITS = {"RGB ": {"RGB", "RGBA"}, "CMYK": {"CMYK"}, "GRAY": {"L"}}


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
    lowest, _ = image.getchannel("A").getextrema()
    return bool(lowest < OPAQUE)  # type: ignore[operator]


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
