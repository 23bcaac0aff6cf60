"""A product with everyone's picks and reviews of it."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.facts import Mention, OfferFact, PostFact, PreviewFact, ProductFact, SiteFact
from storefront.catalog.review_facts import Extent, ImportedFact, Ratings, RemovedFact, ReviewFact
from storefront.pages import (
    filters,
    frame,
    imported,
    jsonld,
    parts,
    pictures,
    rated,
    reviewed,
    routes,
    statement,
    views,
)
from storefront.pages.voice import Voice, voice

CRITICAL = 3  # a rating of so many stars or fewer is a critical one


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """A product, its ratings, every pick, review and post of it, and what customers elsewhere say.

    Where reviews fill several pages, `extent` says how many there are; `reviews` and `removed` are then the newest,
    and `quoted` those on further pages that may stand beside the shops.
    """

    site: SiteFact
    product: ProductFact
    ratings: Ratings
    mentions: tuple[Mention, ...]
    reviews: tuple[ReviewFact, ...]
    posts: tuple[PostFact, ...]
    imported: tuple[ImportedFact, ...] = ()
    removed: tuple[RemovedFact, ...] = ()
    extent: Extent | None = None
    quoted: tuple[ReviewFact, ...] = ()
    preview: PreviewFact | None = None


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    spoken = voice(inputs.site)
    return frame.sheet("product.html", _head(inputs, spoken), _view(inputs, spoken), spoken)


def _head(inputs: Inputs, spoken: Voice) -> views.Page:
    product = inputs.product
    thing = product.thing
    extent = inputs.extent
    reviews = spoken.say("reviews", extent.reviews if extent else len(inputs.reviews))
    described = markdown.excerpt(product.description) if product.description else ""
    trail = [spoken.link(title, routes.category(path)) for path, title in product.category]
    path = routes.product(thing.id)
    return frame.head(
        spoken,
        path=path,
        title=spoken.say("title_product", site=inputs.site.title, title=thing.title, brand=thing.brand_name),
        description=described or spoken.say("desc_product", reviews=reviews, title=thing.title, brand=thing.brand_name),
        statement=stated(inputs, spoken),
        crumbs=[*trail, spoken.link(thing.title, path)],
        og_type="product",
        share=inputs.preview or thing.shot,
        nodes=[jsonld.product(product, inputs.reviews, spoken, insiders=bool(extent and extent.insiders))],
    )


def stated(inputs: Inputs, spoken: Voice) -> views.Statement | None:
    """The statement of the page."""
    picks = [mention.pick for mention in inputs.mentions]
    ties = chain(  # the statement of a shared page wants to know of the first alone
        statement.of_offers(inputs.product.offers),
        statement.of_picks(picks),
        statement.of_reviews(inputs.reviews),
        statement.of_reviews(inputs.quoted),
        statement.of_posts(inputs.posts),
    )
    networks = statement.networks_of([*inputs.product.offers, *(pick.offer for pick in picks)], spoken)
    return statement.site_statement(ties, networks, spoken)


def _view(inputs: Inputs, spoken: Voice) -> views.ProductView:
    product = inputs.product
    thing = product.thing
    replaced = thing.replaced_by
    reviews = reviewed.newest_first(inputs.reviews)
    told = tuple(reviewed.review(review, spoken, names_product=False) for review in reviews)
    extent = inputs.extent or Extent(reviews=len(reviews), removed=len(inputs.removed), pages=1, insiders=False)
    quotable = [*reviews, *inputs.quoted] if inputs.quoted else reviews
    praise, critical = best(quotable), worst(quotable)
    return views.ProductView(
        title=thing.title,
        brand=spoken.link(thing.brand_name, routes.brand(thing.brand)),
        category=tuple(spoken.link(title, routes.category(path)) for path, title in product.category),
        pictures=tuple(shown for shot in product.shots if (shown := pictures.picture(shot, "product", spoken))),
        notice=spoken.say("discontinued") if thing.discontinued else None,
        replaced_by=spoken.link(replaced[1], routes.product(replaced[0])) if replaced else None,
        verdict=_verdict(praise, spoken) if praise else None,
        critical=_verdict(critical, spoken) if critical else None,
        shops=tuple(parts.shop(offer, thing.title, thing.brand_name, spoken) for offer in product.offers),
        delivery=_delivery(product.offers, spoken),
        html=markdown.render(product.description) if product.description else parts.NO_HTML,
        specs=tuple(views.Fact(label=key, value=value) for key, value in product.specs),
        highlights=tuple(views.Fact(label=key, value=value) for key, value in product.highlights),
        best_for=product.best_for,
        not_for=product.not_for,
        variants=product.variants,
        aggregate=rated.aggregate(inputs.ratings, spoken, imported.share(inputs.imported, extent.reviews, spoken)),
        mentions=tuple(mention(each, spoken) for each in inputs.mentions),
        posts=tuple(parts.post_teaser(post, spoken) for post in parts.newest_posts(inputs.posts)),
        filters=filters.of_reviews(told, spoken),
        reviews=told,
        pagination=parts.turning(partial(routes.reviews_of, thing.id), 1, extent.pages, spoken),
        imported=tuple(imported.source(fact, thing.id, spoken) for fact in inputs.imported),
        removed=tuple(
            reviewed.removed(fact, spoken, names_product=False) for fact in reviewed.newest_first(inputs.removed)
        ),
        reviews_shown=reviewed.shown_of(len(reviews), extent.reviews, spoken, extent.removed),
    )


def _delivery(offers: Sequence[OfferFact], spoken: Voice) -> tuple[views.Link, ...]:
    """A static page cannot know the reader's country, so she picks it; no choice where every shop delivers alike."""
    delivers = [frozenset(region[:2] for region in offer.regions) for offer in offers]
    if len(set(delivers)) < 2:  # noqa: PLR2004
        return ()
    countries = dict.fromkeys(region[:2] for offer in offers for region in offer.regions)
    first = {
        country: next(n for n, there in enumerate(delivers, 1) if country in there or not there)
        for country in countries
    }
    return tuple(
        views.Link(text=locales.country(country, spoken.locale), url=f"#shop-{number}")
        for country, number in first.items()
    )


