"""A host on this machine that serves a site as its hosts are told to: compressed, and with all their headers.

Texts are compressed once, before anything is measured: brotli by Node, at its best, since that is what hosts keep of
files that do not change; gzip for clients without it. There is no HSTS, for there is no certificate.
"""

import base64
import gzip
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from storefront.hosting import security

KINDS = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
TEXTS = {ending for ending, kind in KINDS.items() if not kind.startswith("image/") or ending == ".svg"}
KEPT = ("/assets/", "/media/")
EMBED = "/embed/"
BROTLI = """
import {brotliCompressSync, constants} from 'node:zlib'
import {readFileSync} from 'node:fs'
const packed = JSON.parse(readFileSync(0, 'utf8')).map(text => {
  const data = Buffer.from(text, 'base64')
  const params = {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length}
  return brotliCompressSync(data, {params}).toString('base64')
})
process.stdout.write(JSON.stringify(packed))
"""


class Stored(NamedTuple):
    """A file: its kind, and its bytes by coding; the plain ones have no name."""

    kind: str
    data: Mapping[str, bytes]

    def coded(self, accepted: str) -> tuple[str, bytes]:
        """The coding that a client takes and has fewest bytes, empty for none, and the bytes."""
        taken = {part.partition(";")[0].strip() for part in accepted.split(",")}
        best = next((name for name in ("br", "gzip") if name in taken and name in self.data), "")
        return best, self.data[best]


class Size(NamedTuple):
    """A page's own bytes in brotli, and how many cards it shows."""

    html: int
    css: int
    cards: int

    @property
    def together(self) -> int:
        """Bytes of HTML and CSS."""
        return self.html + self.css


Files = Mapping[str, Stored]  # by path, as a browser asks for it


def brotli(texts: Sequence[bytes]) -> list[bytes]:
    """Texts, each compressed as far as brotli can."""
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("node")
    given = json.dumps([base64.b64encode(text).decode() for text in texts])
    command = [node, "--input-type=module", "--eval", BROTLI]
    packed = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [base64.b64decode(text) for text in json.loads(packed)]


def stored(site: Path, pages: Iterable[str]) -> dict[str, Stored]:
    """Every file of a site; in brotli what these pages may ask for: themselves, and all texts that are no pages."""
    files = {_path(site, path): path for path in sorted(site.rglob("*")) if path.is_file()}
    asked = {*pages, "/robots.txt", *(path for path in files if path.startswith("/assets/"))}
    texts = [path for path in files if path in asked and files[path].suffix in TEXTS]
    packed = dict(zip(texts, brotli([files[path].read_bytes() for path in texts]), strict=True))
    return {path: _stored(file, packed.get(path)) for path, file in files.items()}


def _path(site: Path, file: Path) -> str:
    return "/" + file.relative_to(site).as_posix().removesuffix("index.html")


def _stored(file: Path, packed: bytes | None) -> Stored:
    data = file.read_bytes()
    found = {"": data}
    if file.suffix in TEXTS:
        found["gzip"] = gzip.compress(data, mtime=0)
    if packed is not None:
        found["br"] = packed
    return Stored(KINDS.get(file.suffix, "application/octet-stream"), found)


def size(files: Files, page: str) -> Size:
    """What a page and its stylesheets weigh."""
    tree = LexborHTMLParser(files[page].data[""].decode())
    sheets = [node.attributes["href"] for node in tree.css('link[rel="stylesheet"]')]
    css = sum(len(files[sheet].data["br"]) for sheet in sheets if sheet)
    return Size(len(files[page].data["br"]), css, len(tree.css(".cell")))


def headers_of(path: str) -> dict[str, str]:
    """What hosts are told to say of a path."""
    found = dict(security.everywhere(alone=False))
    if path.startswith(EMBED):
        found |= dict(security.on_embeds())
    return found | dict([security.KEEP if path.startswith(KEPT) else security.ASK])


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: Files, *rest) -> None:
        self.files = files
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = self.files.get(path)
        sent = found or self.files.get("/404.html") or Stored("text/plain", {"": b"Not found\n"})
        coding, data = sent.coded(self.headers.get("Accept-Encoding", ""))
        self.send_response(200 if found else 404)
        headers = headers_of(path) | {"Content-Type": sent.kind, "Content-Length": str(len(data))}
        if len(sent.data) > 1:
            headers["Vary"] = "Accept-Encoding"
        if coding:
            headers["Content-Encoding"] = coding
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_) -> None:
        """What is asked for is no news."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_) -> None:
        """A browser that is closed leaves its connections as they are."""


@contextmanager
def served(files: Files) -> Iterator[str]:
    """Where files are served, as long as they are."""
    with _Server(("127.0.0.1", 0), partial(_Handler, files)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
