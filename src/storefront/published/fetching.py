"""Fetching: the files of one host, one after the other over one connection, under limits of time and size."""

import http.client
import ssl
import time
import zlib
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from storefront import __version__

SECONDS = 30.0  # for one answer, from the first byte to the last
MOST_BYTES = 64 * 2**20  # of one file; a picture of the site has a tenth of it at most
MOST_REDIRECTS = 3
MOST_TRIES = 3
MOST_WAIT = 30.0  # seconds that a host may ask to be left alone for
BUSY = {429, 503}
MOVED = {301, 302, 307, 308}
CODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
AGENT = f"storefront/{__version__} (verify)"
CHUNK = 2**16


class Answer(Struct, frozen=True):
    """A status and the bytes of an answer, unpacked."""

    status: int
    body: bytes


class Refused(Struct, frozen=True):
    """Why there is no answer."""

    why: str


def why_not(address: str) -> str | None:
    """Why an address cannot be asked; None when it can. Only https, or this machine, tells what a host serves."""
    try:
        split = urlsplit(address)
        host, _ = split.hostname, split.port
    except ValueError:
        return "it is no web address"
    if not host or split.scheme not in {"http", "https"}:
        return "it is no web address"
    if split.username is not None or split.query or split.fragment:
        return "it is more than a host and a path"
    if split.scheme == "http" and host not in LOOPBACK:
        return "it does not begin with https://"
    return None


class Asking:
    """A host that is asked for one file after the other. `address` is where the site begins, with a slash at its end.

    `pause` is how long to wait between two requests, in seconds. Leave it with `with`, or `close` it.
    """

    def __init__(self, address: str, pause: float = 0.0, seconds: float = SECONDS) -> None:
        self.address = f"{address.rstrip('/')}/"
        self._pause, self._seconds = pause, seconds
        self._split = urlsplit(self.address)
        self._connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def get(self, path: str) -> Answer | Refused:
        """The answer for a path below the address, after redirects on the same host."""
        url = self.address + path
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._patiently(url)
            if isinstance(answer, Refused | Answer):
                return answer
            try:
                url = urljoin(url, answer)
                there = urlsplit(url)
            except ValueError:
                return Refused("it redirects to what is no web address")
            if (there.scheme, there.netloc.lower()) != (self._split.scheme, self._split.netloc.lower()):
                return Refused("it redirects to another host")
        return Refused("it redirects again and again")

    def _patiently(self, url: str) -> "Answer | Refused | str":
        """An answer, or where it redirects to; tried again when the host is busy or has hung up."""
        wait, said = 0.0, "the host is busy"
        for _ in range(MOST_TRIES):
            time.sleep(max(wait, self._pause))
            try:
                found = self._once(url)
            except (OSError, HTTPException, ValueError, zlib.error) as error:
                self.close()
                if isinstance(error, ssl.SSLCertVerificationError):
                    return Refused("its certificate is not valid")
                said, wait = _told(error), min(1.0, self._seconds)
                continue
            if not isinstance(found, float):
                return found
            said, wait = "the host is busy", min(found, MOST_WAIT)
        return Refused(said)

    def _once(self, url: str) -> "Answer | Refused | str | float":
        """An answer, where it redirects to, or how long the host asks to be left alone."""
        split = urlsplit(url)
        deadline = time.monotonic() + self._seconds
        if self._connection is None:
            kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
            self._connection = kind(split.hostname or "", split.port, timeout=self._seconds)
        target = f"{split.path or '/'}{f'?{split.query}' if split.query else ''}"
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", "Cache-Control": "no-cache"}
        self._connection.request("GET", target, headers=headers)
        answer = self._connection.getresponse()
        body = _read(answer, deadline)
        if answer.status in MOVED and answer.headers.get("location"):
            return str(answer.headers["location"])
        if answer.status in BUSY:
            asked = answer.headers.get("retry-after", "")
            return float(asked) if asked.isascii() and asked.isdigit() else 1.0
        if body is None:
            self.close()
            return Refused("it has more than 64 MB")
        coding = answer.headers.get("content-encoding", "identity").strip().lower()
        if coding in CODINGS:
            body = _unpacked(body, CODINGS[coding])
            return Answer(answer.status, body) if body is not None else Refused("it has more than 64 MB")
        if coding not in {"", "identity"}:
            return Refused("it is packed in a way that was not asked for")
        return Answer(answer.status, body)


def _read(answer: HTTPResponse, deadline: float) -> bytes | None:
    """A whole body; None when it is too large. Raises TimeoutError when it is given too slowly."""
    parts, size = [], 0
    while part := answer.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            return None
        if time.monotonic() > deadline:
            raise TimeoutError
    left = answer.length
    answer.close()  # the connection stays open for the next request
    if left:
        raise http.client.IncompleteRead(b"", left)
    return b"".join(parts)


def _unpacked(body: bytes, bits: int) -> bytes | None:
    """What is in a packed body; None when it is too large. Raises `zlib.error` when it is damaged or cut."""
    unpacking = zlib.decompressobj(bits)
    data = unpacking.decompress(body, MOST_BYTES)
    if unpacking.unconsumed_tail:
        return None
    if not unpacking.eof:
        raise zlib.error("cut")
    return data


def _told(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no whole answer came in time"
    if isinstance(error, OSError):
        return f"the host cannot be reached: {error.strerror or error}"
    return "the answer was no HTTP, or only part of it"
