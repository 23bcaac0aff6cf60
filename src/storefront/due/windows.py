"""What runs out or opens by itself: codes, prices, and records with a window."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from storefront.catalog.live import Live, stale_on
from storefront.clock import end_of, later, start_of
from storefront.due.tasks import Found, Kind
from storefront.records import Curation, Entry
from storefront.vocabulary.common import Record
from storefront.vocabulary.curation import Promo
from storefront.vocabulary.site import Site

LAST = timedelta(microseconds=1)  # a window that closes at midnight closes on the day before


class Windows:
    """The tasks of everything with an end or a beginning."""

    def __init__(self, curation: Curation, live: Live, site: Site) -> None:
        self.curation, self.live = curation, live
        self.price_days, self.code_days = site.prices.max_age_days, site.promos.max_age_days

    def tasks(self) -> Iterator[Found]:
        """All of them."""
        yield from self.prices()
        yield from self.codes()
        for kind in (
            "brands",
            "merchants",
            "influencers",
            "products",
            "lists",
            "posts",
            "reviews",
            "promos",
            "recalls",
            "campaigns",
            "snippets",
            "squads",
            "calls",
        ):
            for entry in getattr(self.curation, kind).values():
                yield from self.changes(entry, entry.record, kind, ())
        yield from self.ends()
        for entry in self.curation.lists.values():
            for index, item in enumerate(entry.record.items):
                yield from self.changes(entry, item, "item", ("items", index))

    def ends(self) -> Iterator[Found]:
        """Calls that close, and rights to snippets that run out."""
        zone = self.live.clock.zone
        for call in self.live.calls.values():
            yield from self.change(call, "calls", Kind.CLOSES, end_of(call.record.closes, zone), ("closes",))
        for snippet in self.live.snippets.values():
            if until := snippet.record.rights.until:
                path = ("rights", "until")
                yield from self.change(snippet, "snippets", Kind.CLOSES, end_of(until, zone), path)

    def prices(self) -> Iterator[Found]:
        """Prices on their last day or past it: look them up again."""
        for entry in self.live.products.values():
            for index, offer in enumerate(entry.record.offers):
                merchant = self.live.merchants.get(offer.merchant)
                if not (merchant and offer.price and offer.as_of and merchant.record.prices.show):
                    continue
                limit = merchant.record.prices.max_age_days or self.price_days
                expires = later(start_of(offer.as_of, self.live.clock.zone), limit)
                yield Found(
                    day=(expires - LAST).astimezone(self.live.clock.zone).date(),
                    kind=Kind.PRICE,
                    what=f"look up the price of {entry.record.title} at {merchant.record.name}",
                    creator="",
                    brand=entry.record.brand,
                    origin=entry.origin,
                    path=("offers", index, "as_of"),
                    moment=expires,
                )

    def codes(self) -> Iterator[Found]:
        """Codes that the shop soon takes no longer, and those that somebody must try again for them to stay."""
        zone = self.live.clock.zone
        for entry in self.live.promos.values():
            promo, stale = entry.record, stale_on(entry.record, self.code_days, zone)
            if stale:
                yield self.code(entry, stale, "is to be tried again", "verified_on")
            if promo.valid and promo.valid.until:
                yield self.code(entry, end_of(promo.valid.until, zone), "runs out", "valid", "until")

    def code(self, entry: Entry[Promo], moment: datetime, what: str, *path: str) -> Found:
        return Found(
            day=(moment - LAST).astimezone(self.live.clock.zone).date(),
            kind=Kind.PROMO,
            what=f"promo {entry.id} {what}",
            creator=entry.owner,
            brand="",
            origin=entry.origin,
            path=path,
            moment=moment,
        )

    def changes(self, entry: Entry[Any], record: Record, kind: str, path: tuple[str | int, ...]) -> Iterator[Found]:
        """Beginnings and ends that lie ahead; a draft has none."""
        if record.draft or not (record.starts or record.until or record.embargo_until):
            return
        zone = self.live.clock.zone
        opens = {"from": record.starts, "embargo_until": record.embargo_until}
        begins = {key: start_of(text, zone) for key, text in opens.items() if text}
        if begins:
            key, moment = max(begins.items(), key=lambda pair: pair[1])
            yield from self.change(entry, kind, Kind.OPENS, moment, (*path, key))
        if record.until:
            ends = Kind.PROMO if kind == "promos" else Kind.CLOSES
            yield from self.change(entry, kind, ends, end_of(record.until, zone), (*path, "until"))

    def change(
        self, entry: Entry[Any], kind: str, what: Kind, moment: datetime, path: tuple[str | int, ...]
    ) -> Iterator[Found]:
        last = moment if what is Kind.OPENS else moment - LAST
        if last < self.live.clock.now:
            return
        said = {Kind.PROMO: "runs out", Kind.OPENS: "appears", Kind.CLOSES: "goes"}[what]
        yield Found(
            day=last.astimezone(self.live.clock.zone).date(),
            kind=what,
            what=f"{self.called(entry, kind, path)} {said}",
            creator=entry.id if kind == "influencers" else entry.owner,
            brand=self.brand(entry, kind, path),
            campaign=entry.id if kind == "campaigns" else "",
            origin=entry.origin,
            path=path,
            moment=moment,
        )

    def called(self, entry: Entry[Any], kind: str, path: tuple[str | int, ...]) -> str:
        """What a record is called: its kind and id, or a pick's title and its list."""
        if kind != "item":
            return f"{'creator' if kind == 'influencers' else kind.removesuffix('s')} {entry.id}"
        item = entry.record.items[path[1]]
        product = self.curation.products.get(item.product or "")
        return f"{product.record.title if product else item.title} on list {entry.id}"

    def brand(self, entry: Entry[Any], kind: str, path: tuple[str | int, ...]) -> str:
        """The brand that a change is about, if it is about one."""
        record = entry.record.items[path[1]] if kind == "item" else entry.record
        if kind == "brands":
            return entry.id
        if kind == "campaigns":
            return str(entry.record.brand)
        product = self.curation.products.get(entry.id if kind == "products" else getattr(record, "product", None) or "")
        return product.record.brand if product else ""
