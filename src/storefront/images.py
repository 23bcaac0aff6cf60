"""Pictures: what each source file becomes under media/, and the encoding of it, cached by content.

A source is opened as JPEG, PNG, WebP or GIF only, within limits judged before decoding. Variants are
WebP in the theme's widths, never larger than the source, upright, in sRGB, without any metadata (cameras write where
a picture was taken); one JPEG serves link previews. Names digest the bytes of the source and the recipe, so that
equal names are equal pictures.
"""

import io
import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from storefront import digests, slugs

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",)}
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
SHARE_WIDTH = 1200  # what link previews ask for
# WebP q78 m4 gives SSIM .954 at 56 KB where JPEG q75 gives .963 at 84 KB (960 px photographs).
WEBP = {"quality": 78, "method": 4}
JPEG = {"quality": 82, "progressive": True, "optimize": True}
RECIPE = 1  # counts up when the bytes made of the same source change
TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that exchange width and height
EXIF_ORIENTATION = 0x0112
ORIENTED = (b"eXIf", b"XML:com.adobe.xmp", b"Raw profile type exif")  # where a PNG can keep its orientation
SMALLER = "Save it smaller; 2,000 pixels across are plenty."


class Unusable(Exception):
    """Why a picture cannot be used, and what to do: `hint`."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Variant(Struct, frozen=True):
    """One file under media/."""

    name: str
    width: int
    height: int


class Picture(Struct, frozen=True):
    """A source file and everything made of it: variants from small to large, and the one for link previews."""

    source: Path
    variants: tuple[Variant, ...]
    share: Variant

    @property
    def names(self) -> list[str]:
        """All files made of it."""
        return [variant.name for variant in (*self.variants, self.share)]


def inspect(root: Path, file: str, widths: Sequence[int]) -> Picture:
    """What the picture at `file`, a path from the site's root, becomes. Raises `Unusable` and `OSError`."""
    path = root / file
    if os.path.realpath(path) != os.path.join(os.path.realpath(root), *file.split("/")):
        raise Unusable("this is a link to another place", "Put the picture itself here: links are never followed.")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unusable(f"the picture has {size / 1e6:.0f} MB, more than {MAX_BYTES // 1024 // 1024}", SMALLER)
    data = path.read_bytes()
    width, height = _dimensions(data, path.suffix.lower())
    stem = slugs.slug(path.stem)[:40] or "picture"
    name = f"{stem}.{digests.of_value((data, tuple(widths), WEBP, JPEG, RECIPE), 6)}"
    shown = [w for w in sorted(widths) if w < width]
    if not shown or width <= max(widths):
        shown.append(width)
    share = min(width, SHARE_WIDTH)
    return Picture(
        source=path,
        variants=tuple(Variant(f"{name}-{w}.webp", w, _scaled(height, w, width)) for w in shown),
        share=Variant(f"{name}-share.jpg", share, _scaled(height, share, width)),
    )


def _scaled(height: int, to: int, width: int) -> int:
    return max(1, round(height * to / width))


def _dimensions(data: bytes, suffix: str) -> tuple[int, int]:
    """Width and height as seen upright."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                kind, (width, height) = image.format or "", image.size
                _judge(width, height)
                turned = _may_be_turned(kind, data) and image.getexif().get(EXIF_ORIENTATION) in TURNED
    except UnidentifiedImageError:
        hint = "Save it as JPEG, PNG, WebP or GIF; phones call this “most compatible”."
        raise Unusable("this is no picture that browsers can show", hint) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unusable(f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels", SMALLER) from None
    except (OSError, ValueError, SyntaxError) as error:
        raise Unusable(f"the picture is damaged: {error}", "Save it again from the original.") from None
    if suffix not in FORMATS[kind]:
        raise Unusable(f"the picture is {kind}, its name says {suffix}", f"Rename it to end in {FORMATS[kind][0]}.")
    return (height, width) if turned else (width, height)


def _judge(width: int, height: int) -> None:
    """Raise `Unusable` for what would take too long to decode, or too much memory."""
    if width * height > MAX_PIXELS:
        message = f"the picture has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million"
        raise Unusable(message, SMALLER)
    if max(width, height) > MAX_SIDE:
        raise Unusable(f"a side of the picture has {max(width, height)} pixels, more than {MAX_SIDE}", SMALLER)


def _may_be_turned(kind: str, data: bytes) -> bool:
    """False for a PNG without a trace of an orientation: Pillow would decode all of it to look for one at its end."""
    return kind != "PNG" or any(trace in data for trace in ORIENTED)


def missing(cache: Path, pictures: Iterable[Picture]) -> list[Picture]:
    """The pictures that are not all in the cache folder yet; an empty file there is what a power cut leaves."""
    return [picture for picture in pictures if not all(_has(f"{cache}/{name}") for name in picture.names)]


def _has(path: str) -> bool:
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False


def encode(cache: Path, pictures: Sequence[Picture], workers: int) -> Iterator[tuple[Picture, Unusable | None]]:
    """Make all files of each picture in the cache folder, as they finish; with why where one cannot be made."""
    if pictures:
        cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=workers) as pool:  # the codecs release the interpreter's lock
        running = {pool.submit(_encode, cache, picture): picture for picture in pictures}
        for done in as_completed(running):
            yield running[done], done.result()


def decode(picture: Picture) -> "tuple[Image, bytes | None]":
    """The pixels of a source, upright, and its colour profile. Raises `Unusable`."""
    from PIL import Image, ImageOps

    try:
        with Image.open(picture.source, formats=list(FORMATS)) as opened:
            profile = opened.info.get("icc_profile")
            image = ImageOps.exif_transpose(opened)
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unusable(f"the picture is damaged: {error}", "Save it again from the original.") from None
    return image, profile


def _encode(cache: Path, picture: Picture) -> Unusable | None:
    from PIL import Image

    try:
        image = _in_srgb(*decode(picture))
    except Unusable as failure:
        return failure
    share = picture.share
    flat = _on_white(image.resize((share.width, share.height), Image.Resampling.LANCZOS))
    _save(cache / share.name, flat, "JPEG", JPEG)
    for variant in reversed(picture.variants):  # each from the next larger: a sixth faster than each from the source
        if image.size != (variant.width, variant.height):
            image = image.resize((variant.width, variant.height), Image.Resampling.LANCZOS)
        _save(cache / variant.name, image, "WEBP", WEBP)
    return None


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Eight bits of sRGB, with alpha where the picture has it."""
    from PIL import ImageCms

    wanted = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            output = wanted if image.mode != "CMYK" else "RGB"
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=output)
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None  # an unreadable profile: the numbers are taken as sRGB, as browsers do
        if made is not None:
            return made
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value / 256).convert("L")
    return image if image.mode == wanted else image.convert(wanted)


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _save(path: Path, image: "Image", kind: str, options: Mapping[str, Any]) -> None:
    """Write by rename, so that a file that is there is whole. Nothing but pixels goes in."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            image.save(file, kind, exif=b"", icc_profile=None, **options)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
