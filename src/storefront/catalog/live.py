"""What is shown at the clock: open records whose creator, product, brand or shop is open too."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storefront.catalog import campaigns, rights, seasons
from storefront.clock import Clock, Held, end_of, later, start_of, window
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Image, Record
from storefront.vocabulary.community import Call, Snippet, Squad, Standing
from storefront.vocabulary.curation import Item, List, Post, Promo, PromoStatus, Review, Validity
from storefront.vocabulary.imported import ImportedReviews
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Product
from storefront.vocabulary.recalls import Recall
from storefront.vocabulary.samples import Sample
from storefront.vocabulary.site import Promos
from storefront.vocabulary.trade import Brand, Merchant


class Live:
    """The open part of a curation.

    `changes` gathers the moments at which that part will differ; `held` counts the records of the rest. `accents` is
    for whoever knows the theme to fill: the stylesheets of creators with a colour of their own, by handle. `terms` are
    all campaigns, open or not, since what a campaign means is disclosed whatever becomes of it; `campaigns` are those
    with a page. `rewards` are the thanks for reviews, shown or not: to whom, from which brand and when. `lapsed` and
    `lapsed_reviews` are posts and reviews without their pictures.
    """

    def __init__(self, curation: Curation, clock: Clock) -> None:
        self.clock = clock
        self.changes: list[datetime] = []
        self.held = 0
        self.accents: dict[str, str] = {}
        self.all_influencers = tuple(curation.influencers.values())
        self.terms = curation.campaigns
        self.changes.extend(self._terms())
        self.brands: dict[str, Entry[Brand]] = self._open(curation.brands)
        self.merchants: dict[str, Entry[Merchant]] = self._open(curation.merchants)
        self.influencers: dict[str, Entry[Influencer]] = self._admitted(self._open(curation.influencers))
        products: dict[str, Entry[Product]] = self._open(curation.products)
        self.products = {key: entry for key, entry in products.items() if entry.record.brand in self.brands}
        self.changes.extend(self._ties())
        self.lists: dict[tuple[str, str], Entry[List]] = self._owned(curation.lists)
        self.posts: dict[tuple[str, str], Entry[Post]] = self._owned(curation.posts)
        self.lapsed = self._lapsed(self.posts)
        promos: dict[tuple[str, str], Entry[Promo]] = self._owned(curation.promos)
        kept = curation.site.record.promos.max_age_days if curation.site else Promos().max_age_days
        promos = {key: entry for key, entry in promos.items() if entry.record.merchant in self.merchants}
        self.promos = {key: entry for key, entry in promos.items() if self._works(entry.record, kept)}
        reviews: dict[tuple[str, str], Entry[Review]] = self._owned(curation.reviews)
        reviews = {key: entry for key, entry in reviews.items() if entry.record.product in self.products}
        self.reviews = {key: entry for key, entry in reviews.items() if not entry.record.removed}
        self.removed = {key: entry for key, entry in reviews.items() if entry.record.removed}
        self.lapsed_reviews = self._lapsed(self.reviews)
        self.expired: list[Entry[Snippet]] = []  # snippets that nobody may show any more
        self.samples = {key: entry for key, entry in curation.samples.items() if key in self.influencers}
        self.rewards = tuple(self._rewards(curation))
        self.changes.extend(self._arrivals())
        self.recalls: dict[str, Entry[Recall]] = self._open(curation.recalls)
        self.snippets: dict[tuple[str, str], Entry[Snippet]] = self._granted(self._owned(curation.snippets))
        self.squads: dict[str, Entry[Squad]] = self._open(curation.squads)
        self.calls: dict[str, Entry[Call]] = self._open(curation.calls)
        self.changes.extend(self._closings())
        # Members of any squad of minors, drafts among them: whoever is too young is so before the squad is shown.
        self.minors = frozenset(
            handle for entry in curation.squads.values() if entry.record.minors for handle in entry.record.members
        )
        public = {name: entry for name, entry in self.terms.items() if self._readable(entry.record)}
        self.campaigns: dict[str, Entry[Campaign]] = self._open(public)
        self.imported: dict[tuple[str, str], Entry[ImportedReviews]] = {
            key: entry for key, entry in curation.imported.items() if entry.id in self.products
        }

    def items(self, entry: Entry[List]) -> Iterator[tuple[int, Item]]:
        """The open items of a list with their places in the file; items of closed products are closed."""
        for index, item in enumerate(entry.record.items):
            judged = window(item, self.clock)
            if judged.changes:
                self.changes.append(judged.changes)
            shown = judged.open and (item.product is None or item.product in self.products)
            if shown and not (item.campaign and campaigns.silent(self.terms, item.campaign, self.clock)):
                yield index, item

    def _readable(self, campaign: Campaign) -> bool:
        """Whether a campaign's pages are for whom the build is for: all, its brand, or whoever looks at drafts."""
        return campaign.public or self.clock.audience == f"brand:{campaign.brand}" or Held.DRAFT in self.clock.shown

    def media(self, entry: Entry[Post] | Entry[Review]) -> tuple[Image, ...]:
        """The pictures of a post or review that may be shown."""
        lapsed = self.lapsed_reviews if isinstance(entry.record, Review) else self.lapsed
        return () if (entry.owner, entry.id) in lapsed else entry.record.media

    def _lapsed(self, table: Mapping[tuple[str, str], Entry[Any]]) -> frozenset[tuple[str, str]]:
        """The posts or reviews that are shown without their pictures, since their rights have ended."""
        found = []
        for key, entry in table.items():
            known = rights.of_record(entry.record, self.terms) if entry.record.media else None
            if known and known.until:
                self.changes.append(rights.ends(known, self.clock) or self.clock.now)
            if rights.ended(known, self.clock):
                found.append(key)
        return frozenset(found)

    def _terms(self) -> Iterator[datetime]:
        """When campaigns begin, end and may be seen, and when the weights of their messages are others."""
        for name, entry in self.terms.items():
            runs = entry.record.window
            yield start_of(runs.starts, self.clock.zone)
            if runs.until:
                yield end_of(runs.until, self.clock.zone)
            if ends := campaigns.ends(self.terms, name, self.clock):
                yield ends
        if any(entry.record.messages for entry in self.terms.values()):
            yield seasons.next_season(self.clock)

    def _admitted(self, opened: dict[str, Entry[Influencer]]) -> dict[str, Entry[Influencer]]:
        """Those who are approved; a preview of drafts shows the others too."""
        if Held.DRAFT in self.clock.shown:
            return opened
        found = {handle: entry for handle, entry in opened.items() if entry.record.status is Standing.APPROVED}
        self.held += len(opened) - len(found)
        return found

    def _granted(self, opened: dict[tuple[str, str], Entry[Snippet]]) -> dict[tuple[str, str], Entry[Snippet]]:
        """Snippets of products that are shown, while somebody may show them."""
        found = {}
        for key, entry in opened.items():
            until = entry.record.rights.until
            ends = end_of(until, self.clock.zone) if until else None
            if ends:
                self.changes.append(ends)
            if ends and ends <= self.clock.now:
                self.expired.append(entry)
            elif entry.record.product in self.products:
                found[key] = entry
        return found

    def _closings(self) -> Iterator[datetime]:
        """When calls end."""
        return (end_of(entry.record.closes, self.clock.zone) for entry in self.calls.values())

    def _ties(self) -> Iterator[datetime]:
        """When standing ties to brands begin and end."""
        zone = self.clock.zone
        for entry in self.influencers.values():
            for tie in entry.record.relationships:
                if tie.since:
                    yield start_of(tie.since, zone)
                if tie.until:
                    yield end_of(tie.until, zone)

    def _works(self, promo: Promo, kept: int) -> bool:
        """Whether a code can be used now: nobody has leaked or withdrawn it, and it was tried not long ago."""
        clock = self.clock
        if promo.status is not PromoStatus.ACTIVE:
            return False
        valid = promo.valid or Validity()
        judged = window(Record(starts=valid.starts, until=valid.until), clock)
        if judged.changes:
            self.changes.append(judged.changes)
        stale = stale_on(promo, kept, clock.zone)
        if stale and stale > clock.now:
            self.changes.append(stale)
        return judged.open and (stale is None or stale > clock.now or Held.PAST in clock.shown)

    def _rewards(self, curation: Curation) -> Iterator[tuple[str, str, str]]:
        """Thanks for reviews; they were given whatever became of the review and of its product."""
        for handle, entry in self.samples.items():
            for reward in entry.record.rewards:
                review = curation.reviews.get((handle, reward.review))
                product = curation.products.get(review.record.product) if review else None
                if product:
                    yield handle, product.record.brand, reward.date

    def _arrivals(self) -> Iterator[datetime]:
        """When things come that were sent, and rewards are given: from then on they are disclosed."""
        for entry in self.samples.values():
            days = [*map(came, entry.record.samples), *(reward.date for reward in entry.record.rewards)]
            yield from (start_of(day, self.clock.zone) for day in days)

    def _open(self, table: dict[Any, Any]) -> dict[Any, Any]:
        shown = {}
        for key in sorted(table):
            judged = window(table[key].record, self.clock)
            if judged.changes:
                self.changes.append(judged.changes)
            if judged.open:
                shown[key] = table[key]
            else:
                self.held += 1
        return shown

    def _owned(self, table: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
        """The open records of open creators, each creator's in the order written."""
        opened = self._open({key: table[key] for key in table if key[0] in self.influencers})
        for key in [key for key, entry in opened.items() if self._silent(entry.record)] if self.terms else ():
            del opened[key]
            self.held += 1
        return {key: opened[key] for key in table if key in opened}

    def _silent(self, record: Any) -> bool:
        """Whether a record's campaign is under embargo."""
        name = getattr(record, "campaign", None)
        return name is not None and campaigns.silent(self.terms, name, self.clock)


def stale_on(promo: Promo, kept: int, zone: ZoneInfo) -> datetime | None:
    """When a code that somebody tried is no longer shown, unless somebody tries it again; None for all others."""
    return later(start_of(promo.verified_on, zone), kept) if promo.verified_on else None


def came(sample: Sample) -> str:
    """The day from which a sample counts, in ISO 8601: when it came, or was sent where nobody says when it came."""
    return sample.received or sample.sent or ""
