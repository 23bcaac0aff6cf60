"""The route table: which pages a catalog gives, and what each one reads."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import structs

from storefront.catalog import remarks
from storefront.catalog.facts import BrandFact, ListFact, Person, PostFact, Shelved, SiteFact, Thing
from storefront.catalog.ratings import gather
from storefront.catalog.shots import Shot
from storefront.catalog.whole import Catalog
from storefront.disclosure import UNPAID, strongest_first
from storefront.pages import (
    archives,
    brand_exports,
    brand_page,
    campaigns,
    community,
    directory,
    embeds,
    exports,
    list_page,
    networks,
    paging,
    parts,
    post_page,
    product_page,
    qr,
    reviewed,
    routes,
    search,
    sheets,
    shelves,
    snippets,
    vanity,
)
from storefront.pages.paging import grouped
from storefront.pages.planned import Planned
from storefront.vocabulary.common import Channel, Relationship

HOME_POSTS = 8
MISSING_PEOPLE = 12
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def plan(catalog: Catalog, site: SiteFact, *, codes: bool = False) -> list[Planned]:
    """Every page of a site, in the order of publication: what others link to comes first.

    `codes` is whether creators and lists have QR codes.
    """
    pages = [*_Planner(catalog, site, codes=codes).pages()]
    if catalog.aliases and not catalog.site.redirects:
        pages += _moved(catalog, site, pages)
    return watched(catalog, pages)


def _moved(catalog: Catalog, site: SiteFact, pages: Iterable[Planned]) -> list[Planned]:
    """A page at the old address of every page of a creator who has another handle now."""
    found = []
    for handle, old, new in routes.moved(catalog.aliases, (page.path for page in pages)):
        if old.endswith("/"):
            moved = directory.MovedInputs(site=site, byline=catalog.bylines[handle], old=old, to=new)
            found.append(Planned(old, directory.moved_sheet, moved, f"person:{handle}"))
    return found


Ties = Mapping[str, tuple[Relationship, ...]]


def plan_some(
    catalog: Catalog,
    site: SiteFact,
    *,
    people: Collection[str],
    products: Collection[str],
    brands: Collection[str],
    ties: Ties,
    remark_counts: Mapping[str, int],
    codes: bool = False,
) -> list[Planned]:
    """The pages of some creators, products and brands alone, as `plan` gives them, in no order.

    The catalog may lack what none of them reads. `ties` has what `Shelved` tells of every product in it.
    `remark_counts` says how much is said of each brand; the pages of all that are made elsewhere.
    """
    planner = _Planner(catalog, site, codes=codes, ties=ties, remark_counts=remark_counts)
    of_brands = (page for name in brands for page in planner.brand(catalog.brands[name]))
    of_people = (page for handle in people for page in planner.creator(handle))
    of_products = (page for identity in products for page in planner.product(identity))
    embedded = (page for identity in products for page in planner.embeds_of(identity)) if site.embeds else ()
    return watched(catalog, [*of_products, *of_people, *of_brands, *embedded])


def watched(catalog: Catalog, pages: list[Planned]) -> list[Planned]:
    """Pages that are looked through for recalled products, where there are any."""
    if not catalog.recalled:
        return pages
    return [structs.replace(page, recalled=True) for page in pages]


def ties_of(catalog: Catalog, product: str) -> tuple[Relationship, ...]:
    """The ties of the shop links on a product's page."""
    return strongest_first(r for offer in catalog.products[product].offers for r in offer.relationships)


def shelved(thing: Thing, ties: tuple[Relationship, ...]) -> Shelved:
    """A product as pages other than its own show it."""
    return Shelved(ref=f"shelved:{thing.id}", thing=thing, relationships=ties)