def best(reviews: Sequence[ReviewFact]) -> ReviewFact | None:
    """The newest of the best rated reviews that say something, when they praise."""
    said = [r for r in reviews if r.rating is not None and r.rating > CRITICAL and (r.title or r.body)]
    return max(said, key=lambda review: review.rating or 0, default=None)


def worst(reviews: Sequence[ReviewFact]) -> ReviewFact | None:
    """The newest of the worst rated reviews that say something, when they do not praise."""
    said = [r for r in reviews if r.rating is not None and r.rating <= CRITICAL and (r.title or r.body)]
    return min(said, key=lambda review: review.rating or 0, default=None)


def _verdict(review: ReviewFact, spoken: Voice) -> views.Verdict:
    return views.Verdict(
        text=review.title or markdown.excerpt(review.body or "", 140),
        lang=parts.language_if_other(review.byline.locale, spoken),
        author=parts.byline(review.byline, spoken),
        got=reviewed.chip(review, spoken),
        disclosure=reviewed.beside_quote(review, spoken),
        stars=rated.own_stars(review.rating, spoken),
        url=_place(review, spoken),
    )


def _place(review: ReviewFact, spoken: Voice) -> str:
    """Where a quoted review stands: further down, or on a further page."""
    if review.page == 1:
        return f"#{routes.review_anchor(review.byline.handle, review.id)}"
    return spoken.url(routes.review(review.product, review.byline.handle, review.id, review.page))


def mention(
    fact: Mention, spoken: Voice, product: views.Link | None = None, picture: views.Picture | None = None
) -> views.Mention:
    """A creator's pick; `product` and its picture are told on pages that are not the product's own."""
    pick = fact.pick
    brand = pick.tie
    return views.Mention(
        author=parts.byline(fact.byline, spoken),
        lang=parts.language_if_other(fact.byline.locale, spoken),
        list=spoken.link(fact.list_title, routes.list_page(fact.byline.handle, fact.list_slug)),
        note=pick.note,
        why=pick.why,
        got=parts.got(pick.relationships, spoken),
        badges=parts.badges(pick.relationships, brand, spoken),
        facts=parts.facts(pick, spoken),
        promo=None if pick.retired else parts.promo(pick.promo, brand, spoken),
        shop=parts.shop(pick.offer, pick.title, brand, spoken) if pick.offer else None,
        retired=parts.retired(pick, spoken),
        product=product,
        picture=picture,
    )
