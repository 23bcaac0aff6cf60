"""Scope: what a site says of the ids that stand in logs and in others' tables. Held-back records count too."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.catalog import campaigns, exclusivity, required
from storefront.catalog.facts import AnswerFact
from storefront.catalog.shops import SITE
from storefront.clock import EVERYTHING, Clock, Held, held
from storefront.gather import Gathered, gather
from storefront.links import NUMBER
from storefront.pages.placements import placements
from storefront.records import Curation, Entry
from storefront.report.addresses import campaign_of, campaigns_of_links
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.curation import Post, Review
from storefront.vocabulary.samples import SampleKind

SEVERAL = "several"  # a code that more than one creator has
SEPARATOR = "_"  # between the parts of a sub-id; no id holds one


class Placed(Struct, frozen=True):
    """Where a sub-id stands: whose it is, on which product, page and list or post, and for which campaign.

    What cannot be told is empty; so is the creator of the publisher's own links.
    """

    creator: str
    product: str = ""
    page: str = ""
    slot: str = ""
    campaign: str = ""


class Sent(Struct, frozen=True):
    """A thing that a creator may keep, or a reward: of which brand, on which day, and its value if that is known."""

    creator: str
    brand: str
    day: date
    value: str | None


class Code(Struct, frozen=True):
    """A promo code: whose it is, the shop that takes it, and the campaign it was made for."""

    creator: str
    merchant: str
    campaign: str


class Scope(Struct, frozen=True, kw_only=True):
    """What ids mean: creators, products and brands by name, sub-ids, accounts and codes by whose they are.

    `handles` leads from each handle, old ones too, to the present one. `networks` has those through which each product
    is sold; `campaigns_of_links` the campaigns that links name. `stores` has the region of each store by its shop and
    code. `posts` has the campaign of each post by creator and id, and by creator and address; `made` counts what has
    been shown for campaigns, of posts also those with all required words, and `breaches` what of competitors in spite
    of exclusivity, both by campaign and creator. `sent` is what creators were given, None where nobody keeps a log.
    `answers` says how each brand answers reviews, None where none is old enough, and `replies` of what kind all its
    answers are.
    """

    zone: ZoneInfo
    people: Mapping[str, str]
    handles: Mapping[str, str]
    products: Mapping[str, tuple[str, str]]
    brands: Mapping[str, str]
    networks: Mapping[str, frozenset[str]]
    subids: Mapping[str, Placed]
    accounts: Mapping[tuple[str, str], str]
    codes: Mapping[str, tuple[Code, ...]]
    stores: Mapping[tuple[str, str], str]
    campaigns: Mapping[str, Campaign]
    campaigns_of_links: Mapping[tuple[str, str, str], str]
    posts: Mapping[tuple[str, str], tuple[str, str]]
    made: Mapping[tuple[str, str], Mapping[str, int]]
    breaches: Mapping[tuple[str, str], int]
    sent: tuple[Sent, ...] | None
    answers: Mapping[str, AnswerFact | None]
    replies: Mapping[str, Mapping[str, int]]

    def takers(self, campaign: str) -> list[str]:
        """Whose posts, reviews and links name a campaign, by handle: who takes part where anybody may."""
        linked = {handle for (handle, *_), name in self.campaigns_of_links.items() if name == campaign}
        return sorted(linked | {handle for name, handle in self.made if name == campaign})

    def brand(self, product: str | None) -> str | None:
        """The brand of a product."""
        known = self.products.get(product or "")
        return known[1] or None if known else None

    def everywhere(self) -> frozenset[str]:
        """The networks through which anything is sold."""
        return frozenset().union(*self.networks.values())

    def networks_by_brand(self) -> dict[str, set[str]]:
        """Those through which the things of each brand are sold."""
        found: dict[str, set[str]] = {name: set() for name in self.brands}
        for product, networks in self.networks.items():
            found.setdefault(self.brand(product) or "", set()).update(networks)
        return found

    def networks_by_creator(self) -> dict[str, set[str]]:
        """Those through which each creator earns."""
        found: dict[str, set[str]] = {handle: set() for handle in self.people}
        for (network, _), handle in self.accounts.items():
            found.setdefault(handle, set()).add(network)
        for each in self.subids.values():
            found.setdefault(each.creator, set()).update(self.networks.get(each.product, ()))
        return found

    def placed(self, subid: str | None) -> Placed | None:
        """Where a sub-id stands; of one that stands nowhere any more, what it says itself."""
        if not subid:
            return None
        if found := self.subids.get(subid):
            return found
        who, *parts = subid.split(SEPARATOR)
        handle = self.handles.get(who)
        slot, product = _spelled(parts)
        known = product if product in self.products else ""
        if handle is None:
            return Placed("", product=known) if who == SITE and known else None
        campaign = campaign_of(self.campaigns_of_links, handle, slot, known) if slot else ""
        return Placed(handle, product=known, campaign=campaign)

    def earner(self, network: str | None, account: str | None) -> str | None:
        """Whose an account at a network is; nobody's where several creators share it."""
        return self.accounts.get((network or "", account or "")) or None

    def of_code(self, code: str) -> Code | None:
        """What is known of a code."""
        found = self.codes.get(code.upper(), ())
        if len(found) < 2:  # noqa: PLR2004  one is certain
            return found[0] if found else None
        merchants, campaigns = {each.merchant for each in found}, {each.campaign for each in found}
        return Code(SEVERAL, _only(merchants), _only(campaigns))


