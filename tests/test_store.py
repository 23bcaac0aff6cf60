"""Finished pages in the cache: a clone elsewhere with a restored cache makes nothing anew that has not changed."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import build, bytes_of, edit, write
from checking import NOW
from storefront import images, records, shards, store
from storefront.build import build as make
from storefront.cli import group
from storefront.images import examining
from storefront.outcome import FOLDER, PAGES, Options
from storefront.previews import drawing
from storefront.store import Page, Store

EVERY = 28
KIT = "content/influencers/maya/lists/kit.yaml"
SITE = "content/site.yaml"


def keeping(site: Path, **more):
    """Build as CI does it."""
    return make(Options(root=site, output=site / "site", now=NOW, workers=2, cache=True, **more))


def clone(site: Path, to: Path) -> Path:
    """Another clone at another place, with new times, and the cache restored into it."""
    shutil.copytree(site / "content", to / "content", copy_function=shutil.copyfile)
    shutil.copytree(site / FOLDER, to / FOLDER, copy_function=shutil.copyfile)
    return to


def packs(site: Path) -> list[Path]:
    return sorted((site / FOLDER / PAGES).iterdir())


def clean(site: Path, to: Path) -> dict[str, bytes]:
    """What a build from nothing makes of a site."""
    shutil.copytree(site / "content", to / "content")
    build(to)
    return bytes_of(to / "site")


@pytest.fixture
def rich(site):
    """The minimal site with cards and embeds."""
    edit(site / SITE, "title:", "previews: true\nembeds: true\ntitle:")
    return site


def test_a_fresh_clone_with_the_cache_makes_nothing(rich, tmp_path, monkeypatch):
    keeping(rich)
    here = clone(rich, tmp_path / "deep/down/clone")
    for room, name in ((shards, "make"), (drawing, "draw"), (examining, "examine"), (records, "parse")):
        monkeypatch.setattr(room, name, None)
    monkeypatch.setattr(images.encoding, "_made", None)
    report = build(here)
    assert (report.rendered, report.restored, report.encoded) == (0, report.pages, 0)
    assert report.recalled == report.sources
    assert bytes_of(here / "site") == bytes_of(rich / "site")
    monkeypatch.undo()
    assert bytes_of(here / "site") == clean(rich, tmp_path / "clean")
    assert build(here).restored == 0


def test_another_branch_makes_only_what_it_changes_and_both_are_kept(rich, tmp_path):
    keeping(rich)
    here = clone(rich, tmp_path / "clone")
    edit(here / KIT, "no smell", "no holes")
    report = keeping(here)
    assert 0 < report.rendered < 10
    assert report.rendered + report.restored == report.pages
    assert bytes_of(here / "site") == clean(here, tmp_path / "clean")
    back = clone(here, tmp_path / "back")
    edit(back / KIT, "no holes", "no smell")
    assert keeping(back).rendered == 0
    assert bytes_of(back / "site") == bytes_of(rich / "site")


def test_without_being_asked_for_no_pages_are_kept(site):
    build(site)
    assert not (site / FOLDER / PAGES).exists()
    assert keeping(site).rendered == 0
    assert packs(site)
    before = {path: path.stat().st_mtime_ns for path in packs(site)}
    keeping(site)
    assert {path: path.stat().st_mtime_ns for path in packs(site)} == before


def test_a_host_that_has_become_a_shop_is_judged_again(site, tmp_path):
    """The page is the same, and links to what sold nothing when it was audited."""
    edit(site / "content/influencers/maya/profile.yaml", "name: M", "bio: 'See [it](https://tees.example/x).'\nname: M")
    keeping(site)
    here = clone(site, tmp_path / "clone")
    assert b"tees.example" in bytes_of(site / "site")["maya/index.html"]
    write(here, {"content/merchants/tees.yaml": "name: Tees\nurl: https://tees.example\ndomains: [tees.example]\n"})
    report = build(here)
    assert "/maya/" in {each.name for each in report.slowest}
    assert 0 < report.rendered < report.restored
    assert bytes_of(here / "site") == clean(here, tmp_path / "clean")


def test_what_pages_disclose_is_known_in_a_clone_that_wants_to_tell_it(site, tmp_path):
    """The pages were made when nobody asked, and stayed when they were kept."""
    edit(site / SITE, "title:", "disclosures: false\ntitle:")
    build(site)
    keeping(site)
    here = clone(site, tmp_path / "clone")
    edit(here / SITE, "disclosures: false\n", "")
    build(here)
    assert bytes_of(here / "site") == clean(here, tmp_path / "clean")


DAMAGE = {
    "emptied": lambda _data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "a bit in the first page": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "a bit in the list": lambda data: data[:-30] + bytes([data[-30] ^ 1]) + data[-29:],
    "a bit in the end": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "longer": lambda data: data + b"\0",
    "of somebody else": lambda data: b"\0" * len(data),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_pack_is_not_known_and_mended(site, tmp_path, how):
    keeping(site)
    here = clone(site, tmp_path / "clone")
    path = packs(here)[0]
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    report = keeping(here)
    assert 0 < report.rendered <= EVERY
    assert bytes_of(here / "site") == bytes_of(site / "site")
    again = clone(here, tmp_path / "again")
    assert build(again).rendered == 0
    assert bytes_of(again / "site") == bytes_of(site / "site")


@pytest.mark.parametrize("where", ["images", "previews"])
@pytest.mark.parametrize("how", ["emptied", "cut", "changed"])
def test_a_damaged_picture_in_the_cache_is_made_again(rich, tmp_path, where, how):
    keeping(rich)
    here = clone(rich, tmp_path / "clone")
    for path in (here / FOLDER / where).iterdir():
        data = path.read_bytes()
        damage = {"emptied": b"", "cut": data[:-9], "changed": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]}
        path.write_bytes(damage[how])
    build(here)
    assert bytes_of(here / "site") == bytes_of(rich / "site")


def test_any_other_file_of_the_cache_can_be_damaged(rich, tmp_path):
    keeping(rich)
    for number, name in enumerate(sorted(path.name for path in (rich / FOLDER).glob("*.*"))):
        here = clone(rich, tmp_path / str(number))
        path = here / FOLDER / name
        data = path.read_bytes()
        for at in range(0, len(data), max(1, len(data) // 3)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
            build(here)
            assert bytes_of(here / "site") == bytes_of(rich / "site"), f"{name}, byte {at}"


# The store itself


def page(text: str) -> Page:
    return Page(text.encode(), f"digest of {text}", ("host.example",), b"line")


def pages(*names: str):
    return ((name, page(name)) for name in names)


def keep(folder: Path, kept, live) -> None:
    with Store(folder) as known:
        known.keep(kept, live)


def found(folder: Path, *names: str) -> list[Page | None]:
    with Store(folder) as known:
        assert all((name in known) == (known.find(name) is not None) for name in names)
        return [known.find(name) for name in names]


def test_what_is_kept_is_found_and_nothing_else(tmp_path):
    keep(tmp_path / "new", pages("a", "b"), ["a", "b"])
    assert found(tmp_path / "new", "a", "b", "c") == [page("a"), page("b"), None]


def test_many_packs_become_one_and_what_is_not_live_goes(tmp_path):
    for number in range(store.PACKS + 2):
        keep(tmp_path, pages(f"k{number}"), ["k0", f"k{number}"])
    assert len(list(tmp_path.iterdir())) <= store.PACKS
    assert found(tmp_path, "k0", "k5") == [page("k0"), None]


def test_it_is_at_most_twice_as_large_as_what_is_live(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "SPARE", 1000)
    for number in range(12):
        keep(tmp_path, [(f"k{number}", Page(os.urandom(4000), "d"))], [f"k{number}"])
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2 * 4000 + 2000
    assert found(tmp_path, "k11") != [None]


def test_halves_and_strangers_are_swept_away(tmp_path):
    write(tmp_path, {"77.new": b"half", "0.pack": b"no pack"})
    keep(tmp_path, pages("a"), ["a"])
    assert [path.suffix for path in tmp_path.iterdir()] == [".pack"]


def test_a_reader_does_not_mind_a_build_that_replaces_its_packs(tmp_path):
    keep(tmp_path, pages("a", "b"), ["a", "b"])
    with Store(tmp_path) as reader, Store(tmp_path) as other:
        other.forget(["b"])
        assert reader.find("a") == page("a")
    assert found(tmp_path, "a", "b") == [None, page("b")]


@pytest.mark.parametrize("when", ["open", "write", "replace"])
def test_a_full_disk_fails_no_build(site, monkeypatch, when):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    keeping(site)
    edit(site / KIT, "no smell", "no holes")
    known = [path.read_bytes() for path in packs(site)]
    with monkeypatch.context() as patch:
        if when == "open":
            patch.setattr(Store, "_write", full)
        elif when == "write":
            patch.setattr(store, "_compressed", full)
        else:
            patch.setattr(store.os, "replace", _but_packs(os.replace))
        assert keeping(site).rendered > 0
    assert [path.read_bytes() for path in packs(site)] == known
    assert b"no holes" in bytes_of(site / "site")["maya/lists/kit/index.html"]


def _but_packs(replace):
    def replaced(source, target):
        if str(target).endswith(store.PACK):
            raise OSError(28, "No space left on device")
        replace(source, target)

    return replaced


def test_clean_unused_forgets_pages_that_the_site_does_not_have(site):
    keeping(site)
    edit(site / KIT, "no smell", "no holes")
    keeping(site)
    assert len(packs(site)) == 2
    run = ["clean", "--unused", "--root", str(site), "--now", NOW.isoformat()]
    result = CliRunner().invoke(group, run)
    assert result.exit_code == 0, result.output
    assert "pages of the cache" in result.output
    assert len(packs(site)) == 1
    with Store(site / FOLDER / PAGES) as known:
        assert len(known) == EVERY
    assert "Deleted 0 files of the cache, 0.0 MB." in CliRunner().invoke(group, run).output
