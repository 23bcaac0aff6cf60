"""Looking at a source once: it is decoded whole, so that all damage is known before any page is made."""

import io
import re

from storefront import digests
from storefront.images import pixels, sources
from storefront.images.sources import Source, Unusable

TINY = 24  # pixels on a side of what the mean colour is taken from
# What makes a program, a page or an archive of a file that is a picture as well.
_PROGRAM = re.compile(rb"<script[\s>/]|<html[\s>]|<iframe\s|<\?php|%PDF-\d|javascript:", re.IGNORECASE).search


def examine(data: bytes) -> Source:
    """What a picture is, after decoding all of it once. Raises `Unusable`."""
    import zipfile

    from PIL import ImageStat

    with sources.opened(data) as image:
        if _PROGRAM(data) or zipfile.is_zipfile(io.BytesIO(data)):
            message = "the file is a picture and something else at once: it holds a program, a page or an archive"
            raise Unusable(message, "Open it in an image editor and export it again.")
        kind, size = image.format or "", image.size
        may_be_turned = sources.may_be_turned(kind, data)
        turned = may_be_turned and image.getexif().get(sources.EXIF_ORIENTATION) in sources.TURNED
        image.draft(None, (TINY, TINY))
        image.load()
        profile = image.info.get("icc_profile")
        clear = any(map(pixels.seen_through, pixels.strips(image)))
        shown = pixels.reduced(image, max(1, min(image.size) // TINY))
        shown = pixels.on_white(pixels.in_srgb(shown, profile))
    red, green, blue = (round(value) for value in ImageStat.Stat(shown).mean)
    width, height = reversed(size) if turned else size
    return Source(digests.of_bytes(data), kind, width, height, clear, (red, green, blue))
