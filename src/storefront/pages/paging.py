"""What fills several pages: the reviews of a product, and all that is said of a brand."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import structs

from storefront.catalog import spread
from storefront.catalog.facts import BrandFact, SiteFact
from storefront.catalog.remarks import Remark
from storefront.catalog.review_facts import Extent, ImportedFact
from storefront.pages import imported, jsonld, mention_exports, mentions, more_reviews, product_page, reviewed, routes
from storefront.pages.planned import Planned

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def grouped(items: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Values by their keys, in order."""
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in items:
        groups[key].append(value)
    return groups


def product_pages(site: SiteFact, whole: product_page.Inputs, pages: int) -> Iterator[Planned]:
    """A product with its reviews on several pages; `whole` is as if they were on one."""
    thing, ref = whole.product.thing, whole.product.ref
    reviews = grouped((fact.page, fact) for fact in whole.reviews)
    removed = grouped((fact.page, fact) for fact in whole.removed)
    later = reviewed.newest_first(fact for fact in whole.reviews if fact.page > 1)
    rated = (fact for fact in whole.reviews if fact.rating is not None)
    extent = Extent(
        reviews=len(whole.reviews),
        removed=len(whole.removed),
        pages=pages,
        insiders=any(not jsonld.INSIDERS.isdisjoint(fact.relationships) for fact in rated),
    )
    first = structs.replace(
        whole,
        reviews=tuple(reviews[1]),
        removed=tuple(removed[1]),
        extent=extent,
        quoted=tuple(fact for fact in (product_page.best(later), product_page.worst(later)) if fact),
    )
    yield Planned(routes.product(thing.id), product_page.sheet, first, ref)
    for page in range(2, pages + 1):
        inputs = more_reviews.Inputs(
            site=site,
            thing=thing,
            ratings=whole.ratings,
            extent=extent,
            reviews=tuple(reviews[page]),
            removed=tuple(removed[page]),
            page=page,
        )
        yield Planned(routes.reviews_of(thing.id, page), more_reviews.sheet, inputs, ref)


def customer_review_pages(site: SiteFact, whole: product_page.Inputs, fact: ImportedFact) -> Iterator[Planned]:
    """The further pages of what a source's customers say."""
    thing, ref, pages, size = whole.product.thing, whole.product.ref, imported.pages_of(fact), spread.SIZE
    for page in range(2, pages + 1):
        here = slice((page - 1) * size, page * size)
        part = structs.replace(fact, ref=f"{fact.ref}/{page}", reviews=fact.reviews[here], withheld=fact.withheld[here])
        inputs = more_reviews.ImportedInputs(
            site=site, thing=thing, fact=part, total=len(fact.reviews), page=page, pages=pages
        )
        path = routes.imported(thing.id, fact.source, page)
        yield Planned(path, more_reviews.imported_sheet, inputs, ref)


def mention_pages(site: SiteFact, brand: BrandFact, everything: Sequence[Remark]) -> Iterator[Planned]:
    """All pages of what is said of a brand; none where nothing is."""
    size, total = site.per_page, len(everything)
    for number in range(1, mentions.pages_of(total, size) + 1):
        here = everything[(number - 1) * size : number * size]
        yield from mention_page(site, brand, here, total, number)


def mention_page(
    site: SiteFact, brand: BrandFact, here: Sequence[Remark], total: int, number: int
) -> Iterator[Planned]:
    """One page of what is said of a brand, its document, and with the first the feed."""
    inputs = mentions.inputs(site, brand, here, total, number)
    yield Planned(routes.numbered(routes.mentions(brand.id), number), mentions.sheet, inputs, brand.ref)
    yield Planned(routes.mentions_document(brand.id, number), mention_exports.document, inputs, brand.ref)
    if number == 1:
        yield Planned(routes.mentions_atom(brand.id), mention_exports.atom, inputs, brand.ref)
