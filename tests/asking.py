"""Asking a preview without a process of its own."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checking import NOW
from storefront.serving import FOLDER, Hub, Preview, Scope, Settings, application

HOME = "http://localhost"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def preview_of(site: Path, *, past=None, **settings) -> Preview:
    preview = Preview(site, Settings(**{"now": NOW, **settings}), past)
    preview.refresh()
    return preview


def brand(identity: str) -> Scope:
    return Scope(brand=identity)


class Asked:
    """A preview with its application, and what it answers."""

    def __init__(self, site: Path, **settings) -> None:
        self._over(preview_of(site, **settings))

    @classmethod
    def over(cls, preview: Preview) -> "Asked":
        """A preview as it is, read or not."""
        made = cls.__new__(cls)
        made._over(preview)
        return made

    def _over(self, preview: Preview) -> None:
        self.preview = preview
        self.said = [f"{problem.place}: {problem.message}" for problem in preview.problems]
        self.app = application(preview, Hub())

    def __call__(self, path: str, method: str = "GET", body: bytes = b"", client="127.0.0.1", **headers: str) -> Answer:
        """The answer to a path that is sent as it is; names of headers have _ for -."""
        sent: list[dict[str, Any]] = []
        given = [("host", "localhost")] if "host" not in headers else []
        given += [(name.replace("_", "-"), value) for name, value in headers.items()]
        plain, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": plain, "raw_path": plain.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in given],
            "client": (client, 1), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive():
            if waiting:
                return waiting.pop()
            return await asyncio.Event().wait()  # the browser stays, and sends nothing more

        async def send(message):
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        headers_sent = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers_sent, b"".join(message.get("body", b"") for message in sent))

    def panel(self, path: str, **more) -> Any:
        return self(f"{FOLDER}panel?path={path}", **more).json

    def look(self, now: str, *, held: bool) -> int:
        body = json.dumps({"now": now, "held": held}).encode()
        return self(f"{FOLDER}look", "POST", body, origin=HOME).status

    def marks(self, path: str) -> Any:
        """The marks that a page brings along."""
        text = self(path).text
        return json.loads(text.partition('id="storefront_">')[2].partition("</script>")[0])["marks"]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
