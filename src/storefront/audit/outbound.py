"""Links that no record of the page accounts for: to shops, and through networks."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec
from turbohtml import Document, Element

from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House, cleaned, host_in
from storefront.catalog.destinations import SHORTENERS
from storefront.catalog.redirects import FOLDER
from storefront.links import referring

RULE = "U-08"

# What leads somewhere else in other elements than anchors, each by what a page with it has in its bytes: asking for all
# of it takes thirty times as long as asking for anchors.
_UNUSUAL = (
    (b"xlink:href", "a[xlink\\:href]"),
    (b"<area", "area[href]"),
    (b"<iframe", "iframe[src]"),
    (b"<frame", "frame[src]"),
    (b"<embed", "embed[src]"),
    (b"<object", "object[data]"),
    (b"<form", "form[action]"),
    (b"formaction", "button[formaction], input[formaction]"),
    (b"<math", "math[href], math [href]"),
)
_ADDRESSES = ("href", "xlink:href", "action", "formaction", "src", "data")
_refreshes = re.compile(r"^[\s\d.;,]*(?:url\s*=\s*)?[\"']?", re.IGNORECASE)
_scheme = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
# Addresses that hold a page or a program themselves, so that nothing says where they lead.
MADE = frozenset({"javascript", "vbscript", "data", "blob", "filesystem", "intent", "view-source"})
# What makes a page say something else than its own markup, each with what such a page has in its bytes.
UNREAD = (
    (b"<base", "base[href]", "a base, which changes where its links lead"),
    (b"shadowroot", "template[shadowrootmode], template[shadowroot]", "a tree of its own in a template"),
    (b"srcdoc", "iframe[srcdoc]", "a page of its own in a frame"),
    (b"<svg", "svg set, svg animate", "a drawing that changes by itself"),
)


def leading(source: bytes, house: House) -> str:
    """A selector of everything on a page that leads to another host, or through this one to a shop.

    `source` are the page's bytes in small letters: no parser makes an element or attribute of what is not in them.
    """
    return ", ".join((house.anchors, *(selector for sign, selector in _UNUSUAL if sign in source)))


def address_of(element: Element) -> str:
    """Where an element leads."""
    return next((found for name in _ADDRESSES if (found := element.attr(name))), "")


def unread(document: Document, source: bytes, ref: str) -> Iterator[Finding]:
    """What on a page leads to where no reading of it tells; `source` are its bytes in small letters."""
    for sign, selector, words in UNREAD:
        if sign in source and document.select_one(selector) is not None:
            yield Finding("unaccounted", f"there is {words}, and no label can be proven there", RULE, ALL, ref)


def refreshed(document: Document, source: bytes) -> str:
    """Where a page sends its readers by itself; "" for nowhere. `source` are its bytes in small letters."""
    meta = document.select_one('meta[http-equiv="refresh" i]') if b"http-equiv" in source else None
    return _refreshes.sub("", meta.attr("content") or "") if meta is not None else ""


def unaccounted(url: str, inputs: Any, ref: str, house: House) -> Finding | str:
    """What is wrong with a link that is no pick's and no offer's; its host, where nothing is.

    A record may name a shop's own address: a brand's site, or one in a text. What is tracked earns a commission, and is
    always some pick's or offer's, with its label.
    """
    host = host_in(url)
    if not host or host == house.host:
        scheme = _scheme.match(cleaned(url))
        if scheme and scheme[0].lower() in MADE:
            what = f"an address of the kind {scheme[0].lower()}: says nothing of where it leads"
            return Finding("unaccounted", what, RULE, ALL, ref)
        return _through(url, ref) if house.routed and FOLDER in f"/{unquote(url)}" else ""
    seller = house.seller(host)
    paying = "a shortened address" if host in SHORTENERS else referring(cleaned(url))
    if not seller and not paying:
        return host
    if not paying and not _tracked(url, host, house) and _written(url, inputs):
        return ""
    what = f"a link to {host} ({seller or paying}) belongs to no record of the page, and bears no label"
    return Finding("unaccounted", what, RULE, ALL, ref)


def _through(url: str, ref: str) -> Finding:
    what = f"a link through {urlsplit(url).path} belongs to no record of the page, and bears no label"
    return Finding("unaccounted", what, RULE, ALL, ref)


def _tracked(url: str, host: str, house: House) -> bool:
    """Whether somebody earns: a network's host, or a network's own shop with what its clicks leave in the address."""
    url = cleaned(url)
    plain = f"https://{host}{urlsplit(url).path}"
    if house.networks.tracking(plain) or house.networks.pasted(plain):
        return True
    network = house.networks.get(house.networks.of_host(host))
    names = {name.lower() for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    if not names.isdisjoint(house.networks.clicks):
        return True
    return network is not None and not names.isdisjoint((*network.leaves, *map(str.lower, network.append)))


def _written(url: str, inputs: Any) -> bool:
    """Whether an address stands in what the page was made of."""
    return url.encode() in msgspec.json.encode(inputs)
