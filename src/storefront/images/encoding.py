"""Encoding: the files of each cut, made in a cache folder that is never emptied by a build.

A cut is the unit of work: its source is decoded once, and each width is made from what was decoded. A file appears in
the cache whole or not at all, so that a build that was cut off goes on where it was.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storefront import cachefile, digests
from storefront.images import pixels, recipe, sources
from storefront.images.recipe import Cut, File, Size
from storefront.images.sources import Unusable

if TYPE_CHECKING:
    from PIL import Image as Pillow

SPARE = 2  # times the size that is needed are left for the good filter when a source is made smaller on decoding
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # EXIF orientations and what Pillow calls the way back


def missing(cache: Path, cuts: Iterable[Cut]) -> list[Cut]:
    """The cuts that are not all in the cache yet. The folder is listed once; no file in it is looked at."""
    try:
        there = frozenset(os.listdir(cache))
    except FileNotFoundError:
        there = frozenset()
    return [cut for cut in cuts if not there.issuperset(cut.names)]


def encode(cache: Path, cuts: Sequence[Cut], workers: int, root: Path) -> Iterator[tuple[Cut, Unusable | None]]:
    """Make the missing files of each cut, as they finish; with why where one cannot be made."""
    if not cuts:
        return
    from concurrent.futures import ThreadPoolExecutor, as_completed  # 3.5 ms, which most edits have no use for

    cache.mkdir(parents=True, exist_ok=True)
    with (
        sources.unwarned(),
        ThreadPoolExecutor(max_workers=workers) as pool,
    ):  # the codecs release the interpreter's lock
        running = {pool.submit(_made, cache, cut, root, _lacking(cache, cut)): cut for cut in cuts}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def encode_one(cache: Path, cut: Cut, name: str, root: Path) -> Path:
    """A file of a cut, made now unless it is in the cache. Raises `Unusable` and `OSError`."""
    path = cache / name
    if not cachefile.is_filled(path):
        cache.mkdir(parents=True, exist_ok=True)
        if failure := _made(cache, cut, root, {name}):
            raise failure
    return path


def _lacking(cache: Path, cut: Cut) -> set[str]:
    return {name for name in cut.names if not cachefile.is_filled(cache / name)}


def _made(cache: Path, cut: Cut, root: Path, wanted: Collection[str]) -> Unusable | None:
    """Make the wanted files of a cut. The bytes of each are the same whichever others are made with it."""
    files = [file for file in cut.files if file.name in wanted]
    try:
        images = _decoded(os.path.join(root, cut.source), cut, {(file.width, file.height) for file in files})
    except Unusable as failure:
        return failure
    for file in files:
        _save(cache / file.name, images[file.width, file.height], file)
    return None


def _decoded(path: str, cut: Cut, sizes: Collection[Size]) -> "Mapping[Size, Pillow.Image]":
    """The part of a source, upright and in sRGB, in each of some sizes.

    Raises `Unusable` for a source that has changed since it was looked at: what is made is named after what it was.
    Each is made of what was decoded: one made of the next larger has more of the filter's ringing, and takes 1.5 % more
    bytes as WebP at equal likeness (six photographs of 960 to 1600 pixels, `bench/images.py`).
    """
    with open(path, "rb") as file:
        data = file.read(sources.MAX_BYTES + 1)
    if digests.of_bytes(data) != cut.digest:
        raise Unusable("the picture was changed while it was being read", "Try again when it is not being written.")
    with sources.opened(data) as stored:
        image, edges, profile = _part(stored, cut, max((file.width, file.height) for file in cut.files))
        return {size: pixels.in_srgb(pixels.resized(image, size, edges), profile) for size in sizes}


def _part(image: "Pillow.Image", cut: Cut, largest: Size) -> "tuple[Pillow.Image, pixels.Edges | None, bytes | None]":
    """A source upright, not much larger than is needed, the edges of the part in it, and the profile of its colours."""
    from PIL import Image

    stored = image.size
    wide = (cut.box[2] - cut.box[0]) / largest[0] if cut.box else max(stored) / max(largest)
    if wide > SPARE:
        image.draft(None, (int(stored[0] * SPARE / wide), int(stored[1] * SPARE / wide)))
    image.load()
    profile, turn = image.info.get("icc_profile"), _TURNS.get(image.getexif().get(sources.EXIF_ORIENTATION, 1))
    times = int(wide * image.width / stored[0] / SPARE)
    if times > 1:
        image = pixels.reduced(image, times)
    scale = image.width / stored[0]
    if turn is not None:
        image = image.transpose(Image.Transpose(turn))
    if not cut.box:
        return image, None, profile
    left, top, right, bottom = (edge * scale for edge in cut.box)
    return image, (left, top, min(right, image.width), min(bottom, image.height)), profile


def _save(path: Path, image: "Pillow.Image", made: File) -> None:
    """Write by rename, so that a file that is there is whole. Nothing but pixels goes in."""
    kind, options = recipe.SETTINGS[made.name.rpartition(".")[2]]
    if kind == "JPEG":
        image = pixels.on_white(image)
    image.info = {}
    with cachefile.replacing(path) as file:
        image.save(file, kind, **options)
