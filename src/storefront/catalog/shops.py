"""Shops: which offer a pick shows, the link to it, and every tie that the link discloses."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from storefront import links, slugs
from storefront.catalog import offers as offers_room
from storefront.catalog.facts import Mention, OfferFact, PromoFact
from storefront.catalog.live import Live
from storefront.catalog.offers import Price
from storefront.catalog.relationships import derive, ties_to
from storefront.content import Origin, Places
from storefront.links import Missing, Outbound, Program, Target
from storefront.problems import Problem
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Item
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Availability, Offer
from storefront.vocabulary.site import Site
from storefront.vocabulary.trade import Merchant

Priced = tuple[Offer, Merchant, Price]
Where = tuple[Origin, tuple[str | int, ...]]


class Shops:
    """Knows every offer at the clock; keeps the problems that links have."""

    def __init__(self, site: Site, live: Live, places: Places) -> None:
        self.site, self.live, self.places = site, live, places
        self.today = live.clock.today.isoformat()
        self.problems: list[Problem] = []
        self.priced = {product: self._priced(product) for product in live.products}
        self.host = urlsplit(site.url).hostname or ""
        self.programs = {merchant.id: program_of(merchant.record) for merchant in live.merchants.values()}
        self.review_of = {(entry.owner, entry.record.product): entry.record for entry in live.reviews.values()}
        self.owner_of = {
            host: merchant.record
            for merchant in live.merchants.values()
            for host in (*merchant.record.domains, urlsplit(merchant.record.url).hostname or "")
        }

    def _priced(self, product: str) -> list[Priced]:
        found = []
        for offer in self.live.products[product].record.offers:
            merchant = self.live.merchants.get(offer.merchant)
            if merchant:
                price = offers_room.judge(offer, merchant.record, self.site.prices.max_age_days, self.live.clock)
                self.live.changes.extend(price.changes)
                found.append((offer, merchant.record, price))
        return found

    def for_pick(
        self,
        handle: str,
        product: str | None,
        item: Item | None,
        stated: Sequence[tuple[Relationship, ...]],
        promo: PromoFact | None,
        slot: str,
        place: Where,
    ) -> tuple[OfferFact | None, int, tuple[Relationship, ...]]:
        """The offer to show for a pick, how many there are, and every relationship that holds for it."""
        person = self.live.influencers[handle].record
        chosen, count = self.choose(product, item, person)
        brand = self.live.products[product].record.brand if product else None
        account = self.account(person.affiliate, chosen[1], chosen[0]) if chosen else None
        subid = links.subid(handle, slot, product or (slugs.slug(item.title or "") if item else ""))
        made = self.outbound(chosen, product, account, subid, place) if chosen else None
        relationships = derive(
            stated,
            self.review_of.get((handle, product or "")),
            ties_to(brand, person.relationships, self.today),
            tracked=bool(made and made.network and chosen and chosen[2].availability is not Availability.OUT_OF_STOCK),
            code_pays=bool(promo and promo.pays_creator),
        )
        if not chosen or not made:
            return None, count, relationships
        if not relationships:
            self.unknown_relationship(place)
        return self.offer_fact(chosen, made, relationships), count, relationships

    def choose(self, product: str | None, item: Item | None, person: Influencer) -> tuple[Priced | None, int]:
        """The offer of a product that suits where its creator lives, or the shop of an inline item."""
        if product is None:
            return (self.inline(item.link), 1) if item and item.link else (None, 0)
        priced = self.priced[product]
        country = person.location.country if person.location else None
        best = offers_room.preferred([(offer, price) for offer, _, price in priced], country)
        return (priced[best] if best is not None else None), len(priced)

    def inline(self, link: str) -> Priced:
        """An offer of whoever owns the address: a merchant by its domains, else the host by its name."""
        host = urlsplit(link).hostname or ""
        merchant = self.owner_of.get(host) or self.owner_of.get(host.removeprefix("www."))
        merchant = merchant or Merchant(id="", name=host.removeprefix("www."), url=f"https://{host}")
        offer = Offer(merchant=merchant.id or host, link=link)
        return offer, merchant, Price(None, None, None, Availability.IN_STOCK, ())

    @staticmethod
    def account(
        affiliate: Mapping[str, Mapping[str, str]], merchant: Merchant, offer: Offer
    ) -> Mapping[str, str] | None:
        """The ids of whoever earns at the merchant's network, if there are any for this shop."""
        ids = affiliate.get(merchant.network or "")
        return ids if ids and links.has_account(program_of(merchant), ids) and offer else None

    def outbound(
        self,
        chosen: Priced,
        product: str | None,
        account: Mapping[str, str] | None,
        subid: str,
        place: Where,
    ) -> Outbound | None:
        offer, merchant, _ = chosen
        asin = offer.asin or (self.live.products[product].record.asin if product else None)
        target = Target(url=offer.link or merchant.url, asin=asin)
        made = links.outbound(target, self.programs.get(merchant.id) or program_of(merchant), account, subid, self.host)
        if isinstance(made, Missing):
            self.missing_asin(merchant, self.offered(product, offer) or place)
            return None
        return made

    @staticmethod
    def offer_fact(chosen: Priced, made: Outbound, relationships: tuple[Relationship, ...]) -> OfferFact:
        offer, merchant, price = chosen
        return OfferFact(
            merchant=merchant.id,
            merchant_name=merchant.name,
            url=made.url,
            network=made.network,
            relationships=relationships,
            price=price.price,
            was=price.was,
            as_of=price.as_of,
            availability=price.availability,
            shipping=offer.shipping,
            regions=offer.regions,
        )

    def for_page(self, product: str, mentions: tuple[Mention, ...], origin: Origin) -> Iterable[OfferFact]:
        """The offers of a product's own page: tracked for the publisher; else for its one creator, if it has one."""
        handles = {mention.byline.handle for mention in mentions}
        only = next(iter(handles)) if len(handles) == 1 else None
        own = (
            tuple(r for m in mentions for r in m.pick.relationships if r is not Relationship.AFFILIATE) if only else ()
        )
        for index, chosen in enumerate(self.priced[product]):
            account = self.account(self.site.affiliate, chosen[1], chosen[0])
            hers = not account and only is not None
            if hers and only:
                account = self.account(self.live.influencers[only].record.affiliate, chosen[1], chosen[0])
            subid = links.subid(only if hers and only else "site", "product", product)
            made = self.outbound(chosen, product, account, subid, (origin, ("offers", index)))
            if made:
                related = derive([own if hers else ()], None, (), tracked=bool(made.network), code_pays=False)
                yield self.offer_fact(chosen, made, related or (Relationship.NONE,))

    def unknown_relationship(self, place: Where) -> None:
        hint = "Write relationship: purchased, gifted, loaned or paid here; none says that you have no tie to it."
        message = "nothing says how the creator came to this thing, and it links to a shop"
        self.problems.append(Problem("no-relationship", message, self.places.of(place[0], *place[1]), hint))

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
    return Program(merchant=merchant.id, network=merchant.network, keys=merchant.program)
