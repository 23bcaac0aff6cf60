"""Compiled templates, kept where Python keeps what it compiled of this very module: in its `__pycache__`.

Jinja2 takes longer to compile templates than to make a page of them: 0.22 s of CPU for all of a theme that ships, and
7 ms to take them from here. What is kept is code that will be run, so it lies in no folder of a site, which arrives by
git and in caches of others: whoever can write here can change the program itself. It follows Python's own switches:
`PYTHONPYCACHEPREFIX` moves it, `PYTHONDONTWRITEBYTECODE` keeps it from being written. It is a copy and never needed:
lost, damaged, of another engine or not to be written, templates are compiled again.
"""

import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import jinja2
import msgspec
from jinja2.bccache import Bucket
from msgspec import Struct

from storefront import cachefile, engine

MOST = 256  # a theme has some fifty; those of themes and sites that are used no more would stay for ever


class CompiledTemplates(Struct, array_like=True):
    """Templates by Jinja2's names for them, each with the digest of its source, and the engine that compiled them."""

    engine: str = ""
    templates: dict[str, tuple[str, bytes]] = {}


class Compiled(jinja2.BytecodeCache):
    """The templates that are kept in a file, and those compiled meanwhile. Without a file nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._met: dict[str, tuple[str, bytes]] = {}

    @cached_property
    def _before(self) -> dict[str, tuple[str, bytes]]:
        return _read(self._path) if self._path else {}

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
        """Leave what was met, by rename, if any of it is new; nothing on a full disk.

        Nobody else may write or read it, whatever the umask: a site's own templates can be private.
        """
        kept = self._before | self._met
        if self._path is None or sys.dont_write_bytecode or kept == self._before:
            return
        data = msgspec.msgpack.encode(CompiledTemplates(engine.fingerprint(), kept if len(kept) <= MOST else self._met))
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with cachefile.replacing(self._path) as file:
                file.write(cachefile.sealed(data))


def usual() -> Compiled:
    """What is kept beside the byte code of this module; nothing where Python keeps none of it."""
    cached = __spec__.cached if __spec__ else None
    return Compiled(Path(cached).with_suffix(".templates") if cached else None)


def _read(path: Path) -> dict[str, tuple[str, bytes]]:
    try:
        kept = msgspec.msgpack.decode(cachefile.read(path), type=CompiledTemplates)
    except (OSError, msgspec.MsgspecError):
        return {}
    return kept.templates if kept.engine == engine.fingerprint() else {}
