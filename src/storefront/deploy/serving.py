"""How deployed files are answered: media types that are the same on every machine, and the plan's word on caches."""

import mimetypes
import os

from storefront.deploy.store import Serving
from storefront.hosting.security import ASK, KEEP
from storefront.hosting.values import FIXED

# What pages, feeds and documents are, and what Python knows differently from version to version.
KINDS = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
# By name where the ending says too little: RFC 4287 §7 and JSON Feed 1.1.
NAMED = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
ANYTHING = "application/octet-stream"
# All text of ours is UTF-8. JSON has no such parameter (RFC 8259 §11): it is UTF-8 by definition.
WRITTEN = ("text/", "application/atom+xml", "application/xml", "image/svg+xml")
_others = mimetypes.MimeTypes()  # Python's own table; the system's is not read


def serving(path: str) -> Serving:
    """How the file at a path of the output is to be answered."""
    kind = _kind(path)
    charset = "; charset=utf-8" if kind.startswith(WRITTEN) else ""
    return Serving(f"{kind}{charset}", (KEEP if path.startswith(FIXED) else ASK)[1])


def _kind(path: str) -> str:
    name = os.path.basename(path)
    ending = os.path.splitext(name)[1].lower()
    found = NAMED.get(name) or KINDS.get(ending) or _others.types_map[True].get(ending)
    return found or ANYTHING
