"""Destinations: where links to shops may lead, and where not."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from storefront.content import Origin, Places
from storefront.links import Registry, host_of, referring
from storefront.links.addresses import domains_of
from storefront.links.lookalikes import Known, skeleton
from storefront.problems import Place, Problem, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.trade import Merchant

# Where something stands. Asked only when there is a problem: finding a place parses its file again.
Placing = Callable[[], Place]
# Hosts that shorten addresses of others: nobody sees where these lead, nor whose tracking is in them.
SHORTENERS = frozenset({
    "a.co", "amzn.asia", "amzn.eu", "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "dlvr.it", "goo.gl", "is.gd",
    "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "s.click.aliexpress.com", "shope.ee", "shorturl.at", "snip.ly", "spr.ly",
    "t.co", "t.ly", "tiny.cc", "tinyurl.com", "trib.al", "v.gd",
})  # fmt: skip
OWN_ADDRESS = "Write the shop's own address; storefront adds your tracking to it."
OWN_PROGRAMME = (
    "Write the shop's own address. If you earn by it, name the programme as the network of the merchant, "
    "as docs/links.md shows: link and label are made by it."
)


class Destinations:
    """Judges addresses by what is known of merchants and networks."""

    def __init__(self, curation: Curation, places: Places, networks: Registry) -> None:
        self.curation, self.places, self.networks = curation, places, networks
        ours = {host: entry.id for entry in curation.merchants.values() for host in _hosts(entry.record)}
        theirs = {
            host: name for name, network in networks.networks.items() for host in (*network.shops, *network.hosts)
        }
        self.imitated = lru_cache(maxsize=4096)(Known(theirs | ours).imitated)  # few hosts, and often
        self.owners = ours
        self.stranger = lru_cache(maxsize=4096)(partial(_stranger, curation.merchants, ours, networks))

    def sold_at(
        self, link: str, merchant: str | None, place: Placing, *, owner: str = "", labelled: bool = False
    ) -> Iterator[Problem]:
        """What is wrong with the address of a thing in a shop. One that only its network can make may be pasted.

        `owner` is whose list it stands on, and `labelled` whether it bears the label of an affiliate link in any case.
        """
        made_by = self.networks.pasted(link)
        if made_by is None:
            yield from self.untracked(link, place)
            if not labelled:
                yield from self.unreferred(link, merchant, place, owner)
        elif merchant and (entry := self.curation.merchants.get(merchant)):
            own = self.networks.get(entry.record.network)
            if own and not own.redirects and made_by != entry.record.network:
                name = self.networks.networks[made_by].name
                message = f"{own.name} forbids links that hide it, and this one goes through {name}"
                yield Problem("bad-link", message, place(), OWN_ADDRESS)
        host = host_of(link)
        if merchant and (whose := self.stranger(host, merchant)):
            there = self.curation.merchants.get(whose)
            message = f"this is an address of {there.record.name if there else whose}, and the merchant is {merchant}"
            write = f"Write merchant: {whose}" if there else "Name its merchant"
            hint = f"{write}, or add {host} to the domains of {merchant}."
            yield Problem("bad-link", message, place(), hint)
        yield from self.imitation(host, "", place)

    def of_merchant(self, merchant: Merchant, origin: Origin) -> Iterator[Problem]:
        """What is wrong with a merchant's address and hosts."""
        place = partial(self.places.of, origin, "url")
        yield from self.untracked(merchant.url, place)
        yield from self.imitation(host_of(merchant.url), merchant.id, place)
        for index, host in enumerate(merchant.domains):
            yield from self.imitation(host, merchant.id, partial(self.places.of, origin, "domains", index))

    def untracked(self, link: str, place: Placing) -> Iterator[Problem]:
        """A pasted address that is already tracked would pay whoever made it."""
        if (host := host_of(link)) in SHORTENERS:
            message = f"{host} shortens addresses, so that nobody sees where this one leads and whom it pays"
            hint = "Open it in a browser, and copy the address of the shop's page from there."
            yield Problem("bad-link", message, place(), hint)
        name = self.networks.tracking(link)
        network = self.networks.get(name)
        if network is None:
            return
        if network.closed:
            yield Problem("bad-link", f"{network.name} no longer takes clicks", place(), network.closed)
        else:
            yield Problem("bad-link", f"this is already a tracked link of {network.name}", place(), OWN_ADDRESS)

    def unreferred(self, link: str, merchant: str | None, place: Placing, owner: str) -> Iterator[Problem]:
        """An address that pays somebody by a shop's own programme, of which no record knows: it would bear no label."""
        seller = self.curation.merchants.get(merchant or self.owners.get(host_of(link).removeprefix("www."), ""))
        found = "" if seller and seller.record.network else referring(link, owner)
        if found:
            message = f"{shown(found)} pays somebody, and no label would say so"
            yield Problem("bad-link", message, place(), OWN_PROGRAMME)

    def imitation(self, host: str, owner: str, place: Placing) -> Iterator[Problem]:
        """A host whose letters imitate a known one's, or that is none."""
        if skeleton(host) is None:
            hint = "Copy the address from the address bar of a browser."
            yield Problem("bad-link", f"{host} is not a name that a host can have", place(), hint)
        elif imitated := self.imitated(host, owner):
            message = f"{host} looks like {imitated} and is another host"
            hint = f"Write {imitated}, or, if the address is right, add {host} to the domains of its merchant."
            yield Problem("bad-link", message, place(), hint)


def _hosts(merchant: Merchant) -> list[str]:
    hosts = (*merchant.domains, host_of(merchant.url))
    return [host.lower().removeprefix("www.") for host in hosts if host]


def _stranger(
    merchants: Mapping[str, Entry[Merchant]], owners: Mapping[str, str], networks: Registry, host: str, merchant: str
) -> str:
    """Whose host this is, where it is known to be another shop's than the merchant's; "" where it is not."""
    entry = merchants.get(merchant)
    own = frozenset(_hosts(entry.record)) if entry else frozenset()
    names = domains_of(host)
    if entry is None or own.intersection(names):
        return ""
    if other := next((owners[name] for name in names if name in owners), ""):
        return other
    found = networks.of_host(host)
    network = networks.get(found)
    if network is None or entry.record.network == found or own.intersection(network.shops):
        return ""
    theirs = (*network.shops, *network.pasted) if network.shops else ()
    return network.name if any(name in theirs for name in names) else ""
