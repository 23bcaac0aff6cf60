"""Outbound links to shops: each network's tracking, from `data/networks.yaml`, and the attributes of the anchor."""

from storefront.links.addresses import coded, host_of, referring, stripped
from storefront.links.anchors import anchor_attributes, rel
from storefront.links.making import Maker, Missing, Outbound, Program
from storefront.links.own import of_site, unknown_hint
from storefront.links.registry import Registry, shipped
from storefront.links.subids import NUMBER, numbered, subid
from storefront.links.templates import Target
from storefront.vocabulary.network import Network

__all__ = [
    "NUMBER",
    "Maker",
    "Missing",
    "Network",
    "Outbound",
    "Program",
    "Registry",
    "Target",
    "anchor_attributes",
    "forget",
    "host_of",
    "network_of_host",
    "networks",
    "numbered",
    "of_site",
    "referring",
    "rel",
    "shipped",
    "stripped",
    "subid",
    "unknown_hint",
]


def networks() -> dict[str, Network]:
    """The networks that ship, by id."""
    return shipped().networks


def forget() -> None:
    """Give back what is remembered of addresses, when all links are made: 7 MB for a thousand creators."""
    stripped.cache_clear()
    coded.cache_clear()


def network_of_host(host: str) -> str | None:
    """The shipped network whose tracked links go through a host or whose shop it is, if there is one."""
    return shipped().of_host(host)
