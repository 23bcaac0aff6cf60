"""The store of hits: one file of Parquet for each log, in the private folder `measured/hits`.

A log that has grown, been packed or been renamed is known again by its first record, and replaces what was read of it
before. An export is known by all it holds.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import structs

from storefront.digests import of_bytes
from storefront.figures import store
from storefront.logs import Asked, Known, Measured, Sniffed, engine, measuring, packing, sniff
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
    found = _measured(connection, asked, site)
    if _lines(connection, target) > found.lines:  # a shorter copy of a log that is known already
        beside.unlink()
        return structs.replace(found, older=True)
    os.replace(beside, target)
    return found


def _measured(connection: Any, asked: Asked, site: Known) -> Measured:
    """What a log holds. Of a packed one that DuckDB cannot unpack to its end, what can be unpacked."""
    library, how = engine.duckdb(), asked.sniffed.compression
    try:
        found = measuring.measure(connection, asked, site)
    except library.OutOfMemoryException as error:
        raise EnvironmentFailure(f"not enough room for {asked.file}: {_first(error)}") from None
    except library.Error as error:
        if how == "none":
            raise ProblemsFound([Problem("unknown-log", _first(error), Place(str(asked.file)))]) from None
        return _torn(connection, asked, site)
    # DuckDB says nothing of zstd that ends too early, and reads on in gzip that is damaged.
    is_doubtful = how == "zstd" or (how == "gzip" and found.skipped)
    if is_doubtful and not found.torn and not packing.is_whole(asked.file, how):
        return _torn(connection, asked, site)
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
        with whole.open("wb") as out, contextlib.suppress(packing.Torn):
            out.writelines(packing.unpacked(asked.file, asked.sniffed.compression))
        sniffed = structs.replace(asked.sniffed, compression="none")
        found = measuring.measure(connection, structs.replace(asked, file=whole, sniffed=sniffed), site)
    finally:
        whole.unlink(missing_ok=True)
    return structs.replace(found, torn=True)
