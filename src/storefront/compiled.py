"""Compiled templates, kept from build to build: Jinja2 takes longer to compile templates than to make a page of them.

A build after one edit spends 0.13 s of CPU on it without them. Kept in one file that is a copy and never needed: lost,
damaged or of another engine, it is empty.
"""

from contextlib import suppress
from pathlib import Path

import jinja2
import msgspec
from jinja2.bccache import Bucket
from msgspec import Struct

from storefront import cachefile, engine

FILE = "templates.msgpack"
MOST = 256  # a theme has some fifty; those of themes and folders that are used no more would stay for ever


class CompiledTemplates(Struct, array_like=True):
    """Templates by Jinja2's names for them, each with the digest of its source, and the engine that compiled them."""

    engine: str = ""
    templates: dict[str, tuple[str, bytes]] = {}


class Compiled(jinja2.BytecodeCache):
    """The templates that are kept in a folder, and those compiled meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._before = _read(self._path)
        self._met: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from what is kept of its template, if its source is the same."""
        checksum, data = self._before.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            self._met[bucket.key] = (checksum, data)
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self._met[bucket.key] = (bucket.checksum, bucket.bytecode_to_string())

    def save(self) -> None:
        """Leave what was met, by rename, if any of it is new; nothing on a full disk."""
        kept = self._before | self._met
        if kept == self._before:
            return
        data = msgspec.msgpack.encode(CompiledTemplates(engine.fingerprint(), kept if len(kept) <= MOST else self._met))
        with suppress(OSError):
            cachefile.write(self._path, data)


def _read(path: Path) -> dict[str, tuple[str, bytes]]:
    try:
        kept = msgspec.msgpack.decode(cachefile.read(path), type=CompiledTemplates)
    except (OSError, msgspec.MsgspecError):
        return {}
    return kept.templates if kept.engine == engine.fingerprint() else {}
