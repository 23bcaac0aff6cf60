"""Pictures in a site: cut around what matters, looked at once, made when asked for, and hostile ones kept at bay."""

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from building import build, copy_of_minimal, edit, html_of, picture, write
from storefront import images, pipeline
from storefront.images import Index, Slot, Source, examining, pixels
from test_images import GREEN, RED, close, made, saved

TALL, WIDE = (9, 16), (16, 9)
SHAPES = [(1, 1), (4, 5), (9, 16), (16, 9)]
sides = st.integers(1, 5000)
places = st.tuples(st.floats(0, 1), st.floats(0, 1))


def source(width: int, height: int) -> Source:
    return Source("0" * 32, "JPEG", width, height, clear=False, colour=(0, 0, 0))


# Cuts


@given(sides, sides, st.sampled_from(SHAPES), st.none() | places)
def test_a_cut_is_the_largest_of_its_shape_and_inside_the_picture(width, height, shape, focus):
    plan = images.plan("cup.jpg", source(width, height), {"card": Slot((240, 640), shape)}, focus)
    box = plan.cuts[-1].box or (0, 0, width, height)
    across, down = box[2] - box[0], box[3] - box[1]
    assert 0 <= box[0] < box[2] <= width
    assert 0 <= box[1] < box[3] <= height
    assert across == width or down == height
    assert abs(across * shape[1] - down * shape[0]) <= max(shape) + 0.011 * across * shape[1]
    assert all(file.width <= max(across, plan.share.width) for file in plan.cuts[-1].files)


@given(sides, sides, st.sampled_from(SHAPES), places)
def test_the_focal_point_is_never_cut_off(width, height, shape, focus):
    shown = images.plan("cup.jpg", source(width, height), {"card": Slot((240,), shape)}, focus).slots["card"]
    left, top, across, down = shown.part
    rounding = 1.5 / min(width, height)
    assert left - rounding <= focus[0] <= left + across + rounding
    assert top - rounding <= focus[1] <= top + down + rounding
    assert all(0 <= place <= 1 for place in shown.focus)


def test_a_cut_shows_what_is_around_the_focal_point(tmp_path):
    image = Image.new("RGB", (400, 100), GREEN)
    ImageDraw.Draw(image).rectangle((0, 0, 99, 99), fill=RED)
    slots = {"face": Slot((64,), (1, 1))}
    for focus, colour in ((None, GREEN), ((0.1, 0.5), RED), ((1.0, 1.0), GREEN)):
        plan, files = made(tmp_path, saved(image, "PNG"), "cup.png", slots, focus)
        shown = files[f"{plan.slots['face'].name}-64.avif"]
        assert shown.size == (64, 64)
        assert close(shown.convert("RGB").getpixel((32, 32)), colour)


def test_another_focal_point_gives_other_names_where_something_is_cut_off():
    slots = {"card": Slot((240,), (4, 5)), "post": Slot((240,))}
    one, other = (images.plan("cup.jpg", source(900, 900), slots, focus) for focus in (None, (0.2, 0.5)))
    assert one.slots["card"].name != other.slots["card"].name
    assert one.slots["post"].name == other.slots["post"].name


def test_a_picture_that_has_the_shape_is_not_cut():
    plan = images.plan("cup.jpg", source(801, 1000), {"card": Slot((240,), (4, 5)), "post": Slot((240,))})
    assert [cut.box for cut in plan.cuts] == [None]


def test_the_focal_point_of_a_record_reaches_its_page(site):
    before = html_of_product(site)
    edit(
        site / "content/products/merino-tee.yaml",
        "src: media/merino-tee.jpg",
        "focus: [0.1, 0.9], src: media/merino-tee.jpg",
    )
    after = html_of_product(site)
    assert 'class="' in after
    assert " y9" in after or " x1" in after
    assert after != before


def html_of_product(site: Path) -> str:
    build(site)
    return html_of(site / "site")["products/merino-tee/"]


# Looked at once


def old(*paths: Path) -> None:
    """As if they had been there for long. Their time of change cannot be set: the limit is made short instead."""
    for path in paths:
        os.utime(path, (1_600_000_000, 1_600_000_000))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write(tmp_path, {"a/cup.jpg": picture(), "a/mug.png": picture(kind="PNG")})
    old(tmp_path / "a/cup.jpg", tmp_path / "a/mug.png")
    monkeypatch.setattr("storefront.images.index.RACY", 0)
    time.sleep(0.02)
    return tmp_path


