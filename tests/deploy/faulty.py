"""A store that speaks S3, and a proxy before it that fails as stores and networks do."""

import base64
import hashlib
import http.client
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

HOST = "127.0.0.1"


class Refuse(NamedTuple):
    """The store answers with an error of the protocol."""

    status: int
    code: str
    message: str = "said by the test"


class Cut(NamedTuple):
    """The connection breaks "before" anything has come, in the "middle" of a file, or "after" it is stored."""

    when: str


class Wait(NamedTuple):
    """The store takes its time."""

    seconds: float


class Half(NamedTuple):
    """Half of the answer arrives."""


class Spoil(NamedTuple):
    """A byte of what is sent is another one when it arrives."""


class Meanwhile(NamedTuple):
    """Something happens when a file is stored and the answer has not come yet."""

    happen: Callable[[], None]


Fault = Refuse | Cut | Wait | Half | Spoil | Meanwhile
# Told the method, the path, how many requests of this method came before it, and how many for the same path.
Chooser = Callable[[str, str, int, int], Fault | None]


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


class Store:
    """moto's server of S3, in a process of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        code = f"from moto.server import main; main(['-H', '{HOST}', '-p', '{self.port}'])"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 30
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError("moto's server does not start")

    def ask(self, method: str, path: str, body: bytes | None = None) -> None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.request(method, path, body)
        assert connection.getresponse().status == 200
        connection.close()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


class Proxy(ThreadingHTTPServer):
    """Hands requests on to a store, unless `fault` chooses otherwise."""

    daemon_threads = True

    def __init__(self, store: Store) -> None:
        super().__init__((HOST, 0), _Handler)
        self.store = store
        self.lock = threading.Lock()
        self.heal()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def heal(self) -> None:
        """Fail no more, and begin to count anew."""
        self.fault: Chooser = lambda *_: None
        self.methods: Counter[str] = Counter()
        self.paths: Counter[tuple[str, str]] = Counter()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    def choose(self, method: str, path: str) -> Fault | None:
        with self.lock:
            before, same = self.methods[method], self.paths[method, path]
            self.methods[method] += 1
            self.paths[method, path] += 1
        return self.fault(method, path, before, same)

    def handle_error(self, *_: object) -> None:
        """A connection that breaks is what we are here for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def _serve(self) -> None:
        fault = self.server.choose(self.command, self.path)
        length = int(self.headers.get("Content-Length", 0))
        if fault == Cut("middle"):
            self.rfile.read(length // 2)
            return self._hang_up()
        body = self.rfile.read(length)
        match fault:
            case Refuse(status, code, message):
                text = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
                return self._answer(status, {"Content-Type": "application/xml"}, text)
            case Cut("before"):
                return self._hang_up()
            case Wait(seconds):
                time.sleep(seconds)
            case Spoil():
                body = bytes([body[0] ^ 1]) + body[1:]
        md5 = self.headers.get("Content-MD5")
        if md5 and base64.b64decode(md5) != hashlib.md5(body).digest():
            # As S3 does, and moto does not.
            return self._answer(400, {"Content-Type": "application/xml"}, b"<Error><Code>BadDigest</Code></Error>")
        connection = http.client.HTTPConnection(HOST, self.server.store.port, timeout=30)
        connection.request(self.command, self.path, body, dict(self.headers))
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if fault == Cut("after"):
            return self._hang_up()
        if isinstance(fault, Meanwhile):
            fault.happen()
        headers = {name: value for name, value in answer.getheaders() if name.lower() != "connection"}
        return self._answer(answer.status, headers, data, half=isinstance(fault, Half))

    def _answer(self, status: int, headers: dict[str, str], data: bytes, *, half: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", headers.get("Content-Length") or str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data[: len(data) // 2] if half else data)
        if half:
            self._hang_up()

    def _hang_up(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # at once: RST
        self.connection.close()
        self.close_connection = True

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = _serve  # noqa: N815  http.server names them

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
