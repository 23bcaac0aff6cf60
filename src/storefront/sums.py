"""Sums: the SHA-256 digest of every file of a site, as `SHA256SUMS`, which `sha256sum --check` can read too.

It is the one digest of a file: here, in the state of a build, in `disclosures.json` and for a deployment.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

FILE = "SHA256SUMS"
_line = re.compile(r"([0-9a-f]{64})  ([^\\\0]+)").fullmatch


def of_bytes(data: bytes) -> str:
    """The SHA-256 digest of bytes (FIPS 180-4), in 64 hexadecimal digits."""
    return sha256(data).hexdigest()


def of_parts(parts: Iterable[bytes | memoryview]) -> str:
    """As `of_bytes`, of bytes in several pieces."""
    digest = sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def document(sums: Mapping[str, str]) -> bytes:
    """The file, from digests by path: one line for each, in order of path."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def edited(data: bytes, sums: Mapping[str, str]) -> bytes:
    """Such a file with other digests for some of its paths. Raises ValueError for a path that is not in it."""
    made = bytearray(data)
    for path, digest in sums.items():
        at = made.index(f"  {path}\n".encode()) - len(digest)
        if at < 0 or (at and made[at - 1 : at] != b"\n"):
            raise ValueError(f"{path} is not in it")
        made[at : at + len(digest)] = digest.encode()
    return bytes(made)


def read(data: bytes) -> dict[str, str]:
    """Digests by path, from such a file. Raises ValueError where it is none, or names a place outside its folder."""
    found: dict[str, str] = {}
    for number, line in enumerate(data.decode().splitlines(), 1):
        matched = _line(line)
        if matched is None or {"", ".", ".."} & set(matched[2].split("/")) or matched[2] in found:
            raise ValueError(f"line {number} is no digest and path")
        found[matched[2]] = matched[1]
    return found
