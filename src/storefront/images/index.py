"""What is known of source files from earlier builds, so that an unchanged picture costs one `lstat` and no reading.

A file counts as unchanged when its size, its times of modification and of change in ns, and its inode are what they
were when it was read. An edit within the same tick of the file system's clock would leave all of them alike; therefore,
as in git's index, a file that was young when it was read is read again next time ("racy git", git's documentation).
What is known of bytes is kept by their digest. Lost or damaged, the index is empty, and every picture is read once.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront import cachefile, digests
from storefront.images import sources
from storefront.images.examining import examine
from storefront.images.sources import Source, Unusable

FILE = "pictures.msgpack"
VERSION = 2
RACY = 2_500_000_000  # ns; the coarsest clock of a file system that is in use, FAT's, ticks every two seconds

Signature = tuple[int, int, int, int]
Examined = Source | Unusable | OSError


class Seen(Struct, frozen=True, array_like=True):
    """A file as it was when it was read, and the digest of its bytes."""

    signature: Signature
    digest: str


class _Stored(Struct):
    version: int = VERSION
    files: dict[str, Seen] = {}
    known: dict[str, Source] = {}


class Index:
    """The pictures of a site by their paths from its root."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._file = os.path.realpath(root), folder / FILE
        self._before = _read(self._file)
        self._now: dict[str, Seen] = {}
        self._known = dict(self._before.known)
        self._folders: dict[str, bool] = {}

    def look(self, files: Iterable[str], workers: int, progress: Callable[[int, int], None]) -> dict[str, Examined]:
        """What each file is, or why it cannot be used. `progress` counts the files that had to be decoded."""
        found: dict[str, Examined] = {}
        asked = list(dict.fromkeys(files))
        unread = []
        for file in asked:
            known = self._unchanged(file)
            if known is None:
                unread.append(file)
            else:
                found[file] = known
        for count, (file, examined) in enumerate(self._all_examined(unread, workers), 1):
            progress(count, len(unread))
            found[file] = examined
        return {file: found[file] for file in asked}

    def _all_examined(self, files: Sequence[str], workers: int) -> Iterator[tuple[str, Examined]]:
        if not files:
            return
        from concurrent.futures import ThreadPoolExecutor, as_completed  # 3.5 ms, which most builds have no use for

        with (
            sources.unwarned(),
            ThreadPoolExecutor(max_workers=workers) as pool,
        ):  # the decoders release the interpreter's lock
            running = {pool.submit(self._examined, file): file for file in files}
            for done in as_completed(running):
                yield running[done], done.result()

    def _unchanged(self, file: str) -> Examined | None:
        seen = self._before.files.get(file)
        if seen is None or not self._is_plain(os.path.dirname(file)):
            return None
        try:
            signature = _signature(os.lstat(f"{self._root}/{file}"))
        except OSError as error:
            return error
        known = self._known.get(seen.digest)
        if signature != seen.signature or known is None:
            return None
        self._now[file] = seen
        return known

    def _is_plain(self, folder: str) -> bool:
        """Whether no folder on the way is a link to another place."""
        if folder not in self._folders:
            path = os.path.join(self._root, *folder.split("/"))
            self._folders[folder] = os.path.realpath(path) == os.path.normpath(path)
        return self._folders[folder]

    def _examined(self, file: str) -> Examined:
        path, began = f"{self._root}/{file}", time.time_ns()
        try:
            found = os.lstat(path)
            if not self._is_plain(os.path.dirname(file)) or os.path.islink(path):
                hint = "Put the picture itself here: links are never followed."
                return Unusable("this is a link to another place", hint)
            data = sources.read(path, found)
            digest = digests.of_bytes(data)
            known = self._known.get(digest)
            if known is None:
                known = self._known[digest] = examine(data)
            sources.judge_name(known.kind, os.path.splitext(file)[1])
        except (Unusable, OSError) as error:
            return error
        signature = _signature(found)
        if max(signature[1:3]) < began - RACY:
            self._now[file] = Seen(signature, digest)
        return known

    def save(self) -> None:
        """Keep what is known, by rename, if it has changed; nothing on a full disk.

        Pictures that are not shown now stay known.
        """
        files = {file: seen for file, seen in self._before.files.items() if file in self._now or self._stands(file)}
        kept = _Stored(files=files | self._now, known=self._known)
        if kept != self._before:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                cachefile.write(self._file, msgspec.msgpack.encode(kept))

    def _stands(self, file: str) -> bool:
        return os.path.lexists(f"{self._root}/{file}")


def _signature(found: os.stat_result) -> Signature:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _read(path: Path) -> _Stored:
    try:
        kept = msgspec.msgpack.decode(cachefile.read(path), type=_Stored)
    except (OSError, msgspec.DecodeError, ValueError):
        return _Stored()
    return kept if kept.version == VERSION else _Stored()
