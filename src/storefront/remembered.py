"""Records of earlier builds, by the digests of their files: what has not changed is not parsed and validated again.

Kept in one file that holds just what the last build read, and is as large as that. It is a copy and never needed: lost,
damaged or of another engine, it is empty.
"""

import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from storefront import digests, engine

FILE = "records.msgpack"
Lines = list[tuple[tuple[str | int, ...], list[int]]]
_encode = msgspec.msgpack.Encoder().encode


class Kept(Struct, array_like=True, gc=False):
    """A record as bytes, and the lines on which the entries of its lists begin."""

    record: msgspec.Raw
    lines: Lines


class Shelf(Struct, array_like=True):
    """The whole file."""

    engine: str
    records: dict[str, Kept]


class Remembered:
    """Records by the digests of their files. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known = _read(folder / FILE) if folder else {}
        self._met: dict[str, Kept] = {}
        # To make a decoder takes longer than to decode a record with it.
        self._decoders: dict[type[Any], msgspec.msgpack.Decoder[Any]] = {}

    def find(self, digest: str, model: type[Any]) -> tuple[Any, Lines] | None:
        """The record that bytes of this digest gave, and the lines of its lists."""
        kept = self._known.get(digest)
        if kept is None:
            return None
        if model not in self._decoders:
            self._decoders[model] = msgspec.msgpack.Decoder(model)
        try:
            record = self._decoders[model].decode(kept.record)
        except msgspec.MsgspecError:
            return None
        self._met[digest] = kept
        return record, kept.lines

    def keep(self, digest: str, record: Any, lines: Lines) -> None:
        """Remember the record that bytes of this digest gave."""
        if self._folder:
            self._met[digest] = Kept(msgspec.Raw(_encode(record)), lines)

    def save(self) -> None:
        """Leave what was met for the next build, by rename; the rest is forgotten. Nothing is left on a full disk."""
        if self._folder is None or self._met.keys() == self._known.keys():
            return
        data = _encode(Shelf(engine.fingerprint(), self._met))
        new = self._folder / f"{FILE}.{os.getpid()}"
        try:
            new.write_bytes(digests.of_bytes(data).encode() + data)
            new.replace(self._folder / FILE)
        except OSError:
            new.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Kept]:
    try:
        whole = path.read_bytes()
        digest, data = whole[:32], whole[32:]
        if digests.of_bytes(data).encode() != digest:
            return {}
        shelf = msgspec.msgpack.decode(data, type=Shelf)
    except (OSError, msgspec.MsgspecError):
        return {}
    return shelf.records if shelf.engine == engine.fingerprint() else {}
