"""Digests: short names for bytes and for plain values, the same on every machine. Files of a site have `sums`."""

from hashlib import blake2b
from typing import Any

import msgspec

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def of_bytes(data: bytes | memoryview, size: int = 16) -> str:
    """Hex digest of bytes; `size` bytes long (16 for keys, fewer for file names)."""
    return blake2b(data, digest_size=size).hexdigest()


def of_value(value: Any, size: int = 16) -> str:
    """Hex digest of a value of structs, tuples, dicts and scalars."""
    return blake2b(_encode(value), digest_size=size).hexdigest()
