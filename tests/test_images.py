"""Pictures: what becomes of each kind, what is refused, and that nothing but pixels leaves the house."""

import io
import os
import struct
import threading
import zipfile
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from building import ENCODE, REPOSITORY, build, bytes_of, picture, write
from storefront import images
from storefront.images import Index, Slot, encoding, recipe, sources
from storefront.problems import ProblemsFound

WIDTHS = (240, 400, 640)
SLOTS = {"post": Slot(WIDTHS)}
SHAPES = {
    "card": Slot(WIDTHS, (4, 5)),
    "face": Slot((96,), (1, 1)),
    "post": Slot(WIDTHS),
    "tall": Slot(WIDTHS, (9, 16)),
}
KINDS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def looked(root, *files: str, cache=None):
    """What each file is, or why it cannot be used."""
    return Index(root, cache or root / "cache").look(files, 1, lambda *_: None)


def planned(root, file: str, slots=SLOTS, focus=None) -> images.Picture:
    source = looked(root, file)[file]
    if isinstance(source, Exception):
        raise source
    return images.plan(file, source, slots, focus)


def made(tmp_path, data: bytes, name: str = "cup.jpg", slots=SLOTS, focus=None):
    """What a picture with these bytes becomes: its plan, and each file of it opened."""
    write(tmp_path, {name: data})
    plan = planned(tmp_path, name, slots, focus)
    cache = tmp_path / "cache"
    assert [failure for _, failure in images.encode(cache, plan.cuts, 1, tmp_path)] == [None] * len(plan.cuts)
    return plan, {file: Image.open(io.BytesIO((cache / file).read_bytes())) for file in plan.names}


def largest(tmp_path, data: bytes, name: str = "cup.jpg", kind: str = "webp") -> Image.Image:
    plan, files = made(tmp_path, data, name)
    return files[name_of(plan, kind=kind)]


def name_of(plan: images.Picture, slot: str = "post", kind: str = "webp") -> str:
    shown = plan.slots[slot]
    return f"{shown.name}-{shown.sizes[-1][0]}.{kind}"


def refused(tmp_path, data: bytes, name: str = "cup.jpg") -> images.Unusable:
    """Why a picture is refused."""
    write(tmp_path, {name: data})
    failure = looked(tmp_path, name)[name]
    assert isinstance(failure, images.Unusable)
    assert failure.hint
    return failure


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    return file.getvalue()


def close(one, other, within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


# Widths


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, [1]),
        (100, [100]),
        (240, [240]),
        (241, [240, 241]),
        (500, [240, 400, 500]),
        (640, [240, 400, 640]),
        (641, [240, 400, 640]),
        (3000, [240, 400, 640]),
    ],
)
def test_no_variant_is_wider_than_its_source(tmp_path, width, expected):
    write(tmp_path, {"cup.jpg": picture((width, 30))})
    plan = planned(tmp_path, "cup.jpg")
    assert [across for across, _ in plan.slots["post"].sizes] == expected
    assert plan.share.width == min(width, recipe.SHARE_WIDTH)
    assert all(file.height >= 1 and file.width <= width for cut in plan.cuts for file in cut.files)


@pytest.mark.parametrize("size", [(700, 300), (300, 700), (641, 3), (1, 900)])
def test_files_have_the_sizes_that_were_said(tmp_path, size):
    plan, files = made(tmp_path, picture(size))
    for file in plan.cuts[0].files:
        assert files[file.name].size == (file.width, file.height)
        assert files[file.name].format == KINDS[file.name.rpartition(".")[2]]
    shown = plan.slots["post"]
    wanted = {f"{shown.name}-{across}.{kind}" for across, _ in shown.sizes for kind in ("avif", "webp")}
    assert set(plan.names) == {*wanted, shown.fallback, plan.share.name}
    assert shown.fallback.endswith(".jpg")


