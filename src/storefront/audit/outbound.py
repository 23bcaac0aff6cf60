"""Links that no record of the page accounts for: to shops, and through networks."""

import re
from collections.abc import Collection, Iterator
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

# What leads somewhere else in other elements than anchors, each by the element without which there is none: which of
# them a page has is seen in one walk, and asking for all of this takes thirty times as long as for anchors.
_UNUSUAL = (
    ("svg", "a[xlink\\:href]"),
    ("area", "area[href]"),
    ("iframe", "iframe[src]"),
    ("frame", "frame[src]"),
    ("embed", "embed[src]"),
    ("object", "object[data]"),
    ("form", "form[action]"),
    ("button", "button[formaction]"),
    ("input", "input[formaction]"),
    ("math", "math[href], math [href]"),
)
_ADDRESSES = ("href", "xlink:href", "action", "formaction", "src", "data")
_refreshes = re.compile(r"^[\s\d.;,]*(?:url\s*=\s*)?[\"']?", re.IGNORECASE)
_scheme = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
# Addresses that hold a page or a program themselves, so that nothing says where they lead.
MADE = frozenset({"javascript", "vbscript", "data", "blob", "filesystem", "intent", "view-source"})
# What makes a page say something else than its own markup, each with the element without which there is none.
UNREAD = (
    ("base", "base[href]", "a base, which changes where its links lead"),
    ("template", "template[shadowrootmode], template[shadowroot]", "a tree of its own in a template"),
    ("iframe", "iframe[srcdoc]", "a page of its own in a frame"),
    ("svg", "svg:has(set, animate)", "a drawing that changes by itself"),
)


NAMES = frozenset(name for name, *_ in (*_UNUSUAL, *UNREAD))


def leading(document: Document, house: House, names: Collection[str]) -> str:
    """A selector of everything on a page that leads to another host, or through this one to a shop.

    `names` are those of the page's elements that are among `NAMES`.
    """
    there = (each for name, each in _UNUSUAL if name in names and document.select_one(each) is not None)
    return ", ".join((house.anchors, *there))


def address_of(element: Element) -> str:
    """Where an element leads."""
    return next((found for name in _ADDRESSES if (found := element.attr(name))), "")


def unread(document: Document, names: Collection[str], ref: str) -> Iterator[Finding]:
    """What on a page leads to where no reading of it tells; `names` as for `leading`."""
    for name, selector, words in UNREAD:
        if name in names and document.select_one(selector) is not None:
            yield Finding("unaccounted", f"there is {words}, and no label can be proven there", RULE, ALL, ref)


def refreshed(document: Document) -> str:
    """Where a page sends its readers by itself; "" for nowhere."""
    meta = document.select_one('meta[http-equiv="refresh" i]')
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
