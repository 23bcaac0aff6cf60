"""A patch laid over the whole site that it was made for."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import structs

from storefront.catalog.whole import Catalog
from storefront.edits import slices
from storefront.edits.patching import Patch
from storefront.edits.relations import Relations
from storefront.edits.slices import EditContext
from storefront.gather import Gathered


def context_of(gathered: Gathered, known: Relations) -> EditContext:
    """What edits leave as it is of a site that is held in memory."""
    site, whole = gathered.curation.site, gathered.curation
    assert site is not None  # noqa: S101  nothing is gathered without one
    return EditContext(
        root=gathered.root,
        entry=site,
        site=gathered.site,
        theme=gathered.theme,
        networks=gathered.networks,
        made=gathered.made,
        next_change=gathered.next_change,
        relations=known,
        records=partial(slices.sliced, whole),
        shown=gathered.shown,
    )


def apply_patch(gathered: Gathered, patch: Patch, now: datetime) -> Gathered:
    """The site after an edit. What the edit does not bear on is the same, and not only equal."""
    pages = {page.path: page for page in patch.after.pages}
    for file in {entry.origin.source.file for table in _tables(patch) for entry in table}:
        gathered.places.renew(file, patch.places)
    return structs.replace(
        gathered,
        curation=slices.laid_over(gathered.curation, patch.fresh),
        catalog=_catalog(gathered.catalog, patch),
        pages=[pages.get(page.path, page) for page in gathered.pages],
        now=now,
        next_change=patch.next_change,
    )


def _tables(patch: Patch) -> list[Any]:
    return [getattr(patch.fresh, name).values() for name in slices.TABLES]


def _catalog(whole: Catalog, patch: Patch) -> Catalog:
    scope, part = patch.scope, patch.after.catalog

    def of_people(table: Mapping[Any, Any]) -> dict[Any, Any]:
        return {key: fact for key, fact in table.items() if key[0] in scope.people}

    def of_products(table: Mapping[str, Any]) -> dict[str, Any]:
        return {product: table[product] for product in scope.products if product in table}

    lists, posts, products = of_people(part.lists), of_people(part.posts), of_products(part.products)
    refs = [fact.ref for table in (lists, posts, products) for fact in table.values()]
    unmentioned = scope.products - part.mentions.keys()
    mentions = {product: each for product, each in whole.mentions.items() if product not in unmentioned}
    return structs.replace(
        whole,
        people=whole.people | {handle: part.people[handle] for handle in scope.people if handle in part.people},
        lists=whole.lists | lists,
        posts=whole.posts | posts,
        reviews=whole.reviews | of_people(part.reviews),
        things=whole.things | {product: part.things[product] for product in scope.rated if product in part.things},
        products=whole.products | products,
        ratings=whole.ratings | of_products(part.ratings),
        mentions=mentions | of_products(part.mentions),
        brands=whole.brands | {name: part.brands[name] for name in scope.brands if name in part.brands},
        answers=whole.answers | {name: part.answers[name] for name in scope.brands if name in part.answers},
        origins=whole.origins | part.origins,
        entries=whole.entries | {ref: part.entries[ref] for ref in refs},
        next_change=patch.next_change,
    )