class _Planner:
    """Gives the pages of each thing, with the facts grouped as the pages read them."""

    def __init__(
        self,
        catalog: Catalog,
        site: SiteFact,
        *,
        codes: bool,
        ties: Ties | None = None,
        remark_counts: Mapping[str, int] | None = None,
    ) -> None:
        self.catalog, self.site, self.codes = catalog, site, codes
        self.lists = grouped((fact.byline.handle, fact) for fact in catalog.lists.values())
        self.posts = grouped((fact.byline.handle, fact) for fact in catalog.posts.values())
        self.reviews = grouped((fact.byline.handle, fact) for fact in catalog.reviews.values())
        self.removed = grouped((fact.byline.handle, fact) for fact in catalog.removed.values())
        self.removed_from = grouped((fact.product, fact) for fact in catalog.removed.values())
        self.reviews_of = grouped((fact.product, fact) for fact in catalog.reviews.values())
        self.posts_of = grouped(
            (product, fact)
            for fact in catalog.posts.values()
            for product in dict.fromkeys(pick.thing.id for pick in fact.picks if pick.thing)
        )
        self.shelf = {
            product: shelved(thing, ties_of(catalog, product) if ties is None else ties[product])
            for product, thing in catalog.things.items()
        }
        self.shelves_of = grouped((each.thing.brand, each) for each in self.shelf.values())
        self.reviews_of_brand = grouped((fact.brand, fact) for fact in catalog.reviews.values())
        self.earlier = {} if catalog.site.redirects else grouped((now, old) for old, now in catalog.aliases.items())
        self.remarks: Mapping[str, Sequence[remarks.Remark]] = {}
        if remark_counts is None and catalog.site.mentions:
            self.remarks = remarks.of_brands(catalog.lists.values(), catalog.posts.values(), catalog.reviews.values())
        self.remark_counts = (
            {brand: len(said) for brand, said in self.remarks.items()} if remark_counts is None else remark_counts
        )

    def pages(self) -> Iterator[Planned]:
        for identity in self.catalog.products:
            yield from self.product(identity)
        for handle in self.catalog.people:
            yield from self.creator(handle)
        yield from self.brands()
        yield from self.categories()
        if self.site.embeds:
            yield from self.embeds()
        yield from self.community()
        yield from self.site_pages()
        yield from self.home()

    def product(self, identity: str) -> Iterator[Planned]:
        catalog = self.catalog
        fact = catalog.products[identity]
        inputs = product_page.Inputs(
            site=self.site,
            product=fact,
            ratings=catalog.ratings[identity],
            imported=catalog.imported.get(identity, ()),
            mentions=catalog.mentions.get(identity, ()),
            reviews=tuple(self.reviews_of.get(identity, ())),
            posts=tuple(self.posts_of.get(identity, ())),
            removed=tuple(self.removed_from.get(identity, ())),
        )
        if identity in catalog.review_pages:
            yield from paging.product_pages(self.site, inputs, catalog.review_pages[identity])
        else:
            yield Planned(routes.product(identity), product_page.sheet, inputs, fact.ref)
        for source in inputs.imported:
            yield from paging.customer_review_pages(self.site, inputs, source)
        if ask := catalog.buyers_asks.get(identity):
            path = routes.buyer_ask(identity)
            yield Planned(routes.qr(path), qr.code, qr.inputs(self.site, path), fact.ref)
            yield Planned(path, sheets.buyer_ask, sheets.BuyerAskInputs(site=self.site, ask=ask), fact.ref)

    def creator(self, handle: str) -> Iterator[Planned]:
        person = self.catalog.people[handle]
        lists, posts = tuple(self.lists.get(handle, ())), tuple(self.posts.get(handle, ()))
        reviews, removed = tuple(self.reviews.get(handle, ())), tuple(self.removed.get(handle, ()))
        yield from self.lists_of(lists)
        yield from self.posts_by(posts)
        if posts:
            all_posts = archives.PostInputs(site=self.site, byline=person.byline, posts=posts)
            yield Planned(routes.posts(handle), archives.posts_sheet, all_posts, person.ref)
        if reviews or removed:
            all_reviews = archives.ReviewInputs(site=self.site, byline=person.byline, reviews=reviews, removed=removed)
            yield Planned(routes.reviews(handle), archives.reviews_sheet, all_reviews, person.ref)
        inputs = vanity.Inputs(
            site=self.site,
            person=person,
            lists=lists,
            posts=posts,
            reviews=reviews,
            removed=removed,
            qr=self.codes,
        )
        yield from self.sheets(handle, person)
        yield from self.code(routes.vanity(handle), person.ref)
        yield Planned(routes.vanity(handle), vanity.sheet, inputs, person.ref)
        for name in (handle, *self.earlier.get(handle, ())):  # programs follow no page; a copy names the new one
            yield Planned(routes.atom(name), exports.atom, inputs, person.ref)
            yield Planned(routes.json_feed(name), exports.json_feed, inputs, person.ref)
            yield Planned(routes.document(name), exports.document, inputs, person.ref)

    def sheets(self, handle: str, person: Person) -> Iterator[Planned]:
        """What is printed: her codes for tills, each with a QR code of it, and the cards that ask for reviews."""
        for promo in self.catalog.coupons.get(handle, ()):
            path = routes.coupon(handle, promo.code)
            yield Planned(routes.qr(path), qr.code, qr.Inputs(text=promo.code), person.ref)
            inputs = sheets.CouponInputs(site=self.site, byline=person.byline, promo=promo)
            yield Planned(path, sheets.coupon, inputs, person.ref)
        for (owner, product), fact in self.catalog.asks.items():
            if owner == handle:
                path = routes.ask(handle, product)
                yield Planned(routes.qr(path), qr.code, qr.inputs(self.site, path), person.ref)
                yield Planned(path, sheets.ask, sheets.AskInputs(site=self.site, ask=fact), person.ref)

    def lists_of(self, lists: Sequence[ListFact]) -> Iterator[Planned]:
        for fact in lists:
            others = tuple((other.slug, other.title) for other in lists if other is not fact)
            inputs = list_page.Inputs(site=self.site, list=fact, others=others, qr=self.codes)
            path = routes.list_page(fact.byline.handle, fact.slug)
            yield from self.code(path, fact.ref)
            yield Planned(path, list_page.sheet, inputs, fact.ref)

    def code(self, path: str, ref: str) -> Iterator[Planned]:
        """The QR code of a page, where the site has them."""
        if self.codes:
            yield Planned(routes.qr(path), qr.code, qr.inputs(self.site, path), ref)

    def posts_by(self, posts: Sequence[PostFact]) -> Iterator[Planned]:
        newest = parts.newest_posts(posts)
        for fact in posts:
            others = [other for other in newest if other is not fact][: post_page.OTHERS]
            inputs = post_page.Inputs(site=self.site, post=fact, others=tuple(others))
            yield Planned(routes.post(fact.byline.handle, fact.id), post_page.sheet, inputs, fact.ref)

    def brands(self) -> Iterator[Planned]:
        catalog = self.catalog
        for fact in catalog.brands.values():
            yield from self.brand(fact)
            yield from paging.mention_pages(self.site, fact, self.remarks.get(fact.id, ()))
        brands = tuple(
            (fact, _first_shot(self.shelves_of.get(identity, ())), len(self.shelves_of.get(identity, ())))
            for identity, fact in catalog.brands.items()
        )
        yield Planned(routes.BRANDS, shelves.index_of_brands, shelves.IndexInputs(site=self.site, brands=brands))

    def brand(self, fact: BrandFact) -> Iterator[Planned]:
        """The pages of a brand, its feed and its document."""
        shelf = tuple(self.shelves_of.get(fact.id, ()))
        reviews = tuple(reviewed.newest_first(self.reviews_of_brand.get(fact.id, [])))
        removed = tuple(gone for each in shelf for gone in self.removed_from.get(each.thing.id, ()))
        answers, ratings = self.catalog.answers[fact.id], gather(f"brand/{fact.id}", reviews)
        remark_count = self.remark_counts.get(fact.id, 0)
        size, community = brand_page.REVIEWS, self.catalog.community
        pieces = [each for each in community.snippets.values() if each.brand == fact.id]
        pages = max(1, -(-len(reviews) // size))
        for page in range(1, pages + 1):
            first = page == 1
            inputs = brand_page.Inputs(
                site=self.site,
                brand=fact,
                answers=answers,
                ratings=ratings,
                reviews=reviews[(page - 1) * size : page * size],
                total=len(reviews),
                shelf=shelf if first else (),
                products=len(shelf),
                fixes=brand_page.newest_fixes(fact.id, reviews) if first else (),
                snippets=snippets.granted(pieces, Channel.SITE) if first else (),
                thanks=community.thanks.get(fact.id, ()) if first else (),
                removed=len(removed),
                mentions=remark_count if first else 0,
                page=page,
                pages=pages,
            )
            yield Planned(routes.numbered(routes.brand(fact.id), page), brand_page.sheet, inputs, fact.ref)
        exported = brand_page.ExportInputs(
            site=self.site,
            brand=fact,
            answers=answers,
            ratings=ratings,
            shelf=shelf,
            reviews=reviews,
            removed=tuple(reviewed.newest_first(removed)),
            mentions=remark_count,
        )
        yield Planned(routes.brand_atom(fact.id), brand_exports.atom, exported, fact.ref)
        yield Planned(routes.brand_document(fact.id), brand_exports.document, exported, fact.ref)

    def embeds(self) -> Iterator[Planned]:
        """What other sites may show: the ratings of every product, and reviews whose authors agree."""
        for identity in self.catalog.things:
            yield from self.embeds_of(identity)

    def embeds_of(self, identity: str) -> Iterator[Planned]:
        """What other sites may show of a product."""
        thing, ratings = self.catalog.things[identity], self.catalog.ratings[identity]
        pieces = [each for each in self.catalog.community.snippets.values() if each.product == identity]
        for path, make, read, ref in embeds.plan(self.site, thing, ratings, self.reviews_of.get(identity, ()), pieces):
            yield Planned(path, make, read, ref)

    def community(self) -> Iterator[Planned]:
        """Squads, calls, thanks, how one gets in, and campaigns."""
        brands = [(fact.id, fact.name) for fact in self.catalog.brands.values()]
        for path, make, read, ref in community.plan(self.catalog.community, brands, self.site):
            yield Planned(path, make, read, ref)
        for path, make, read, ref in campaigns.plan(self.catalog.campaigns, self.site):
            yield Planned(path, make, read, ref)

    def categories(self) -> Iterator[Planned]:
        catalog = self.catalog
        members = grouped(
            (path, self.shelf[identity]) for identity, fact in catalog.products.items() for path, _ in fact.category
        )
        for path, category in catalog.categories.items():
            for page, pages, shelf in self.pages_of(members[path]):
                inputs = shelves.CategoryInputs(site=self.site, category=category, shelf=shelf, page=page, pages=pages)
                yield Planned(
                    routes.numbered(routes.category(path), page), shelves.category_sheet, inputs, category.ref
                )
        top = tuple(
            (category, _first_shot(members[path])) for path, category in catalog.categories.items() if "/" not in path
        )
        index = shelves.IndexInputs(site=self.site, categories=top)
        yield Planned(routes.CATEGORIES, shelves.index_of_categories, index)

    def pages_of(self, items: Sequence[Value]) -> Iterator[tuple[int, int, tuple[Value, ...]]]:
        """Number, count and items of each page of a directory; an empty one has one page."""
        size = self.site.per_page
        pages = max(1, -(-len(items) // size))
        for page in range(pages):
            yield page + 1, pages, tuple(items[page * size : (page + 1) * size])

    def site_pages(self) -> Iterator[Planned]:
        catalog = self.catalog
        checked = [fact for fact in catalog.reviews.values() if fact.verification]
        how = directory.HowInputs(
            site=self.site,
            networks=networks.of(catalog),
            reviews=len(catalog.reviews),
            imported=sum(len(fact.reviews) for facts in catalog.imported.values() for fact in facts),
            removed=len(catalog.removed),
            checked=sum(bool(fact.verification and fact.verification.status == "verified") for fact in checked),
            tied=sum(not UNPAID.issuperset(fact.relationships) for fact in catalog.reviews.values()),
            paid=sum(Relationship.PAID in fact.relationships for fact in catalog.reviews.values()),
        )
        yield Planned(routes.HOW, directory.how_sheet, how)
        for path, make, read in search.plan(catalog, self.site):
            yield Planned(path, make, read)
        some = [each for each in catalog.bylines.values() if each.handle in catalog.community.named]
        missing = directory.MissingInputs(site=self.site, people=tuple(some[:MISSING_PEOPLE]))
        yield Planned(routes.MISSING, directory.missing_sheet, missing)

    def home(self) -> Iterator[Planned]:
        """The directory names those who let it."""
        named = self.catalog.community.named
        shown = (fact for fact in self.catalog.posts.values() if fact.byline.handle in named)
        posts = tuple(parts.newest_posts(shown)[:HOME_POSTS])
        people = [directory.listed(person) for handle, person in self.catalog.people.items() if handle in named]
        for page, pages, here in self.pages_of(people):
            inputs = directory.HomeInputs(
                site=self.site, people=here, posts=posts if page == 1 else (), page=page, pages=pages
            )
            yield Planned(routes.numbered(routes.HOME, page), directory.home_sheet, inputs)


def _first_shot(shelf: Iterable[Shelved]) -> Shot | None:
    return next((each.thing.shot for each in shelf if each.thing.shot), None)
