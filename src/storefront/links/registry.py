"""The networks a site can use: those that ship, with the site's own `networks.yaml` laid over them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

from msgspec import convert

from storefront.links.addresses import CLICK_IDS, domains_of, host_of
from storefront.links.making import Maker, Program, has_account
from storefront.vocabulary.network import Network, shipped_data


class Registry:
    """Networks by id, and what can be told of an address by its host."""

    def __init__(self, networks: Mapping[str, Network]) -> None:
        self.networks = dict(networks)
        self.foreign = CLICK_IDS.union(*(network.leaves for network in networks.values()))
        # What no shop's own address has: the others are words that shops use for their pages as well.
        self.clicks = self.foreign - CLICK_IDS - {"tag", "linkid", "linkcode", "customid", "campid", "toolid"}
        self._hosts = {host: name for name, host in self._named("hosts")}
        self._shops = {host: name for name, host in self._named("shops")}
        self._pasted = {pattern: name for name, pattern in self._named("pasted")}
        self._paths: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pattern, name in self._pasted.items():
            host, _, path = pattern.partition("/")
            self._paths[host].append((f"/{path}", name))
        self._hosts |= {host: name for host, name in self._pasted.items() if "/" not in host}

    def _named(self, key: str) -> Iterator[tuple[str, str]]:
        return ((name, each) for name, network in self.networks.items() for each in getattr(network, key))

    def get(self, network: str | None) -> Network | None:
        """A network by id."""
        return self.networks.get(network or "")

    def of_host(self, host: str) -> str | None:
        """The network whose tracked links go through a host or whose shop it is; the longest name decides."""
        for name in domains_of(host):
            if found := self._hosts.get(name) or self._shops.get(name):
                return found
        return None

    def tracking(self, url: str) -> str | None:
        """The network that an address is a tracked link of, if it is one; a network's own shop is none."""
        for name in domains_of(host_of(url)):
            if name in self._hosts:
                return self._hosts[name]
            if name in self._shops:
                return None
        return None

    def pasted(self, url: str) -> str | None:
        """The network that has made an address which nobody else can make: it stays as it is."""
        for host in domains_of(host_of(url)):
            for path, name in self._paths.get(host, ()):
                if (urlsplit(url).path or "/").startswith(path):
                    return name
        return None

    def quotes(self, network: str | None, host: str) -> bool:
        """Whether a price that was looked up by hand may stand beside a link to a shop on a host."""
        known = [self.get(network), self.get(self.of_host(host))]
        return all(each.prices for each in known if each)

    def forbidding(self, network: str | None, url: str) -> Network | None:
        """The network whose terms forbid a redirect before a link to a shop, if one's do."""
        known = [self.get(network), self.get(self.of_host(host_of(url)))]
        return next((each for each in known if each and not each.redirects), None)

    def maker(self, program: Program, affiliate: Mapping[str, Mapping[str, str]], source: str) -> Maker:
        """What makes a merchant's links, tracked for whoever has ids there."""
        network = self.get(program.network)
        ids = affiliate.get(program.network or "") if network else None
        account = ids if ids and network and has_account(network, program, ids) else None
        return Maker(program, network, account, source, self.foreign)


@lru_cache(maxsize=4096)
@cache
def shipped() -> Registry:
    """The networks that ship."""
    return Registry(convert(shipped_data(), dict[str, Network], strict=False))
