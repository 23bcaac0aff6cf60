"""References: every name that a record gives another must exist.

Drafts are judged too, so that typing errors show early.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from msgspec import structs

from storefront import disclosure, links, locales
from storefront.catalog import asks, campaigns, programmes, togetherness
from storefront.catalog.destinations import Destinations
from storefront.content import Origin, Places
from storefront.disclosure import OwnPacks
from storefront.links import Network, Registry
from storefront.problems import KeyPath, Problem, nearest, shown
from storefront.records import RESERVED, Curation, Entry, Loaded
from storefront.slugs import DEVICES
from storefront.vocabulary import meant
from storefront.vocabulary.common import Relationship, as_tuple
from storefront.vocabulary.curation import Item, List, Post, Review, ReviewState
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Product
from storefront.vocabulary.salvage import NAMELESS
from storefront.vocabulary.site import Site
from storefront.vocabulary.trade import Merchant

MAX_LISTS = 500  # of a creator
GUESSES = 200  # names in a run for which a like one is looked for
NAMES_NOTHING = frozenset({"unknown-reference", "unknown-network", "unknown-market"})
# Values of a merchant's program that links hold as they are.
FORMS = {
    "host": re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"),
    "more": re.compile(r"[\w.-]+=[\w.~%-]*(?:&[\w.-]+=[\w.~%-]*)*", re.ASCII),
    "parameter": re.compile(r"[\w.-]+", re.ASCII),
}
FORM_HINTS = {
    "host": "Write the host alone, in small letters, such as go.shop.example.",
    "more": "Write it as name=value, several joined by &.",
    "parameter": "Write the name alone, such as ref.",
}


def check(
    curation: Curation, places: Places, networks: Registry | None = None, own: OwnPacks | None = None
) -> list[Problem]:
    """Every reference that leads nowhere, every name that two records claim, and every link that must not be.

    `own` are the site's market packs.
    """
    return list(_References(curation, places, networks or links.shipped(), own or OwnPacks()).all())


def check_loaded(loaded: Loaded, networks: Registry, own: OwnPacks) -> list[Problem]:
    """As `check`; and of files with other mistakes, every name that can be read and leads nowhere."""
    found = check(loaded.curation, loaded.places, networks, own)
    if loaded.parts == Curation():
        return found
    tables = {
        name: {**table, **getattr(loaded.curation, name)}
        for name, table in structs.asdict(loaded.parts).items()
        if isinstance(table, dict)
    }
    site = loaded.curation.site or loaded.parts.site
    whole = structs.replace(loaded.curation, site=site, **tables)
    files = {source.file for source in whole.unread}
    places = {problem.place for problem in loaded.problems}
    return found + [
        problem
        for problem in check(whole, loaded.places, networks, own)
        if problem.code in NAMES_NOTHING
        and problem.place.file in files
        and problem.place not in places
        and NAMELESS not in problem.message
    ]


class _References:
    """Walks the curation once."""

    def __init__(self, curation: Curation, places: Places, networks: Registry, own: OwnPacks) -> None:
        self.curation = curation
        self.places = places
        self.networks = networks
        self.own = own
        self.destinations = Destinations(curation, places, networks)
        self.guesses = GUESSES
        self.unread = {(source.kind.value, source.owner, source.name) for source in curation.unread}

    def all(self) -> Iterator[Problem]:
        curation = self.curation
        yield from self.site()
        for product in curation.products.values():
            yield from self.product(product)
        for merchant in curation.merchants.values():
            yield from self.merchant(merchant)
        for influencer in curation.influencers.values():
            yield from self.influencer(influencer)
        for campaign in curation.campaigns.values():
            yield from self.unknown_markets(campaign.record.markets, campaign.origin)
        yield from campaigns.problems(curation, self.places, self.named)
        yield from self.crowds()
        for entry in curation.lists.values():
            yield from self.owner(entry)
            for index, item in enumerate(entry.record.items):
                yield from self.item(item, entry, index)
        for post in curation.posts.values():
            yield from self.owner(post)
            for index, tagged in enumerate(post.record.products):
                yield from self.named(
                    tagged.product, "product", curation.products, post.origin, ("products", index, "product")
                )
        yield from self.reviews()
        yield from asks.forbidden(curation, self.places)
        for imported in curation.imported.values():
            yield from self.named(imported.id, "product", curation.products, imported.origin, ())
        yield from programmes.check(curation, self.places, self.named)
        yield from self.aliases()
        yield from togetherness.check(curation, self.places, self.named)

    def crowds(self) -> Iterator[Problem]:
        """Creators with too many lists: the page of each links to all the others."""
        for handle, count in Counter(owner for owner, _ in self.curation.lists).items():
            if count > MAX_LISTS and (creator := self.curation.influencers.get(handle)):
                message = f"{handle} has {count:,} lists, more than {MAX_LISTS}"
                yield Problem("yaml-limit", message, self.places.of(creator.origin), "Put several lists into one.")

    def named(
        self, name: str | None, kind: str, known: Collection[str], origin: Origin, path: KeyPath
    ) -> Iterator[Problem]:
        """A problem when `name` is not among the known ids of a kind, and no file that has other problems."""
        if name is not None and name not in known and (kind, "", name) not in self.unread:
            near = self.nearest(name, known)
            hint = f"Did you mean {near}?" if near else f"Add it as content/{kind}s/{name}.yaml, or correct the id."
            yield Problem("unknown-reference", f"there is no {kind} {shown(name)}", self.places.of(origin, *path), hint)

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """The known name most like `name`, for the first mistakes of a site: it takes a while among thousands."""
        self.guesses -= 1
        return nearest(name, known) if self.guesses >= 0 else None

    def site(self) -> Iterator[Problem]:
        entry = self.curation.site
        if entry is None:
            return
        yield from self.markets(entry.record.markets, entry.record.locale, entry.origin)
        yield from self.locale(entry.record.locale, entry.origin)
        yield from self.affiliate(entry.record.affiliate, entry.origin)
        yield from self.segments(entry)

    def segments(self, entry: Entry[Site]) -> Iterator[Problem]:
        """What saved queries name."""
        curation = self.curation
        keys: dict[str, tuple[str, Collection[str]]] = {
            "shops_at": ("merchant", curation.merchants),
            "brands": ("brand", curation.brands),
            "squads": ("squad", curation.squads),
        }
        for name, segment in entry.record.segments.items():
            for key, (kind, known) in keys.items():
                for index, each in enumerate(getattr(segment, key)):
                    yield from self.named(each, kind, known, entry.origin, ("segments", name, key, index))

    def unknown_markets(self, markets: tuple[str, ...], origin: Origin) -> Iterator[Problem]:
        """Markets without a pack."""
        for index, market in enumerate(markets):
            if disclosure.find(market, self.own.packs) is None and market not in self.own.unread:
                place = self.places.of(origin, "markets", index)
                message = f"there is no disclosure pack for {shown(market)}"
                yield Problem("unknown-market", message, place, disclosure.unknown_hint(market, self.own.packs))

    def markets(self, markets: tuple[str, ...], locale: str, origin: Origin) -> Iterator[Problem]:
        """Markets without a pack, and packs that no one text can satisfy together."""
        unknown = list(self.unknown_markets(markets, origin))
        yield from unknown
        chosen = disclosure.wording(markets, locales.language_of(locale), self.own.packs)
        if chosen.unmet and not unknown:
            names = ", ".join(pack.id for pack in chosen.packs)
            message = f"no badge for {', '.join(chosen.unmet)} satisfies the rules of {names} together"
            hint = "Correct the roots and texts of the packs in markets/."
            yield Problem("wording", message, self.places.of(origin, "markets"), hint)

    def locale(self, locale: str | None, origin: Origin) -> Iterator[Problem]:
        if locale and not locales.known(locale):
            place = self.places.of(origin, "locale")
            yield Problem(
                "bad-value", f"there is no locale {shown(locale)}", place, "Write it as en-GB, de-DE or fr-FR."
            )

    def affiliate(self, accounts: Mapping[str, Mapping[str, str]], origin: Origin) -> Iterator[Problem]:
        """Accounts at networks: the network, the ids it needs, and whose they are where it gives several."""
        for network, ids in accounts.items():
            path = ("affiliate", network)
            yield from self.network(network, origin, path)
            known = self.networks.get(network)
            for key, where in (known.needs.affiliate if known else {}).items():
                if key == "$market":
                    for market in ids:
                        yield from self.market_of(network, market, origin, (*path, market))
                    yield from self.endings(network, ids, origin, path)
                elif key == "$merchant":
                    for merchant in ids:
                        yield from self.named(merchant, "merchant", self.curation.merchants, origin, (*path, merchant))
                elif key not in ids:
                    hint = f"Write {key}: and {where}."
                    yield self.missing(f"{network} needs {key}", origin, path, hint)

    def market_of(self, network: str, market: str, origin: Origin, path: KeyPath) -> Iterator[Problem]:
        """A market that a network has not."""
        known = self.networks.networks[network].markets
        if market not in known:
            near = next((each for each in (meant.country(market), market[-2:].upper()) if each in known), "")
            hint = f"Did you mean {near}?" if near else f"Write the country: {', '.join(known)}."
            yield Problem("bad-value", f"{network} has no market {shown(market)}", self.places.of(origin, *path), hint)

    def endings(self, network: str, ids: Mapping[str, str], origin: Origin, path: KeyPath) -> Iterator[Problem]:
        """Ids that cannot be a market's, of which each ends alike."""
        markets = self.networks.networks[network].markets
        for market, found in ids.items():
            ending = markets.get(market, {}).get("ending", "")
            if not found.endswith(ending):
                other = next((each for each in markets if found.endswith(markets[each].get("ending", "\n"))), "")
                message = f"{shown(found)} is no id for {market}, where all end in {ending}"
                hint = f"It looks like one for {other}: write {other}: {shown(found)}, or copy the one for {market}."
                plain = f"Copy it whole from where {network} shows it, such as maya{ending}."
                yield Problem("bad-value", message, self.places.of(origin, *path, market), hint if other else plain)

    def missing(self, message: str, origin: Origin, path: KeyPath, hint: str) -> Problem:
        return Problem("missing-affiliate-id", message, self.places.of(origin, *path), hint)

    def network(self, network: str | None, origin: Origin, path: KeyPath) -> Iterator[Problem]:
        """A network that is not known, is closed, or makes its links itself."""
        if not network:
            return
        known = self.networks.get(network)
        if known and known.builds and not known.closed:
            return
        place = self.places.of(origin, *path)
        if known is None:
            hint = links.unknown_hint(network, self.networks)
            yield Problem("unknown-network", f"there is no network {shown(network)}", place, hint)
        elif known.closed:
            yield Problem("unknown-network", f"{known.name} no longer takes clicks", place, known.closed)
        elif not known.builds:
            hint = f"Delete the line, and paste the link that {known.name} has made as link: of an item."
            yield Problem("unknown-network", f"only {known.name} itself can make its links", place, hint)

    def product(self, entry: Entry[Product]) -> Iterator[Problem]:
        product, curation = entry.record, self.curation
        yield from self.named(product.brand, "brand", curation.brands, entry.origin, ("brand",))
        yield from self.named(product.replaced_by, "product", curation.products, entry.origin, ("replaced_by",))
        for index, offer in enumerate(product.offers):
            yield from self.named(
                offer.merchant, "merchant", curation.merchants, entry.origin, ("offers", index, "merchant")
            )
            if offer.link:
                place = partial(self.places.of, entry.origin, "offers", index, "link")
                yield from self.destinations.sold_at(offer.link, offer.merchant, place)

    def merchant(self, entry: Entry[Merchant]) -> Iterator[Problem]:
        merchant = entry.record
        yield from self.network(merchant.network, entry.origin, ("network",))
        yield from self.destinations.of_merchant(merchant, entry.origin)
        if merchant.redirects:
            yield from self.redirects(merchant, entry.origin)
        known = self.networks.get(merchant.network)
        if known:
            yield from self.program(merchant, known, entry.origin)

    def redirects(self, merchant: Merchant, origin: Origin) -> Iterator[Problem]:
        """A redirect before the links of a network that forbids it, as Amazon does (AMZ-04)."""
        forbidding = self.networks.forbidding(merchant.network, merchant.url)
        if forbidding:
            message = f"{forbidding.name} forbids a redirect before its links"
            hint = "Delete the line; links to this shop stay direct."
            yield Problem("bad-value", message, self.places.of(origin, "redirects"), hint)

    def program(self, merchant: Merchant, network: Network, origin: Origin) -> Iterator[Problem]:
        """What a network calls a shop: every id it needs, each of a form that can stand in a link."""
        for key, where in network.needs.program.items():
            if key not in merchant.program:
                hint = f"Write program: {{{key}: …}}, {where}."
                yield self.missing(f"{merchant.network} needs {key} in program", origin, ("program",), hint)
            elif key == "market":
                yield from self.market_of(merchant.network or "", merchant.program[key], origin, ("program", key))
        for key, form in FORMS.items():
            value = merchant.program.get(key)
            if value is not None and not form.fullmatch(value):
                place = self.places.of(origin, "program", key)
                yield Problem("bad-value", f"{shown(value)} cannot stand in a link as {key}", place, FORM_HINTS[key])

    def influencer(self, entry: Entry[Influencer]) -> Iterator[Problem]:
        influencer = entry.record
        site = self.curation.site.record if self.curation.site else None
        locale = influencer.locale or (site.locale if site else "en")
        markets = influencer.markets or (site.markets if site and influencer.locale else ())
        yield from self.markets(markets, locale, entry.origin)
        yield from self.locale(influencer.locale, entry.origin)
        yield from self.affiliate(influencer.affiliate, entry.origin)
        for index, tie in enumerate(influencer.relationships):
            yield from self.named(
                tie.brand, "brand", self.curation.brands, entry.origin, ("relationships", index, "brand")
            )
        own = [slug for handle, slug in self.curation.lists if handle == entry.id] if influencer.sections else []
        for index, section in enumerate(influencer.sections):
            for position, slug in enumerate(section.lists):
                if slug not in own and ("list", entry.id, slug) not in self.unread and not self.is_unread(entry.id):
                    place = self.places.of(entry.origin, "sections", index, "lists", position)
                    near = self.nearest(slug, own)
                    hint = f"Did you mean {near}?" if near else "Name a list of hers by its id."
                    yield Problem("unknown-reference", f"{entry.id} has no list {shown(slug)}", place, hint)

    def owner(self, entry: Entry[List] | Entry[Post] | Entry[Review]) -> Iterator[Problem]:
        if entry.owner not in self.curation.influencers and not self.is_unread(entry.owner):
            hint = f"Add content/influencers/{entry.owner}/profile.yaml, or rename the folder."
            yield Problem("unknown-reference", f"there is no creator {entry.owner}", self.places.of(entry.origin), hint)

    def is_unread(self, handle: str) -> bool:
        """Whether a creator's own file has problems, so that nothing is known of her."""
        return ("influencer", handle, handle) in self.unread

    def item(self, item: Item, entry: Entry[List], index: int) -> Iterator[Problem]:
        curation, path = self.curation, ("items", index)
        yield from self.named(item.product, "product", curation.products, entry.origin, (*path, "product"))
        yield from self.named(item.replaced_by, "product", curation.products, entry.origin, (*path, "replaced_by"))
        yield from self.named(item.merchant, "merchant", curation.merchants, entry.origin, (*path, "merchant"))
        if item.link:
            labelled = Relationship.AFFILIATE in as_tuple(item.relationship)
            place_of = partial(self.places.of, entry.origin, *path, "link")
            yield from self.destinations.sold_at(
                item.link, item.merchant, place_of, owner=entry.owner, labelled=labelled
            )
        if item.promo and (entry.owner, item.promo) not in curation.promos and not self.is_unread(entry.owner):
            codes = [code for handle, code in curation.promos if handle == entry.owner]
            place = self.places.of(entry.origin, *path, "promo")
            near = self.nearest(item.promo, codes)
            hint = f"Did you mean {near}?" if near else "Add it under promos: in the creator's profile."
            yield Problem("unknown-reference", f"{entry.owner} has no promo code {shown(item.promo)}", place, hint)

    def reviews(self) -> Iterator[Problem]:
        seen: dict[tuple[str, str], Entry[Review]] = {}
        for entry in self.curation.reviews.values():
            review = entry.record
            yield from self.owner(entry)
            yield from self.named(review.product, "product", self.curation.products, entry.origin, ("product",))
            for index, response in enumerate(review.responses):
                yield from self.named(
                    response.by, "brand", self.curation.brands, entry.origin, ("responses", index, "by")
                )
            for index, ask in enumerate(review.asks):
                path = ("asks", index, "merchant")
                yield from self.named(ask.merchant, "merchant", self.curation.merchants, entry.origin, path)
            if review.status is ReviewState.REMOVED:  # a new one may follow it
                continue
            first = seen.setdefault((entry.owner, review.product), entry)
            if first is not entry:
                other = self.places.of(first.origin)
                message = f"{entry.owner} has reviewed {review.product} already, at {other}"
                hint = "Add what is new to that review, under updates:."
                yield Problem("duplicate-id", message, self.places.of(entry.origin), hint, (other,))

    def aliases(self) -> Iterator[Problem]:
        """Old handles that are somebody's handle, somebody else's alias, or a name the site needs."""
        taken = {handle: entry.origin for handle, entry in self.curation.influencers.items()}
        for entry in self.curation.influencers.values():
            for index, alias in enumerate(entry.record.aliases):
                place = self.places.of(entry.origin, "aliases", index)
                if alias in RESERVED or alias in DEVICES:
                    yield Problem("reserved-name", f"{alias} is a name the site needs", place, "Delete the alias.")
                elif alias in taken:
                    other = self.places.of(taken[alias])
                    message = f"/{alias}/ is taken by the creator at {other}"
                    yield Problem("duplicate-url", message, place, "Delete the alias, or the other one.", (other,))
                taken.setdefault(alias, entry.origin)