# Kinds


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_each_kind_keeps_its_colour(tmp_path, kind, ending):
    plan, files = made(tmp_path, picture((60, 40), RED, kind), f"cup.{ending}")
    for name in plan.names:
        assert close(files[name].convert("RGB").getpixel((30, 20)), RED), name
    assert close(looked(tmp_path, f"cup.{ending}")[f"cup.{ending}"].colour, RED)


def test_endings_may_be_capitals(tmp_path):
    write(tmp_path, {"CUP.JPG": picture()})
    assert planned(tmp_path, "CUP.JPG").share.name.startswith("cup.")


@pytest.mark.parametrize(
    ("mode", "kind", "ending"), [("RGBA", "PNG", "png"), ("LA", "PNG", "png"), ("RGBA", "WEBP", "webp")]
)
def test_what_is_seen_through_stays_so_and_is_white_in_previews(tmp_path, mode, kind, ending):
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 29, 39), fill=(90, 90, 90, 255))
    plan, files = made(tmp_path, saved(image.convert(mode), kind), f"cup.{ending}")
    share = files[plan.share.name]
    assert plan.slots["post"].fallback.endswith(".png")
    for name in (plan.slots["post"].fallback, name_of(plan), name_of(plan, kind="avif")):
        assert files[name].mode == "RGBA", name
        assert files[name].getpixel((50, 20))[3] < 10
        assert files[name].getpixel((10, 20))[3] > 245
    assert close(share.getpixel((50, 20)), (255, 255, 255))
    assert close(share.getpixel((10, 20)), (90, 90, 90))


def test_a_palette_with_a_clear_colour_keeps_it(tmp_path):
    image = Image.new("P", (60, 40), 0)
    image.putpalette([*RED, *GREEN])
    ImageDraw.Draw(image).rectangle((30, 0, 59, 39), fill=1)
    variant = largest(tmp_path, saved(image, "PNG", transparency=0), "cup.png")
    assert variant.getpixel((10, 20))[3] == 0
    assert close(variant.getpixel((50, 20)), (*GREEN, 255))


def test_a_moving_picture_gives_its_first_frame(tmp_path):
    frames = [Image.new("P", (60, 40), 0) for _ in range(3)]
    for frame, colour in zip(frames, (RED, GREEN, BLUE), strict=True):
        frame.putpalette([*colour])
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    assert Image.open(io.BytesIO(data)).n_frames == 3
    image = largest(tmp_path, data, "cup.gif")
    assert getattr(image, "n_frames", 1) == 1
    assert close(image.convert("RGB").getpixel((30, 20)), RED)


@pytest.mark.parametrize("clear", [False, True])
def test_sixteen_bits_become_eight(tmp_path, clear):
    image = Image.new("I;16", (60, 40), 40_000)
    options = {"transparency": 60_000} if clear else {}
    shown = largest(tmp_path, saved(image, "PNG", **options), "cup.png").convert("RGB")
    assert close(shown.getpixel((30, 20)), (156, 156, 156))


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours_are_colours_too(tmp_path, mode):
    assert largest(tmp_path, saved(Image.new(mode, (60, 40), 1), "PNG"), "cup.png").mode in {"RGB", "RGBA"}


def test_inks_become_light(tmp_path):
    image = Image.new("CMYK", (60, 40), (0, 200, 200, 30))
    shown = largest(tmp_path, saved(image), "cup.jpg")
    red, green, blue = shown.getpixel((30, 20))
    assert red > 150 > max(green, blue)


# Upright, in sRGB


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(tmp_path, orientation):
    """The corner that is red for the eye is red in what is made, however the camera was held."""
    upright = Image.new("RGB", (60, 40), BLUE)
    ImageDraw.Draw(upright).rectangle((0, 0, 29, 19), fill=RED)
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = upright if back is None else upright.transpose(back)
    exif = Image.Exif()
    exif[sources.EXIF_ORIENTATION] = orientation
    data = saved(stored, "JPEG", exif=exif, quality=95)
    plan, files = made(tmp_path, data)
    shown = files[name_of(plan)]
    assert plan.slots["post"].sizes[-1] == shown.size == (60, 40)
    assert close(shown.getpixel((8, 8)), RED, 40)
    assert close(shown.getpixel((50, 30)), BLUE, 40)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_can_be_turned_too(tmp_path, kind):
    exif = Image.Exif()
    exif[sources.EXIF_ORIENTATION] = 6
    image = largest(tmp_path, saved(Image.new("RGB", (60, 40)), kind, exif=exif), f"cup.{kind.lower()}")
    assert image.size == (40, 60)


