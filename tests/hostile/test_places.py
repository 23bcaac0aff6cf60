"""Names of files, folders, pictures and settings: nothing outside content/ is read, nothing strange is obeyed or written."""

import json
import os
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from building import build, bytes_of, copy_of_minimal, picture, write
from checking import problems_of
from hostile.running import NOW, run

BRAND, CREATOR = b"name: X\n", b"name: X\n"
PRODUCT = b"title: X\nbrand: fjell\ncategory: C\n"
LIST = b"title: X\n"
MAYA = "content/influencers/maya"
DEVICES = ("con", "prn", "aux", "nul", "com1", "lpt9")
# What a file may not be called, and the code of the problem. Names are bytes: not all of them are text.
NAMES: dict[str, tuple[bytes, bytes, str]] = {
    "no text": (b"brands/\xff\xfe.yaml", BRAND, "wrong-name"),
    "escape": (b"brands/\x1b[31mred.yaml", BRAND, "wrong-name"),
    "title of a window": (b"brands/\x1b]0;x\x07.yaml", BRAND, "wrong-name"),
    "log command": (b"brands/a\n::error::x.yaml", BRAND, "wrong-name"),
    "log command at the start": (b"brands/::add-mask::x.yaml", BRAND, "wrong-name"),
    "old log command": (b"brands/##[set-env name=x]y.yaml", BRAND, "wrong-name"),
    "carriage return": (b"brands/a\rb.yaml", BRAND, "wrong-name"),
    "reversed": ("brands/a\u202eb.yaml".encode(), BRAND, "wrong-name"),
    "tag": (b"brands/<img src=x onerror=alert(1)>.yaml", BRAND, "wrong-name"),
    "quote": (b'brands/a".yaml', BRAND, "wrong-name"),
    "shell": (b"brands/$(id);`id`.yaml", BRAND, "wrong-name"),
    "option": (b"brands/--help.yaml", BRAND, "wrong-name"),
    "capital": (b"brands/FJELL.yaml", BRAND, "wrong-name"),
    "composed": ("brands/fj\u00e4ll.yaml".encode(), BRAND, "wrong-name"),
    "decomposed": ("brands/fja\u0308ll.yaml".encode(), BRAND, "wrong-name"),
    "ligature": ("brands/\ufb01eld.yaml".encode(), BRAND, "wrong-name"),
    "full width": ("brands/\uff46.yaml".encode(), BRAND, "wrong-name"),
    "Kelvin": ("brands/\u212aelvin.yaml".encode(), BRAND, "wrong-name"),
    "zero width": ("brands/fj\u200bell.yaml".encode(), BRAND, "wrong-name"),
    "space": (b"brands/a b.yaml", BRAND, "wrong-name"),
    "space at the end": (b"brands/a .yaml", BRAND, "wrong-name"),
    "dot at the end": (b"brands/a..yaml", BRAND, "wrong-name"),
    "two dots": (b"brands/a.b.yaml", BRAND, "wrong-name"),
    "backslash": (b"brands/a\\..\\x.yaml", BRAND, "wrong-name"),
    "colon": (b"brands/c:x.yaml", BRAND, "wrong-name"),
    "percent": (b"brands/%2e%2e.yaml", BRAND, "wrong-name"),
    "long": (b"brands/" + b"a" * 200 + b".yaml", BRAND, "wrong-name"),
    "twin by ending": (b"brands/fjell.yml", BRAND, "duplicate-id"),
    "twin by folder": (b"products/more/merino-tee.yaml", PRODUCT, "duplicate-id"),
    "creator in capitals": (b"influencers/Mayas.yaml", CREATOR, "wrong-name"),
    "folder in capitals": (b"influencers/Maya/profile.yaml", CREATOR, "wrong-name"),
    "folder that is no text": (b"influencers/\xff/profile.yaml", CREATOR, "wrong-name"),
    "folder with a tag": (b"influencers/<b>/profile.yaml", CREATOR, "wrong-name"),
    "list": (b"influencers/maya/lists/<b>.yaml", LIST, "wrong-name"),
    "list that is no text": (b"influencers/maya/lists/\xff.yaml", LIST, "wrong-name"),
    "another place": (b"pages/x.yaml", b"title: X\n", "unreadable"),
    "another place with a strange name": (b"\x1b[31m/\n::error::x.yaml", b"a: b\n", "unreadable"),
    "at the top": (b"config.yaml", b"a: b\n", "unreadable"),
    "folder in a creator's": (b"influencers/maya/lists/more/x.yaml", LIST, "unreadable"),
    **{f"reserved: {name}": (f"influencers/{name}.yaml".encode(), CREATOR, "reserved-name") for name in
       ("assets", "media", "products", "brands", "categories", "search", "go", "embed", "404", "index", "feed",
        "sitemap", "robots", "well-known", "api", "static", "page")},
    **{f"device: {name}, creator": (f"influencers/{name}.yaml".encode(), CREATOR, "reserved-name") for name in DEVICES},
    **{f"device: {name}, brand": (f"brands/{name}.yaml".encode(), BRAND, "reserved-name") for name in DEVICES},
    **{f"device: {name}, product": (f"products/{name}.yaml".encode(), PRODUCT, "reserved-name") for name in DEVICES},
    **{f"device: {name}, list": (f"influencers/maya/lists/{name}.yaml".encode(), LIST, "reserved-name") for name in DEVICES},
    "device in one file": (b"influencers/zoe.yaml", b"name: X\nlists:\n  nul: {title: X}\n", "reserved-name"),
    "device as an old handle": (b"influencers/yara.yaml", b"name: X\naliases: [aux]\n", "reserved-name"),
    "old handle of somebody": (b"influencers/xena.yaml", b"name: X\naliases: [maya]\n", "duplicate-url"),
    "id of another file": (b"brands/other.yaml", b"id: ../../etc\nname: X\n", "bad-value"),
}  # fmt: skip


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    root = copy_of_minimal(tmp_path_factory.mktemp("named"))
    for name, data, _ in NAMES.values():
        path = os.path.join(os.fsencode(root / "content"), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    return root


@pytest.fixture(scope="module")
def found(named) -> dict[str, set[str]]:
    """The codes of the problems by files, as programs are told them."""
    ended = run("check", "--now", NOW, "--format", "json", cwd=named)
    assert (ended.code, ended.err) == (1, "")
    codes: dict[str, set[str]] = {}
    for problem in json.loads(ended.out)["problems"]:
        codes.setdefault(problem["file"], set()).add(problem["code"])
    return codes


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_refused(found, name):
    data, _, code = NAMES[name]
    file = os.fsdecode(b"content/" + data)
    tame = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in file)
    told = next((codes for told, codes in found.items() if told in {file, tame.replace("##[", "# #[")}), set())
    if name.startswith("twin"):  # the second in order of path is told
        told = told | found.get("content/products/merino-tee.yaml", set())
    assert told == {code}


