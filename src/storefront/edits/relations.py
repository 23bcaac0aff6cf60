"""Relations: which records name which, and the few values of the whole that a part cannot tell by itself."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from storefront.catalog import minors, remarks
from storefront.catalog.facts import Category, RatingFact
from storefront.catalog.whole import Catalog
from storefront.pages import directory, mentions, plan, routes
from storefront.pages.planned import Planned
from storefront.records import Curation
from storefront.sitewide import counts_of
from storefront.vocabulary.common import Relationship


class CreatorRelations(Struct, frozen=True, array_like=True, gc=False):
    """What a creator's records name: products on lists, in each post and in reviews, and brands she has ties with."""

    listed: tuple[str, ...] = ()
    posts: tuple[tuple[str, ...], ...] = ()
    reviewed: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()


class ProductRelations(Struct, frozen=True, array_like=True, gc=False):
    """What pages other than its own show of a product: its brand, what replaces it, its mean, and its links' ties.

    `category` are the paths of the categories it is shown in; none while it is not shown.
    """

    brand: str
    replaced_by: str | None
    rating: RatingFact | None
    ties: tuple[Relationship, ...]
    category: tuple[str, ...]


class Relations(Struct):
    """Of every creator by handle and every product by id. Drafts are among them.

    `crowded` are the products whose reviews fill several pages, `home` is what the site's first page reads, `counts`
    how much there is of what the site tells the number of, and `minors` the names of those under age. `remarks` has the
    names of all that is said of each brand, in the order in which its pages show it.
    """

    people: dict[str, CreatorRelations]
    products: dict[str, ProductRelations]
    categories: dict[str, Category]
    crowded: tuple[str, ...]
    home: directory.HomeInputs
    counts: tuple[tuple[str, int], ...]
    minors: dict[str, minors.Name]
    remarks: dict[str, tuple[str, ...]]


def relations_of(curation: Curation, catalog: Catalog, pages: Sequence[Planned]) -> Relations:
    """The relations of a whole site, for edits to come."""
    return Relations(
        people=creator_relations(curation, curation.influencers),
        products={identity: _product_relations(identity, curation, catalog) for identity in curation.products},
        categories=catalog.categories,
        crowded=tuple(catalog.review_pages),
        home=next(page.inputs for page in pages if page.path == routes.HOME),  # type: ignore[arg-type]  # as planned
        counts=counts_of(catalog),
        minors=minors.names_of(curation),
        remarks=_remarks(pages),
    )


def _remarks(pages: Iterable[Planned]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        if page.make is mentions.sheet:
            read: mentions.Inputs = page.inputs  # type: ignore[assignment]  # as planned
            found[read.brand] += map(remarks.name_of, read.said)
    return {brand: tuple(names) for brand, names in found.items()}


def _product_relations(identity: str, curation: Curation, catalog: Catalog) -> ProductRelations:
    record, shown = curation.products[identity].record, identity in catalog.products
    rating = catalog.ratings[identity].rating if shown else None
    ties = plan.ties_of(catalog, identity) if shown else ()
    category = tuple(path for path, _ in catalog.products[identity].category) if shown else ()
    return ProductRelations(record.brand, record.replaced_by, rating, ties, category)


def creator_relations(curation: Curation, handles: Iterable[str]) -> dict[str, CreatorRelations]:
    """What some creators' records name; each thing once."""
    owners = set(handles)
    listed: dict[str, dict[str, None]] = {handle: {} for handle in owners}
    posts: dict[str, list[tuple[str, ...]]] = {handle: [] for handle in owners}
    reviewed: dict[str, list[str]] = {handle: [] for handle in owners}
    for entry in curation.lists.values():
        for item in entry.record.items if entry.owner in owners else ():
            listed[entry.owner] |= {product: None for product in (item.product, item.replaced_by) if product}
    for handle, sent in curation.samples.items():
        if handle in owners:
            listed[handle] |= {sample.product: None for sample in sent.record.samples}
    for post in curation.posts.values():
        if post.owner in owners:
            posts[post.owner].append(tuple(dict.fromkeys(tagged.product for tagged in post.record.products)))
    for review in curation.reviews.values():
        if review.owner in owners:
            reviewed[review.owner].append(review.record.product)
    ties = {handle: curation.influencers[handle].record.relationships for handle in owners}
    return {
        handle: CreatorRelations(
            listed=tuple(listed[handle]),
            posts=tuple(posts[handle]),
            reviewed=tuple(reviewed[handle]),
            brands=tuple(tie.brand for tie in ties[handle]),
        )
        for handle in owners
    }


def with_edits(before: Relations, curation: Curation, owners: Iterable[str]) -> Relations:
    """The relations after an edit of some creators' records, as far as these tell."""
    return structs.replace(before, people=before.people | creator_relations(curation, owners))


def with_means(before: Relations, means: Mapping[str, RatingFact | None]) -> Relations:
    """The relations with other means of some products."""
    products = {identity: structs.replace(before.products[identity], rating=mean) for identity, mean in means.items()}
    return structs.replace(before, products=before.products | products)


class CategoryPage(Struct, frozen=True):
    """A page of a category, counted from 1, of so many, with its products."""

    path: str
    page: int
    pages: int
    products: tuple[str, ...]


def category_pages(known: Relations, products: Collection[str], size: int) -> list[CategoryPage]:
    """The pages of categories that some products stand on, with `size` products on each."""
    found = []
    for path in dict.fromkeys(path for product in products for path in known.products[product].category):
        shelf = sorted(product for product, each in known.products.items() if path in each.category)
        for number in sorted({shelf.index(product) // size for product in products if product in shelf}):
            here = tuple(shelf[number * size : (number + 1) * size])
            found.append(CategoryPage(path, number + 1, -(-len(shelf) // size), here))
    return found


def pages_with_remark(
    known: Relations, brand: str, wanted: Callable[[str], bool], size: int
) -> Iterator[tuple[str, int]]:
    """The pages of what is said of a brand on which something with such a name stands, with `size` of them on each."""
    for place, name in enumerate(known.remarks.get(brand, ())):
        if wanted(name):
            yield brand, place // size + 1


def remarks_on(known: Relations, brand: str, page: int, size: int) -> tuple[str, ...]:
    """The names of what stands on a page of what is said of a brand."""
    return known.remarks[brand][(page - 1) * size : page * size]
