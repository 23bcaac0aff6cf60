"""Scope: what of a site concerns one brand, one creator or one campaign, as an index of addresses."""

from collections.abc import Iterator

from msgspec import Struct

from storefront.audit.proofs import Link
from storefront.catalog.facts import OfferFact, Pick
from storefront.catalog.whole import Catalog
from storefront.clock import EVERYTHING
from storefront.pages import routes
from storefront.serving.campaign_parts import NOTHING, Parts
from storefront.serving.marks import Marks, Some


class Scope(Struct, frozen=True):
    """Whom the preview is for: a brand, a creator or those of a campaign, by id; none of them for everybody."""

    brand: str = ""
    creator: str = ""
    campaign: str = ""

    def __bool__(self) -> bool:
        return bool(self.brand or self.creator or self.campaign)

    def name(self, catalog: Catalog) -> str:
        """What it is called, or its id while it has no page."""
        if self.campaign:
            return catalog.campaigns[self.campaign].title if self.campaign in catalog.campaigns else self.campaign
        if self.brand:
            return catalog.brands[self.brand].name if self.brand in catalog.brands else self.brand
        return catalog.bylines[self.creator].name if self.creator in catalog.bylines else self.creator

    def wants(self, link: Link, catalog: Catalog, parts: Parts = NOTHING) -> bool:
        """Whether a link on a page is this brand's or this creator's; `parts` are what names the campaign."""
        if self.campaign:
            return not parts.isdisjoint({(link.record, ""), (link.record, link.entry)})
        if self.creator:
            return link.creator == self.creator
        if not self.brand:
            return True
        kind, _, name = link.record.partition(":")
        if kind == "product":
            return name in catalog.products and catalog.products[name].brand == self.brand
        pick = _pick_of(link, catalog)
        return pick is not None and self.of_brand(pick, catalog)

    def of_brand(self, pick: Pick, catalog: Catalog) -> bool:
        """Whether a pick is of the brand: by its product, or by the name that it is given in the list."""
        if pick.thing is not None:
            return pick.thing.brand == self.brand
        return (pick.brand_name or "").casefold() == self.name(catalog).casefold()


def offer_of(link: Link, catalog: Catalog) -> OfferFact | None:
    """The offer that a link leads to, as the catalog knows it."""
    kind, _, name = link.record.partition(":")
    if kind == "product":
        offers = catalog.products[name].offers if name in catalog.products else ()
        return next((offer for number, offer in enumerate(offers) if str(number) == link.entry), None)
    pick = _pick_of(link, catalog)
    return pick.offer if pick else None


def _pick_of(link: Link, catalog: Catalog) -> Pick | None:
    return next((pick for pick in catalog.picks_of(link.record) if pick.anchor == link.entry), None)


class Entry(Struct, frozen=True):
    """A page, or a place in one: its address with the base path, its title, and what stands beside it."""

    url: str
    title: str
    about: str
    marks: Some = ()


class Section(Struct, frozen=True):
    """Entries of one kind."""

    title: str
    entries: tuple[Entry, ...]


