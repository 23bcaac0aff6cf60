"""Publishing: the output is whole, old or new, whatever goes wrong; and what is not ours is left alone."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from building import build, bytes_of, edit, names_in, picture, write
from storefront import publish, state
from storefront.outcome import FOLDER
from storefront.problems import EnvironmentFailure, ProblemsFound

PRODUCT = "content/products/merino-tee.yaml"
NOTES = "content/influencers/maya/lists/kit.yaml"
THEME = "themes/editorial/templates"


def refused(site, output=None):
    """The one problem for which a build was refused."""
    with pytest.raises(ProblemsFound) as caught:
        build(site, output)
    (problem,) = caught.value.problems
    return problem


# What goes wrong in the content leaves the last good site

MISTAKES = {
    "yaml": (PRODUCT, "title: [\n", "yaml-syntax"),
    "key": (PRODUCT, "title: Tee\nbrand: fjell\ncategory: A\nprize: 1\n", "unknown-key"),
    "reference": (
        "content/influencers/maya/lists/more.yaml",
        "title: M\nitems: [{product: no}]\n",
        "unknown-reference",
    ),
    "picture": ("content/products/media/merino-tee.jpg", "no picture", "bad-image"),
    "template": (f"{THEME}/list.html", "{% if %}", "theme"),
    "attribute": (f"{THEME}/list.html", "{{ view.nope }}", "theme"),
    "theme": ("content/site.yaml", "title: S\nurl: https://s.example\ntheme: nope\n", "theme"),
    "address": ("content/products/404.yaml", "title: \x00", "yaml-syntax"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_problem_leaves_the_last_good_site_byte_for_byte(site, mistake):
    build(site)
    before, times = bytes_of(site / "site"), times_in(site / "site")
    file, text, code = MISTAKES[mistake]
    write(site, {file: text})
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    assert code in {problem.code for problem in caught.value.problems}
    assert bytes_of(site / "site") == before
    assert times_in(site / "site") == times
    assert left_behind(site) == []


def times_in(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in names_in(folder)}


def left_behind(site: Path) -> list[str]:
    """What lies in a site's folder beside what belongs there."""
    return sorted({path.name for path in site.iterdir()} - {"content", "themes", "site", ".storefront"})


@pytest.mark.parametrize("mistake", ["yaml", "template"])
def test_a_problem_in_a_first_build_makes_no_site(site, mistake):
    file, text, _ = MISTAKES[mistake]
    write(site, {file: text})
    with pytest.raises(ProblemsFound):
        build(site)
    assert not (site / "site").exists()
    assert left_behind(site) == []


