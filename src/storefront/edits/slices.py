"""Slices: the part of a site that some of its pages read, joined and planned as the whole is."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from storefront.catalog import remarks
from storefront.catalog.facts import SiteFact
from storefront.catalog.join import join
from storefront.catalog.live import Live
from storefront.catalog.pictures import MadeOf, ShownPicture, shown_pictures
from storefront.catalog.whole import Catalog, PartContext
from storefront.clock import NOTHING, Clock, Shown
from storefront.content import Places
from storefront.edits.relations import Relations, category_pages, remarks_on
from storefront.links import Registry
from storefront.pages import directory, paging, plan, previews, routes, shelves
from storefront.pages.planned import Planned
from storefront.previews import Card
from storefront.problems import Problem
from storefront.records import Curation, Entry, OwnedKey
from storefront.sitewide import accents_of
from storefront.theme import Theme
from storefront.vocabulary.site import Site

Record = TypeVar("Record")


class Members(Struct, frozen=True):
    """The records that a slice holds: creators by what is taken of theirs, and products. `people` are all of them."""

    people: frozenset[str]
    listing: frozenset[str]
    posting: frozenset[str]
    judging: frozenset[str]
    things: frozenset[str]

    def __or__(self, other: "Members") -> "Members":
        return Members(*(getattr(self, name) | getattr(other, name) for name in self.__struct_fields__))


Records = Callable[[Members], Curation]  # with those of the site, its brands and its shops


class EditContext(Struct):
    """What stays as it is while somebody edits: the site, its theme and pictures, and how its records belong together.

    `next_change` is when the same content gives another site; `shown` are held back and shown all the same.
    """

    root: Path
    entry: Entry[Site]
    site: SiteFact
    theme: Theme
    networks: Registry
    made: MadeOf
    next_change: datetime | None
    relations: Relations
    records: Records
    shown: Shown = NOTHING


class Scope(Struct, frozen=True):
    """The creators, products and brands whose pages a slice makes; the mean of those `rated` may change.

    `remark_pages` are those of what is said of brands, each with its number.
    """

    people: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    rated: frozenset[str] = frozenset()
    remark_pages: frozenset[tuple[str, int]] = frozenset()


class Slice(Struct):
    """A part of a site at its clock. Facts of what is not in its scope may lack what others add to them."""

    curation: Curation
    live: Live
    catalog: Catalog
    pages: list[Planned]
    home: directory.HomeInputs
    cards: Mapping[str, Card]
    wanted: list[ShownPicture]
    problems: list[Problem]


def all_of(people: Collection[str], things: Collection[str]) -> Members:
    """All records of some creators, and some products."""
    handles = frozenset(people)
    return Members(handles, handles, handles, handles, frozenset(things))


def members(scope: Scope, relations: Relations, size: int) -> Members:
    """The records that the pages of a scope read.

    A product's page reads all who show or review it, and everything in a post with it; a brand's all who review what
    it makes or have a tie to it. On which page a review stands is told by all reviews of its product, where these fill
    several. A mean is also told on pages of categories, of `size` products each. A page of what is said of a brand
    reads those who said what stands on it.
    """
    people, products = relations.people, relations.products
    things = set(scope.products)
    for handle in scope.people:
        named = people[handle]
        things.update(named.listed, named.reviewed, *named.posts)
    things.update(*(page.products for page in category_pages(relations, scope.rated, size)))
    said = _speakers(scope, relations, size)
    things |= said.things
    judged = set(scope.products)
    if scope.brands:
        judged |= {identity for identity, shelf in products.items() if shelf.brand in scope.brands}
    judged |= things.intersection(relations.crowded)
    listing, posting, judging, tied = (set(scope.people) for _ in range(4))
    for handle, named in people.items():
        if not scope.products.isdisjoint(named.listed):
            listing.add(handle)
        if not judged.isdisjoint(named.reviewed):
            judging.add(handle)
        if not scope.brands.isdisjoint(named.brands):
            tied.add(handle)
        for shown in named.posts:
            if not scope.products.isdisjoint(shown):
                posting.add(handle)
                things.update(shown)
    listing, posting, judging = listing | said.listing, posting | said.posting, judging | said.judging
    return Members(
        people=frozenset(listing | posting | judging | tied),
        listing=frozenset(listing),
        posting=frozenset(posting),
        # What she picks is tied to what she was given for a review of it.
        judging=frozenset(judging | listing | posting),
        things=_followed(things | judged, relations),
    )


def _speakers(scope: Scope, relations: Relations, size: int) -> Members:
    """The records of those who say what stands on the pages of a scope, and the products that they say it of."""
    by_kind: dict[str, set[str]] = {"pick": set(), "post": set(), "review": set()}
    things = set()
    for brand, page in scope.remark_pages:
        for name in remarks_on(relations, brand, page, size):
            kind, handle, *within = name.split("/")
            by_kind[kind].add(handle)
            if kind != "post":
                things.add(within[-1])
                continue
            for shown in relations.people[handle].posts:
                if any(each in relations.products and relations.products[each].brand == brand for each in shown):
                    things.update(shown)
    listing, posting, judging = (frozenset(by_kind[kind]) for kind in ("pick", "post", "review"))
    return Members(listing | posting | judging, listing, posting, judging, frozenset(things))


def _followed(things: Iterable[str], relations: Relations) -> frozenset[str]:
    """Products and what replaces them, whose titles their cards tell."""
    found: set[str] = set()
    more = {thing for thing in things if thing in relations.products}
    while more:
        found |= more
        after = {relations.products[thing].replaced_by for thing in more}
        more = {thing for thing in after if thing and thing in relations.products and thing not in found}
    return frozenset(found)


def sliced(whole: Curation, taken: Members) -> Curation:
    """The records of some creators and products, in the order of all, with those that every page may read."""
    return Curation(
        site=whole.site,
        influencers=_among(whole.influencers, taken.people),
        lists=_owned(whole.lists, taken.listing),
        posts=_owned(whole.posts, taken.posting),
        reviews=_owned(whole.reviews, taken.judging),
        promos=_owned(whole.promos, taken.listing),
        products=_among(whole.products, taken.things),
        snippets={
            key: entry
            for key, entry in whole.snippets.items()
            if key[0] in taken.people and entry.record.product in taken.things
        },
        squads=whole.squads,
        calls=whole.calls,
        brands=whole.brands,
        merchants=whole.merchants,
        campaigns=whole.campaigns,
        imported={key: entry for key, entry in whole.imported.items() if key[1] in taken.things},
        samples=_among(whole.samples, taken.people),
        recalls=whole.recalls,
    )


def _among(table: Mapping[str, Record], names: Collection[str]) -> dict[str, Record]:
    return {key: entry for key, entry in table.items() if key in names} if names else {}


def _owned(table: Mapping[OwnedKey, Record], owners: Collection[str]) -> dict[OwnedKey, Record]:
    """What some creators own of a table; a product's edit asks for that of nobody, among tens of thousands."""
    return {key: entry for key, entry in table.items() if key[0] in owners} if owners else {}


