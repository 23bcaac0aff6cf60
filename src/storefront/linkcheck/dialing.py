"""Dialling: a socket to a host on the public internet, never to one inside the network where the command runs."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from functools import cache

from storefront.linkcheck.addresses import PORTS

# Opens a connection for a scheme, a host and a moment on `time.monotonic` by which it must stand.
# Raises OSError; `socket.gaierror` when the host has no address and `NotPublic` when none is public.
Dial = Callable[[str, str, float], socket.socket]
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
MOST = 3  # addresses of one host that are tried


class NotPublic(OSError):
    """All addresses of a host lie in a private network."""


def dial(scheme: str, host: str, deadline: float) -> socket.socket:
    """A connection to a public address of a host; with https, one whose certificate is right."""
    plain = _connected(_public(host, PORTS[scheme]), PORTS[scheme], deadline)
    if scheme == "http":
        return plain
    try:
        plain.settimeout(left(deadline))
        return _certificates().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _public(host: str, port: int) -> list[str]:
    """The public addresses of a host. They are connected to as they stand here, so that no second answer counts."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = dict.fromkeys(str(address[0]) for *_, address in found)
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise NotPublic(f"{host} has no public address")
    return public[:MOST]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, as does whatever address is embedded in it."""
    return all(each.is_global and not each.is_multicast for each in _and_embedded(ipaddress.ip_address(address)))


def _and_embedded(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    embedded = address.ipv4_mapped or address.sixtofour
    if address in NAT64:
        embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    yield embedded or address


def _connected(addresses: list[str], port: int, deadline: float) -> socket.socket:
    failure = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=left(deadline))
        except OSError as error:
            failure = error
    raise failure


def left(deadline: float) -> float:
    """Seconds that are left. Raises TimeoutError when none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time is left")
    return left


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()