def test_a_picture_that_cannot_be_decoded_leaves_the_last_good_site(site):
    build(site)
    before = bytes_of(site / "site")
    whole = picture((400, 300), kind="JPEG")
    write(site, {"content/products/media/merino-tee.jpg": whole[: len(whole) // 2]})
    problem = refused(site)
    assert (problem.code, str(problem.place)) == ("bad-image", f"{PRODUCT}:6:6")
    assert bytes_of(site / "site") == before


def test_a_full_disk_leaves_the_last_good_site(site, monkeypatch):
    build(site)
    before = bytes_of(site / "site")
    edit(site / PRODUCT, "title: Merino Tee", "title: Merino Shirt")

    def full(*_):
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr("storefront.shards.write", full)
    with pytest.raises(EnvironmentFailure, match="No space left on device: somewhere"):
        build(site)
    assert bytes_of(site / "site") == before
    assert left_behind(site) == []


# Folders of somebody else's


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {"deep/er/notes.txt": "mine"},
        {"index.html": "my old site"},
        {".git/config": "", "CNAME": "shelves.example"},
    ],
)
def test_a_folder_with_files_of_somebody_elses_is_refused_and_untouched(site, files):
    write(site / "site", files)
    before = bytes_of(site / "site")
    problem = refused(site)
    assert problem.code == "output"
    assert "--output" in problem.hint
    assert bytes_of(site / "site") == before


def test_a_file_that_somebody_adds_to_the_site_is_refused_and_kept(site):
    build(site)
    write(site / "site", {"CNAME": "shelves.example", "products/mine.html": "mine"})
    problem = refused(site)
    assert problem.message == "storefront did not write all of the folder site: it holds CNAME and 1 more"
    assert (site / "site/CNAME").read_text() == "shelves.example"


def test_a_strange_file_is_found_without_the_cache_too(site):
    build(site)
    shutil.rmtree(site / ".storefront")
    write(site / "site", {"CNAME": "shelves.example"})
    assert refused(site).message.endswith("it holds CNAME")
    (site / "site/CNAME").unlink()
    assert build(site).rendered == 28


def test_a_link_in_the_site_is_somebody_elses(site, tmp_path):
    build(site)
    write(tmp_path / "elsewhere", {"precious.txt": "mine"})
    (site / "site/elsewhere").symlink_to(tmp_path / "elsewhere")
    assert refused(site).message.endswith("it holds elsewhere")
    assert (tmp_path / "elsewhere/precious.txt").exists()


def test_a_file_in_the_place_of_the_output_is_refused(site):
    write(site, {"site": "a file"})
    assert refused(site).message == "storefront did not write all of the folder site: it is not a folder"
    assert (site / "site").read_text() == "a file"


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_in_the_place_of_the_output_is_refused(site, tmp_path, target):
    (tmp_path / "elsewhere").mkdir()
    (site / "site").symlink_to(tmp_path / target)
    assert refused(site).code == "output"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_content_is_no_place_for_the_output(site):
    before = bytes_of(site)
    assert refused(site, site / "content").code == "output"
    assert refused(site, site).code == "output"
    assert bytes_of(site / "content") == {name[8:]: data for name, data in before.items() if name[:8] == "content/"}


def test_an_empty_folder_and_what_git_keeps_in_it_are_welcome(site):
    write(site / "site", {".gitkeep": "", ".git/HEAD": "ref: refs/heads/pages"})
    build(site)
    assert (site / "site/.git/HEAD").read_text() == "ref: refs/heads/pages"
    assert (site / "site/.gitkeep").exists()
    assert build(site).rendered == 0
    edit(site / "content/site.yaml", "Four Shelves", "Five Shelves")
    build(site)
    assert (site / "site/.git/HEAD").exists()


def test_the_folder_one_stands_in_can_be_the_output(site, tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    time.sleep(0.05)  # content as young as its build leaves no manifest
    build(site, Path())
    assert (tmp_path / "out/index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "out"]


def test_folders_on_the_way_to_the_output_are_made(site, tmp_path):
    build(site, tmp_path / "a/b/c")
    assert (tmp_path / "a/b/c/index.html").exists()
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c"]


def test_two_outputs_of_one_site_are_equal(site, tmp_path):
    build(site)
    build(site, tmp_path / "other")
    build(site)
    assert bytes_of(tmp_path / "other") == bytes_of(site / "site")


def test_the_marker_names_every_file(site):
    build(site)
    assert publish.listed(site / "site") == names_in(site / "site") - {publish.MARKER}


@pytest.mark.parametrize("path", [publish.MARKER, "maya/index.html", "disclosures.json", "SHA256SUMS"])
def test_a_pipe_in_the_place_of_a_file_is_replaced(site, path):
    """Who opens one waits for another to write into it."""
    build(site)
    before = bytes_of(site / "site")
    (site / "site" / path).unlink()
    os.mkfifo(site / "site" / path)
    build(site)
    assert bytes_of(site / "site") == before


# Places where nothing can be written


@pytest.mark.parametrize("place", ["/proc/storefront-site", "{site}/content/site.yaml/site"])
def test_a_place_where_no_folder_can_be_made_is_the_machines_fault(site, place):
    with pytest.raises((EnvironmentFailure, OSError)):
        build(site, Path(place.format(site=site)))
    assert left_behind(site) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_parent_that_is_read_only_is_the_machines_fault(site, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(EnvironmentFailure, match="Permission denied"):
        build(site, tmp_path / "locked/site")


def test_a_file_in_the_place_of_the_cache_is_the_machines_fault(site):
    write(site, {".storefront": "a file"})
    with pytest.raises((EnvironmentFailure, OSError)):
        build(site)


# One build at a time


def test_a_second_build_is_told_of_the_first(site):
    with (
        publish.Lock(site / FOLDER),
        pytest.raises(EnvironmentFailure, match="another build of this site is running"),
    ):
        build(site)
    assert not (site / "site").exists()
    assert build(site).rendered == 28


def test_a_lock_that_was_deleted_before_it_was_taken_holds_nobody(site, monkeypatch):
    """A build that began while `storefront clean` ended has to meet the next build."""
    real = publish._lock

    def late(descriptor):
        monkeypatch.undo()
        publish.forget(site / FOLDER)
        real(descriptor)

    monkeypatch.setattr(publish, "_lock", late)
    with publish.Lock(site / FOLDER), pytest.raises(EnvironmentFailure):
        build(site)


def test_a_build_that_fails_gives_the_lock_back(site):
    write(site, {PRODUCT: "["})
    for _ in range(2):
        with pytest.raises(ProblemsFound):
            build(site)


# A crash at any point


class Killed(BaseException):
    """The machine stops here."""


def killed_at(step: int, monkeypatch, once=(True,)):
    """Let the machine stop before the step-th change of the output, counted from when `once` holds something."""
    left = iter(range(step))

    def guarded(real):
        def run(*args, **named):
            if once and next(left, None) is None:
                raise Killed
            return real(*args, **named)

        return run

    steps = ((os, "replace"), (os, "link"), (Path, "unlink"), (state, "write"), (publish, "_exchange"))
    for module, name in steps:
        monkeypatch.setattr(module, name, guarded(getattr(module, name)))


def exchanges(monkeypatch) -> list[bool]:
    """Whether each exchange of two trees that comes is done."""
    real, done = publish._exchange, []

    def exchange(*trees):
        done.append(real(*trees))
        return done[-1]

    monkeypatch.setattr(publish, "_exchange", exchange)
    return done


def clean(site: Path) -> dict[str, bytes]:
    """What a build from nothing makes, apart from the site."""
    fresh = Path(tempfile.mkdtemp(dir=site.parent))
    shutil.copytree(site / "content", fresh / "content")
    build(fresh)
    return bytes_of(fresh / "site")


def changes(site: Path) -> None:
    """An edit that adds, changes and removes pages and pictures."""
    maya = site / "content/influencers/maya"
    edit(maya / "profile.yaml", "lists: [kit]", "lists: [bag]")
    (maya / "lists/kit.yaml").rename(maya / "lists/bag.yaml")
    (maya / "posts/first-frost.yaml").unlink()
    write(maya, {"posts/thaw.yaml": "date: 2026-11-16\ncaption: Thaw.\nproducts: [{product: merino-tee}]\n"})
    edit(site / PRODUCT, "media/merino-tee.jpg", "media/front.png")
    write(site, {"content/products/media/front.png": picture(kind="PNG")})


def whole(site: Path) -> None:
    """Every page in the output has its style and its pictures."""
    made = names_in(site / "site")
    for name in made:
        if name.endswith(".html"):
            wanted = set(re.findall(r"/((?:assets|media)/[^\"\s,]+)", (site / "site" / name).read_text()))
            assert wanted
            assert wanted <= made, name


@pytest.mark.parametrize("restyled", [False, True], ids=["changed", "restyled"])
@pytest.mark.parametrize("step", [0, 1, 2, 5, 9, 14, 20, 27, 34, 41, 48, 55, 62, 69, 76, 83, 90])
def test_after_a_crash_the_site_is_old_or_new_and_the_next_build_is_right(site, tmp_path, step, restyled):
    build(site)
    before = bytes_of(site / "site")
    changes(site)
    if restyled:
        write(site, {"themes/editorial/assets/print.css": "p{margin:0}"})
    with pytest.MonkeyPatch.context() as patch:
        killed_at(step, patch)
        with suppress(Killed):
            build(site)
    left = bytes_of(site / "site")
    whole(site)
    build(site)
    build(site, tmp_path / "clean")
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean")
    assert left in (before, bytes_of(tmp_path / "clean"))
    assert left_behind(site) == []


@pytest.mark.parametrize("late", [False, True], ids=["from the beginning", "from the exchange"])
@pytest.mark.parametrize("step", [0, 1, 2, 3, 5, 9, 13, 20, 27, 34, 60])
def test_after_a_crash_in_a_small_edit_the_site_is_old_or_new(site, step, late):
    """The first edit links every file, the second one those that the first has changed."""
    for _ in range(2):
        time.sleep(0.05)  # content as young as its build leaves nothing for small edits
        build(site)
        before = bytes_of(site / "site")
        edit(site / NOTES, "note: ", "note: Again. ")
        with pytest.MonkeyPatch.context() as patch:
            exchanged = exchanges(patch)
            killed_at(step, patch, exchanged if late else (True,))
            with suppress(Killed):
                build(site)
        left = bytes_of(site / "site")
        assert exchanged == [True] or not late
        build(site)
        assert bytes_of(site / "site") == clean(site)
        assert left == (clean(site) if exchanged else before)
        assert left_behind(site) == []


@pytest.mark.parametrize("step", [1, 4, 9, 16])
def test_after_a_crash_the_edit_can_be_taken_back(site, tmp_path, step):
    build(site, tmp_path / "clean")
    build(site)
    shutil.copytree(site / "content", tmp_path / "before")
    changes(site)
    with pytest.MonkeyPatch.context() as patch:
        killed_at(step, patch)
        with pytest.raises(Killed):
            build(site)
    shutil.rmtree(site / "content")
    shutil.copytree(tmp_path / "before", site / "content")
    build(site)
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean")


# A few files at once


@pytest.fixture
def edited(site):
    """A site after a build and a small edit, and what does the next one: the report of a build, proven to be right."""
    time.sleep(0.05)
    build(site)

    def again(text: str):
        time.sleep(0.05)
        edit(site / NOTES, "note: ", f"note: {text} ")
        report = build(site)
        made = bytes_of(site / "site")
        assert {name: data for name, data in made.items() if not name.startswith(".git")} == clean(site)
        return report

    again("One.")
    return site, again


def test_who_reads_a_site_sees_it_whole_while_it_is_edited(edited, monkeypatch):
    """A folder that was opened before is the old site until the new one is in its place, and follows then."""
    site, again = edited
    before, seen = bytes_of(site / "site"), []
    folder = os.open(site / "site", os.O_RDONLY)
    old, real = Path(f"/proc/self/fd/{folder}"), publish._exchange

    def exchange(*trees):
        done = real(*trees)
        seen.append((bytes_of(old), bytes_of(site / "site")))
        return done

    monkeypatch.setattr(publish, "_exchange", exchange)
    again("Two.")
    after = bytes_of(site / "site")
    assert seen == [(before, after)]
    assert bytes_of(old) == after
    os.close(folder)


def inodes(tree: Path) -> dict[str, int]:
    return {name: (tree / name).stat().st_ino for name in names_in(tree)}


def test_the_spare_shares_its_files_with_the_site(edited):
    site, again = edited
    assert again("Two.").written < 12
    assert inodes(site / "site") == inodes(spare(site))


def test_what_was_withdrawn_lies_nowhere(edited):
    site, again = edited
    again("Embargoed.")
    edit(site / NOTES, "note: Embargoed. ", "note: ")
    time.sleep(0.05)
    build(site)
    assert spare(site).is_dir()
    assert not [name for name, data in bytes_of(site / FOLDER).items() if b"Embargoed." in data]
    (site / "content/influencers/maya/posts/first-frost.yaml").unlink()
    time.sleep(0.05)
    assert build(site).removed
    assert inodes(site / "site") == inodes(spare(site))
    again("Embargoed.")
    edit(site / NOTES, "note: Embargoed. ", "note: ")
    edit(site / "content/site.yaml", "Four Shelves", "Five Shelves")
    shutil.rmtree(site / "site")
    build(site)
    assert not spare(site).exists()


def test_where_the_spare_cannot_follow_it_goes(edited, monkeypatch):
    """Also then the site is published, and nothing of the old one stays."""
    site, again = edited
    real = publish._exchange

    def exchange(one, other):
        done = real(one, other)
        (one / "SHA256SUMS").unlink()
        (one / "SHA256SUMS").mkdir()
        return done

    monkeypatch.setattr(publish, "_exchange", exchange)
    again("Two.")
    assert not spare(site).exists()
    monkeypatch.undo()
    assert build(site).recalled
    again("Three.")
    assert inodes(site / "site") == inodes(spare(site))


def spare(site: Path) -> Path:
    return site / FOLDER / "spare"


MEDDLING = {
    "a file less": lambda tree: (tree / "index.html").unlink(),
    "a file more": lambda tree: write(tree, {"deep/er/notes.txt": "mine", "index.html~": "mine"}),
    "another file": lambda tree: (tree / "index.html").unlink() or write(tree, {"index.html": "mine"}),
    "a folder in the place of a file": lambda tree: (
        (tree / "index.html").unlink() or (tree / "index.html/x").mkdir(parents=True)
    ),
    "a file in the place of a folder": lambda tree: shutil.rmtree(tree / "maya") or write(tree, {"maya": "mine"}),
    "a link": lambda tree: (tree / "index.html").unlink() or (tree / "index.html").symlink_to("/etc/passwd"),
    "a link for a folder": lambda tree: shutil.rmtree(tree / "maya") or (tree / "maya").symlink_to("/etc"),
    "nothing": shutil.rmtree,
    "a file": lambda tree: shutil.rmtree(tree) or tree.write_text("mine"),
}


@pytest.mark.parametrize("meddling", MEDDLING)
def test_a_spare_that_somebody_meddled_with_is_put_right(edited, meddling):
    site, again = edited
    MEDDLING[meddling](spare(site))
    again("Two.")
    again("Three.")


def test_a_site_that_somebody_meddled_with_is_put_right(edited):
    """Its files are the spare's too."""
    site, again = edited
    (site / "site/index.html").write_text("mine")
    assert again("Two.").written > 1
    again("Three.")


def test_what_git_keeps_in_the_site_stays_there(edited):
    site, again = edited
    write(site / "site", {".gitkeep": "", ".git/HEAD": "ref: refs/heads/pages"})
    (site / "site/.git/refs/tags").mkdir(parents=True)
    for text in ("Two.", "Three.", "Four."):
        again(text)
        assert (site / "site/.git/refs/tags").is_dir()
        assert (site / "site/.git/HEAD").read_text() == "ref: refs/heads/pages"
        assert (site / "site/.gitkeep").exists()
    shutil.rmtree(site / "site/.git")
    again("Five.")
    assert not (site / "site/.git").exists()


def test_who_may_read_the_site_stays_as_it_is(edited):
    """Also in folders of it, before there is a spare and after."""
    site, again = edited
    shutil.rmtree(spare(site))
    for mode, text in ((0o2750, "Two."), (0o750, "Three."), (0o2771, "Four.")):
        for folder in ("", "maya", "maya/lists"):
            (site / "site" / folder).chmod(mode)
        time.sleep(0.05)
        assert again(text).written < 12
        assert again("More.").written < 12
        assert {(site / "site" / folder).stat().st_mode & 0o7777 for folder in ("", "maya", "maya/lists")} == {mode}


def test_who_may_read_the_site_does_not_depend_on_who_edits_it_first(site):
    time.sleep(0.05)
    build(site)
    modes = {
        path.relative_to(site / "site"): path.stat().st_mode for path in (site / "site").rglob("*") if path.is_dir()
    }
    edit(site / NOTES, "note: ", "note: One. ")
    time.sleep(0.05)
    before = os.umask(0o077)
    try:
        assert 0 < build(site).written < 12
    finally:
        os.umask(before)
    assert spare(site).is_dir()
    assert {folder: (site / "site" / folder).stat().st_mode for folder in modes} == modes


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_whose_the_folders_of_a_site_are_stays_as_it_is(edited):
    site, again = edited
    for owner, text in ((1234, "Two."), (1235, "Three.")):
        os.chown(site / "site/maya", owner, owner + 1)
        again(text)
        again("More.")
        found = (site / "site/maya").stat()
        assert (found.st_uid, found.st_gid) == (owner, owner + 1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_where_a_group_cannot_be_given_files_are_moved_one_by_one(edited, monkeypatch):
    """Who serves the site may be in that group alone."""
    site, again = edited
    shutil.rmtree(spare(site))
    os.chown(site / "site", -1, 1234)
    inode = (site / "site").stat().st_ino
    monkeypatch.setattr(os, "chown", impossible(errno.EPERM))
    again("Two.")
    assert ((site / "site").stat().st_ino, (site / "site").stat().st_gid) == (inode, 1234)
    assert not spare(site).exists()


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="a place of Linux")
def test_on_another_file_system_the_spare_lies_beside_the_site_and_goes(site):
    place = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        if place.stat().st_dev == site.stat().st_dev:
            pytest.skip("there is one file system")
        for text in ("One.", "Two."):
            build(site, place / "site")
            time.sleep(0.05)
            edit(site / NOTES, "note: ", f"note: {text} ")
            folder = os.open(place / "site", os.O_RDONLY)
            before = bytes_of(place / "site")
            assert 0 < build(site, place / "site").written < 12
            assert bytes_of(Path(f"/proc/self/fd/{folder}")) in (before, {})  # exchanged, and deleted
            assert bytes_of(place / "site") == clean(site)
            assert [path.name for path in place.iterdir()] == ["site"]
            assert not spare(site).exists()
    finally:
        shutil.rmtree(place)


def impossible(code):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    return fail


WAYS = {
    "no exchange": lambda patch: patch.setattr(publish, "_exchange", lambda *_: False),
    "no links": lambda patch: patch.setattr(os, "link", impossible(errno.EPERM)),
    "none supported": lambda patch: patch.setattr(os, "link", impossible(errno.EOPNOTSUPP)),
    "another mount": lambda patch: patch.setattr(os, "link", impossible(errno.EXDEV)),
    "another system": lambda patch: patch.setattr(sys, "platform", "darwin"),
}


@pytest.mark.parametrize("way", WAYS)
def test_where_trees_cannot_be_exchanged_files_are_moved_one_by_one(edited, monkeypatch, way):
    site, again = edited
    shutil.rmtree(spare(site))
    WAYS[way](monkeypatch)
    inode = (site / "site").stat().st_ino
    again("Two.")
    assert again("Three.").written < 12
    assert (site / "site").stat().st_ino == inode
    assert left_behind(site) == []
    assert spare(site).exists() == (way == "no exchange")


def test_no_folder_is_made_in_vain_where_files_cannot_be_linked(edited, monkeypatch):
    """But for those around the first file."""
    site, again = edited
    shutil.rmtree(spare(site))
    made, real = [], os.mkdir

    def mkdir(path, *mode, dir_fd=None):
        folder = Path(f"/proc/self/fd/{dir_fd}").readlink() / path if dir_fd else Path(path)
        made.append(folder.is_relative_to(spare(site)))
        real(path, *mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "mkdir", mkdir)
    monkeypatch.setattr(os, "link", impossible(errno.EPERM))
    again("Two.")
    assert 0 < sum(made) < 5
    monkeypatch.undo()
    again("Three.")
    assert inodes(site / "site") == inodes(spare(site))


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount")
def test_a_site_that_is_a_mount_point_stays_as_it_is(edited):
    """No folder can be put in its place. What lies on another device is known before anything is done."""
    site, again = edited
    before = bytes_of(site / "site")
    time.sleep(0.05)
    edit(site / NOTES, "note: ", "note: Lost. ")
    for way in (["--bind", site / "site"], ["-t", "tmpfs", "tmpfs"]):
        subprocess.run(["mount", *way, site / "site"], check=True)
        try:
            held = bytes_of(site / "site")
            with pytest.raises(EnvironmentFailure) as caught:
                build(site)
            assert bytes_of(site / "site") == held
            assert held or "choose a folder in it with --output" in str(caught.value)
        finally:
            subprocess.run(["umount", site / "site"], check=True)
        assert bytes_of(site / "site") == before
        assert left_behind(site) == []
    again("Two.")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_where_no_spare_can_be_made_the_old_site_stays(edited, monkeypatch, code):
    site, again = edited
    shutil.rmtree(spare(site))
    before = bytes_of(site / "site")
    time.sleep(0.05)
    edit(site / NOTES, "note: ", "note: Lost. ")
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", impossible(code))
        with pytest.raises(EnvironmentFailure, match=os.strerror(code)):
            build(site)
    assert bytes_of(site / "site") == before
    assert left_behind(site) == []
    again("Two.")


def test_where_folders_cannot_be_exchanged_they_are_renamed(site, monkeypatch):
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    build(site)
    shutil.rmtree(site / ".storefront")
    edit(site / "content/site.yaml", "Four Shelves", "Five Shelves")
    build(site)
    assert "Five Shelves" in (site / "site/index.html").read_text()
    assert left_behind(site) == []


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="a way of Linux")
def test_folders_are_exchanged_at_once(tmp_path):
    write(tmp_path, {"a/one": "1", "b/two": "2"})
    assert publish._exchange(tmp_path / "a", tmp_path / "b")
    assert names_in(tmp_path) == {"a/two", "b/one"}


def test_the_workers_of_a_build_leave_nothing_in_the_cache_but_its_parts(site):
    time.sleep(0.05)  # content as young as its build leaves no manifest
    build(site)
    pack = next((site / FOLDER).glob("records-*.pack")).name
    assert {name.partition("/")[0] for name in names_in(site / FOLDER)} == {
        "edits.msgpack",
        "images",
        "lock",
        "manifest.msgpack",
        "next-change",
        "media.msgpack",
        "pictures.msgpack",
        pack,
        "records.msgpack",
        "state.msgpack",
    }