def look(root: Path, *, save: bool = True, files=("a/cup.jpg", "a/mug.png")):
    index = Index(root, root / "cache")
    found = index.look(files, 2, lambda *_: None)
    if save:
        index.save()
    return found


def test_an_unchanged_picture_is_not_read_again(folder, monkeypatch):
    first = look(folder)
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("read"))
    assert look(folder, save=False) == first


@pytest.mark.parametrize("change", ["bytes", "size", "time", "file"])
def test_a_changed_picture_is_read_again(folder, change):
    path = folder / "a/cup.jpg"
    first = look(folder)
    data = picture(colour="red")
    if change == "size":
        data += b"\0"
    if change == "file":  # another inode, with the same size and time
        path.unlink()
    write(folder, {"a/cup.jpg": data})
    if change != "time":
        old(path)
    second = look(folder)
    assert second["a/cup.jpg"].digest != first["a/cup.jpg"].digest
    assert second["a/mug.png"] == first["a/mug.png"]


def test_a_file_that_was_young_when_it_was_read_is_read_again(tmp_path):
    """Within one tick of a clock an edit leaves size and times as they were."""
    write(tmp_path, {"a/cup.jpg": picture()})
    look(tmp_path, files=["a/cup.jpg"])
    path = tmp_path / "a/cup.jpg"
    found = path.stat()
    path.write_bytes(picture(colour="red").ljust(found.st_size, b"\0")[: found.st_size])
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    red = look(tmp_path, files=["a/cup.jpg"])["a/cup.jpg"]
    assert red.colour[0] > 200


def test_bytes_that_are_known_are_not_decoded_again(folder, monkeypatch):
    first = look(folder)
    (folder / "a").rename(folder / "b")
    monkeypatch.setattr(examining, "examine", lambda _: pytest.fail("decoded"))
    monkeypatch.setattr("storefront.images.index.examine", lambda _: pytest.fail("decoded"))
    found = look(folder, files=["b/cup.jpg", "b/mug.png"])
    assert list(found.values()) == list(first.values())


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x93\x01\x80", b"no index"])
def test_a_damaged_index_is_no_index(folder, damage):
    first = look(folder)
    (folder / "cache/pictures.msgpack").write_bytes(damage)
    assert look(folder) == first


def test_a_folder_that_became_a_link_is_seen(folder):
    look(folder)
    (folder / "a").rename(folder / "elsewhere")
    (folder / "a").symlink_to(folder / "elsewhere")
    assert {str(failure) for failure in look(folder).values()} == {"this is a link to another place"}


def test_a_check_writes_nothing_of_it(site):
    pipeline.check(site, build_now(), 1)
    assert not (site / ".storefront").exists()


def build_now():
    from checking import NOW

    return NOW


def test_what_a_power_cut_leaves_is_made_anew(site):
    build(site)
    cache = site / ".storefront/images"
    whole = {path.name: path.read_bytes() for path in cache.iterdir()}
    for path in cache.iterdir():
        path.write_bytes(b"")
    build(site, site / "other")
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == whole


# Hostile


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that says how large it is, with all the lines of black in a few bytes where `more` is not given."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IEND", b"")


