"""A static host on this machine, which sends the headers that every host is told to send."""

import functools
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storefront.hosting import security

STAY = "?stay"  # at the end of an address: a page that leads elsewhere at once is sent without that order
HEADERS = dict(security.everywhere(alone=False))  # no HSTS: this host has no certificate
# A site may add this: its scripts make no markup of text, so that they obey Trusted Types without a policy.
HEADERS[security.POLICY] += "; require-trusted-types-for 'script'; trusted-types 'none'"
EMBED = "/embed/"


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self):
        for name, value in (HEADERS | dict(security.on_embeds()) if self.path.startswith(EMBED) else HEADERS).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self):
        if not self.path.endswith(STAY):
            return super().send_head()
        file = Path(self.translate_path(self.path)) / "index.html"
        page = file.read_bytes().replace(b'http-equiv="refresh"', b'name="refresh"')
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def log_message(self, *_):
        """The tests say what was asked for in vain."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Where a folder is served, as long as it is."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
