"""Source files: what they are, whether they can be used, and what to do when they cannot.

Everything here is untrusted: a file is judged by its bytes, its size and its header before it is decoded.
"""

import io
import os
import re
import stat
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",)}
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_WHOLE = 12_000_000  # of a WebP or a progressive JPEG, whose decoders hold all of it several times: 20 bytes a pixel
MAX_SIDE = 16_000
LARGE = 12_000_000  # pixels from which pictures are decoded one at a time, so that memory stays bounded
_alone = threading.Lock()
# A progressive JPEG is walked through once a scan; cameras and editors write some ten.
MAX_SCANS = 100
TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that exchange width and height
EXIF_ORIENTATION = 0x0112
SMALLER = "Save it smaller; 2,000 pixels across are plenty."
AGAIN = "Save it again from the original."
AS_JPEG = "Save it as JPEG, PNG, WebP or GIF; phones call this “most compatible”."
# How files begin that people take for pictures of the web. Sources: the formats' specifications.
KINDS = (
    (
        rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)",
        "HEIC",
        "Save it as JPEG; on an iPhone: Settings, Camera, Formats, Most Compatible.",
    ),
    (rb"....ftypavi[fs]", "AVIF", AS_JPEG),
    (rb"....ftyp", "a film or the like", "Save one picture of it as JPEG."),
    (rb"(?:II\*\x00|MM\x00\*)", "TIFF or a camera's raw file", AS_JPEG),
    (rb"BM", "BMP", AS_JPEG),
    (rb"8BPS", "a Photoshop document", "Export it as JPEG or PNG."),
    (rb"(?:\xff\x0a|\x00\x00\x00\x0cJXL )", "JPEG XL", AS_JPEG),
    (rb"\x00\x00\x00\x0cjP", "JPEG 2000", AS_JPEG),
    (rb"\x00\x00\x01\x00", "an icon", AS_JPEG),
    (rb"%PDF-", "PDF", "Export the page as JPEG or PNG."),
    (
        rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE svg|!--|svg)",
        "SVG",
        "Export it as PNG: an SVG can hold scripts, and only a theme may bring one.",
    ),
)


# What Pillow raises for files that are not what they should be.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


class Unusable(Exception):
    """Why a picture cannot be used, and what to do: `hint`."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Source(Struct, frozen=True, array_like=True):
    """What is known of a source file: width and height as seen upright, and its mean colour in sRGB.

    `clear` says that something can be seen through it.
    """

    digest: str
    kind: str
    width: int
    height: int
    clear: bool
    colour: tuple[int, int, int]


def read(path: str, found: os.stat_result) -> bytes:
    """The bytes of a file that was found so, within the limits. Raises `Unusable` and `OSError`."""
    if not stat.S_ISREG(found.st_mode):
        raise Unusable("this is no file", "Put the picture itself here.")
    if found.st_size > MAX_BYTES:
        raise Unusable(f"the picture has {found.st_size / 1e6:.0f} MB, more than {MAX_BYTES // 1024 // 1024}", SMALLER)
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if not data:
        raise Unusable("the file is empty", "Copy the picture here again.")
    return data


@contextmanager
def unwarned() -> Iterator[None]:
    """Without Pillow's doubts about metadata. The switch is the whole process's: it goes around threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def opened(data: bytes) -> "Iterator[Image]":
    """A picture whose header has been read and found to be within the limits; all that Pillow says is `Unusable`."""
    from PIL import Image, UnidentifiedImageError

    try:
        with ExitStack() as held:
            image = held.enter_context(Image.open(io.BytesIO(data), formats=list(FORMATS)))
            _judge(*image.size)
            if image.format == "WEBP" or "progressive" in image.info:
                _judge_whole(*image.size)
            if image.format == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
                raise Unusable(f"the picture has more than {MAX_SCANS} layers", AGAIN)
            held.enter_context(_alone if image.width * image.height > LARGE else nullcontext())
            yield image
    except UnidentifiedImageError:
        raise _unknown(data) from None
    except Image.DecompressionBombError:
        raise Unusable(f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels", SMALLER) from None
    except DAMAGE as error:
        raise Unusable(f"the picture is damaged: {str(error) or 'it ends too soon'}", AGAIN) from None


def _unknown(data: bytes) -> Unusable:
    for beginning, name, hint in KINDS:
        if re.match(beginning, data, re.DOTALL):
            return Unusable(f"the picture is {name}, which not every browser can show", hint)
    return Unusable("browsers cannot show this kind of picture", AS_JPEG)


def judge_name(kind: str, suffix: str) -> None:
    """Raise `Unusable` for a file that is named as another kind than it is."""
    if suffix.lower() not in FORMATS[kind]:
        message = f"the picture is {kind}, its name says {suffix}"
        raise Unusable(message, f"Rename it to end in {FORMATS[kind][0]}.")


def _judge(width: int, height: int) -> None:
    """Raise `Unusable` for what would take too long to decode, or too much memory."""
    if width * height > MAX_PIXELS:
        message = f"the picture has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million"
        raise Unusable(message, SMALLER)
    if max(width, height) > MAX_SIDE:
        raise Unusable(f"a side of the picture has {max(width, height)} pixels, more than {MAX_SIDE}", SMALLER)


def _judge_whole(width: int, height: int) -> None:
    if width * height > MAX_WHOLE:
        limit = f"more than {MAX_WHOLE // 1_000_000} million as WebP or progressive JPEG"
        raise Unusable(f"the picture has {width} × {height} pixels, {limit}", SMALLER)


ORIENTED = (b"eXIf", b"XML:com.adobe.xmp", b"Raw profile type exif")  # where a PNG can keep its orientation


def may_be_turned(kind: str, data: bytes) -> bool:
    """False for a PNG without a trace of an orientation: Pillow would decode all of it to look for one at its end."""
    return kind != "PNG" or any(trace in data for trace in ORIENTED)
