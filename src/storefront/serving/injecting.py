"""Injecting: what the preview adds to a page on its way to the browser. No build has it.

Two elements in the head: a stylesheet and a script, both from a path that no page can have, and a block of data, which
no policy takes for a script. The page's own policy stays as strict as on its host.
"""

import re
from pathlib import Path
from typing import Any

import msgspec

from storefront import digests
from storefront.escaping import escaped

CLIENT = Path(__file__).parent / "client"
FOLDER = "/_storefront/"  # no handle, product or category can begin with an underscore
HTML = "text/html"
HEAD_ENDS = re.compile(rb"</head\s*>", re.IGNORECASE)
BODY = re.compile(rb"<body(?:\s[^>]*)?>", re.IGNORECASE)
STYLES = re.compile(rb"<link\b[^>]*\brel=[\"']?stylesheet\b[^>]*>", re.IGNORECASE)
HREF = re.compile(rb"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)
# What tells one version of a file of a theme from another: ten digits before the ending.
VERSION = re.compile(rb"\.[0-9a-f]{10}(?=\.css\b)")
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def styles(page: bytes) -> list[str]:
    """The addresses of a page's stylesheets, in order."""
    found = (HREF.search(link[0]) for link in STYLES.finditer(page))
    return [href[1].decode() for href in found if href]


def identity(page: bytes, *others: Any) -> str:
    """A digest of a page and of what is shown with it, equal for pages that differ in versions of stylesheets alone."""
    plain = STYLES.sub(lambda link: VERSION.sub(b"", link[0]), page)
    return digests.of_value((digests.of_bytes(plain), others))


def with_preview(page: bytes, data: dict[str, Any], base: str = "", script: str = "preview.js") -> bytes:
    """A page with the preview's stylesheet, data and script, which lie below a base path."""
    head = (
        f'<script type="application/json" id="storefront_">{block(data)}</script>\n'
        f'<script type="module" src="{escaped(base + FOLDER)}{script}"></script>\n'
    )
    return in_head(page, stylesheet(base) + head.encode())


def stylesheet(base: str = "") -> bytes:
    """The element that asks for the preview's stylesheet."""
    return f'<link rel="stylesheet" href="{escaped(base + FOLDER)}marks.css" data-storefront>\n'.encode()


def in_head(page: bytes, more: bytes) -> bytes:
    """A page with more at the end of its head."""
    found = HEAD_ENDS.search(page) or BODY.search(page)
    at = found.start() if found else len(page)
    return page[:at] + more + page[at:]


def in_body(page: bytes, more: bytes) -> bytes:
    """A page with more at the beginning of its body."""
    found = BODY.search(page)
    at = found.end() if found else len(page)
    return page[:at] + more + page[at:]


def block(data: dict[str, Any]) -> str:
    """JSON for a block of data: whatever is in it, it ends no element."""
    text = msgspec.json.encode(data).decode()
    return "".join(UNSAFE.get(each, each) for each in text)
