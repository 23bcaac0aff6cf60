"""Addresses that may be asked for: the shop's own, without anybody's tracking, and never a network's."""

import re
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from storefront.links import Registry, stripped
from storefront.links.addresses import asin_of
from storefront.links.templates import Gap, parts_of
from storefront.vocabulary.network import Network
from storefront.vocabulary.trade import Merchant

LONGEST = 2048  # characters; the vocabulary's own limit for addresses
# What stays as it is in a path or a query (RFC 3986, sections 3.3 and 3.4), and the sign of what is coded.
PLAIN = "%/:@!$&'()*+,;=~-._"
HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
PORTS = {"http": 80, "https": 443}
Clean = Callable[[str], str]


class NoAddress(ValueError):
    """Text that is no address which may be asked for; says why."""


def bare(url: str, asin: str | None, merchant: Merchant, networks: Registry) -> str:
    """The shop's own address for an offer: no partner's parameters, no fragment; where links need an ASIN, its page."""
    network = networks.get(merchant.network) or networks.get(networks.of_host(urlsplit(url).hostname or ""))
    clean = cleaner(networks, merchant)(url)
    asin = asin or asin_of(clean)
    if network and asin and "{asin}" in network.link:
        market = network.markets.get(merchant.program.get("market", ""), {})
        return f"https://{market.get('host') or urlsplit(url).hostname}/dp/{asin}"
    return clean


def maker_of(url: str, merchant: Merchant, networks: Registry) -> Network | None:
    """The network that has made an address, if one has: asking for it would be a click, or would use up a code."""
    own = networks.get(merchant.network)
    if own and own.link.startswith("{origin}/"):
        begin = next(part for part in parts_of(own.link) if isinstance(part, str))
        if urlsplit(url).path.startswith(begin):
            return own
    return networks.get(networks.pasted(url) or networks.tracking(url))


def cleaner(networks: Registry, merchant: Merchant) -> Clean:
    """Takes every network's parameters out of an address; those that are the merchant's own stay."""
    own = networks.get(merchant.network)
    foreign = networks.foreign | _appended(own, merchant) if own else networks.foreign
    return lambda url: stripped(url.partition("#")[0], foreign, merchant.keep)


def _appended(network: Network, merchant: Merchant) -> frozenset[str]:
    """The parameters that a network puts into the shop's own address; a shop may have chosen their names."""
    return frozenset("".join(_named(part, merchant) for part in parts_of(key)).lower() for key in network.append)


def _named(part: str | Gap, merchant: Merchant) -> str:
    return part if isinstance(part, str) else merchant.program.get(part.key) or part.default or ""


def next_address(url: str, location: str) -> str:
    """Where an answer leads, as plain ASCII that can be asked for. Raises `NoAddress`."""
    try:
        return canonical(urljoin(url, location.strip()))
    except ValueError as error:
        raise error if isinstance(error, NoAddress) else NoAddress("a redirect leads to no address") from None


def canonical(url: str) -> str:
    """An address in plain ASCII: what is not allowed in one is percent-encoded, a host is in its ASCII form.

    Raises ValueError for what is no address, and `NoAddress` for one that no shop has: another
    scheme or port, a name and password, or more than 2048 characters.
    """
    split = urlsplit(url)
    if split.scheme not in PORTS:
        raise NoAddress(f"a redirect leads to {split.scheme or 'no'}:, which is no web page")
    if split.username is not None or split.port not in {None, PORTS[split.scheme]}:
        raise NoAddress("a redirect leads to a port or a login of its own")
    host = (split.hostname or "").encode("idna").decode().lower()
    path, query = quote(split.path or "/", safe=PLAIN), quote(split.query, safe=f"{PLAIN}?")
    made = urlunsplit((split.scheme, host, path, query, ""))
    if not HOST.fullmatch(host) or len(made) > LONGEST:
        raise NoAddress("a redirect leads to an address that is too long, or to none")
    return made
