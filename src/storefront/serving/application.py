"""The application: what is answered to each request, over HTTP."""

from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from storefront.hosting import security
from storefront.serving import injecting
from storefront.serving.answering import Answer
from storefront.serving.guard import Guard
from storefront.serving.hub import Hub
from storefront.serving.injecting import CLIENT, FOLDER
from storefront.serving.listening import NAMES
from storefront.serving.preview import Preview

KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
FRESH = {"Cache-Control": "no-store"}
LARGEST = 1000  # bytes of what the panel sends
HEADERS = dict(security.everywhere(alone=False))  # no HSTS: a preview has no certificate


class PanelQuery(Struct, forbid_unknown_fields=True):
    """What the panel asks for: a moment in UTC ("" for the one the preview began with), and whether to show all."""

    now: str
    held: bool


def application(preview: Preview, hub: Hub, names: Collection[str] = NAMES) -> Starlette:
    """A server of a preview. It answers to `names` only, and to pages of its own."""
    tool = _Tool(preview, hub)
    routes = [
        Route(f"{FOLDER}events", tool.events),
        Route(f"{FOLDER}panel", tool.panel),
        Route(f"{FOLDER}look", tool.look, methods=["POST"]),
        *(Route(FOLDER + file.name, partial(_file, file)) for file in CLIENT.iterdir() if file.suffix in KINDS),
        Route(FOLDER, tool.index),
        Route("/{path:path}", tool.page),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, names=names)])


async def _file(file: Path, _: Request) -> Response:
    return FileResponse(file, media_type=KINDS[file.suffix], headers=HEADERS | FRESH)


class _Tool:
    """The answers. What renders or reads runs in a thread: a slow page holds up nobody else."""

    def __init__(self, preview: Preview, hub: Hub) -> None:
        self.preview, self.hub = preview, hub
        loader = jinja2.FileSystemLoader(CLIENT)
        self.template = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)

    async def page(self, request: Request) -> Response:
        """A page or file of the site, with the headers that its hosts would send."""
        path = str(request.scope["path"])
        found = await run_in_threadpool(self.preview.page, path)
        headers = HEADERS | (dict(security.on_embeds()) if found.page.startswith("/embed/") else {}) | FRESH
        return _response(found, headers)

    async def events(self, request: Request) -> Response:
        """What happens to the page that a browser shows, as it happens."""
        state = partial(self.preview.state, request.query_params.get("path", "/"), near=_near(request))
        return StreamingResponse(self.hub.events(state), media_type="text/event-stream", headers=HEADERS | FRESH)

    async def panel(self, request: Request) -> Response:
        """What the panel shows of a page."""
        path = request.query_params.get("path", "/")
        return _json(await run_in_threadpool(self.preview.panel, path, near=_near(request)))

    async def look(self, request: Request) -> Response:
        """Look at another moment."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return _json({"message": "That is too long."}, 413)
        try:
            wanted = msgspec.json.decode(body, type=PanelQuery)
            now = datetime.fromisoformat(wanted.now).replace(tzinfo=UTC) if wanted.now else None
        except (ValueError, msgspec.DecodeError):
            return _json({"message": "That is no day or time."}, 400)
        await run_in_threadpool(self.preview.look, now, held=wanted.held)
        self.hub.changed()
        return Response(status_code=204, headers=HEADERS | FRESH)

    async def index(self, _: Request) -> Response:
        """The index of what concerns a brand or a creator."""
        page = await run_in_threadpool(self._index)
        return Response(page, media_type="text/html", headers=HEADERS | FRESH)

    def _index(self) -> str:
        preview, scope = self.preview, self.preview.settings.scope
        return self.template.get_template("index.html").render(
            sections=preview.index(),
            scope=preview.scope(),
            kind="campaign" if scope.campaign else "brand" if scope.brand else "creator",
            since=preview.past.ref if preview.past else "",
            looking=preview.looking(),
            home=f"{preview.live.site.base}/" if preview.live.site else "/",
            folder=FOLDER,
            block=Markup(injecting.block(preview.index_block())),  # noqa: S704  it holds no markup
        )


def _near(request: Request) -> bool:
    """Whether a request comes from this machine."""
    return request.client is not None and request.client.host in {"127.0.0.1", "::1"}


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json", headers=HEADERS | FRESH)


def _response(found: Answer, headers: dict[str, str]) -> Response:
    if found.location:
        return Response(status_code=found.status, headers=headers | {"Location": found.location})
    if found.file is not None:
        return FileResponse(found.file, found.status, media_type=found.media_type, headers=headers)
    return Response(found.data, found.status, media_type=found.media_type, headers=headers)