def _spelled(parts: Sequence[str]) -> tuple[str, str]:
    """The list or post, and the thing, that the parts of a sub-id after its handle name: see `pages.placements`."""
    match parts:
        case ["offer", product, _]:
            return "", product
        case ["post", post, thing]:
            return f"post {post}", thing.partition(NUMBER)[0]
        case [slug, thing]:
            return slug, thing.partition(NUMBER)[0]
    return "", ""


def _only(names: set[str]) -> str:
    return names.pop() if len(names) == 1 else ""


def scope(root: Path, now: datetime) -> Scope:
    """What the site at `root` says. Raises `ProblemsFound` when its content has problems."""
    gathered = gather(root, now, shown=EVERYTHING)
    curation = gathered.curation
    zone = ZoneInfo(gathered.catalog.site.timezone)
    of_links = campaigns_of_links(curation)
    return Scope(
        zone=zone,
        people={handle: entry.record.name for handle, entry in curation.influencers.items()},
        handles=_handles(curation),
        products={name: (entry.record.title, entry.record.brand or "") for name, entry in curation.products.items()},
        brands={name: entry.record.name for name, entry in curation.brands.items()},
        networks=dict(_networks(curation)),
        subids=dict(_subids(gathered, of_links)),
        accounts=_accounts(curation),
        codes=_codes(curation),
        stores=dict(_stores(curation)),
        campaigns={name: entry.record for name, entry in curation.campaigns.items()},
        campaigns_of_links=of_links,
        posts=dict(_posts(curation)),
        made=_made(curation, Clock(now, zone)),
        breaches=_breaches(curation, now),
        sent=tuple(_sent(curation)) if curation.samples else None,
        answers=_answers(gathered),
        replies=_replies(gathered),
    )


def _handles(curation: Curation) -> dict[str, str]:
    """The present handle of each handle; one that is somebody's now is hers."""
    old = {alias: handle for handle, entry in curation.influencers.items() for alias in entry.record.aliases}
    return old | {handle: handle for handle in curation.influencers}


def _subids(gathered: Gathered, campaigns: Mapping[tuple[str, str, str], str]) -> Iterator[tuple[str, Placed]]:
    for each in placements(gathered.catalog):
        campaign = campaign_of(campaigns, each.creator, each.slot, each.product)
        yield each.subid, Placed(each.creator, each.product, each.page, each.slot, campaign)


