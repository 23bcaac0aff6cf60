"""Sealing: a built tree as one encrypted file, and a page that opens it in the browser with the key.

AES-256-GCM; the key is random, or derived from a passphrase by PBKDF2-HMAC-SHA256 with as many rounds as OWASP's
Password Storage Cheat Sheet asks for. Neither is ever part of what is written. A page that is opened lies in a frame
that runs no script, and loads nothing from elsewhere: the Content-Security-Policy of the opening page holds for it too.
"""

import base64
import gzip
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from storefront import publish
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

PARTS = Path(__file__).parent / "data" / "seal"
PAGE, PAYLOAD, ROBOTS = "index.html", "payload.bin", "robots.txt"
SEALED = frozenset({PAGE, PAYLOAD, ROBOTS})
HEAD = b"storefront seal 1\n"
ROUNDS = 600_000  # cheatsheetseries.owasp.org, Password Storage, PBKDF2-HMAC-SHA256
SHORTEST = 12  # characters of a passphrase; shorter ones are guessed offline too soon
MOST = 512 * 2**20  # bytes that a browser is asked to hold
SHOWN = frozenset({".html", ".css", ".svg", ".woff2"})
PICTURES = frozenset({".jpg", ".jpeg", ".png"})  # each is there in other formats too, which a preview can do without
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}' blob:; img-src blob: data:; font-src blob:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
_canonical = re.compile(rb'<link rel="canonical" href="([^"]+)"').search


class Sealed(Struct, frozen=True):
    """What was sealed: how many files, how large the encrypted one is, and the key; "" where a passphrase opens it."""

    files: int
    size: int
    key: str


def unfit(tree: Path, output: Path) -> str:
    """Why a folder cannot take what is made of `tree`, in words; "" when it can.

    It is apart from the tree, and there is nothing in it but what was sealed before.
    """
    here = tree.resolve()
    for taken in (output, publish.staging_of(output)):
        there = taken.resolve()
        if here == there or here in there.parents or there in here.parents:
            return f"{output} and the folder to seal lie in each other"
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return f"{output} is no folder"
    stranger = next((file for file in publish.files(output) if file not in (*SEALED, publish.MARKER)), None)
    if stranger or publish.listed(output) - SEALED:
        return f"{output} holds something else than a sealed preview: {stranger or 'a site'}"
    return ""


def seal(tree: Path, output: Path, passphrase: str = "") -> Sealed:
    """Seal what was built in `tree` into the folder `output`, for which it is not `unfit`.

    Raises `ProblemsFound` and `EnvironmentFailure`.
    """
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise EnvironmentFailure('sealing needs a library: pip install "storefront[seal]"') from None
    publish.check_ours(output, publish.listed(output) & SEALED)
    found = _files(tree)
    packed = _packed(found, _base_of(found))
    about: dict[str, object] = {"kdf": "none"}
    key = os.urandom(32)
    if passphrase:
        salt = os.urandom(16)
        key = derived(passphrase, salt, ROUNDS)
        about = {"kdf": "pbkdf2", "salt": _text(salt), "iterations": ROUNDS}
    nonce = os.urandom(12)
    told = HEAD + msgspec.json.encode(about | {"nonce": _text(nonce)}) + b"\n"
    payload = told + AESGCM(key).encrypt(nonce, packed, told)
    label = "Passphrase" if passphrase else "Key"
    files = {PAGE: _page(label), PAYLOAD: payload, ROBOTS: b"User-agent: *\nDisallow: /\n"}
    _write(output, files)
    return Sealed(len(found), len(payload), "" if passphrase else _text(key))


def derived(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """The key that a passphrase stands for, as the opening page derives it."""
    return hashlib.pbkdf2_hmac("sha256", unicodedata.normalize("NFC", passphrase).encode(), salt, rounds, 32)


def _files(tree: Path) -> dict[str, bytes]:
    """The files of a built tree that a preview needs: pages, styles, and of each picture one format."""
    names = set(publish.files(tree))
    if publish.plain(tree / PAGE) is None:
        hint = "Build first: storefront build --audience squad:ID, or storefront build --preview."
        raise ProblemsFound([Problem("output", "there is no index.html in this folder", Place(tree.name), hint)])
    found = _read(tree, (name for name in names if Path(name).suffix in SHOWN))
    text = b"\n".join(data for name, data in found.items() if name.endswith(".html"))
    found |= _read(tree, (name for name in names if Path(name).suffix in PICTURES and f"/{name}".encode() in text))
    if sum(map(len, found.values())) > MOST:
        hint = "Seal a smaller build, such as one of a few creators."
        raise ProblemsFound([Problem("output", "this is more than a browser can hold", Place(tree.name), hint)])
    return found


def _read(tree: Path, names: Iterable[str]) -> dict[str, bytes]:
    """What a build writes, which is regular files."""
    return {name: data for name in sorted(names) if (data := publish.plain(tree / name)) is not None}


def _base_of(found: Mapping[str, bytes]) -> str:
    """The path before every address of the site, from the canonical address of its first page."""
    canonical = _canonical(found[PAGE])
    return urlsplit(canonical[1].decode()).path.rstrip("/") if canonical else ""


def _packed(found: Mapping[str, bytes], base: str) -> bytes:
    """Files as one: the length of an index, the index, and the bytes it points into; compressed."""
    at, files = 0, []
    for name, data in found.items():
        files.append((name, at, len(data)))
        at += len(data)
    index = msgspec.json.encode({"base": base, "files": files})
    return gzip.compress(len(index).to_bytes(4, "big") + index + b"".join(found.values()), mtime=0)


def _page(label: str) -> bytes:
    """The page that opens the file; its own script and style are the only ones that its policy allows."""
    script = (PARTS / "seal.js").read_text(encoding="utf-8").strip()
    style = (PARTS / "seal.css").read_text(encoding="utf-8").strip()
    policy = POLICY.replace("{script}", _hash(script)).replace("{style}", _hash(style))
    page = (PARTS / "seal.html").read_text(encoding="utf-8")
    page = page.replace("{policy}", policy).replace("{label}", label)
    return page.replace("{style}", style).replace("{script}", script).encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _write(output: Path, files: Mapping[str, bytes]) -> None:
    staging = publish.staging_of(output)
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        for name, data in files.items():
            (staging / name).write_bytes(data)
        publish.replace(staging, output, list(files))
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or output}") from error
