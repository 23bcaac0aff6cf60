"""Shops: which offer a pick shows, the link to it, and every tie that the link discloses."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from storefront import links
from storefront.catalog import offers as offers_room
from storefront.catalog.campaigns import disclosed
from storefront.catalog.facts import Mention, OfferFact
from storefront.catalog.live import Live
from storefront.catalog.offers import Price
from storefront.catalog.recalls import stopped
from storefront.catalog.redirects import Redirects
from storefront.catalog.relationships import derive, ties_to
from storefront.catalog.trade import PromoFact
from storefront.content import Origin, Places
from storefront.links import Maker, Missing, Outbound, Program, Registry, Target
from storefront.problems import KeyPath, Problem
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Item, ItemStatus
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Availability, Offer
from storefront.vocabulary.site import Site
from storefront.vocabulary.trade import Merchant

Priced = tuple[Offer, Merchant, Price]
Where = tuple[Origin, KeyPath]
SITE = "site"  # whose links those are that belong to no one creator; no handle, since it is reserved


class Shops:
    """Knows every offer at the clock; keeps the problems that links have."""

    def __init__(self, site: Site, live: Live, places: Places, networks: Registry) -> None:
        self.site, self.live, self.places, self.networks = site, live, places, networks
        self.today = live.clock.today.isoformat()
        self.problems: list[Problem] = []
        self.pasted = cache(networks.pasted)
        self.quoted = cache(networks.quotes)
        self.reach = tuple(map(offers_room.countries, site.markets))
        # Caches hold no method of this: what is in a circle with all records would never be freed in a build.
        self.reach_of = cache(partial(_reach_of, self.reach))
        self.stopped = stopped(live)
        self.priced = {product: self._priced(product) for product in live.products}
        self.order = cache(partial(_order, self.priced))  # half of all picks find their offers in order already
        self.host = links.host_of(site.url)
        self.redirects = Redirects(site, networks)
        self.makers: dict[tuple[str, str], Maker] = {}
        self.shortened: dict[str, tuple[tuple[str, ...], Where]] = {}
        # What was received for a review stays, whatever became of its words.
        reviews = (*live.removed.values(), *live.reviews.values())
        self.review_of = {(entry.owner, entry.record.product): entry.record for entry in reviews}
        self.owner_of = {
            host: merchant.record
            for merchant in live.merchants.values()
            for host in (*merchant.record.domains, links.host_of(merchant.record.url))
        }

    def _priced(self, product: str) -> list[Priced]:
        found: list[Priced] = []
        if product in self.stopped:  # recalled, and not for sale
            return found
        for offer in self.live.products[product].record.offers:
            merchant = self.live.merchants.get(offer.merchant)
            if merchant:
                price = self._price(offer, merchant.record)
                self.live.changes.extend(price.changes)
                found.append((offer, merchant.record, price))
        return found

    def _price(self, offer: Offer, merchant: Merchant) -> Price:
        """What an offer shows; nothing of price and stock where the network's terms forbid it (Amazon's do)."""
        if not self.quoted(merchant.network, links.host_of(offer.link or merchant.url)):
            return offers_room.STALE
        return offers_room.judge(offer, merchant, self.site.prices.max_age_days, self.live.clock)

    def for_pick(
        self,
        handle: str,
        product: str | None,
        item: Item | None,
        stated: Sequence[tuple[Relationship, ...]],
        promo: PromoFact | None,
        slot: tuple[str, ...],
        place: Where,
        added: tuple[Relationship, ...] = (),
    ) -> tuple[OfferFact | None, int, tuple[Relationship, ...]]:
        """The offer to show for a pick, how many there are, and every relationship that holds for it.

        `slot` names the pick's place among the creator's, in ids; `added` is what its campaign and what
        she was sent disclose.
        """
        person = self.live.influencers[handle].record
        chosen, count = self.choose(product, item, person)
        brand = self.live.products[product].record.brand if product else None
        made = self.outbound(chosen, product, handle, slot, place) if chosen else None
        review = self.review_of.get((handle, product or ""))
        relationships = derive(
            stated,
            review,
            (*ties_to(brand, person.relationships, self.today), *added),
            disclosed(self.live.terms, review.campaign if review else None, handle),
            tracked=bool(made and made.network and chosen and chosen[2].availability is not Availability.OUT_OF_STOCK),
            code_pays=bool(promo and Relationship.DISCOUNT_CODE in promo.relationships),
        )
        if not chosen or not made:
            return None, count, relationships
        if not relationships:
            self.unknown_relationship(place)
        if made.network and Relationship.NONE in next((given for given in stated if given), ()):
            self.contradicted(made.network, place)
        retired = item is not None and item.status is ItemStatus.RETIRED
        route = None if retired else self.route(chosen, handle, slot)
        return self.offer_fact(chosen, made, relationships, handle, route), count, relationships

    def choose(self, product: str | None, item: Item | None, person: Influencer) -> tuple[Priced | None, int]:
        """The offer of a product that suits its creator's readers, or the shop of an inline item."""
        if product is None:
            return (self.inline(item.link, item.merchant), 1) if item and item.link else (None, 0)
        priced = self.priced[product]
        reach = self.reach_of(person.markets, person.location and person.location.country)
        order = self.order(product, reach, person.shops_at)
        return (priced[order[0]] if order else None), len(priced)

    def inline(self, link: str, named: str | None) -> Priced:
        """An offer of whoever owns the address: the merchant named, else one by its domains, else the host itself."""
        host = links.host_of(link)
        owner = self.live.merchants.get(named or "")
        merchant = owner.record if owner else self.owner_of.get(host) or self.owner_of.get(host.removeprefix("www."))
        network = self.networks.get(self.pasted(link))
        name = network.name if network else host.removeprefix("www.")
        merchant = merchant or Merchant(id="", name=name, url=f"https://{host}")
        offer = Offer(merchant=merchant.id or host, link=link)
        return offer, merchant, Price(None, None, None, Availability.IN_STOCK, ())

    def maker(self, merchant: Merchant, who: str) -> Maker:
        """What makes the links to a merchant from which `who` earns: a creator by handle, or the site."""
        found = self.makers.get((merchant.id, who))
        if found is None:
            affiliate = self.site.affiliate if who == SITE else self.live.influencers[who].record.affiliate
            found = self.makers[merchant.id, who] = self.networks.maker(program_of(merchant), affiliate, self.host)
        return found

    def outbound(
        self, chosen: Priced, product: str | None, who: str, slot: tuple[str, ...], place: Where
    ) -> Outbound | None:
        """The link to an offer; one that only its network could make stays as it was pasted."""
        offer, merchant, _ = chosen
        if offer.link and (network := self.pasted(offer.link)):
            return Outbound(url=offer.link, network=network)
        maker = self.maker(merchant, who)
        asin = offer.asin or (self.live.products[product].record.asin if product else None)
        made = maker.link(Target(url=offer.link or merchant.url, asin=asin), self.subid(maker, (who, *slot), place))
        if isinstance(made, Missing):
            self.missing_asin(merchant, self.offered(product, offer) or place)
            return None
        return made

    def route(self, chosen: Priced, who: str, slot: tuple[str, ...]) -> str | None:
        """The address on this site that leads to an offer; none where the link is direct, as one that was pasted is."""
        offer, merchant, _ = chosen
        link = offer.link or merchant.url
        if not self.redirects.allowed(merchant, link) or self.pasted(link):
            return None
        return self.redirects.address(who, slot)

    def subid(self, maker: Maker, parts: tuple[str, ...], place: Where) -> str:
        """The sub-id of a placement. Only shortened ones can be the same by chance; then one must be renamed."""
        made = links.subid(*parts, length=maker.room, characters=maker.characters)
        if len(made) >= maker.room:
            first, other = self.shortened.setdefault(made, (parts, place))
            if first != parts:
                there = self.places.of(other[0], *other[1])
                message = f"the sub-id {made} stands for another placement already, at {there}"
                here = self.places.of(place[0], *place[1])
                self.problems.append(Problem("duplicate-id", message, here, "Rename one of the two.", (there,)))
        return made

    def offer_fact(
        self, chosen: Priced, made: Outbound, relationships: tuple[Relationship, ...], who: str, route: str | None
    ) -> OfferFact:
        offer, merchant, price = chosen
        network = self.networks.get(made.network)
        return OfferFact(
            merchant=merchant.id,
            merchant_name=merchant.name,
            url=made.url,
            network=made.network,
            creator=None if who == SITE else who,
            subid=made.subid,
            route=route,
            referrer_policy=network.referrer_policy if network else None,
            relationships=relationships,
            price=price.price,
            was=price.was,
            as_of=price.as_of,
            availability=price.availability,
            shipping=offer.shipping,
            regions=offer.regions,
        )

    def for_page(self, product: str, mentions: tuple[Mention, ...], origin: Origin) -> Iterable[tuple[int, OfferFact]]:
        """The offers of a product's own page, each with its number in the file from 0.

        They are tracked for the publisher; else for the product's one creator, if it has one. Those that deliver to the
        site's first market come first.
        """
        handles = {mention.byline.handle for mention in mentions}
        only = next(iter(handles)) if len(handles) == 1 else None
        own = (
            tuple(r for m in mentions for r in m.pick.relationships if r is not Relationship.AFFILIATE) if only else ()
        )
        priced = self.priced[product]
        shops = [offer.merchant for offer, _, _ in priced]
        for index in self.order(product, self.reach):
            chosen = priced[index]
            hers = only is not None and not self.maker(chosen[1], SITE).tracks
            who = only if hers and only else SITE
            slot = ("offer", product, links.numbered(shops[index], shops[: index + 1].count(shops[index])))
            made = self.outbound(chosen, product, who, slot, self.offered(product, chosen[0]) or (origin, ()))
            if made:
                related = derive([own if hers else ()], None, (), tracked=bool(made.network), code_pays=False)
                fact = self.offer_fact(
                    chosen, made, related or (Relationship.NONE,), who, self.route(chosen, who, slot)
                )
                yield index, fact

    def unknown_relationship(self, place: Where) -> None:
        hint = "Write relationship: purchased, gifted, loaned or paid here; none says that you have no tie to it."
        message = "nothing says how the creator came to this thing, and it links to a shop"
        self.problems.append(Problem("no-relationship", message, self.places.of(place[0], *place[1]), hint))

    def contradicted(self, network: str, place: Where) -> None:
        """`none` says that there is no tie, and a commission is one (FTC; India, IN-02)."""
        known = self.networks.get(network)
        message = f"relationship says none, and the link earns a commission through {known.name if known else network}"
        hint = "Write how you came to it, such as purchased; the label of the link comes by itself."
        where = self.places.of(place[0], *place[1], "relationship")
        self.problems.append(Problem("contradiction", message, where, hint))

    def missing_asin(self, merchant: Merchant, place: Where) -> None:
        """The one thing that `references` cannot know to be missing: an address may hold it."""
        message = f"the link to {merchant.name} needs the product's ASIN"
        hint = "Write asin: and the ten characters after /dp/ in the product's address."
        self.problems.append(Problem("missing-affiliate-id", message, self.places.of(place[0], *place[1]), hint))

    def offered(self, product: str | None, offer: Offer) -> Where | None:
        """Where a product's offer is written."""
        entry = self.live.products.get(product or "")
        return (entry.origin, ("offers", entry.record.offers.index(offer))) if entry else None


def program_of(merchant: Merchant) -> Program:
    """A merchant as the links room wants it."""
    return Program(merchant=merchant.id, network=merchant.network, keys=merchant.program, keep=merchant.keep)


def _reach_of(
    otherwise: tuple[frozenset[str], ...], markets: tuple[str, ...], country: str | None
) -> tuple[frozenset[str], ...]:
    """The countries of a creator's readers, the first ones first; those of the site where she names none."""
    home = [frozenset({country})] if country else []
    return (*map(offers_room.countries, markets), *home) or otherwise


def _order(
    priced: Mapping[str, Sequence[Priced]],
    product: str,
    reach: tuple[frozenset[str], ...],
    favoured: tuple[str, ...] = (),
) -> list[int]:
    return offers_room.order(priced[product], reach, favoured)
