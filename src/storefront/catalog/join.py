"""Joining: from open records to facts. One pass, in the order in which facts need each other."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from msgspec import structs

from storefront import links, slugs
from storefront.catalog import community, emphasis, minors, pictures, rights
from storefront.catalog.briefs import briefs
from storefront.catalog.campaigns import brand_named, disclosed, may_be_for
from storefront.catalog.facts import (
    BrandFact,
    Byline,
    ListFact,
    Mention,
    Person,
    Pick,
    PinFact,
    PostFact,
    ProductFact,
    RatingFact,
    Thing,
)
from storefront.catalog.groups import brand_of, categories_of, category_clashes, category_path, mentions_of
from storefront.catalog.imported import imported
from storefront.catalog.live import Live
from storefront.catalog.picks import plain_pick
from storefront.catalog.promos import coupons_of, promo
from storefront.catalog.ratings import current, gather
from storefront.catalog.recalls import recalls_of
from storefront.catalog.relationships import LINKED, of_review, standing, ties_to
from storefront.catalog.removed import removals
from storefront.catalog.responses import answers
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.rivals import Competition
from storefront.catalog.samples import Given
from storefront.catalog.shops import Shops
from storefront.catalog.shots import Shot
from storefront.catalog.spread import spread
from storefront.catalog.waiting import asks_of, buyers_asks_of
from storefront.catalog.whole import Catalog, PartContext
from storefront.content import Origin, Places
from storefront.disclosure import strongest_first
from storefront.links import Registry
from storefront.records import Entry
from storefront.vocabulary.common import Image, Relationship, as_tuple
from storefront.vocabulary.curation import Item, ItemStatus, List, Post, Review
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import ProductStatus
from storefront.vocabulary.site import Site


def join(
    site: Site,
    live: Live,
    made: pictures.MadeOf,
    places: Places,
    networks: Registry | None = None,
    part: PartContext | None = None,
) -> Catalog:
    """The catalog of a site at its clock, or a part of one; `problems` holds what only the joined whole shows."""
    joiner = _Joiner(site, live, made, places, networks or links.shipped())
    bylines = joiner.bylines = {handle: joiner.byline(entry) for handle, entry in live.influencers.items()}
    reviews = {key: joiner.review(entry) for key, entry in live.reviews.items()}
    by_product: dict[str, list[ReviewFact]] = defaultdict(list)
    for review in reviews.values():
        by_product[review.product].append(review)
    shown = [product for product in live.products if not part or product in part.shown]
    ratings = {product: gather(product, by_product[product]) for product in shown}
    means = dict(part.rated if part else {}) | {product: ratings[product].rating for product in shown}
    joiner.things = {product: joiner.thing(product, means[product]) for product in live.products}
    lists = {key: joiner.list(entry) for key, entry in live.lists.items()}
    posts = {key: joiner.post(entry) for key, entry in live.posts.items()}
    mentions = mentions_of(lists.values())
    removed = removals(live, bylines, joiner.origins)
    products = {product: joiner.product(product, mentions.get(product, ())) for product in shown}
    own_lists: dict[str, dict[str, ListFact]] = defaultdict(dict)
    for (handle, slug), fact in lists.items():
        own_lists[handle][slug] = fact
    reviewed = Counter(handle for handle, _ in reviews)
    joiner.origins |= dict(community.origins(live))
    return Catalog(
        site=site,
        bylines=bylines,
        people={handle: joiner.person(handle, own_lists[handle], reviewed[handle]) for handle in bylines},
        lists=lists,
        posts=posts,
        reviews=reviews,
        removed=removed,
        review_pages=spread(reviews, removed),
        things=joiner.things,
        products=products,
        ratings=ratings,
        imported=imported(live, joiner.origins),
        mentions=mentions,
        brands={brand: joiner.brand(brand) for brand in live.brands},
        answers=answers(live, reviews.values()),
        categories=categories_of(products.values()),
        campaigns=briefs(live, bylines, site, joiner.origins),
        community=community.join(live, bylines, mentions, made, site, joiner.given),
        aliases={alias: handle for handle, e in live.influencers.items() for alias in e.record.aliases},
        origins=joiner.origins,
        entries=joiner.entries,
        asks=asks_of(site, live, bylines, joiner.things, mentions),
        buyers_asks=buyers_asks_of(site, live, joiner.things),
        coupons=coupons_of(live),
        recalled=bool(live.recalls),
        next_change=min((moment for moment in live.changes if moment > live.clock.now), default=None),
        problems=[*joiner.shops.problems, *category_clashes(products.values(), joiner.origins, places)],
    )


class _Joiner:
    """Makes facts of entries; remembers their origins and the problems met."""

    def __init__(self, site: Site, live: Live, made: pictures.MadeOf, places: Places, networks: Registry) -> None:
        self.site, self.live, self.made, self.places = site, live, made, places
        self.today = live.clock.today.isoformat()
        self.origins: dict[str, Origin] = {}
        self.entries: dict[str, tuple[str, list[int]]] = {}
        self.bylines: dict[str, Byline] = {}
        self.things: dict[str, Thing] = {}
        self.shops = Shops(site, live, places, networks)
        self.given = Given(live)
        self.competition = Competition(live)

    def named(self, kind: str, key: str, entry: Entry[Any]) -> str:
        """The name of a fact, remembered with its origin."""
        ref = f"{kind}:{key}"
        self.origins[ref] = entry.origin
        return ref

    def shot(self, entry: Entry[Any], image: Image | None, slots: tuple[str, ...]) -> Shot | None:
        return pictures.shot(entry, image, slots, self.made)

    def byline(self, entry: Entry[Influencer]) -> Byline:
        record = community.safe(entry, self.live)
        return Byline(
            ref=self.named("byline", entry.id, entry),
            handle=entry.id,
            name=record.name,
            locale=record.locale or self.site.locale,
            markets=record.markets or self.site.markets,
            avatar=self.shot(entry, record.avatar, pictures.AVATAR),
            accent=self.live.accents.get(entry.id, ""),
        )

    def person(self, handle: str, own: Mapping[str, ListFact], reviews: int) -> Person:
        entry = self.live.influencers[handle]
        record = community.safe(entry, self.live)
        picks = [pick for fact in own.values() for pick in fact.picks if not pick.retired]
        named = tuple(
            (section.title, tuple(name for name in section.lists if name in own)) for section in record.sections
        )
        rest = tuple(name for name in own if not any(name in lists for _, lists in named))
        return Person(
            ref=self.named("person", handle, entry),
            byline=self.bylines[handle],
            pronouns=record.pronouns,
            tagline=record.tagline,
            bio=record.bio,
            banner=self.shot(entry, record.banner, pictures.BANNER),
            location=record.location,
            interests=record.interests,
            expertise=record.expertise,
            profiles=tuple((profile.network, profile.url) for profile in record.profiles),
            ties=standing(record.relationships, self.live, self.today),
            sections=(*named, (None, rest)) if rest else named,
            things=len({pick.thing.id if pick.thing else pick.anchor for pick in picks}),
            reviews=reviews,
            bought=sum(Relationship.PURCHASED in pick.relationships for pick in picks),
            admitted=record.admitted,
            squads=community.memberships(handle, self.live),
        )

    def review(self, entry: Entry[Review]) -> ReviewFact:
        record = entry.record
        product = self.live.products[record.product]
        rating = current(record)
        brands = self.live.brands
        person = self.live.influencers[entry.owner].record
        held = [ties_to(product.record.brand, person.relationships, day) for day in (record.date, self.today)]
        ties = [tie for on_day in held for tie in on_day]
        added = disclosed(self.live.terms, record.campaign, entry.owner)
        sent = self.given.for_review(entry.owner, record, product.record.brand)
        media = self.live.media(entry)
        return ReviewFact(
            ref=self.named("review", f"{entry.owner}/{entry.id}", entry),
            id=entry.id,
            byline=self.bylines[entry.owner],
            product=record.product,
            product_title=product.record.title,
            brand=product.record.brand,
            brand_name=brands[product.record.brand].record.name,
            shot=self.shot(product, next(iter(product.record.images), None), pictures.PRODUCT),
            date=record.date,
            rating=rating,
            first_rating=record.rating if record.rating != rating else None,
            title=record.title,
            body=record.body,
            pros=record.pros,
            cons=record.cons,
            aspects=tuple(record.aspects.items()),
            used_for=record.used_for,
            provenance=record.provenance,
            incentive=self.given.incentive(entry.owner, record),
            relationships=strongest_first([*of_review(record.provenance, record.incentive), *added, *sent, *ties]),
            verification=record.verification,
            updates=record.updates,
            responses=tuple((brands[r.by].record.name, r) for r in record.responses if r.by in brands),
            embed=self.site.embeds and community.recognises(person.sharing, self.live.clock.audience),
            recalls=recalls_of(self.live, record.product),
            shots=pictures.shots(entry, media, pictures.REVIEW, pictures.REVIEW, self.made),
            credit=self.credit(entry) if media else None,
            evidence=rights.shown(record.evidence, pictured=bool(media)),
            rivals=self.competition.behind(entry.owner, product.record.brand, record.date),
        )

    def credit(self, entry: Entry[Post] | Entry[Review]) -> str | None:
        """Who is named beside the pictures of a post or review."""
        return minors.untold(rights.credit(entry.record, self.live.terms), entry.owner, self.live)

    def thing(self, product: str, rating: RatingFact | None) -> Thing:
        entry = self.live.products[product]
        record = entry.record
        return Thing(
            ref=self.named("thing", product, entry),
            id=product,
            title=record.title,
            brand=record.brand,
            brand_name=self.live.brands[record.brand].record.name,
            shot=self.shot(entry, next(iter(record.images), None), pictures.PRODUCT),
            rating=rating,
            discontinued=record.status is ProductStatus.DISCONTINUED,
            replaced_by=self.titled(record.replaced_by),
            recalls=recalls_of(self.live, product),
        )

    def titled(self, product: str | None) -> tuple[str, str] | None:
        """Id and title of a product that is shown."""
        entry = self.live.products.get(product or "")
        return (entry.id, entry.record.title) if entry else None

    def list(self, entry: Entry[List]) -> ListFact:
        record = entry.record
        seen: dict[str, int] = defaultdict(int)
        picks = []
        indexes = []
        for index, item in self.live.items(entry):
            indexes.append(index)
            name = item.product or slugs.slug(item.title or "") or f"thing-{index + 1}"
            seen[name] += 1
            anchor = f"{entry.id}-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
            slot = (entry.id, links.numbered(name, seen[name]))
            picks.append(self.pick(entry, item, index, anchor, slot))
        ref = self.named("list", f"{entry.owner}/{entry.id}", entry)
        self.entries[ref] = ("items", indexes)
        return ListFact(
            ref=ref,
            slug=entry.id,
            title=record.title,
            intro=record.intro,
            cover=self.shot(entry, record.cover, pictures.BANNER),
            updated=record.updated,
            byline=self.bylines[entry.owner],
            picks=tuple(picks),
        )

    def pick(self, entry: Entry[List], item: Item, index: int, anchor: str, slot: tuple[str, ...]) -> Pick:
        thing = self.things[item.product] if item.product else None
        retired = item.status is ItemStatus.RETIRED  # it stays with its story and without a link or a code
        coded = not retired and item.product not in self.shops.stopped
        code = promo(self.live, entry.owner, item.promo) if coded else None
        made_for = self.live.promos[entry.owner, code.code].record.campaign if code else None
        if not may_be_for(made_for, item, self.live.terms, self.live.brands):
            made_for = None
        stated = as_tuple(item.relationship)
        place = (entry.origin, ("items", index))
        added = (
            *disclosed(self.live.terms, item.campaign, entry.owner),
            *disclosed(self.live.terms, made_for, entry.owner, thing.brand if thing else None),
            *self.given.for_thing(entry.owner, item.product),
        )
        offer, count, relationships = self.shops.for_pick(
            entry.owner, item.product, item, [stated], code, slot, place, added
        )
        if retired:
            relationships = tuple(each for each in relationships if each not in LINKED)
        return Pick(
            anchor=anchor,
            thing=thing,
            title=item.title or (thing.title if thing else ""),
            brand_name=thing.brand_name if thing else item.brand,
            tied_to="" if thing else brand_named(item.campaign or made_for, self.live.terms, self.live.brands),
            shot=self.shot(entry, item.image, pictures.CARD) or (thing.shot if thing else None),
            note=item.note,
            why=item.why,
            label=item.badge,
            variant=item.variant,
            relationships=relationships,
            owned_since=item.owned_since,
            used_for=item.used_for,
            evidence=rights.shown(item.evidence),
            fit=item.fit,
            promo=code,
            offer=None if retired else offer,
            offers=count,
            retired=retired,
            reason=item.reason,
            replaced_by=self.titled(item.replaced_by),
            rivals=self.competition.behind(entry.owner, thing.brand if thing else None),
        )

    def post(self, entry: Entry[Post]) -> PostFact:
        record, media = entry.record, self.live.media(entry)
        picks: list[Pick] = []
        pins: list[PinFact] = []
        indexes = []
        seen: dict[str, int] = defaultdict(int)
        added = disclosed(self.live.terms, record.campaign, entry.owner)
        brand = self.live.terms[record.campaign].record.brand if record.campaign else ""
        for index, tagged in enumerate(record.products):
            if tagged.product not in self.things:
                continue
            stated = [as_tuple(tagged.relationship), as_tuple(record.relationship)]
            sent = self.given.for_thing(entry.owner, tagged.product, record.date)
            place = (entry.origin, ("products", index))
            seen[tagged.product] += 1
            slot = ("post", entry.id, links.numbered(tagged.product, seen[tagged.product]))
            thing = self.things[tagged.product]
            offer, count, relationships = self.shops.for_pick(
                entry.owner,
                tagged.product,
                None,
                stated,
                None,
                slot,
                place,
                (*(added if thing.brand == brand else ()), *sent),
            )
            pick = plain_pick(thing, f"thing-{len(picks) + 1}", tagged.note, relationships, offer, count)
            rivals = self.competition.behind(entry.owner, thing.brand, record.date)
            picks.append(structs.replace(pick, rivals=rivals) if rivals else pick)
            pins.append(PinFact(photo=tagged.photo - 1, at=tagged.at if media else None))
            indexes.append(index)
        ref = self.named("post", f"{entry.owner}/{entry.id}", entry)
        self.entries[ref] = ("products", indexes)
        return PostFact(
            ref=ref,
            id=entry.id,
            title=record.title or (record.caption or "").strip().partition("\n")[0],
            caption=record.caption,
            date=record.date,
            network=record.network,
            url=record.url,
            byline=self.bylines[entry.owner],
            shots=pictures.shots(entry, media, pictures.POST, pictures.FURTHER_POST, self.made),
            picks=tuple(picks),
            pins=tuple(pins),
            credit=self.credit(entry) if media else None,
            ties=added,
            tied_to=brand_named(record.campaign, self.live.terms, self.live.brands),
        )

    def product(self, product: str, mentions: tuple[Mention, ...]) -> ProductFact:
        entry = self.live.products[product]
        record = entry.record
        ref = self.named("product", product, entry)
        offers = list(self.shops.for_page(product, mentions, entry.origin))
        self.entries[ref] = ("offers", [index for index, _ in offers])
        return ProductFact(
            ref=ref,
            thing=self.things[product],
            brand=record.brand,
            description=record.description,
            category=category_path(record.category),
            shots=pictures.shots(entry, record.images, pictures.PRODUCT, pictures.FURTHER, self.made),
            gtin=record.gtin,
            mpn=record.mpn,
            variants=tuple(variant.title for variant in record.variants),
            specs=tuple(record.specs.items()),
            highlights=emphasis.ordered(record, mentions, self.live, self.site),
            best_for=record.best_for,
            not_for=record.not_for,
            offers=tuple(offer for _, offer in offers),
        )

    def brand(self, brand: str) -> BrandFact:
        entry = self.live.brands[brand]
        logo = self.shot(entry, entry.record.logo, pictures.LOGO)
        return brand_of(entry, self.named("brand", brand, entry), logo, self.live, self.bylines, self.today)
