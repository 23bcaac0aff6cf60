"""Spools: bytes by name that wait on the disk and not in memory."""

import weakref
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import BinaryIO

IN_MEMORY = 1 << 18  # bytes; so little never touches the disk


class Spool(MutableMapping[str, bytes]):
    """Bytes by name, in the order in which they came. Everything that writes or reads may raise `OSError`.

    The file is in `folder`, or where the system keeps such files. It has no name there, or loses it when this goes.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._end = 0
        self._recent: dict[str, bytes] = {}  # not in the file yet
        self._waiting = 0
        self._places: dict[str, tuple[int, int]] = {}  # where each begins and how long it is

    def __setitem__(self, name: str, data: bytes) -> None:
        self._recent[name] = data
        self._places[name] = (-1, len(data))
        self._waiting += len(data)
        if self._waiting > IN_MEMORY:
            self._write()

    def _write(self) -> None:
        file = self._file = self._file or self._opened()
        file.seek(self._end)
        file.writelines(self._recent.values())
        file.flush()
        for name, data in self._recent.items():
            self._places[name] = (self._end, len(data))
            self._end += len(data)
        self._recent.clear()
        self._waiting = 0

    def _opened(self) -> BinaryIO:
        import tempfile  # with all that it imports, for builds that need it

        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  it stays open
        self._close = weakref.finalize(self, file.close)
        return file

    def __getitem__(self, name: str) -> bytes:
        start, size = self._places[name]
        if start < 0 or self._file is None:
            return self._recent[name]
        self._file.seek(start)
        return self._file.read(size)

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._recent.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def clear(self) -> None:
        """Forget everything, and give the file back."""
        if self._file:
            self._close()
        self._file, self._end, self._waiting = None, 0, 0
        self._recent.clear()
        self._places.clear()

    def size(self) -> int:
        """How many bytes there are in all."""
        return sum(size for _, size in self._places.values())
