"""Asking: one GET, no cookies, under limits of time and size. What cannot be answered is a value, no exception."""

import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import cast
from urllib.parse import urlsplit

from msgspec import Struct

from storefront.linkcheck.dialing import Dial, NotPublic, left

SECONDS = 10.0  # for one request, from the first byte to the last
MOST_BYTES = 512 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAMELESS = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
CODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits


class Response(Struct, frozen=True, kw_only=True):
    """One answer. `body` is unpacked, at most 512 KB of it; `location` only where the answer is a redirect."""

    status: int
    location: str | None = None
    kind: str = ""
    challenge: bool = False
    body: bytes = b""


class Silence(Struct, frozen=True):
    """Why there is no answer: `gone` is for good, `down` for now, `unknown` says nothing of the page."""

    why: str
    sort: str


def ask(url: str, agent: str, dial: Dial, seconds: float) -> Response | Silence:
    """The answer to a GET of an address in plain ASCII, whole within some seconds."""
    split = urlsplit(url)
    try:
        return _asked(split.scheme, split.hostname or "", split.path or "/", split.query, agent, dial, seconds)
    except tuple(SILENCES) as error:
        return next(why(error) for kind, why in SILENCES.items() if isinstance(error, kind))


def _nameless(error: Exception) -> Silence:
    if isinstance(error, OSError) and error.errno in NAMELESS:
        return Silence("there is no such host", "gone")
    return Silence("the host's name could not be looked up now", "unknown")


# What each failure says of a page, the most particular first.
SILENCES: dict[type[Exception], Callable[[Exception], Silence]] = {
    socket.gaierror: _nameless,
    NotPublic: lambda _: Silence("the host lies in a private network", "unknown"),
    TimeoutError: lambda _: Silence("no whole answer came in time", "down"),
    ssl.SSLCertVerificationError: lambda _: Silence("its certificate is not valid, and browsers warn of it", "down"),
    ConnectionRefusedError: lambda _: Silence("the host takes no connections", "down"),
    OSError: lambda _: Silence("the connection broke", "down"),
    HTTPException: lambda _: Silence("the answer was no HTTP, or only part of it", "down"),
    ValueError: lambda _: Silence("the answer was no HTTP", "down"),
    zlib.error: lambda _: Silence("the answer was packed wrongly", "down"),
}


def _asked(scheme: str, host: str, path: str, query: str, agent: str, dial: Dial, seconds: float) -> Response:
    deadline = time.monotonic() + seconds
    target = f"{path}?{query}" if query else path
    lines = (
        f"GET {target} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    with dial(scheme, host, deadline) as connection:
        connection.settimeout(left(deadline))
        connection.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
        answer = HTTPResponse(cast("socket.socket", _Timed(connection, deadline)), method="GET")
        try:
            answer.begin()
            return _read(answer)
        finally:
            answer.close()


def _read(answer: HTTPResponse) -> Response:
    kind = answer.headers.get_content_type() if "content-type" in answer.headers else ""
    location = answer.headers.get("location") if answer.status in REDIRECTS else None
    challenge = "cf-mitigated" in answer.headers
    body = b"" if location or not _is_text(kind) else _unpacked(answer)
    return Response(status=answer.status, location=location, kind=kind, challenge=challenge, body=body)


def _is_text(kind: str) -> bool:
    return kind in {"", "application/xhtml+xml"} or kind.startswith("text/")


def _unpacked(answer: HTTPResponse) -> bytes:
    """The body, cut at the limit before it is unpacked and after."""
    body = answer.read(MOST_BYTES)
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding in CODINGS:
        return zlib.decompressobj(CODINGS[coding]).decompress(body, MOST_BYTES)
    return body if coding in {"", "identity"} else b""


class _Timed(io.RawIOBase):
    """A connection that is read only until a moment, however slowly the other side gives its bytes."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection, self.deadline = connection, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The file that `HTTPResponse` reads from."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        self.connection.settimeout(left(self.deadline))
        return self.connection.recv_into(buffer)
