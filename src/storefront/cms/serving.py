"""Serving the editor on this machine: its two files, to browsers that ask for localhost, and nothing else."""

import http.server
from collections.abc import Mapping

from storefront.cms.page import FOLDER

KINDS = {".html": "text/html; charset=utf-8", ".json": "application/json"}
NAMES = ("localhost", "127.0.0.1")


def server(files: Mapping[str, bytes], port: int) -> http.server.ThreadingHTTPServer:
    """A server of the editor's files on loopback; `serve_forever` runs it. Raises OSError when the port is taken."""
    by_path = {f"/{name}": data for name, data in files.items()}
    by_path |= {f"/{FOLDER}/": by_path[f"/{FOLDER}/index.html"], "/": by_path[f"/{FOLDER}/index.html"]}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            data = by_path.get(path)
            if self.headers.get("Host", "").rpartition(":")[0] not in NAMES or data is None:
                self.send_error(404)
                return
            if path == "/":
                self.send_response(302)
                self.send_header("Location", f"/{FOLDER}/")
                self.end_headers()
                return
            kind = KINDS[".json" if path.endswith(".json") else ".html"]
            self.send_response(200)
            for name, value in (
                ("Content-Type", kind),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as the base class has it
            """Say nothing."""

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
