"""Packing: what a packed file holds, in pieces, up to where it is damaged or ends too early."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from storefront.logs.engine import MISSING
from storefront.problems import EnvironmentFailure

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
CHUNK = 1 << 16  # so much at most is lost where a file is damaged


class Torn(Exception):
    """A packed file is damaged here, or ends too early."""


def compression(file: Path) -> str:
    """How a file is packed, in DuckDB's words. Raises OSError where it cannot be read."""
    with file.open("rb") as reading:
        start = reading.read(len(ZSTD))
    return "gzip" if start.startswith(GZIP) else "zstd" if start == ZSTD else "none"


def unpacked(file: Path, how: str) -> Iterator[bytes]:
    """What a file holds, in pieces. Raises `Torn` behind the last of them that can be unpacked."""
    match how:
        case "gzip":
            return _gzip(file)
        case "zstd":
            return _zstd(file)
        case _:
            return _plain(file)


def beginning(file: Path, how: str, size: int) -> bytes:
    """The first bytes of what a file holds, as many as can be unpacked."""
    found = b""
    try:
        for piece in unpacked(file, how):
            found += piece
            if len(found) >= size:
                break
    except Torn:
        pass
    return found[:size]


def is_whole(file: Path, how: str) -> bool:
    """Whether a file can be unpacked to its end."""
    try:
        for _ in unpacked(file, how):
            pass
    except Torn:
        return False
    return True


def _plain(file: Path) -> Iterator[bytes]:
    with file.open("rb") as reading:
        while piece := reading.read(CHUNK):
            yield piece


def _gzip(file: Path) -> Iterator[bytes]:
    with gzip.open(file) as reading:
        try:
            while piece := reading.read1(CHUNK):
                yield piece
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Torn from None


def _zstd(file: Path) -> Iterator[bytes]:
    try:
        import pyarrow as pa
    except ImportError:
        raise EnvironmentFailure(MISSING) from None
    with file.open("rb") as packed, pa.CompressedInputStream(pa.PythonFile(packed, "r"), "zstd") as reading:
        while True:
            try:
                piece = reading.read(CHUNK)
            except (pa.ArrowException, OSError):
                raise Torn from None
            if not piece:
                return
            yield piece
