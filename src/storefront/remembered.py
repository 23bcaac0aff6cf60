"""Records of earlier builds, by the digests of their files: what has not changed is not parsed and validated again.

Kept as an index of what the last build read and a pack of the records themselves, which small edits only append to:
with 6,113 records of 18 MB an edit takes 0.79 s of CPU so, and took 0.90 when all were read and written (medians of 5
and 6 builds). It is a copy and never needed: lost, damaged or of another engine, it is empty.
"""

import os
import weakref
import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import msgspec
from msgspec import Struct

from storefront import cachefile, engine
from storefront.content import Source
from storefront.problems import KeyPath
from storefront.spool import Spool

FILE = "records.msgpack"
PACK = "records-{}.pack"
SPARE = 1 << 20  # so much more than twice what is used may be kept
ListLines = list[tuple[KeyPath, list[int]]]
_encode = msgspec.msgpack.Encoder().encode
_decode_lines = msgspec.msgpack.Decoder(ListLines).decode


class StoredRecord(Struct, array_like=True, gc=False):
    """A record as bytes, and the lines on which the entries of its lists begin."""

    record: msgspec.Raw
    lines: msgspec.Raw  # of `ListLines`; few of them are asked for


_decode_record = msgspec.msgpack.Decoder(StoredRecord).decode


class Span(Struct, frozen=True, array_like=True, gc=False):
    """Where a `StoredRecord` lies in the pack, and the CRC-32 of what lies there."""

    start: int
    size: int
    check: int


class PackIndex(Struct, array_like=True):
    """The index: records by the digests of their files, and which files the last finished build was made of.

    Of the pack of this name, `end` bytes are known.
    """

    engine: str = ""
    pack: str = ""
    end: int = 0
    records: dict[str, Span] = {}
    now: datetime | None = None
    files: list[tuple[Source, str]] = []


class _Pack:
    """A pack that stays open, so that its records can be read even when another build has replaced it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._file)

    def read(self, span: Span) -> bytes | None:
        """What lies there; None where it is not what it was."""
        os.lseek(self._file, span.start, os.SEEK_SET)
        data = os.read(self._file, span.size)
        return data if zlib.crc32(data) == span.check else None


class Remembered:
    """Records by the digests of their files. Without a folder nothing is known, and only with `keeping` is any kept."""

    def __init__(self, folder: Path | None = None, *, keeping: bool = False) -> None:
        self._folder = folder if keeping else None
        self._last, self._pack = _read(folder) if folder else (PackIndex(), None)
        self.recalled = 0  # how often a record was known
        self._new = Spool(self._folder)  # and not in the pack
        self._met: set[str] = set()
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
        other._last, other._pack, other._decoders = self._last, self._pack, self._decoders
        return other

    def find(self, source: Source, digest: str, model: type[Any]) -> tuple[Any, ListLines] | None:
        """The record that bytes of this digest gave, and the lines of its lists."""
        data = self._data(digest)
        if data is None:
            return None
        if model not in self._decoders:
            self._decoders[model] = msgspec.msgpack.Decoder(model)
        try:
            kept = _decode_record(data)
            record = self._decoders[model].decode(kept.record)
        except msgspec.MsgspecError:
            return None
        self._meet(source, digest)
        self.recalled += 1
        return record, _decode_lines(kept.lines)

    def keep(self, source: Source, digest: str, record: Any, lines: ListLines) -> None:
        """Remember the record that bytes of this digest gave."""
        if self._folder is None:
            return
        try:
            self._new[digest] = _encode(StoredRecord(msgspec.Raw(_encode(record)), msgspec.Raw(_encode(lines))))
        except OSError:  # a full disk
            self._folder = None
        else:
            self._meet(source, digest)

    def _meet(self, source: Source, digest: str) -> None:
        self._met.add(digest)
        self._files.append((source, digest))

    def _data(self, digest: str) -> bytes | None:
        """A `StoredRecord` as it lies in the pack."""
        span = self._last.records.get(digest)
        return self._pack.read(span) if span and self._pack else None

    def save(self, finished: datetime | None = None) -> None:
        """Leave what was met, by rename; nothing on a full disk.

        `finished` is the moment of a build that is done: what it did not meet is forgotten. Before that, it is kept.
        """
        if self._folder is None:
            return
        last = self._last
        wanted = self._met if finished else {*last.records, *self._met}
        now, files = (finished, self._files) if finished else (last.now, last.files)
        if not self._new and (wanted, now, files) == ({*last.records}, last.now, last.files):
            return
        try:
            pack, end, records = self._appended(wanted) or self._packed(wanted)
            shelf = PackIndex(engine.fingerprint(), pack, end, records, now, files)
            cachefile.write(self._folder / FILE, _encode(shelf))
            for other in self._folder.glob(PACK.format("*")):
                if other.name != pack:
                    other.unlink(missing_ok=True)
            self._last, self._pack = shelf, _Pack(self._folder / pack)
        except OSError:
            return
        self._new.clear()

    def renew(self, finished: datetime) -> None:
        """Leave what the last finished build read, with the files that were met in the place of those of their names.

        `finished` is the moment of a build that read these files alone.
        """
        newer = {source.file: digest for source, digest in self._files}
        self._files = [(source, newer.get(source.file, digest)) for source, digest in self._last.files]
        self._met = {digest for _, digest in self._files}
        self.save(finished)

    def _appended(self, wanted: Collection[str]) -> tuple[str, int, dict[str, Span]] | None:
        """Put what is new at the end of the pack; None where there is no pack, or too little of it is still needed."""
        last, folder = self._last, self._folder
        stay = {digest: span for digest, span in last.records.items() if digest in wanted and digest not in self._new}
        more = self._new.size()
        if self._pack is None or folder is None or last.end + more > 2 * (_size(stay) + more) + SPARE:
            return None
        with (folder / last.pack).open("r+b") as file:
            for span in (span for digest, span in last.records.items() if digest not in stay):
                file.seek(span.start)
                file.write(bytes(span.size))  # so that what was withdrawn lies nowhere
            file.seek(last.end)
            new = _laid(file, self._new.items(), last.end)
            file.truncate()  # what a build left that was killed here
        return last.pack, last.end + more, stay | new

    def _packed(self, wanted: Iterable[str]) -> tuple[str, int, dict[str, Span]]:
        """Make another pack."""
        assert self._folder  # noqa: S101  whoever keeps nothing does not come here
        name = PACK.format(uuid4().hex[:12])
        found = ((digest, self._new.get(digest) or self._data(digest)) for digest in sorted(wanted))
        with (self._folder / name).open("xb") as file:
            records = _laid(file, ((digest, data) for digest, data in found if data), 0)
        return name, _size(records), records


def _laid(file: BinaryIO, records: Iterable[tuple[str, bytes]], at: int) -> dict[str, Span]:
    """Write records; where each lies."""
    spans = {}
    for digest, data in records:
        file.write(data)
        spans[digest] = Span(at, len(data), zlib.crc32(data))
        at += len(data)
    return spans


def _size(records: Mapping[str, Span]) -> int:
    return sum(span.size for span in records.values())


def _read(folder: Path) -> tuple[PackIndex, _Pack | None]:
    try:
        shelf = msgspec.msgpack.decode(cachefile.read(folder / FILE), type=PackIndex)
        if shelf.engine == engine.fingerprint():
            return shelf, _Pack(folder / shelf.pack)
    except (OSError, msgspec.MsgspecError):
        pass
    return PackIndex(), None
