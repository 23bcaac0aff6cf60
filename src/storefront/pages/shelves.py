"""Shelves that belong to no one creator: categories, and the indexes of brands and categories."""

from msgspec import Struct

from storefront.catalog.facts import BrandFact, Category, Shelved, SiteFact
from storefront.catalog.shots import Shot
from storefront.pages import frame, jsonld, parts, pictures, routes, statement, views
from storefront.pages.voice import Voice, voice


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


def collection_of(path: str, title: str, shelf: tuple[Shelved, ...], spoken: Voice) -> jsonld.Node:
    """A shelf as structured data."""
    things = [each.thing for each in shelf]
    paths = [routes.product(thing.id) for thing in things]
    return jsonld.collection(path, title, paths, spoken, [thing.title for thing in things])


def ties_of(shelf: tuple[Shelved, ...]) -> list[statement.Tie]:
    """The ties behind the shop links of a shelf."""
    return [statement.Tie(each, shelved.thing.brand_name) for shelved in shelf for each in shelved.relationships]


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
        title=numbered(
            spoken.say("title_page", title=title, site=inputs.site.title), inputs.page, inputs.pages, spoken
        ),
        description=spoken.say("desc_category", products=count, title=title),
        statement=statement.site_statement(ties_of(inputs.shelf), (), spoken),
        crumbs=trail,
        share=next((each.thing.shot for each in inputs.shelf if each.thing.shot), None),
        nodes=[collection_of(path, title, inputs.shelf, spoken)],
    )
    view = views.CategoryView(
        title=title,
        count=count,
        children=tuple(spoken.link(name, routes.category(child)) for child, name, _ in category.children),
        cards=tuple(parts.shelf_card(each, spoken) for each in inputs.shelf),
        pagination=parts.pagination(first, inputs.page, inputs.pages, spoken),
    )
    return frame.sheet("category.html", head, view, spoken)


def numbered(title: str, page: int, pages: int, spoken: Voice) -> str:
    """A title with its page, from the second on."""
    return title if page == 1 else f"{title} ({spoken.say('page_of', pages, page=page)})"


def index_of_categories(inputs: IndexInputs) -> views.Sheet:
    """All categories at the top, each with those in it."""
    spoken = voice(inputs.site)
    groups = tuple(
        views.IndexGroup(
            title=category.path[-1][1],
            url=spoken.url(routes.category(category.path[-1][0])),
            count=spoken.say("products", category.count),
            picture=pictures.picture(shot, "card", spoken),
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
            picture=pictures.picture(brand.logo or shot, "card", spoken),
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