@pytest.mark.parametrize("style", ["text", "github"])
def test_names_are_tame_in_a_log(named, style):
    ended = run("check", "--now", NOW, "--format", style, cwd=named)
    assert (ended.code, ended.err) == (1, "")
    lines = ended.out.split("\n")
    assert all(line.isprintable() for line in lines)
    assert not [line for line in lines if "##[" in line]
    ours = "::error file=content/" if style == "github" else "content/"
    assert all(line.startswith((ours, "    ", f"{len(NAMES)} problems found.")) for line in lines if line)
    assert not [line for line in lines if style == "text" and line.lstrip().startswith("::")]


# What is not a file of content


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "link out", "link in a circle", "device"])
@pytest.mark.parametrize("ending", ["brands/odd.yaml", "products/media/merino-tee.jpg"])
def test_only_files_are_read(site, tmp_path, kind, ending):
    build(site)
    before = bytes_of(site / "site")
    path = site / "content" / ending
    path.unlink(missing_ok=True)
    (tmp_path / "secret.jpg").write_bytes(picture(colour="red"))
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            (path / "inner").mkdir(parents=True)
        case "link":
            path.symlink_to("fjell.yaml")
        case "link out":
            path.symlink_to(tmp_path / "secret.jpg")
        case "link in a circle":
            path.symlink_to(path.name)
        case "device":
            path.symlink_to("/dev/zero")
    problems = problems_of(site)
    if kind == "folder" and ending.endswith(".yaml"):
        assert problems == []  # a folder of nothing
    else:
        assert [problem.code in {"unreadable", "bad-image"} for problem in problems] == [True]
    assert bytes_of(site / "site") == before


def test_a_picture_is_never_read_through_a_linked_folder(site, tmp_path):
    write(tmp_path, {"outside/x.png": picture(kind="PNG")})
    (site / "content/products/out").symlink_to(tmp_path / "outside", target_is_directory=True)
    write(site, {"content/products/merino-tee.yaml": PRODUCT.decode() + "images: [{src: out/x.png, alt: X}]\n"})
    assert {problem.code for problem in problems_of(site)} <= {"unreadable", "bad-image"}
    assert len(problems_of(site)) >= 1


@pytest.mark.parametrize("src", ["media/merino-tee.jpg", "/products/media/merino-tee.jpg"])
def test_pictures_come_from_the_content_tree_alone(site, src):
    write(site, {"secret.png": picture(kind="PNG"), "content/products/merino-tee.yaml":
                 PRODUCT.decode() + f"images: [{{src: {src}, alt: X}}]\n"})  # fmt: skip
    assert problems_of(site) == []
    write(site, {"content/products/merino-tee.yaml": PRODUCT.decode() + "images: [{src: /../secret.png, alt: X}]\n"})
    assert [problem.code for problem in problems_of(site)] == ["bad-value"]


# Pictures


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(each[:4], each[4:]) for each in chunks) + chunk(b"IEND", b"")