def _networks(curation: Curation) -> Iterator[tuple[str, frozenset[str]]]:
    for name, entry in curation.products.items():
        shops = [curation.merchants.get(offer.merchant) for offer in entry.record.offers]
        yield name, frozenset(shop.record.network for shop in shops if shop and shop.record.network)


def _accounts(curation: Curation) -> dict[tuple[str, str], str]:
    """Creators by network and id; nobody for an id that is several creators'."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for handle, entry in curation.influencers.items():
        for network, ids in entry.record.affiliate.items():
            for value in ids.values():
                owners[network, value].add(handle)
    return {key: handles.pop() for key, handles in owners.items() if len(handles) == 1}


def _codes(curation: Curation) -> dict[str, tuple[Code, ...]]:
    found: dict[str, list[Code]] = defaultdict(list)
    for (handle, code), entry in curation.promos.items():
        found[code.upper()].append(Code(handle, entry.record.merchant, entry.record.campaign or ""))
    return {code: tuple(each) for code, each in found.items()}


def _stores(curation: Curation) -> Iterator[tuple[tuple[str, str], str]]:
    for name, entry in curation.merchants.items():
        yield from (((name, store.code), store.region) for store in entry.record.stores)


def _posts(curation: Curation) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each post's own id and its campaign, by creator and id and by creator and address."""
    for (handle, name), entry in curation.posts.items():
        found = (name, entry.record.campaign or "")
        yield (handle, name), found
        if entry.record.url:
            yield (handle, entry.record.url), found


def _made(curation: Curation, clock: Clock) -> dict[tuple[str, str], dict[str, int]]:
    """How many posts and reviews of each creator have been shown for each campaign, by campaign and creator."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: {"posts": 0, "agreed": 0, "reviews": 0})
    tables: dict[str, Mapping[tuple[str, str], Entry[Any]]] = {"posts": curation.posts, "reviews": curation.reviews}
    for kind, table in tables.items():
        for (handle, _), entry in table.items():
            name = entry.record.campaign
            if name and not campaigns.silent(curation.campaigns, name, clock) and _was_shown(entry.record, clock):
                found[name, handle][kind] += 1
                campaign = curation.campaigns.get(name)
                if kind == "posts" and campaign and not required.lacking(entry.record, campaign.record):
                    found[name, handle]["agreed"] += 1
    return dict(found)


def _breaches(curation: Curation, now: datetime) -> Mapping[tuple[str, str], int]:
    """How often each creator newly shows something of a competitor while a campaign's exclusivity binds her."""
    found = exclusivity.breaches(curation, exclusivity.clauses(curation), now)
    return Counter((each.clause.entry.id, each.creator) for each in found if each.day)


def _was_shown(record: Post | Review, clock: Clock) -> bool:
    removed = isinstance(record, Review) and record.removed
    return not removed and held(record, clock) in {None, Held.PAST}


def _sent(curation: Curation) -> Iterator[Sent]:
    for handle, entry in curation.samples.items():
        for sample in entry.record.samples:
            day = sample.received or sample.sent
            if sample.kind is SampleKind.GIFT and day:
                yield Sent(handle, _brand(curation, sample.product), date.fromisoformat(day), sample.value)
        for reward in entry.record.rewards:
            review = curation.reviews.get((handle, reward.review))
            brand = _brand(curation, review.record.product) if review else ""
            yield Sent(handle, brand, date.fromisoformat(reward.date), reward.value)


def _brand(curation: Curation, product: str) -> str:
    entry = curation.products.get(product)
    return (entry.record.brand or "") if entry else ""


def _answers(gathered: Gathered) -> dict[str, AnswerFact | None]:
    return {name: gathered.catalog.answers.get(name) for name in gathered.curation.brands}


def _replies(gathered: Gathered) -> dict[str, Counter[str]]:
    """How many answers of each kind every brand has given."""
    found: dict[str, Counter[str]] = {name: Counter() for name in gathered.curation.brands}
    for review in gathered.catalog.reviews.values():
        for _, response in review.responses:
            found[response.by][response.kind] += 1
    return found
