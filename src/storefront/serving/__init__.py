"""Serving: a site to look at while it is written, on this machine, with what went wrong laid over its pages.

`preview` holds the site and what is said of it, `answering` says what a host would answer, `injecting` adds the script
to pages, `application` speaks HTTP, `guard` stands at the door, `watching` sees changes and `hub` tells them.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from storefront.serving.application import application
from storefront.serving.hub import Hub
from storefront.serving.injecting import FOLDER
from storefront.serving.listening import ANYWHERE, LOOPBACK, NAMES, lan_address, listen
from storefront.serving.preview import Preview, Settings
from storefront.serving.scope import Scope
from storefront.serving.since import Past
from storefront.serving.watching import changes

__all__ = [
    "ANYWHERE",
    "FOLDER",
    "LOOPBACK",
    "NAMES",
    "Hub",
    "Past",
    "Preview",
    "Scope",
    "Settings",
    "application",
    "lan_address",
    "listen",
    "serve",
]


def serve(preview: Preview, listener: socket.socket, names: tuple[str, ...], told: Callable[[Preview], None]) -> None:
    """Serve until interrupted; read the site then, and after each change of it. Browsers and `told` hear of it."""
    hub = Hub()
    config = uvicorn.Config(
        application(preview, hub, names), log_level="error", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        with suppress(KeyboardInterrupt):
            for touched in changes(preview.root, preview.due):
                preview.refresh(touched)
                hub.changed()
                told(preview)
    finally:
        hub.close()
        server.should_exit = True
        thread.join(timeout=3)