def _frames(count: int) -> bytes:
    file = BytesIO()
    frames = [Image.new("P", (8, 8), n % 2) for n in range(count)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


WHOLE = picture((64, 64))
PICTURES: dict[str, tuple[str, bytes]] = {
    "SVG with a script": ("png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "SVG by its ending": ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "HTML": ("jpg", b"<html><script>alert(1)</script>"),
    "PHP": ("gif", b"GIF89a<?php system('id') ?>"),
    "PDF": ("png", b"%PDF-1.7"),
    "PostScript": ("png", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    "a bomb by its size": ("png", _png(60_000, 60_000)),
    "a bomb by its data": ("png", _png(12_000, 12_000, b"IDAT" + zlib.compress(bytes(4_000_000), 9))),
    "a long side": ("png", _png(1, 100_000)),
    "no pixels": ("png", _png(0, 0)),
    "cut off": ("jpg", WHOLE[: len(WHOLE) // 2]),
    "garbage after the head": ("jpg", WHOLE[:20] + bytes(range(256)) * 20),
    "wrong ending": ("png", WHOLE),
    "JPEG and HTML": ("jpg", WHOLE + b"<script>alert(1)</script>"),
    "JPEG and ZIP": ("jpg", WHOLE + b"PK\x05\x06" + bytes(18)),
    "TIFF": ("jpg", b"II*\0" + bytes(100)),
    "FITS": ("png", b"SIMPLE  =                    T" + bytes(100)),
    "text": ("webp", b"words"),
    "nothing": ("png", b""),
}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory) -> dict[str, list[dict]]:
    root = copy_of_minimal(tmp_path_factory.mktemp("pictured"))
    for n, (ending, data) in enumerate(PICTURES.values()):
        text = f"{PRODUCT.decode()}images:\n- src: media/x{n}.{ending}\n  alt: X\n"
        write(root, {f"content/products/x{n}.yaml": text, f"content/products/media/x{n}.{ending}": data})
    ended = run("check", "--now", NOW, "--format", "json", cwd=root)
    assert (ended.code, ended.err) == (1, "")
    found: dict[str, list[dict]] = {}
    for problem in json.loads(ended.out)["problems"]:
        found.setdefault(problem["file"], []).append(problem)
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_no_picture_is_refused(pictured, name):
    (problem,) = pictured[f"content/products/x{list(PICTURES).index(name)}.yaml"]
    assert (problem["code"] in {"bad-image", "bad-value"}, problem["line"], bool(problem["hint"])) == (True, 5, True)


# Settings: content/site.yaml is content too

HEAD = "title: S\nurl: https://s.example\n"
SETTINGS: dict[str, tuple[str, str]] = {
    "theme out of the folder": ("theme: ../../evil\n", "bad-value"),
    "theme that is absolute": ("theme: /etc\n", "bad-value"),
    "token that ends the style": ("theme:\n  tokens: {paper: 'red;}body{background:url(https://evil.example)}'}\n", "theme"),
    "token with an address": ("theme:\n  tokens: {paper: 'url(https://evil.example)'}\n", "theme"),
    "token that imports": ("theme:\n  tokens: {paper: '@import \"https://evil.example\"'}\n", "theme"),
    "token with a comment": ("theme:\n  tokens: {paper: 'red/*'}\n", "theme"),
    "token with an escape": ("theme:\n  tokens: {paper: '\\75rl(https://evil.example)'}\n", "theme"),
    "token with a tag": ("theme:\n  tokens: {paper: '</style><script>'}\n", "theme"),
    "token by another name": ("theme:\n  tokens: {'x;}*{color': red}\n", "theme"),
    "accent": ("accent: 'red;}'\n", "bad-value"),
    "time zone out of the folder": ("timezone: ../../../etc/passwd\n", "unknown-timezone"),
    "time zone that is absolute": ("timezone: /etc/localtime\n", "unknown-timezone"),
    "time zone with a tag": ("timezone: <script>\n", "unknown-timezone"),
    "market out of the folder": ("markets: [../../x]\n", "bad-value"),
    "locale": ("locale: en/../../x\n", "bad-value"),
    "host": ("hosts: ['netlify; rm -rf /']\n", "bad-value"),
    "network": ("affiliate: {../x: {id: y}}\n", "bad-value"),
    "per page": ("directory: {per_page: 99999999999}\n", "bad-value"),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_content_too(site, name):
    text, code = SETTINGS[name]
    write(site, {"content/site.yaml": HEAD + text})
    problems = problems_of(site)
    assert {problem.code for problem in problems} == {code}
    assert all(problem.place.file == "content/site.yaml" and problem.place.line >= 3 for problem in problems)


def test_a_category_that_no_folder_can_have_is_filed_under_another_name(site):
    write(site, {"content/products/cable.yaml": "title: X\nbrand: fjell\ncategory: AUX > " + "ä" * 290 + "\n"})
    build(site)
    (folder,) = [path.name for path in (site / "site/categories").iterdir() if path.name.startswith("aux-")]
    (inner,) = [path.name for path in (site / "site/categories" / folder).iterdir() if path.is_dir()]
    assert len(inner) < 255