def make(context: EditContext, curation: Curation, scope: Scope, now: datetime, places: Places) -> Slice:
    """A slice of a site, from its records."""
    site = context.entry.record
    live = Live(curation, Clock(now, ZoneInfo(site.timezone), context.shown))
    accents, problems = accents_of(live, context.theme, places)
    live.accents = {handle: sheet.name for handle, sheet in accents.items()}
    pictures = list(shown_pictures(live))
    shelf = context.relations.products
    rated = {product: shelf[product].rating for product in live.products}
    catalog = join(site, live, context.made, places, context.networks, PartContext(rated, scope.products))
    pages = plan.plan_some(
        catalog,
        context.site,
        people=[handle for handle in catalog.people if handle in scope.people],
        products=[product for product in catalog.products if product in scope.products],
        brands=[brand for brand in catalog.brands if brand in scope.brands],
        ties={product: shelf[product].ties for product in live.products},
        remark_counts={brand: len(names) for brand, names in context.relations.remarks.items()},
        codes=site.qr,
    )
    home = _home(context.relations.home, catalog, scope)
    pages += [
        *_categories(context, catalog, scope),
        *_mentions(context, catalog, scope),
        Planned(routes.HOME, directory.home_sheet, home),
    ]
    pages = plan.watched(catalog, pages)
    pages, cards = previews.with_cards(pages, context.theme.look) if context.theme.look else (pages, {})
    return Slice(curation, live, catalog, pages, home, cards, pictures, [*problems, *catalog.problems])


def _categories(context: EditContext, catalog: Catalog, scope: Scope) -> Iterator[Planned]:
    """The pages of categories that show products whose mean may change."""
    known = context.relations
    for each in category_pages(known, scope.rated, context.site.per_page):
        shelf = tuple(plan.shelved(catalog.things[name], known.products[name].ties) for name in each.products)
        category = known.categories[each.path]
        inputs = shelves.CategoryInputs(
            site=context.site, category=category, shelf=shelf, page=each.page, pages=each.pages
        )
        path = routes.numbered(routes.category(each.path), each.page)
        yield Planned(path, shelves.category_sheet, inputs, category.ref)


def _mentions(context: EditContext, catalog: Catalog, scope: Scope) -> Iterator[Planned]:
    """The pages of what is said of brands, each with what stood on it."""
    known, size, said = context.relations, context.site.per_page, remarks_in(catalog) if scope.remark_pages else {}
    for brand, page in sorted(scope.remark_pages):
        names = remarks_on(known, brand, page, size)
        here = [said[brand, name] for name in names if (brand, name) in said]
        yield from paging.mention_page(context.site, catalog.brands[brand], here, len(known.remarks[brand]), page)


def remarks_in(catalog: Catalog) -> dict[tuple[str, str], remarks.Remark]:
    """All that is said, by brand and name."""
    found = remarks.of_brands(catalog.lists.values(), catalog.posts.values(), catalog.reviews.values())
    return {(brand, remarks.name_of(each)): each for brand, said in found.items() for each in said}


def _home(known: directory.HomeInputs, catalog: Catalog, scope: Scope) -> directory.HomeInputs:
    """What the site's first page reads: the newest posts are the same ones, in the form that they have in a slice."""
    own = {key: post for key, post in catalog.posts.items() if key[0] in scope.people}
    return structs.replace(known, posts=tuple(own.get((post.byline.handle, post.id), post) for post in known.posts))


def laid_over(curation: Curation, fresh: Curation) -> Curation:
    """Records with some of them in a new form, in the order of the old."""
    tables = {name: getattr(curation, name) | getattr(fresh, name) for name in TABLES if getattr(fresh, name)}
    return structs.replace(curation, **tables)


TABLES = ("influencers", "lists", "posts", "reviews", "promos", "snippets", "products")
