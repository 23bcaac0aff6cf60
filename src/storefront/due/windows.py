"""What runs out or opens by itself: codes, prices, and records with a window."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from storefront.catalog.live import Live, stale_on
from storefront.catalog.recalls import stopped
from storefront.clock import PUBLIC, end_of, later, start_of
from storefront.due.tasks import Kind, UnplacedTask
from storefront.problems import KeyPath
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Record
from storefront.vocabulary.community import Call
from storefront.vocabulary.curation import Promo
from storefront.vocabulary.site import Site

EMBARGO = "embargo_until"
GOES, RUNS_OUT = " goes", " runs out"
LAST = timedelta(microseconds=1)  # a window that closes at midnight closes on the day before


class Windows:
    """The tasks of everything with an end or a beginning."""

    def __init__(self, curation: Curation, live: Live, site: Site) -> None:
        self.curation, self.live = curation, live
        self.price_days, self.code_days = site.prices.max_age_days, site.promos.max_age_days

    def tasks(self) -> Iterator[UnplacedTask]:
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

    def ends(self) -> Iterator[UnplacedTask]:
        """Calls that close, and rights to snippets that run out."""
        zone = self.live.clock.zone
        for call in self.live.calls.values():
            yield from self.change(call, "calls", Kind.CLOSES, end_of(call.record.closes, zone), ("closes",))
        for snippet in self.live.snippets.values():
            if until := snippet.record.rights.until:
                path = ("rights", "until")
                yield from self.change(snippet, "snippets", Kind.CLOSES, end_of(until, zone), path)

    def prices(self) -> Iterator[UnplacedTask]:
        """Prices on their last day or past it: look them up again. What must not be sold shows none."""
        unsold = stopped(self.live)
        for entry in (each for each in self.live.products.values() if each.id not in unsold):
            for index, offer in enumerate(entry.record.offers):
                merchant = self.live.merchants.get(offer.merchant)
                if not (merchant and offer.price and offer.as_of and merchant.record.prices.show):
                    continue
                limit = merchant.record.prices.max_age_days or self.price_days
                expires = later(start_of(offer.as_of, self.live.clock.zone), limit)
                yield UnplacedTask(
                    day=(expires - LAST).astimezone(self.live.clock.zone).date(),
                    kind=Kind.PRICE,
                    what=f"look up the price of {entry.record.title} at {merchant.record.name}",
                    creator="",
                    brand=entry.record.brand,
                    origin=entry.origin,
                    path=("offers", index, "as_of"),
                    moment=expires,
                )

    def codes(self) -> Iterator[UnplacedTask]:
        """Codes that the shop soon takes no longer, and those that somebody must try again for them to stay."""
        zone = self.live.clock.zone
        for entry in self.live.promos.values():
            promo, stale = entry.record, stale_on(entry.record, self.code_days, zone)
            if stale:
                yield self.code(entry, stale, "is to be tried again", "verified_on")
            if promo.valid and promo.valid.until:
                yield self.code(entry, end_of(promo.valid.until, zone), "runs out", "valid", "until")

    def code(self, entry: Entry[Promo], moment: datetime, what: str, *path: str) -> UnplacedTask:
        return UnplacedTask(
            day=(moment - LAST).astimezone(self.live.clock.zone).date(),
            kind=Kind.PROMO,
            what=f"promo {entry.id} {what}",
            creator=entry.owner,
            brand=self.brand_of(entry.record.campaign or ""),
            campaign=entry.record.campaign or "",
            origin=entry.origin,
            path=path,
            moment=moment,
        )

    def changes(self, entry: Entry[Any], record: Record, kind: str, path: KeyPath) -> Iterator[UnplacedTask]:
        """Beginnings and ends that lie ahead; a draft has none."""
        if record.draft:
            return
        secret = isinstance(record, Campaign) and not record.public  # it has no page, but may be named from then on
        for audience, key, moment in self.openings(record):
            says = ": its embargo ends" if secret else f" appears{'' if audience == PUBLIC else f' for {audience}'}"
            if not secret or key == EMBARGO:
                yield from self.change(entry, kind, Kind.OPENS, moment, (*path, key), says)
        if record.until and not secret:
            ends, says = (Kind.PROMO, RUNS_OUT) if kind == "promos" else (Kind.CLOSES, GOES)
            yield from self.change(
                entry, kind, ends, end_of(record.until, self.live.clock.zone), (*path, "until"), says
            )

    def openings(self, record: Record) -> Iterator[tuple[str, str, datetime]]:
        """When everybody sees a record, and each audience that does so before, with the key that says it."""
        zone = self.live.clock.zone
        campaign = self.curation.campaigns.get(getattr(record, "campaign", None) or "")
        texts = {"from": record.starts, EMBARGO: record.embargo_until}
        texts["campaign"] = campaign.record.embargo_until if campaign else None
        begins = {key: start_of(text, zone) for key, text in texts.items() if text}
        staged = [(each.audience, {"releases": start_of(each.at, zone)}) for each in record.releases]
        for audience, release in staged or ([(PUBLIC, {})] if begins else []):
            key, moment = max((begins | release).items(), key=lambda pair: pair[1])
            yield audience, key, moment

    def change(
        self, entry: Entry[Any], kind: str, what: Kind, moment: datetime, path: KeyPath, says: str = GOES
    ) -> Iterator[UnplacedTask]:
        last = moment if what is Kind.OPENS else moment - LAST
        if last < self.live.clock.now:
            return
        record = entry.record.items[path[1]] if kind == "item" else entry.record
        campaign = entry.id if kind == "campaigns" else getattr(record, "campaign", None) or ""
        yield UnplacedTask(
            day=last.astimezone(self.live.clock.zone).date(),
            kind=what,
            what=f"{self.called(entry, kind, path)}{says}",
            creator=entry.id if kind == "influencers" else entry.owner,
            brand=self.brand(entry.id, record, kind) or self.brand_of(campaign),
            campaign=campaign,
            origin=entry.origin,
            path=path,
            moment=moment,
        )

    def called(self, entry: Entry[Any], kind: str, path: KeyPath) -> str:
        """What a record is called: its kind and id, or a pick's title and its list."""
        if kind != "item":
            return f"{'creator' if kind == 'influencers' else kind.removesuffix('s')} {entry.id}"
        item = entry.record.items[path[1]]
        product = self.curation.products.get(item.product or "")
        return f"{product.record.title if product else item.title} on list {entry.id}"

    def brand(self, name: str, record: Any, kind: str) -> str:
        """The brand that a change is about, if it is about one."""
        if kind == "brands":
            return name
        if isinstance(record, Call):
            return record.brand or ""
        product = self.curation.products.get(name if kind == "products" else getattr(record, "product", None) or "")
        return product.record.brand if product else ""

    def brand_of(self, campaign: str) -> str:
        """The brand of a campaign; none of no campaign."""
        entry = self.curation.campaigns.get(campaign)
        return entry.record.brand if entry else ""
