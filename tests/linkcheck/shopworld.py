"""Shops for tests: one server on this machine that plays every host, and a dialler that leads nowhere else."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from storefront import linkcheck, links
from storefront.linkcheck import Limits
from storefront.linkcheck.visiting import Visitor

HTML = "text/html; charset=utf-8"
SELLS = "<html><body><h1>Merino tee</h1><p>69 pounds, in three colours.</p><button>Add to basket</button></body></html>"


class Asked(NamedTuple):
    """One request as a shop saw it, when it came, and when the answer was begun."""

    host: str
    path: str
    headers: dict
    began: float
    ended: float


class Shops:
    """Answers by host and path. Whatever is not told answers 404; robots.txt is not there unless told."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Callable] = {}
        self.asked: list[Asked] = []
        self.dialled: list[str] = []
        self.nameless: set[str] = set()
        self.refusing: set[str] = set()
        self.delay = 0.0
        self.ended = threading.Event()
        self._writing = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True

    def dial(self, _scheme: str, host: str, _deadline: float) -> socket.socket:
        """What the program uses instead of the internet."""
        self.dialled.append(host)
        if host in self.nameless:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        if host in self.refusing:
            raise ConnectionRefusedError
        return socket.create_connection(self.server.server_address, timeout=5)

    def page(self, url: str, body: str | bytes = SELLS, status: int = 200, kind: str | None = HTML, **headers: str):
        data = body.encode() if isinstance(body, str) else body

        def answer(handler) -> None:
            handler.send_response(status)
            if kind is not None:
                handler.send_header("Content-Type", kind)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.at(url, answer)

    def redirect(self, url: str, location: str, status: int = 302):
        self.page(url, b"", status, kind=None, Location=location)

    def raw(self, url: str, data: bytes):
        """Exactly these bytes, whether they are HTTP or not."""
        self.at(url, lambda handler: handler.wfile.write(data))

    def at(self, url: str, answer: Callable):
        split = urlsplit(url)
        self.answers[split.netloc, split.path + (f"?{split.query}" if split.query else "")] = answer

    def paths(self, host: str | None = None) -> list[str]:
        """What was asked for besides robots.txt, in order."""
        return [each.path for each in self.asked if each.path != "/robots.txt" and host in {None, each.host}]

    def _handler(self):
        shops = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                began = time.monotonic()
                time.sleep(shops.delay)
                host = self.headers["Host"]
                # Noted before the answer: whoever has it may ask again, or look at what was asked, at once.
                asked = Asked(host, self.path, dict(self.headers.items()), began, time.monotonic())
                with shops._writing:
                    shops.asked.append(asked)
                missing = (host, self.path.partition("?")[0] + "?*")
                answer = shops.answers.get((host, self.path)) or shops.answers.get(missing)
                self.close_connection = True
                with suppress(OSError):  # the program may have heard enough
                    answer(self) if answer else self.send_error(404)

            def log_message(self, *_) -> None:
                pass

        return Handler


@contextmanager
def open_shops():
    shops = Shops()
    thread = threading.Thread(target=shops.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield shops
    finally:
        shops.ended.set()
        shops.server.shutdown()
        shops.server.server_close()
        thread.join()


QUICK = Limits(pause=0.0, request=10.0)


def visitor(shops: Shops, seconds: float = 10.0) -> Visitor:
    from storefront.linkcheck.turns import Turns

    return Visitor(links.shipped(), shops.dial, "https://shelves.example", Turns(0.0), seconds)


def checked(site: Path, shops: Shops, now, limits: Limits = QUICK, **options):
    """Every link of a site with its outcome."""
    collected = linkcheck.collect(site, now)
    return linkcheck.check(
        collected, collected.links, site / ".storefront", limits=limits, dialer=shops.dial, **options
    )


def outcomes(found) -> dict[str, str]:
    """The outcome of each address."""
    return {each.link.address: each.verdict.outcome for each in found}
