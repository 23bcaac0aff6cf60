"""The preview: the built site on loopback, rebuilt when something changes."""

import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from storefront import unchanged
from storefront.problems import EnvironmentFailure
from storefront.unchanged import READ, Tree

HOST = "127.0.0.1"
# What gives the file of a name under media/.
Picture = Callable[[str], Path | None]
# Python learns these from the system, and not every system knows them.
KINDS = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}
NONE: Mapping[str, tuple[str, int]] = MappingProxyType({})
PORTS = 20  # how many ports are tried from the wanted one on
LOOK = 500  # milliseconds between looks for what is new in a site's folder


class _Pages(StaticFiles):
    """Files of the output folder, never kept by the browser, the site's own page for wrong addresses.

    `redirects` hold path, address and status, as the site's hosts answer; `picture` makes what is asked for in media/.
    """

    def __init__(self, output: Path, redirects: Mapping[str, tuple[str, int]], picture: Picture) -> None:
        super().__init__(directory=output, html=True)
        self.redirects, self.picture = redirects, picture

    async def get_response(self, path: str, scope: Scope) -> Response:
        target, status = self.redirects.get(scope["path"], ("", 0))
        folder, _, name = path.replace(os.sep, "/").partition("/")
        made = await run_in_threadpool(self.picture, name) if folder == "media" else None
        if target:
            response: Response = _Found(target, status)
        elif made:
            response = FileResponse(made, media_type=KINDS.get(made.suffix))
        else:
            response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class _Found(Response):
    """A redirect whose address is not encoded again."""

    def __init__(self, target: str, status: int) -> None:
        super().__init__(status_code=status, headers={"Location": target})


def no_picture(_: str) -> Path | None:
    """Where pictures lie in the output folder and nowhere else."""
    return None


def application(
    output: Path, base: str, redirects: Mapping[str, tuple[str, int]] = NONE, picture: Picture = no_picture
) -> Starlette:
    """A server of the output folder at the site's base path. It answers to loopback names only (DNS rebinding).

    `picture` gives the file for a name under media/, or None for the output folder's.
    """
    pages = Mount(base or "/", app=_Pages(output, redirects, picture))
    home = [Route("/", lambda _: RedirectResponse(f"{base}/"))] if base else []
    hosts = [HOST, "localhost"]
    return Starlette(
        routes=[*home, pages], middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]
    )


def listen(port: int) -> socket.socket:
    """A socket on the first free port from `port` on. Raises `EnvironmentFailure`."""
    for candidate in range(port, port + PORTS):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen()  # until it listens, another preview could bind the port too
        except OSError:
            listener.close()
        else:
            return listener
    raise EnvironmentFailure(f"the ports {port} to {port + PORTS - 1} are all in use; choose another with --port")


def serve(root: Path, app: Starlette, listener: socket.socket, rebuild: Callable[[], None], seen: Tree) -> None:
    """Serve until interrupted, and call `rebuild` after each change of content, themes or networks.

    `seen` is what there was when the site was built: `unchanged.tree`.
    """
    config = uvicorn.Config(app, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        with suppress(KeyboardInterrupt):
            for _ in changes(root, seen):
                rebuild()
    finally:
        server.should_exit = True
        thread.join(timeout=2)


def changes(root: Path, seen: Tree) -> Iterator[None]:
    """Once for each burst of changes since `seen`. Raises KeyboardInterrupt when the user ends it."""
    watched = _there(root)
    while True:
        watching = False
        for burst in watchfiles.watch(*watched, rust_timeout=LOOK, yield_on_timeout=True):
            there = _there(root)
            if burst or there != watched or (not watching and unchanged.tree(root) != seen):
                seen = unchanged.tree(root)
                yield None
            watching = True  # what happened before was looked for, and from now on nothing is missed
            if there != watched:
                watched = there
                break


def _there(root: Path) -> list[Path]:
    """What there is to watch: a site may get its own themes, markets or networks while it is shown."""
    return [path for name in READ if (path := root / name).exists()]