def gif_of_many_frames() -> bytes:
    frames = [Image.new("P", (400, 400), number % 7) for number in range(400)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def black(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG", compress_level=9)
    return file.getvalue()


HEAVIEST = {
    "with alpha": ("PNG", "RGBA", (8000, 5000), {"compress_level": 1}),
    "grey with alpha": ("PNG", "LA", (8000, 5000), {"compress_level": 1}),
    "photograph": ("JPEG", "RGB", (8000, 5000), {}),
    "progressive": ("JPEG", "CMYK", (4000, 3000), {"progressive": True, "subsampling": 0}),
    "webp": ("WEBP", "RGBA", (4000, 3000), {"method": 0, "quality": 10}),
}
PEAK = """
import sys, pathlib, re
from storefront.images import Index, Slot, encode, plan
root = pathlib.Path(sys.argv[1])
(name,) = (path.name for path in root.glob("large.*"))
found = Index(root, root / "cache").look([name], 1, lambda *_: None)
cuts = plan(name, found[name], {"banner": Slot((400, 1920), (16, 9)), "post": Slot((640,))}).cuts
assert [failure for _, failure in encode(root / "made", cuts, 1, root)] == [None] * len(cuts)
print(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize("what", HEAVIEST)
def test_the_largest_pictures_of_each_kind_take_300_mb_at_most(tmp_path, what):
    kind, mode, size, options = HEAVIEST[what]
    shade = Image.linear_gradient("L").resize(size)
    Image.merge(mode, [shade] * len(Image.new(mode, (1, 1)).getbands())).save(
        tmp_path / f"large.{kind.lower()}", kind, **options
    )
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300_000  # KB


@pytest.mark.parametrize(("kind", "options"), [("WEBP", {"method": 0}), ("JPEG", {"progressive": True})])
def test_what_must_be_unpacked_whole_has_a_lower_limit(kind, options):
    data = saved(Image.new("RGB", (5000, 4000)), kind, **options)
    with pytest.raises(images.Unusable, match="5000 × 4000 pixels, more than 12 million as WebP or progressive JPEG"):
        examining.examine(data)


def test_strips_give_the_picture_that_one_piece_gives(monkeypatch):
    noise = Image.effect_noise((300, 500), 90)
    image = Image.merge("RGBA", (noise, noise.rotate(90), noise.rotate(180), noise.rotate(45)))
    whole = pixels.resized(image, (77, 131), (3.5, 10.25, 290.0, 480.5)), pixels.reduced(image, 7)
    monkeypatch.setattr(pixels, "STRIP", 9000)
    strips = pixels.resized(image, (77, 131), (3.5, 10.25, 290.0, 480.5)), pixels.reduced(image, 7)
    for one, other in zip(whole, strips, strict=True):
        assert one.size == other.size
        assert max(high for _, high in ImageChops.difference(one, other).getextrema()) <= 1  # the last bit of a sum


LIMITED = """
import atexit, pathlib, re, resource, sys
# Of this program alone: what getrusage counts begins with what the process that started it had.
status = pathlib.Path("/proc/self/status")
peak = lambda: re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1] if status.exists() else "0"
atexit.register(lambda: pathlib.Path("peak").write_text(peak()))
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from storefront.cli import main
main()
"""


def test_hostile_pictures_are_told_with_their_lines_in_bounded_memory_and_time(tmp_path):
    whole = saved(Image.frombytes("RGB", (64, 64), bytes(range(256)) * 48), "JPEG", quality=95)
    hostile = {
        "truncated.jpg": whole[: len(whole) // 2],
        "renamed.jpg": picture(kind="PNG"),
        "empty.jpg": b"",
        "huge.png": png(50_000, 50_000),
        "long.png": png(39_000, 1000),
        "polyglot.gif": picture(kind="GIF") + b"<script>alert(1)</script>",
        "profile.jpg": picture(icc_profile=b"\x00" * 200),
        "phone.jpg": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    }
    harmless = {"large.png": black(6000, 6600), "moving.gif": gif_of_many_frames()}
    site = copy_of_minimal(tmp_path / "here")
    media = {f"content/products/media/{name}": data for name, data in (hostile | harmless).items()}
    write(site, media)
    lines = "".join(f"  - {{src: media/{name}, alt: Bad}}\n" for name in hostile | harmless)
    product = site / "content/products/merino-tee.yaml"
    text = product.read_text()
    first = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("images:"))
    head, _, tail = text.partition("images:\n")
    product.write_text(head + "images:\n" + lines + tail)
    edit(site / "content/influencers/maya/posts/first-frost.yaml", "canal.jpg", "gone.jpg")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "check", "--now", "2026-11-22T12:00:00Z", "--jobs", "2"],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    said = done.stdout + done.stderr
    for number, name in enumerate(hostile, first + 1):
        assert f"content/products/merino-tee.yaml:{number}:" in said, name
        assert f"bad-image: content/products/media/{name}: " in said
    assert "missing-image" in said  # the rest of the check goes on
    assert all(name not in said for name in harmless)
    assert "Traceback" not in said
    assert int((site / "peak").read_text()) < 600_000  # KB
