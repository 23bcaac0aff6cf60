"""Digests: short names for bytes and for plain values, the same on every machine. Files of a site have `sums`."""

from hashlib import blake2b
from typing import Any
from zlib import crc32

import msgspec

SEAL = 4  # bytes
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def of_bytes(data: bytes | memoryview, size: int = 16) -> str:
    """Hex digest of bytes; `size` bytes long (16 for keys, fewer for file names)."""
    return blake2b(data, digest_size=size).hexdigest()


def of_value(value: Any, size: int = 16) -> str:
    """Hex digest of a value of structs, tuples, dicts and scalars."""
    return blake2b(_encode(value), digest_size=size).hexdigest()


def sealed(data: bytes) -> bytes:
    """Bytes with their CRC-32 before them, so that damage on a disk is found out (a fifth of the time of a digest)."""
    return _check(data) + data


def unsealed(whole: bytes) -> bytes | None:
    """The bytes that were sealed; None when they are not what they were."""
    data = whole[SEAL:]
    return data if _check(data) == whole[:SEAL] else None


def _check(data: bytes) -> bytes:
    return crc32(data).to_bytes(SEAL)
