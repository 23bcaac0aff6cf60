"""The further pages of a product's reviews, where there are too many for the product's own page.

Each is its own canonical page and may be indexed, as Google asks of paginated content
(developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading): what stands on page
two is nobody's duplicate. Structured data about the product stays on the product's page.
"""

from functools import partial

from msgspec import Struct

from storefront.catalog.facts import SiteFact, Thing
from storefront.catalog.review_facts import Extent, ImportedFact, Ratings, RemovedFact, ReviewFact
from storefront.pages import filters, frame, imported, parts, rated, reviewed, routes, statement, views
from storefront.pages.voice import Voice, voice


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """The reviews of one page, counted from 1, with the ratings of all pages together."""

    site: SiteFact
    thing: Thing
    ratings: Ratings
    extent: Extent
    reviews: tuple[ReviewFact, ...]
    removed: tuple[RemovedFact, ...]
    page: int


class ImportedInputs(Struct, frozen=True, kw_only=True, gc=False):
    """One page of imported reviews. `fact` holds those of this page alone, and the ratings of all `total`."""

    site: SiteFact
    thing: Thing
    fact: ImportedFact
    total: int
    page: int
    pages: int


def sheet(inputs: Inputs) -> views.Sheet:
    """A page of creators' reviews."""
    spoken, extent = voice(inputs.site), inputs.extent
    reviews = reviewed.newest_first(inputs.reviews)
    shown = tuple(reviewed.review(review, spoken, names_product=False) for review in reviews)
    where = partial(routes.reviews_of, inputs.thing.id)
    view = views.ProductReviewsView(
        title=spoken.say("reviews_of", title=inputs.thing.title),
        product=spoken.link(inputs.thing.title, routes.product(inputs.thing.id)),
        aggregate=rated.aggregate(inputs.ratings, spoken),
        filters=filters.of_reviews(shown, spoken),
        reviews=shown,
        removed=tuple(
            reviewed.removed(fact, spoken, names_product=False) for fact in reviewed.newest_first(inputs.removed)
        ),
        reviews_shown=reviewed.shown_of(len(reviews), extent.reviews, spoken, extent.removed),
        imported=None,
        pagination=parts.turning(where, inputs.page, extent.pages, spoken),
    )
    said = statement.site_statement(statement.of_reviews(reviews), (), spoken)
    head = _head(inputs.thing, where(inputs.page), (inputs.page, extent.pages), said, spoken)
    return frame.sheet("product-reviews.html", head, view, spoken)


def imported_sheet(inputs: ImportedInputs) -> views.Sheet:
    """A page of what the customers of one publisher say."""
    spoken, thing = voice(inputs.site), inputs.thing
    where = partial(routes.imported, thing.id, inputs.fact.source)
    pagination = parts.turning(where, inputs.page, inputs.pages, spoken)
    view = views.ProductReviewsView(
        title=spoken.say("reviews_of", title=thing.title),
        product=spoken.link(thing.title, routes.product(thing.id)),
        aggregate=None,
        filters=None,
        reviews=(),
        removed=(),
        reviews_shown="",
        imported=imported.further(inputs.fact, inputs.total, pagination, spoken),
        pagination=None,
    )
    head = _head(thing, where(inputs.page), (inputs.page, inputs.pages), None, spoken)
    return frame.sheet("product-reviews.html", head, view, spoken)


def _head(thing: Thing, path: str, at: tuple[int, int], said: views.Statement | None, spoken: Voice) -> views.Page:
    title = spoken.say("reviews_of", title=thing.title)
    numbered = f"{title} ({spoken.say('page_of', at[1], page=at[0])})"
    return frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=numbered, site=spoken.site.title),
        description=numbered,
        statement=said,
        crumbs=[spoken.link(thing.title, routes.product(thing.id)), spoken.link(numbered, path)],
        share=thing.shot,
    )