def test_colours_in_another_profile_are_turned_into_srgb(tmp_path):
    wide = saved(Image.new("RGB", (60, 40), GREEN), "PNG", icc_profile=srgb_with_gamma_one())
    shown = largest(tmp_path, wide, "cup.png").convert("RGB").getpixel((30, 20))
    assert shown[1] > GREEN[1] + 20  # linear light, as numbers, is darker than sRGB


def srgb_with_gamma_one() -> bytes:
    """The sRGB profile with its curves replaced by straight lines."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for index in range(count):
        name, offset, _ = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in {b"rTRC", b"gTRC", b"bTRC"}:
            struct.pack_into(">4sIHHi", profile, offset, b"para", 0, 0, 0, 65536)
    return bytes(profile)


@pytest.mark.parametrize("profile", [b"no profile", b"\x00" * 200, b"\xff" * 5000, srgb_with_gamma_one()[:300]])
@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_damaged_profile_is_refused(tmp_path, profile, kind, ending):
    """Its colours would be anybody's guess."""
    data = saved(Image.new("RGB", (60, 40), RED), kind, icc_profile=profile)
    failure = refused(tmp_path, data, f"cup.{ending}")
    assert str(failure) == "its colour profile is damaged"


def test_a_profile_for_other_pixels_is_refused(tmp_path):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    failure = refused(tmp_path, saved(Image.new("RGB", (60, 40), GREEN), "PNG", icc_profile=lab), "cup.png")
    assert str(failure) == "its colour profile is for Lab and its pixels are RGB"


def test_nothing_but_pixels_leaves_the_house(tmp_path):
    """Cameras write where a picture was taken, with what, and by whom."""
    exif = Image.Exif()
    exif[0x010F] = "Makername"
    exif[0x9003] = "2026:01:01 12:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (59.0, 54.0, 49.0)
    image = Image.new("RGB", (60, 40), RED)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(
        image, "JPEG", exif=exif, icc_profile=profile, comment=b"at home", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"
    )
    assert b"Makername" in data
    assert b"secret" in data
    plan, files = made(tmp_path, data)
    for name in plan.names:
        written = (tmp_path / "cache" / name).read_bytes()
        for trace in (b"Makername", b"Exif", b"EXIF", b"secret", b"at home", b"ICC", b"XMP"):
            assert trace not in written, name
        assert not files[name].getexif()


