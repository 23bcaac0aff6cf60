"""The guard at the door: who may ask at all.

A page elsewhere whose name is made to lead here must not read the site (DNS rebinding), so the Host is checked. Another
site's page must not ask through its reader's browser, so what browsers say of themselves is checked too: Origin (RFC
6454), and Sec-Fetch-Site and Sec-Fetch-Mode (Fetch Metadata, W3C). Following a link from elsewhere is allowed.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = ("GET", "HEAD")
OURS = ("same-origin", "none")  # from a page of ours, or typed by the user


class Guard:
    """Lets through what comes from this preview's own pages, asked for by one of its own names."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self.app, self.names = app, frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it: 400 for another name, 403 for another origin."""
        if scope["type"] != "http":
            return
        refused = self.refused(str(scope["method"]), Headers(scope=scope))
        if refused:
            await PlainTextResponse(refused[1], refused[0])(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Status and reason of a refusal; None for what may pass."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self.names:
            return 400, "This preview does not go by that name."
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None and origin.lower() != f"http://{hosts[0]}".lower():
            return 403, "Another site asks for this."
        if site not in OURS and headers.get("sec-fetch-mode") != "navigate":
            return 403, "Another site's page asks for this."
        if method not in READING and origin is None and site != "same-origin":
            return 403, "Nobody says that this comes from the preview's own page."
        return None


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
