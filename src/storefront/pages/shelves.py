"""Shelves that belong to no one creator: brands, categories, and the indexes of both."""

from decimal import Decimal

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.facts import BrandFact, Category, RatingFact, ReviewFact, Shelved, Shot, SiteFact
from storefront.pages import frame, jsonld, parts, reviewed, routes, statement, views
from storefront.pages.voice import Voice, voice

REVIEWS = 24


class BrandInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A brand, its products, and every review of them."""

    site: SiteFact
    brand: BrandFact
    shelf: tuple[Shelved, ...]
    reviews: tuple[ReviewFact, ...]
    removed: int = 0


class CategoryInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A category and the products of one of its pages, counted from 1."""

    site: SiteFact
    category: Category
    shelf: tuple[Shelved, ...]
    page: int
    pages: int


class IndexInputs(Struct, frozen=True, kw_only=True, gc=False):
    """The brands or top categories, each with a picture of a thing in it and the number of things."""

    site: SiteFact
    brands: tuple[tuple[BrandFact, Shot | None, int], ...] = ()
    categories: tuple[tuple[Category, Shot | None], ...] = ()


def brand_sheet(inputs: BrandInputs) -> views.Sheet:
    """A brand's page."""
    spoken = voice(inputs.site)
    brand = inputs.brand
    path = routes.brand(brand.id)
    reviews = reviewed.newest_first(inputs.reviews)
    shown = reviews[:REVIEWS]
    ties = [*_ties(inputs.shelf), *statement.of_reviews(shown)]
    described = markdown.excerpt(brand.description) if brand.description else ""
    products = spoken.say("products", len(inputs.shelf))
    first = next((each.thing.shot for each in inputs.shelf if each.thing.shot), None)
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=brand.name, site=inputs.site.title),
        description=described or spoken.say("desc_brand", products=products, brand=brand.name),
        statement=statement.shared(ties, (), spoken),
        crumbs=[spoken.link(spoken.say("nav_brands"), routes.BRANDS), spoken.link(brand.name, path)],
        share=brand.logo or first,
        nodes=[_collection(path, brand.name, inputs.shelf, spoken)],
    )
    view = views.BrandView(
        name=brand.name,
        url=views.Link(text=brand.url.partition("://")[2].rstrip("/"), url=brand.url) if brand.url else None,
        logo=parts.picture(brand.logo, spoken),
        country=locales.country(brand.country, spoken.locale) if brand.country else None,
        html=markdown.render(brand.description) if brand.description else parts.NO_HTML,
        facts=_figures(inputs, spoken),
        cards=tuple(parts.shelf_card(each, spoken) for each in inputs.shelf),
        ties=tuple(
            _tie(byline.name, relationship, since, brand.name, spoken) for byline, relationship, since in brand.ties
        ),
        reviews=tuple(reviewed.review(review, spoken, names_product=True) for review in shown),
        reviews_shown=reviewed.shown_of(len(shown), len(reviews), spoken, inputs.removed),
    )
    return frame.sheet("brand.html", head, view, spoken)


def _collection(path: str, title: str, shelf: tuple[Shelved, ...], spoken: Voice) -> jsonld.Node:
    things = [each.thing for each in shelf]
    paths = [routes.product(thing.id) for thing in things]
    return jsonld.collection(path, title, paths, spoken, [thing.title for thing in things])


def _ties(shelf: tuple[Shelved, ...]) -> list[statement.Tie]:
    return [statement.Tie(each, shelved.thing.brand_name) for shelved in shelf for each in shelved.relationships]


def _tie(name: str, relationship: str, since: str | None, brand: str, spoken: Voice) -> views.Fact:
    what = spoken.say(f"tie_{relationship}", brand=brand)
    return views.Fact(
        label=name, value=spoken.say("tie_since", what=what, day=spoken.day(since).text) if since else what
    )


def _figures(inputs: BrandInputs, spoken: Voice) -> tuple[views.Fact, ...]:
    figures = [spoken.fact("fact_products", len(inputs.shelf)), spoken.fact("fact_reviews", len(inputs.reviews))]
    rated = [Decimal(str(review.rating)) for review in inputs.reviews if review.rating is not None]
    if rated:
        mean = RatingFact(mean=sum(rated, Decimal(0)) / len(rated), count=len(rated))
        figures.append(spoken.fact("fact_mean", parts.stars(mean.mean, mean.count, spoken).value))
    return tuple(figures)


def category_sheet(inputs: CategoryInputs) -> views.Sheet:
    """One page of a category."""
    spoken = voice(inputs.site)
    category = inputs.category
    first = routes.category(category.path[-1][0])
    path = routes.numbered(first, inputs.page)
    title = category.path[-1][1]
    count = spoken.say("products", category.count)
    trail = [spoken.link(spoken.say("nav_categories"), routes.CATEGORIES)]
    trail += [spoken.link(name, routes.category(slugs)) for slugs, name in category.path]
    head = frame.head(
        spoken,
        path=path,
        title=_numbered(
            spoken.say("title_page", title=title, site=inputs.site.title), inputs.page, inputs.pages, spoken
        ),
        description=spoken.say("desc_category", products=count, title=title),
        statement=statement.shared(_ties(inputs.shelf), (), spoken),
        crumbs=trail,
        share=next((each.thing.shot for each in inputs.shelf if each.thing.shot), None),
        nodes=[_collection(path, title, inputs.shelf, spoken)],
    )
    view = views.CategoryView(
        title=title,
        count=count,
        children=tuple(spoken.link(name, routes.category(child)) for child, name, _ in category.children),
        cards=tuple(parts.shelf_card(each, spoken) for each in inputs.shelf),
        pagination=parts.pagination(first, inputs.page, inputs.pages, spoken),
    )
    return frame.sheet("category.html", head, view, spoken)


def _numbered(title: str, page: int, pages: int, spoken: Voice) -> str:
    return title if page == 1 else f"{title} ({spoken.say('page_of', pages, page=page)})"


def index_of_categories(inputs: IndexInputs) -> views.Sheet:
    """All categories at the top, each with those in it."""
    spoken = voice(inputs.site)
    groups = tuple(
        views.IndexGroup(
            title=category.path[-1][1],
            url=spoken.url(routes.category(category.path[-1][0])),
            count=spoken.say("products", category.count),
            picture=parts.picture(shot, spoken),
            links=tuple(spoken.link(name, routes.category(child)) for child, name, _ in category.children),
        )
        for category, shot in inputs.categories
    )
    return _index(routes.CATEGORIES, spoken.say("nav_categories"), groups, spoken)


def index_of_brands(inputs: IndexInputs) -> views.Sheet:
    """All brands."""
    spoken = voice(inputs.site)
    groups = tuple(
        views.IndexGroup(
            title=brand.name,
            url=spoken.url(routes.brand(brand.id)),
            count=spoken.say("products", count),
            picture=parts.picture(brand.logo or shot, spoken),
            links=(),
        )
        for brand, shot, count in inputs.brands
    )
    return _index(routes.BRANDS, spoken.say("nav_brands"), groups, spoken)


def _index(path: str, title: str, groups: tuple[views.IndexGroup, ...], spoken: Voice) -> views.Sheet:
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=title, site=spoken.site.title),
        description=spoken.site.description or title,
        crumbs=[spoken.link(title, path)],
    )
    return frame.sheet("index.html", head, views.IndexView(title=title, groups=groups), spoken)