def test_text_in_a_png_does_not_leave_the_house(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Makername")
    plan, _ = made(tmp_path, saved(Image.new("RGB", (60, 40)), "PNG", pnginfo=info), "cup.png")
    for name in plan.names:
        assert b"Makername" not in (tmp_path / "cache" / name).read_bytes()


# What is refused


def test_what_is_no_picture_is_refused(tmp_path):
    for data in (b"no picture", b"\x00" * 100, b"\xff\xd8"):
        assert "browsers cannot show this kind of picture" in str(refused(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "name", "hint"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC", "Most Compatible"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "AVIF", "JPEG"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "a film", "one picture"),
        (b"\xff\x0a\x00\x00", "JPEG XL", "JPEG"),
        (b"%PDF-1.7\n", "PDF", "Export"),
        (b"8BPS\x00\x01", "Photoshop", "Export"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG", "theme"),
        (b"<?xml version='1.0'?><svg/>", "SVG", "PNG"),
        (picture(kind="TIFF"), "TIFF", "JPEG"),
        (picture(kind="BMP"), "BMP", "JPEG"),
        (picture(kind="ICO"), "an icon", "JPEG"),
    ],
)
def test_other_kinds_are_called_by_their_names_with_what_to_do(tmp_path, data, name, hint):
    failure = refused(tmp_path, data, "cup.jpg")
    assert name in str(failure)
    assert hint in failure.hint


def test_an_empty_file_is_refused(tmp_path):
    assert str(refused(tmp_path, b"")) == "the file is empty"


@pytest.mark.parametrize(
    "more",
    [b"<script>alert(1)</script>", b"<?php system(1) ?>", b"\n<HTML><body>", b"%PDF-1.7\n1 0 obj", zipped()],
    ids=["script", "php", "html", "pdf", "zip"],
)
@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif")])
def test_a_picture_that_is_something_else_too_is_refused(tmp_path, more, kind, ending):
    failure = refused(tmp_path, picture(kind=kind) + more, f"cup.{ending}")
    assert "something else at once" in str(failure)


def test_what_a_phone_writes_behind_a_picture_is_dropped(tmp_path):
    """Moving photographs have a film behind the picture; it does no harm and goes nowhere."""
    plan, _ = made(tmp_path, picture() + b"\x00\x00\x00\x18ftypmp42" + bytes(4000))
    assert all(b"ftypmp42" not in (tmp_path / "cache" / name).read_bytes() for name in plan.names)


def test_a_picture_of_too_many_layers_is_refused(tmp_path):
    layer = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert "100 layers" in str(refused(tmp_path, picture() + layer * 100))


def test_a_wrong_ending_is_refused_with_the_right_one(tmp_path):
    failure = refused(tmp_path, picture(kind="PNG"), "cup.jpg")
    assert str(failure) == "the picture is PNG, its name says .jpg"
    assert failure.hint == "Rename it to end in .png."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_picture_is_refused(tmp_path, kind):
    noise = Image.frombytes("RGB", (64, 64), bytes(range(256)) * 48)
    whole = saved(noise, kind)
    refused(tmp_path, whole[: len(whole) // 2], f"cup{sources.FORMATS[kind][0]}")


def test_a_picture_of_too_many_bytes_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_BYTES", 2 * 1024 * 1024)
    assert "3 MB, more than 2" in str(refused(tmp_path, picture() + bytes(3_000_000)))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(6400, 6400), (16_001, 10), (10, 16_001), (10_000, 10_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path, size):
    failure = refused(tmp_path, bomb(*size), "cup.png")
    assert "pixels" in str(failure)
    assert failure.hint == sources.SMALLER


@pytest.mark.parametrize("link", ["file", "folder", "outside"])
def test_links_are_not_followed(tmp_path, link):
    write(tmp_path, {"outside/cup.jpg": picture(), "site/real/cup.jpg": picture()})
    site = tmp_path / "site"
    (site / "media").mkdir()
    if link == "folder":
        (site / "media").rmdir()
        (site / "media").symlink_to(site / "real")
    else:
        target = site / "real/cup.jpg" if link == "file" else tmp_path / "outside/cup.jpg"
        (site / "media/cup.jpg").symlink_to(target)
    assert "a link to another place" in str(looked(site, "media/cup.jpg")["media/cup.jpg"])


def test_the_sites_own_folder_may_be_a_link(tmp_path):
    write(tmp_path, {"real/cup.jpg": picture()})
    (tmp_path / "site").symlink_to(tmp_path / "real")
    assert planned(tmp_path / "site", "cup.jpg").names


def test_what_is_missing_is_the_systems_word(tmp_path):
    with pytest.raises(FileNotFoundError):
        planned(tmp_path, "nope.jpg")


def test_only_files_are_read(tmp_path):
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")  # opening it would wait for ever
    for failure in looked(tmp_path, "folder.jpg", "pipe.jpg").values():
        assert str(failure) == "this is no file"


def good_ones() -> list[tuple[str, bytes]]:
    noise = Image.frombytes("RGB", (24, 16), bytes(range(256)) * 4 + bytes(128))
    exif = Image.Exif()
    exif[sources.EXIF_ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return [
        ("cup.jpg", saved(noise, "JPEG", exif=exif)),
        ("cup.png", saved(noise, "PNG", exif=exif, icc_profile=profile)),
        ("cup.webp", saved(noise, "WEBP", exif=exif)),
        ("cup.gif", saved(noise.quantize(16), "GIF")),
    ]


SOURCES = good_ones()


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's doubts about metadata
@settings(max_examples=80)
@given(st.sampled_from(SOURCES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12))
@example(SOURCES[0], [(0.04, 255)])
def test_damage_anywhere_is_told_and_never_a_crash(tmp_path_factory, source, damage):
    name, data = source
    harmed = bytearray(data)
    for place, value in damage:
        harmed[min(len(harmed) - 1, int(place * len(harmed)))] = value
    root = tmp_path_factory.getbasetemp() / "damage"
    write(root, {name: bytes(harmed)})
    found = looked(root, name, cache=root / "none")[name]
    if isinstance(found, images.Unusable):
        return
    assert isinstance(found, images.Source)
    if found.width * found.height < 1_000_000:
        plan = images.plan(name, found, SLOTS)
        assert [failure for _, failure in images.encode(root / "cache", plan.cuts, 1, root)] == [None]


# Names and the cache


def test_names_say_what_a_picture_is_and_change_with_its_bytes_alone(tmp_path):
    write(tmp_path, {"a/Blue Cup.jpg": picture(), "b/Blue Cup.jpg": picture(), "c/Blue Cup.jpg": picture(colour="red")})
    one, same, other = (planned(tmp_path, f"{folder}/Blue Cup.jpg") for folder in "abc")
    assert one.names == same.names
    assert set(one.names).isdisjoint(other.names)
    assert all(name.startswith("blue-cup.") for name in one.names)
    os.utime(tmp_path / "a/Blue Cup.jpg", (1, 1))
    assert planned(tmp_path, "a/Blue Cup.jpg").names == one.names


def test_other_widths_give_other_names(tmp_path):
    """The largest is made from the source, each other from the next larger: its bytes depend on all widths."""
    write(tmp_path, {"cup.jpg": picture((700, 400))})
    other = planned(tmp_path, "cup.jpg", {"post": Slot((240, 640))})
    assert set(other.names).isdisjoint(planned(tmp_path, "cup.jpg").names)


def test_other_encoders_give_other_names(tmp_path, monkeypatch):
    """Their bytes may be others, and a host's cache keeps a name for ever."""
    write(tmp_path, {"cup.jpg": picture()})
    before = planned(tmp_path, "cup.jpg").names
    monkeypatch.setattr(recipe, "encoders", lambda: ("9.9",))
    assert set(before).isdisjoint(planned(tmp_path, "cup.jpg").names)


@pytest.mark.parametrize("stem", ["日本", "---", "ÅÄÖ", "x" * 200, "a.b", "_"])
def test_any_name_becomes_one_that_a_host_can_serve(tmp_path, stem):
    write(tmp_path, {f"{stem}.jpg": picture()})
    for name in planned(tmp_path, f"{stem}.jpg").names:
        assert name.isascii()
        assert len(name) < 80
        assert not set(name) & set(" /\\%?#&")


def test_the_avif_of_a_photograph_weighs_less_than_its_webp(tmp_path):
    """Nearly everybody gets it; the search for a small file is what the time of encoding buys."""
    photograph = (REPOSITORY / "content/influencers/mara/media/breakfast.jpg").read_bytes()
    plan, files = made(tmp_path, photograph)
    sizes = {kind: (tmp_path / "cache" / name_of(plan, kind=kind)).stat().st_size for kind in ("avif", "webp")}
    assert sizes["avif"] < sizes["webp"] * 0.9
    apart = ImageChops.difference(*(files[name_of(plan, kind=kind)].convert("L") for kind in sizes))
    assert ImageStat.Stat(apart).mean[0] < 3


def test_encoding_gives_the_same_bytes_each_time_and_with_any_number_of_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(Image.Image, "save", ENCODE)
    noise = Image.frombytes("RGB", (300, 200), os.urandom(180_000))
    write(tmp_path, {f"p{number}.png": saved(noise.rotate(number * 7), "PNG") for number in range(4)})
    cuts = [cut for number in range(4) for cut in planned(tmp_path, f"p{number}.png", SHAPES).cuts]
    for workers in (1, 3):
        assert len(list(images.encode(tmp_path / f"cache{workers}", cuts, workers, tmp_path))) == len(cuts)
    assert bytes_of(tmp_path / "cache1") == bytes_of(tmp_path / "cache3")
    for cut in cuts:
        for name in cut.names:
            images.encode_one(tmp_path / "asked", cut, name, tmp_path)
    assert bytes_of(tmp_path / "asked") == bytes_of(tmp_path / "cache1")


def test_the_cache_is_used_again(site, monkeypatch):
    build(site)
    done = []
    monkeypatch.setattr(encoding, "_made", lambda _, cut, *__: done.append(cut.source))
    build(site, site / "other")
    assert done == []


def test_a_picture_that_moves_is_not_made_again(site, monkeypatch):
    build(site)
    (site / "content/products/media").rename(site / "content/products/pictures")
    product = site / "content/products/merino-tee.yaml"
    product.write_text(product.read_text().replace("media/", "pictures/"))
    monkeypatch.setattr(encoding, "_made", lambda *_: pytest.fail("made again"))
    assert build(site).rendered == 0


def test_an_encoding_that_is_cut_off_leaves_no_half_file(site):
    """A file is in the cache whole or not at all; what was begun is made by the next build."""
    real = Image.Image.save
    calls = threading.Lock()
    left = [3]

    def dies(self, file, *args, **named):
        with calls:
            left[0] -= 1
        if left[0] < 0:
            file.write(b"half")
            raise KeyboardInterrupt
        real(self, file, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image.Image, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            build(site)
    cache = site / ".storefront/images"
    for path in cache.iterdir():
        Image.open(io.BytesIO(path.read_bytes())).load()
    build(site)
    build(site, site / "clean")
    assert bytes_of(site / "site") == bytes_of(site / "clean")


def test_a_full_disk_leaves_nothing_half_in_the_cache(site):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image.Image, "save", full)
        with pytest.raises(OSError, match="No space"):
            build(site)
    assert list((site / ".storefront/images").iterdir()) == []
    assert build(site).pages == 28


# In a site


def problems_of(site):
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    return [(problem.code, str(problem.place), problem.message) for problem in caught.value.problems]


def test_problems_stand_where_a_picture_is_named(site):
    write(site, {"content/products/media/merino-tee.jpg": "no picture"})
    (site / "content/influencers/maya/media/canal.jpg").unlink()
    assert problems_of(site) == [
        (
            "missing-image",
            "content/influencers/maya/posts/first-frost.yaml:4:6",
            "there is no picture content/influencers/maya/media/canal.jpg",
        ),
        (
            "bad-image",
            "content/products/merino-tee.yaml:6:6",
            "content/products/media/merino-tee.jpg: browsers cannot show this kind of picture",
        ),
    ]


def test_a_picture_that_is_named_twice_is_told_twice(site):
    write(site, {"content/products/media/merino-tee.jpg": "no picture"})
    product = site / "content/products/merino-tee.yaml"
    write(site, {"content/products/other.yaml": product.read_text().replace("gtin: 0012345678905", "")})
    assert [place for _, place, _ in problems_of(site)] == [
        "content/products/merino-tee.yaml:6:6",
        "content/products/other.yaml:6:6",
    ]


def test_every_picture_of_the_demo_can_be_used(tmp_path):
    content = REPOSITORY / "content"
    pictures = [path for path in content.rglob("*") if path.suffix in {".jpg", ".png", ".webp"}]
    assert len(pictures) > 50
    files = [str(path.relative_to(REPOSITORY)) for path in pictures]
    found = looked(REPOSITORY, *files, cache=tmp_path)
    assert [file for file in files if not isinstance(found[file], images.Source)] == []
