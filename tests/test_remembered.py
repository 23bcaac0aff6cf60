"""Records that an earlier build left behind are those that their files give, or none."""

import shutil

import pytest
from msgspec import Struct

from building import build, copy_of_demo, edit
from storefront import engine, records, remembered
from storefront.outcome import FOLDER
from storefront.problems import ProblemsFound
from storefront.remembered import FILE, PACK, Remembered


@pytest.fixture
def parsed(monkeypatch):
    """The files that were parsed."""
    files = []
    parse = records.parse
    monkeypatch.setattr(records, "parse", lambda text, file, *more: files.append(file) or parse(text, file, *more))
    return files


def told(loaded: Struct) -> list[object]:
    """All that was loaded, and where the entries of lists begin."""
    curation, places = loaded.curation, loaded.places
    entries = [*curation.lists.values(), *curation.posts.values(), *curation.products.values()]
    keys = ("items", "products", "offers")
    return [curation, loaded.problems, [places.lines(entry.origin, key) for entry in entries for key in keys]]


def test_remembered_records_are_those_of_their_files(tmp_path, parsed):
    root = copy_of_demo(tmp_path)
    first = Remembered(tmp_path, keeping=True)
    plain = records.load(root, first)
    first.save()
    parsed.clear()
    again = records.load(root, Remembered(tmp_path))
    assert not parsed
    assert told(again) == told(plain) == told(records.load(root))


def test_an_edit_parses_the_file_that_it_was_made_in(site, parsed):
    build(site)
    parsed.clear()
    edit(site / "content/products/merino-tee.yaml", "title: ", "title: Warm ")
    build(site)
    assert set(parsed) == {"content/products/merino-tee.yaml"}


def test_a_file_that_is_wrong_is_read_again_and_the_others_are_not(site, parsed):
    edit(site / "content/products/merino-tee.yaml", "title: ", "titel: ")
    for _ in range(2):
        parsed.clear()
        with pytest.raises(ProblemsFound):
            build(site)
    assert parsed == ["content/products/merino-tee.yaml"]


@pytest.mark.parametrize("damage", ["empty", "short", "one bit", "another engine"])
def test_damaged_records_are_none(site, parsed, damage, monkeypatch):
    build(site)
    path = site / FOLDER / FILE
    data = bytearray(path.read_bytes())
    data[-9] ^= 1
    if damage == "another engine":
        monkeypatch.setattr(engine, "fingerprint", lambda: "another")
    else:
        path.write_bytes({"empty": b"", "short": data[:99], "one bit": data}[damage])
    parsed.clear()
    edit(site / "content/products/merino-tee.yaml", "title: ", "title: Warm ")
    build(site)
    assert len(parsed) == 8


def test_what_is_not_there_any_more_is_forgotten(site):
    build(site)
    size = (site / FOLDER / FILE).stat().st_size
    path = site / "content/products/merino-tee.yaml"
    for number in range(5):
        edit(path, "title: " if not number else f"title: {number} ", f"title: {number + 1} ")
        build(site)
    assert abs((site / FOLDER / FILE).stat().st_size - size) < 20


def pack_of(site):
    """The one pack of records in a site's cache."""
    (pack,) = (site / FOLDER).glob(PACK.format("*"))
    return pack


@pytest.mark.parametrize(("damage", "anew"), [("gone", 8), ("empty", 8), ("one bit", 1), ("more", 0)])
def test_of_a_damaged_pack_what_is_whole_is_known(site, parsed, damage, anew):
    build(site)
    pack = pack_of(site)
    data = pack.read_bytes()
    if damage == "gone":
        pack.unlink()
    else:
        flipped = data[:9] + bytes([data[9] ^ 1]) + data[10:]
        pack.write_bytes({"empty": b"", "one bit": flipped, "more": data + b"more"}[damage])
    for expected in (anew, 0):
        parsed.clear()
        shutil.rmtree(site / "site")
        build(site)
        assert len(parsed) == expected


def test_a_pack_is_made_anew_when_most_of_it_is_needed_by_nothing(site, monkeypatch):
    monkeypatch.setattr(remembered, "SPARE", 0)
    build(site)
    first = pack_of(site)
    size = first.stat().st_size
    sizes, path = [], site / "content/products/merino-tee.yaml"
    for number in range(40):
        edit(path, "title: " if not number else f"title: {number} ", f"title: {number + 1} ")
        build(site)
        sizes.append(pack_of(site).stat().st_size)
    assert max(sizes) < 2.2 * size
    assert pack_of(site) != first
    assert sizes[0] < 1.5 * size
