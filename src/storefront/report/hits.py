"""The store of hits: one file of Parquet for each log, in the private folder `measured/hits`.

A log that has grown, been packed or been renamed is known again by its first record, and replaces what was read of it
before. An export is known by all it holds.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import structs

from storefront.digests import of_bytes
from storefront.figures import store
from storefront.logs import Asked, Known, Measured, Sniffed, engine, measuring, sniff
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

FOLDER = "hits"
CHUNK = 1 << 20


def folder(root: Path) -> Path:
    """Where a site keeps its hits."""
    return store.folder(root) / FOLDER


def made(root: Path) -> Path:
    """The folder, made if it is not there, for this user's eyes only, and out of git."""
    whole = folder(root)
    whole.mkdir(parents=True, exist_ok=True)
    whole.chmod(0o700)
    ignore = store.folder(root) / store.IGNORE
    if not ignore.exists():
        ignore.write_text(store.PRIVATE, encoding="utf-8")
    return whole


@contextmanager
def opened(root: Path) -> Iterator[Any]:
    """A connection to DuckDB that may write what does not fit into memory beside the hits."""
    with engine.opened(made(root)) as connection:
        yield connection


def take_in(connection: Any, root: Path, files: Sequence[Path], site: Known, form: str | None) -> list[Measured]:
    """Read logs into the store. Raises `ProblemsFound` for all files of no known format at once, before any is read."""
    problems: list[Problem] = []
    sniffed: list[tuple[Path, Sniffed]] = []
    for file in files:
        try:
            sniffed.append((file, sniff(file, form)))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    measuring.prepare(connection, site)
    return [_one(connection, root, file, what, site) for file, what in sniffed]


def identity(file: Path, sniffed: Sniffed) -> str:
    """What a log is known by."""
    if sniffed.first:
        return of_bytes(f"{sniffed.format.id}\n{sniffed.first}".encode("utf-8", "replace"))
    whole = hashlib.blake2b(digest_size=16)
    with file.open("rb") as reading:
        while data := reading.read(CHUNK):
            whole.update(data)
    return whole.hexdigest()


def _one(connection: Any, root: Path, file: Path, sniffed: Sniffed, site: Known) -> Measured:
    target = folder(root) / f"{identity(file, sniffed)}.parquet"
    beside = target.with_suffix(".new")
    asked = Asked(file=file, sniffed=sniffed, into=beside, label=file.name)
    library = engine.duckdb()
    try:
        found = measuring.measure(connection, asked, site)
    except library.OutOfMemoryException as error:
        raise EnvironmentFailure(f"not enough room for {file}: {_first(error)}") from None
    except library.Error as error:
        if sniffed.compression == "none":
            raise ProblemsFound([Problem("unknown-log", _first(error), Place(str(file)))]) from None
        found = _torn(connection, asked, site)
    if _lines(connection, target) > found.lines:  # a shorter copy of a log that is known already
        beside.unlink()
        return structs.replace(found, older=True)
    os.replace(beside, target)
    return found


def _first(error: Exception) -> str:
    return str(error).splitlines()[0]


def _lines(connection: Any, file: Path) -> int:
    if not file.exists():
        return -1
    path = engine.text(str(file.absolute()))
    rows = connection.execute(f"SELECT value FROM parquet_kv_metadata({path}) WHERE key = 'lines'::BLOB").fetchall()
    return int(rows[0][0]) if rows else -1


def _torn(connection: Any, asked: Asked, site: Known) -> Measured:
    """A packed file that ends too early or is damaged: what can be unpacked is read."""
    whole = asked.into.with_suffix(".unpacked")
    try:
        with asked.file.open("rb") as packed, whole.open("wb") as out:
            _unpack(packed, out, asked.sniffed.compression)
        sniffed = structs.replace(asked.sniffed, compression="none")
        found = measuring.measure(connection, structs.replace(asked, file=whole, sniffed=sniffed), site)
    finally:
        whole.unlink(missing_ok=True)
    return structs.replace(found, torn=True)


def _unpack(packed: Any, out: Any, compression: str) -> None:
    if compression != "gzip":
        return
    unpacking = zlib.decompressobj(wbits=31)
    while data := packed.read(CHUNK):
        try:
            while data:
                out.write(unpacking.decompress(data))
                data = unpacking.unused_data
                if unpacking.eof:
                    unpacking = zlib.decompressobj(wbits=31)
        except zlib.error:
            return
