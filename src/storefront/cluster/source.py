"""A site that lies in an object store: what a build reads of it is copied into a folder, and only what has changed."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront import cachefile
from storefront.cluster.objects import Objects, Stamp
from storefront.outcome import FOLDER, Progress
from storefront.problems import EnvironmentFailure
from storefront.unchanged import READ

FILE = "source.msgpack"
BATCH = 500  # files in memory at a time


class _Fetched(Struct):
    """Where the files of a folder were copied from, and what each was there."""

    address: str = ""
    files: dict[str, Stamp] = {}


def fetch(address: str, root: Path, progress: Progress) -> int:
    """Make `root` hold what a build reads of the site at an address; how many files were copied.

    Raises `EnvironmentFailure` where the folder holds content of its own, and `OSError`.
    """
    progress("Fetch", 0, 0)
    source, kept = Objects(address), root / FOLDER / FILE
    last = _read(kept)
    own = sorted(set(_files(root)) - last.files.keys())
    if own or last.address not in {"", source.address}:
        what = own[0] if own else f"what lies at {last.address}"
        raise EnvironmentFailure(f"{root} holds {what}; --source needs a folder without content as --root")
    there = {file: stamp for file, stamp in source.listed().items() if _is_read(file)}
    wanted = [file for file, stamp in there.items() if last.files.get(file) != stamp or not (root / file).is_file()]
    _keep(kept, _Fetched(source.address, last.files | there))  # what is copied from now on is not the folder's own
    left, done = iter(wanted), 0
    while batch := list(islice(left, BATCH)):
        for file, data in source.read(batch).items():
            _write(root / file, data)
        done += len(batch)
        progress("Fetch", done, len(wanted))
    for file in last.files.keys() - there.keys():
        (root / file).unlink(missing_ok=True)
    _keep(kept, _Fetched(source.address, there))
    return len(wanted)


def _is_read(file: str) -> bool:
    """Whether a build reads an object of this name, and it names a file below the site's folder."""
    parts = file.split("/")
    return parts[0] in READ and not {"", ".", ".."} & set(parts) and "\\" not in file and "\0" not in file


def _files(root: Path) -> Iterator[str]:
    for name in READ:
        if (root / name).is_dir():
            yield from (path.relative_to(root).as_posix() for path in (root / name).rglob("*") if not path.is_dir())
        elif (root / name).exists():
            yield name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    os.replace(new, path)


def _read(path: Path) -> _Fetched:
    try:
        return msgspec.msgpack.decode(cachefile.read(path), type=_Fetched)
    except (OSError, msgspec.MsgspecError):
        return _Fetched()


def _keep(path: Path, fetched: _Fetched) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cachefile.write(path, msgspec.msgpack.encode(fetched))
