"""Answering: what a host would say to a path. Nothing is looked up on disk by it, so no path leads out of the site."""

from pathlib import Path

from msgspec import Struct

from storefront.hosting.limits import by_host
from storefront.live import LiveSite, Served
from storefront.pages import routes
from storefront.problems import Problem

OK, MISSING, UNREADY, HOME = 200, 404, 503, 307
MOVED = 301


class Answer(Struct, frozen=True, kw_only=True):
    """Status, what comes with it, and where it leads. `page` is the page's address without the base path.

    `problems` are the page's own; then `data` may be empty.
    """

    status: int
    page: str = ""
    media_type: str = "text/plain; charset=utf-8"
    data: bytes = b""
    file: Path | None = None
    location: str = ""
    problems: tuple[Problem, ...] = ()


def answer(live: LiveSite, path: str) -> Answer:
    """The answer to a decoded path, base path and all."""
    site = live.site
    if site is None:
        return Answer(status=UNREADY)
    target, status = live.redirects.get(path, ("", 0))
    if target:
        return Answer(status=status, location=target)
    if site.base and path == "/":
        return Answer(status=HOME, location=f"{site.base}/")
    inner = path.removeprefix(site.base) if path.startswith(f"{site.base}/") else ""
    if inner and not inner.startswith("//"):  # a host has no second address for a page
        served = live.get(inner)
        if served is not None:
            return _found(inner.removesuffix("index.html"), served)
        if not inner.endswith("/") and live.get(f"{inner}/") is not None:
            return _without_slash(live, path, inner)
    return _missing(live)


def _without_slash(live: LiveSite, path: str, inner: str) -> Answer:
    """What the site's first host says to a folder's address without its slash."""
    hosts = live.gathered.catalog.site.hosts if live.gathered else ()
    status = by_host()[hosts[0]].slash if hosts else MOVED
    if status != OK:
        return Answer(status=status, location=f"{path}/")
    served = live.get(f"{inner}/")
    return _found(f"{inner}/", served) if served else _missing(live)


def _missing(live: LiveSite) -> Answer:
    """The site's own page for wrong addresses."""
    served = live.get(routes.MISSING)
    return _found(routes.MISSING, served, MISSING) if served else Answer(status=MISSING)


def _found(page: str, served: Served, status: int = OK) -> Answer:
    return Answer(
        status=status,
        page=page,
        media_type=served.media_type,
        data=served.data,
        file=served.file,
        problems=served.problems,
    )
