"""Records of earlier builds, by the digests of their files: what has not changed is not parsed and validated again.

Kept in one file that holds just what the last build read, and is as large as that. It is a copy and never needed: lost,
damaged or of another engine, it is empty.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from storefront import digests, engine
from storefront.content import Source

FILE = "records.msgpack"
Lines = list[tuple[tuple[str | int, ...], list[int]]]
_encode = msgspec.msgpack.Encoder().encode
_lines = msgspec.msgpack.Decoder(Lines).decode


class Kept(Struct, array_like=True, gc=False):
    """A record as bytes, and the lines on which the entries of its lists begin."""

    record: msgspec.Raw
    lines: msgspec.Raw  # of `Lines`; few of them are asked for


class Shelf(Struct, array_like=True):
    """The whole file: records by the digests of their files, and which files the last finished build was made of."""

    engine: str = ""
    records: dict[str, Kept] = {}
    now: datetime | None = None
    files: list[tuple[Source, str]] = []


class Remembered:
    """Records by the digests of their files. Without a folder nothing is known, and only with `keeping` is any kept."""

    def __init__(self, folder: Path | None = None, *, keeping: bool = False) -> None:
        self._folder = folder if keeping else None
        self._last = _read(folder / FILE) if folder else Shelf()
        self.recalled = 0  # how often a record was known
        self._met: dict[str, Kept] = {}
        self._files: list[tuple[Source, str]] = []
        # To make a decoder takes longer than to decode a record with it.
        self._decoders: dict[type[Any], msgspec.msgpack.Decoder[Any]] = {}

    @property
    def last(self) -> tuple[datetime, list[tuple[Source, str]]] | None:
        """The moment and the files, each with its digest, of the last finished build, as far as they are known."""
        return (self._last.now, self._last.files) if self._last.now else None

    def beside(self) -> "Remembered":
        """One that knows the same, and keeps nothing of what it is asked."""
        other = Remembered()
        other._last, other._decoders = self._last, self._decoders
        return other

    def find(self, source: Source, digest: str, model: type[Any]) -> tuple[Any, Lines] | None:
        """The record that bytes of this digest gave, and the lines of its lists."""
        kept = self._last.records.get(digest)
        if kept is None:
            return None
        if model not in self._decoders:
            self._decoders[model] = msgspec.msgpack.Decoder(model)
        try:
            record = self._decoders[model].decode(kept.record)
        except msgspec.MsgspecError:
            return None
        self._meet(source, digest, kept)
        self.recalled += 1
        return record, _lines(kept.lines)

    def keep(self, source: Source, digest: str, record: Any, lines: Lines) -> None:
        """Remember the record that bytes of this digest gave."""
        if self._folder:
            self._meet(source, digest, Kept(msgspec.Raw(_encode(record)), msgspec.Raw(_encode(lines))))

    def _meet(self, source: Source, digest: str, kept: Kept) -> None:
        self._met[digest] = kept
        self._files.append((source, digest))

    def save(self, finished: datetime | None = None) -> None:
        """Leave what was met, by rename; nothing on a full disk.

        `finished` is the moment of a build that is done: what it did not meet is forgotten. Before that, it is kept.
        """
        if self._folder is None:
            return
        last = self._last
        records = self._met if finished else last.records | self._met
        if finished is None and records.keys() == last.records.keys():
            return
        now, files = (finished, self._files) if finished else (last.now, last.files)
        if (records.keys(), now, files) == (last.records.keys(), last.now, last.files):
            return
        data = _encode(Shelf(engine.fingerprint(), records, now, files))
        new = self._folder / f"{FILE}.{os.getpid()}"
        try:
            new.write_bytes(digests.sealed(data))
            new.replace(self._folder / FILE)
        except OSError:
            new.unlink(missing_ok=True)

    def renew(self, finished: datetime) -> None:
        """Leave what the last finished build read, with the files that were met in the place of those of their names.

        `finished` is the moment of a build that read these files alone.
        """
        newer = {source.file: digest for source, digest in self._files}
        self._files = [(source, newer.get(source.file, digest)) for source, digest in self._last.files]
        records = self._last.records | self._met
        self._met = {digest: records[digest] for _, digest in self._files}
        self.save(finished)


def _read(path: Path) -> Shelf:
    try:
        data = digests.unsealed(path.read_bytes())
        if data is None:
            return Shelf()
        shelf = msgspec.msgpack.decode(data, type=Shelf)
    except (OSError, msgspec.MsgspecError):
        return Shelf()
    return shelf if shelf.engine == engine.fingerprint() else Shelf()
