"""Media types of the files of a site, by their names; the same on every machine."""

import mimetypes
import os

# What pages, feeds and documents are, and what Python knows differently from version to version.
KINDS = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
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
_others = mimetypes.MimeTypes()  # Python's own table; the system's is not read


def media_type(path: str) -> str:
    """The media type of a file, without a charset."""
    name = os.path.basename(path)
    ending = os.path.splitext(name)[1].lower()
    found = NAMED.get(name) or KINDS.get(ending) or _others.types_map[True].get(ending)
    return found or ANYTHING


def content_type(path: str) -> str:
    """The same for a header, with the charset of text (RFC 2046 §4.1.2)."""
    kind = media_type(path)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
