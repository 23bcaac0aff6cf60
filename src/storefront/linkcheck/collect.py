"""Which links there are: every offer and every pick with an address of its own that is open at the clock."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from storefront.catalog.live import Live
from storefront.catalog.reading import reading
from storefront.catalog.shops import SITE, Shops
from storefront.linkcheck.addresses import bare, maker_of
from storefront.links import Registry
from storefront.problems import Place
from storefront.vocabulary.curation import ItemStatus
from storefront.vocabulary.product import Offer
from storefront.vocabulary.trade import Merchant


class Link(Struct, frozen=True, kw_only=True):
    """A link to a shop, and where it is written.

    `address` is the shop's own; None where only a network can make the link, which `network` then
    names. `earns` says that somebody gets a commission. `merchant` is the id of the `shop`, or its
    host where it has no file.
    """

    place: Place
    title: str
    merchant: str
    creators: tuple[str, ...]
    address: str | None
    network: str | None = None
    earns: bool = False
    shop: Merchant


class Collected(Struct, frozen=True):
    """All links of a site in order of file and line, and what it knows of networks."""

    links: tuple[Link, ...]
    networks: Registry
    site: str
    creators: tuple[str, ...]
    merchants: tuple[str, ...]


def collect(root: Path, now: datetime) -> Collected:
    """Every link to a shop at a moment. Raises `ProblemsFound` when the content has problems."""
    read = reading(root, now)
    live = read.live
    collector = _Collector(live, Shops(read.site, live, read.places, read.networks))
    found = sorted(collector.all(), key=lambda link: (link.place.file, link.place.line, link.place.column))
    named = sorted({*live.merchants, *(link.merchant for link in found)})
    return Collected(tuple(found), read.networks, read.site.url, tuple(sorted(live.influencers)), tuple(named))


class _Collector:
    def __init__(self, live: Live, shops: Shops) -> None:
        self.live, self.shops = live, shops
        self.shown: dict[str, set[str]] = defaultdict(set)  # creators by product

    def all(self) -> Iterator[Link]:
        yield from self._items()
        for post in self.live.posts.values():
            for tagged in post.record.products:
                self.shown[tagged.product].add(post.owner)
        yield from self._offers()

    def _items(self) -> Iterator[Link]:
        """Picks with an address of their own; the products of the others are remembered."""
        for entry in self.live.lists.values():
            for index, item in self.live.items(entry):
                if item.status is ItemStatus.RETIRED:
                    continue
                if item.product:
                    self.shown[item.product].add(entry.owner)
                elif item.link:
                    offer, merchant, _ = self.shops.inline(item.link, item.merchant)
                    place = self.shops.places.of(entry.origin, "items", index, "link")
                    yield self._link(offer, merchant, None, place, item.title or "", (entry.owner,))

    def _offers(self) -> Iterator[Link]:
        for product, priced in self.shops.priced.items():
            entry = self.live.products[product]
            creators = tuple(sorted(self.shown[product]))
            for offer, merchant, _ in priced:
                index = entry.record.offers.index(offer)
                path = ("link",) if offer.link else ("asin",) if offer.asin else ()
                place = self.shops.places.of(entry.origin, "offers", index, *path)
                yield self._link(offer, merchant, entry.record.asin, place, entry.record.title, creators)

    def _link(
        self, offer: Offer, merchant: Merchant, asin: str | None, place: Place, title: str, creators: tuple[str, ...]
    ) -> Link:
        url, networks = offer.link or merchant.url, self.shops.networks
        made_by = maker_of(url, merchant, networks)
        return Link(
            place=place,
            title=title,
            merchant=merchant.id or (urlsplit(url).hostname or "").removeprefix("www."),
            creators=creators,
            address=None if made_by else bare(url, offer.asin or asin, merchant, networks),
            network=made_by.name if made_by else None,
            earns=self._earns(merchant, creators),
            shop=merchant,
        )

    def _earns(self, merchant: Merchant, creators: tuple[str, ...]) -> bool:
        return any(self.shops.maker(merchant, who).tracks for who in (*creators, SITE))
