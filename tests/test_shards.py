"""Files of a build: written once, into folders that may not be there yet."""

import os

import pytest

from storefront import shards


def test_a_file_is_written_with_its_folders_and_signed(tmp_path):
    path = tmp_path / "maya/lists/kitchen/index.html"
    assert shards.write(str(path), b"page") == (4, path.stat().st_mtime_ns)
    assert path.read_bytes() == b"page"
    with pytest.raises(FileExistsError):
        shards.write(str(path), b"other")
    assert path.read_bytes() == b"page"


def test_a_folder_that_another_worker_makes_meanwhile_is_no_fault(tmp_path, monkeypatch):
    make = os.mkdir

    def raced(path):
        make(path)  # the other worker's
        make(path)

    monkeypatch.setattr(os, "mkdir", raced)
    shards.write(str(tmp_path / "maya/lists/index.html"), b"page")
    assert (tmp_path / "maya/lists/index.html").read_bytes() == b"page"


def test_a_disk_that_takes_a_part_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "write", lambda _descriptor, data: len(data) - 1)
    with pytest.raises(OSError, match="No space left"):
        shards.write(str(tmp_path / "index.html"), b"page")