class Index:
    """All that concerns a scope. Without one, all that is marked. `parts` are what names the campaign of the scope."""

    def __init__(self, scope: Scope, catalog: Catalog, marks: Marks, parts: Parts = NOTHING) -> None:
        self.scope, self.catalog, self.marks, self.base, self.parts = scope, catalog, marks, marks.base, parts

    def sections(self) -> list[Section]:
        """The index, in order; no section is empty."""
        made = (
            ("Pages", self.pages()),
            ("Products", self.products()),
            ("Lists", self.lists()),
            ("Picks", self.picks()),
            ("Posts", self.posts()),
            ("Reviews", self.reviews()),
            ("Ties", self.ties()),
        )
        sections = [Section(title, tuple(self.wanted(entries))) for title, entries in made]
        return [section for section in sections if section.entries]

    def wanted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Without a scope only what is marked."""
        return (entry for entry in entries if self.scope or entry.marks)

    def entry(self, ref: str, path: str, title: str, about: str, more: Some = ()) -> Entry:
        return Entry(self.base + path, title, about, tuple(dict.fromkeys((*self.marks.of(ref), *more))))

    def pages(self) -> Iterator[Entry]:
        scope = self.scope
        for identity, campaign in self.catalog.campaigns.items():
            if scope.campaign == identity or scope.brand == campaign.brand or not scope:
                yield self.entry(campaign.ref, routes.campaign(identity), campaign.title, "campaign")
        for handle, person in self.catalog.people.items():
            if scope.creator == handle or not scope:
                yield self.entry(person.ref, routes.vanity(handle), person.byline.name, "creator")
        for identity, brand in self.catalog.brands.items():
            if scope.brand == identity or not scope:
                yield self.entry(brand.ref, routes.brand(identity), brand.name, "brand")

    def products(self) -> Iterator[Entry]:
        for identity, product in self.catalog.products.items():
            if not self.scope or product.brand == self.scope.brand:
                yield self.entry(product.ref, routes.product(identity), product.thing.title, product.thing.brand_name)

    def lists(self) -> Iterator[Entry]:
        for (owner, slug), fact in self.catalog.lists.items():
            if self.scope.brand:
                count = sum(self.scope.of_brand(pick, self.catalog) for pick in fact.picks)
                if count:
                    about = f"{fact.byline.name} · {count} of {len(fact.picks)}"
                    yield self.entry(fact.ref, routes.list_page(owner, slug), fact.title, about)
            elif self.of(owner):
                yield self.entry(fact.ref, routes.list_page(owner, slug), fact.title, fact.byline.name)

    def picks(self) -> Iterator[Entry]:
        for (owner, slug), fact in self.catalog.lists.items():
            for pick in fact.picks:
                hers = self.of(owner) or (fact.ref, pick.anchor) in self.parts
                if hers or (self.scope.brand and self.scope.of_brand(pick, self.catalog)):
                    more = (*self.marks.picks.get((owner, pick.anchor), ()), *self.held(pick))
                    path = f"{routes.list_page(owner, slug)}#{pick.anchor}"
                    about = f"{fact.byline.name} · {fact.title}"
                    yield self.entry("", path, pick.title, about, more)

    def held(self, pick: Pick) -> Some:
        """Why a pick is held back for its product's sake."""
        found = self.marks.of(f"product:{pick.thing.id}") if pick.thing else ()
        return tuple(mark for mark in found if mark.kind in EVERYTHING)

    def posts(self) -> Iterator[Entry]:
        for (owner, identity), fact in self.catalog.posts.items():
            tagged = self.scope.brand and any(self.scope.of_brand(pick, self.catalog) for pick in fact.picks)
            if self.of(owner) or tagged or (fact.ref, "") in self.parts:
                yield self.entry(fact.ref, routes.post(owner, identity), fact.title, fact.byline.name)

    def reviews(self) -> Iterator[Entry]:
        for (owner, identity), fact in self.catalog.reviews.items():
            hers = self.of(owner) or (fact.ref, "") in self.parts
            if hers or (self.scope.brand and fact.brand == self.scope.brand):
                path = routes.review(fact.product, owner, identity, fact.page)
                yield self.entry(fact.ref, path, fact.title or fact.product_title, fact.byline.name)

    def ties(self) -> Iterator[Entry]:
        """The creators with a standing tie to the brand."""
        brand = self.catalog.brands.get(self.scope.brand)
        for byline, kind, since in brand.ties if brand else ():
            about = f"{kind.value}, since {since}" if since else kind.value
            yield self.entry(f"person:{byline.handle}", routes.vanity(byline.handle), byline.name, about)

    def of(self, owner: str) -> bool:
        """Whether a creator's things are wanted for her sake."""
        return not self.scope or self.scope.creator == owner
