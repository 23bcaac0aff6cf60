"""Trees that were looked at: whatever changes in one is noticed by name, however soon."""

import os
import shutil
import time
from pathlib import Path

import pytest

from storefront import trees

FILES = ("index.html", "a/index.html", "a/b/index.html", "c/index.html")


@pytest.fixture
def tree(tmp_path):
    for file in FILES:
        (tmp_path / "site" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / file).write_text("old")
    time.sleep(0.02)  # a step of the clock
    return tmp_path / "site"


def rewritten(file: Path) -> None:
    """With the size and the time that it had."""
    before = file.stat()
    file.write_text("new")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = {
    "a file rewritten": lambda tree: rewritten(tree / "a/b/index.html"),
    "a file more": lambda tree: (tree / "a/b/mine.txt").write_text(""),
    "a file less": lambda tree: (tree / "c/index.html").unlink(),
    "a folder more": lambda tree: (tree / "a/empty").mkdir(),
    "a folder less": lambda tree: shutil.rmtree(tree / "c"),
    "another folder": lambda tree: (tree / "c").rename(tree / "old") or shutil.copytree(tree / "old", tree / "c"),
    "who may read": lambda tree: (tree / "a").chmod(0o700),
    "a file for a folder": lambda tree: shutil.rmtree(tree / "c") or (tree / "c").write_text(""),
    "a link for a folder": lambda tree: (tree / "c").rename(tree.parent / "c") or (tree / "c").symlink_to("../c"),
    "nothing left": shutil.rmtree,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_noticed(tree, change):
    known = trees.look(tree)
    assert trees.seen_again(tree, known) == known
    CHANGES[change](tree)
    assert trees.seen_again(tree, known) is None


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_after_a_tree_was_linked_is_noticed(tree, change):
    """When each entry last changed is known to lie between two moments."""
    known = trees.look(tree)
    begins, made = time.time_ns(), tree.parent / "made"
    shutil.copytree(tree, made, copy_function=os.link)
    time.sleep(0.02)
    linked = trees.Known(known.files, known.signatures, known.folders, window=(begins - 10**7, time.time_ns()))
    time.sleep(0.02)
    again = trees.seen_again(made, linked)
    assert again
    assert again.marks
    assert again.signed() == trees.look(made).signed() != known.signed()
    assert trees.seen_again(made, again) == again
    CHANGES[change](made)
    assert trees.seen_again(made, linked) is None


def test_a_look_tells_of_every_file(tree):
    known = trees.look(tree, {"c"})
    assert sorted(known.names()) == sorted(file for file in FILES if not file.startswith("c/"))
    assert known.inodes() == {file: (tree / file).stat().st_ino for file in known.names()}
    assert {file: signature[0] for file, signature in known.signed().items()} == dict.fromkeys(known.names(), 3)
    assert not trees.look(tree / "nowhere").names()


def test_times_before_1970_are_times(tree):
    os.utime(tree / "index.html", ns=(0, -5_000_000_000))
    known = trees.look(tree)
    assert trees.seen_again(tree, known)
    os.utime(tree / "index.html", ns=(0, -6_000_000_000))
    assert not trees.seen_again(tree, known)


def test_marks_that_may_hide_a_later_change_are_none(tree):
    """A name that comes within the same step of the clock leaves a folder's times as they are."""
    known = trees.look(tree)
    clock = (tree / "a").stat().st_ctime_ns
    assert not trees.marks_after(tree, known, b"", {"a"}, clock)
    assert not trees.marks_after(tree, known, known.marks, {"a"}, clock)
    assert trees.marks_after(tree, known, known.marks, {"a"}, clock + 10**10) == known.marks


def test_names_in_some_folders_are_those_known(tree):
    known = trees.look(tree)
    (tree / ".git").mkdir()
    assert trees.hold_as_known([tree], known, {trees.TOP, "a"}, {".git"})
    (tree / "a/b/mine.txt").write_text("")
    assert trees.hold_as_known([tree], known, {trees.TOP, "a"}, {".git"})
    assert not trees.hold_as_known([tree], known, {"a/b"}, {".git"})


def test_a_file_that_somebody_else_wrote_is_told_from_ours(tree):
    known = trees.look(tree)
    (tree / "c/index.html").write_text("newer")
    found = (tree / "c/index.html").stat()
    made = {"c/index.html": (found.st_size, found.st_mtime_ns)}
    assert trees.signatures_after(tree, known, made, ()) == trees.look(tree).signatures
    assert trees.signatures_after(tree, known, {"c/index.html": (5, 1)}, ()) is None
    assert trees.signatures_after(tree, known, {"new.html": (5, 1)}, ()) is None
    (tree / "index.html").write_text("other")
    assert trees.signatures_after(tree, known, made, FILES) is None
    assert trees.signatures_after(tree, known, made, ["index.html"]) is None
