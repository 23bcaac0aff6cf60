"""Links that no record of the page accounts for: to shops, and through networks."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from turbohtml import Element, Node

from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House, host_in

# What leads somewhere else in other elements than anchors. Anchors are asked for alone, and whether there is any other
# element that leads away by its name: both take a thirtieth of asking for everything.
UNUSUAL = ("area", "form", "iframe", "button", "input", "a[xlink\\:href]")
_EVERYTHING = (
    'a[href*="\\\\"], a[xlink\\:href], area[href*="//"], iframe[src*="//"], form[action*="//"]'
    ', button[formaction*="//"], input[formaction*="//"]'
)
_ADDRESSES = ("href", "xlink:href", "action", "formaction", "src")


def elsewhere(node: Node, house: House) -> Sequence[Element]:
    """Everything in a page or an element that leads to another host, or through this one to a shop, in order."""
    for each in UNUSUAL:
        if node.select_one(each) is not None:
            return node.select(f"{house.anchors}, {_EVERYTHING}")
    return node.select(house.anchors)


def address_of(element: Element) -> str:
    """Where an element leads."""
    return next((found for name in _ADDRESSES if (found := element.attr(name))), "")


def unaccounted(url: str, inputs: Any, ref: str, house: House) -> Finding | str:
    """What is wrong with a link that is no pick's and no offer's; its host, where nothing is.

    A record may name a shop's own address: a brand's site, or one in a text. What is tracked earns a commission, and is
    always some pick's or offer's, with its label.
    """
    host = host_in(url)
    if not host or host == house.host:
        return _through(url, ref) if house.folder in url else ""
    seller = house.seller(host)
    if not seller:
        return host
    if not _tracked(url, host, house) and _written(url, inputs):
        return ""
    what = f"a link to {host} ({seller}) belongs to no record of the page, and bears no label"
    return Finding("unaccounted", what, "U-08", ALL, ref)


def _through(url: str, ref: str) -> Finding:
    what = f"a link through {urlsplit(url).path} belongs to no record of the page, and bears no label"
    return Finding("unaccounted", what, "U-08", ALL, ref)


def _tracked(url: str, host: str, house: House) -> bool:
    """Whether somebody earns: a network's host, or a network's own shop with what its clicks leave in the address."""
    plain = f"https://{host}{urlsplit(url).path}"
    if house.networks.tracking(plain) or house.networks.pasted(plain):
        return True
    network = house.networks.get(house.networks.of_host(host))
    names = {name.lower() for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    return network is not None and not names.isdisjoint((*network.leaves, *map(str.lower, network.append)))


def _written(url: str, inputs: Any) -> bool:
    """Whether an address stands in what the page was made of."""
    return url.encode() in msgspec.json.encode(inputs)
