"""Patches: the pages that an edit changes, or none where other pages may show it too.

An edit is small when it changes records of creators or products, and nothing that pages of others tell of them: no
name, title, rating or order, no number of anything, no picture and no window of time. A note, a price, a review's words
are such edits. That nothing else has changed is not believed but looked up: every fact of the slice as it was is
compared with the one that there is now, and must be equal unless all its readers are made anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import Struct, structs

from storefront import content, digests, disclosure, records
from storefront.catalog import agreed, exposed, minors, references, wording
from storefront.catalog.facts import ListFact, Pick, PostFact, ProductFact, Thing
from storefront.catalog.ratings import current
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.whole import Catalog
from storefront.content import Kind, Places, Source
from storefront.edits import relations, slices
from storefront.edits.relations import Relations
from storefront.edits.slices import EditContext, Members, Scope, Slice
from storefront.pages import plan
from storefront.problems import Problem
from storefront.records import Curation, Loaded
from storefront.remembered import Remembered
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.site import Route

OWNED = frozenset({Kind.INFLUENCER, Kind.LIST, Kind.POST, Kind.REVIEW})
ORDERED = ("specs", "highlights", "aspects")  # maps that are shown in the order in which they are written
FILES = 16  # so many files at once are no small edit
SHARE = 3  # a slice of more than a third of all creators saves too little
FREE = ("pronouns", "bio", "interests", "expertise", "profiles")  # of a creator, told on her own page alone


class Patch(Struct):
    """The effect of an edit: the slice that it bears on, as it was and as it is; `fresh` has the records it changed.

    `before` and `after` have the same addresses in the same order. `lines` say where entries of lists begin in the
    files that changed.
    """

    scope: Scope
    fresh: Curation
    places: Places
    before: Slice
    after: Slice
    relations: Relations
    next_change: datetime | None


def patch(
    context: EditContext, changed: Sequence[Source], now: datetime, remembered: Remembered | None = None
) -> Patch | None:
    """The effect of edits of these files at a moment before the next change that is due; None if they are not small."""
    known, owners = context.relations, {source.owner for source in changed if source.kind in OWNED}
    products = {source.name for source in changed if source.kind is Kind.PRODUCT}
    if (
        len(changed) > FILES
        or context.entry.record.route is Route.GO
        or any(source.kind not in OWNED and source.kind is not Kind.PRODUCT for source in changed)
        or not (owners <= known.people.keys() and products <= known.products.keys())
    ):
        return None
    loaded = records.load_files(context.root, changed, remembered)
    old = context.records(slices.all_of(owners, products))
    files = {source.file for source in changed}
    if _names_campaigns(loaded.curation, files) or _names_campaigns(old, files):
        return None
    size = context.site.per_page
    scope = None if loaded.problems else _scope(known, old, loaded.curation, files, size)
    if scope is None:
        return None
    scope = structs.replace(scope, people=scope.people | owners, products=scope.products | products)
    if not scope.people.isdisjoint(_sharing(old)):
        return None
    new = relations.with_edits(known, slices.laid_over(old, loaded.curation), owners)
    taken = slices.members(scope, known, size)
    if any(new.people[owner] != known.people[owner] for owner in owners):
        taken |= slices.members(scope, new, size)
    if len(taken.people) > max(FILES, len(known.people) // SHARE):
        return None
    return _compared(context, scope, loaded, new, context.records(taken), slices.all_of(owners, taken.things), now)


def _sharing(curation: Curation) -> set[str]:
    """The creators whose picks stand on lists of squads, which no slice makes."""
    squads = (entry.record for entry in curation.squads.values())
    return {item.member for squad in squads for shared in squad.lists.values() for item in shared.items}


def _compared(
    context: EditContext,
    scope: Scope,
    loaded: Loaded,
    new: Relations,
    was: Curation,
    edited: Members,
    now: datetime,
) -> Patch | None:
    """The patch, from the records of a slice as they were, if nothing outside its scope has changed."""
    curation = slices.laid_over(was, loaded.curation)
    if _mistaken(context, slices.sliced(curation, edited), loaded.places, now):
        return None
    before = slices.make(context, was, scope, now, Places(partial(content.read, context.root)))
    after = slices.make(context, curation, scope, now, loaded.places)
    due = context.next_change
    if (
        before.problems
        or after.problems
        or (due in before.live.changes and due not in after.live.changes)
        or _leaks(before, after, scope, context.relations, context.site.per_page)
    ):
        return None
    ratings = after.catalog.ratings
    means = {product: ratings[product].rating for product in scope.rated if product in ratings}
    new = structs.replace(relations.with_means(new, means), home=after.home)
    moments = [moment for moment in (due, *after.live.changes) if moment and moment > now]
    return Patch(scope, loaded.curation, loaded.places, before, after, new, min(moments, default=None))


def _names_campaigns(curation: Curation, files: Collection[str]) -> bool:
    """Whether a record in some files names a campaign, or has rights that may run out: pages of others may tell it."""
    owned = (curation.posts, curation.reviews, curation.promos)
    found = [entry for table in owned for entry in table.values() if entry.origin.source.file in files]
    if any(entry.record.campaign or getattr(entry.record, "rights", None) for entry in found):
        return True
    lists = (entry for entry in curation.lists.values() if entry.origin.source.file in files)
    return any(item.campaign for entry in lists for item in entry.record.items)


# What an edit may bear on


def _scope(known: Relations, old: Curation, fresh: Curation, files: Collection[str], size: int) -> Scope | None:
    """Whose pages may change; None if records came or went, or if something differs that other pages show."""
    for name in slices.TABLES:
        there = [key for key, entry in getattr(old, name).items() if entry.origin.source.file in files]
        if there != list(getattr(fresh, name)):
            return None
    differing = {name: list(_differing(getattr(old, name), getattr(fresh, name))) for name in slices.TABLES}
    reviewed = {entry.record.product for pair in differing["reviews"] for entry in pair}
    if (
        differing["promos"]
        or differing["snippets"]
        or not all(_only_free(*pair) for pair in differing["influencers"])
        or not reviewed <= known.products.keys()
    ):
        return None
    people = {entry.owner for pairs in differing.values() for _, entry in pairs if entry.owner}
    products = set(reviewed)
    for before, after in differing["lists"]:
        products |= _products(before.record.items, after.record.items)
    for pair in differing["posts"]:
        products.update(tagged.product for entry in pair for tagged in entry.record.products)
    rated = {
        after.record.product
        for before, after in differing["reviews"]
        if current(before.record) != current(after.record) and after.record.product in known.products
    }
    for product in {after.id for _, after in differing["products"]} | rated:
        showing, beside = _showing(product, known)
        people |= showing
        products |= beside
    brands = {known.products[product].brand for product in reviewed}
    remark_pages = frozenset(_remark_pages(known, differing, size))
    return Scope(
        frozenset(people),
        frozenset(products & known.products.keys()),
        frozenset(brands),
        frozenset(rated),
        remark_pages,
    )


def _remark_pages(
    known: Relations, differing: Mapping[str, Sequence[tuple[Any, Any]]], size: int
) -> Iterator[tuple[str, int]]:
    """The pages of what is said of brands that show something of what differs."""
    names: list[tuple[str, str, str]] = []  # a product, and how the names begin and end of what is said of it
    for before, after in differing["lists"]:
        listed = _products(before.record.items, after.record.items)
        names += [(product, f"pick/{after.owner}/{after.id}/", f"/{product}") for product in listed]
    for before, after in differing["posts"]:
        shown = {tagged.product for entry in (before, after) for tagged in entry.record.products}
        names += [(product, f"post/{after.owner}/{after.id}", f"/{after.id}") for product in shown]
    for _, after in differing["reviews"]:
        product = after.record.product
        names.append((product, f"review/{after.owner}/{after.id}/", f"/{product}"))
    for product, start, end in names:
        if product in known.products:
            brand = known.products[product].brand
            yield from relations.pages_with_remark(known, brand, partial(_is_between, start, end), size)


def _is_between(start: str, end: str, name: str) -> bool:
    return name.startswith(start) and name.endswith(end)


def _showing(product: str, known: Relations) -> tuple[set[str], set[str]]:
    """The creators who show a product, and the products that stand in a post with it, itself among them."""
    showing, beside = set(), {product}
    for handle, named in known.people.items():
        posts = [each for each in named.posts if product in each]
        if posts or product in named.listed:
            showing.add(handle)
            beside.update(*posts)
    return showing, beside


def _differing(old: Mapping[Any, Any], fresh: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return ((old[key], entry) for key, entry in fresh.items() if not _same(entry.record, old[key].record))


def _same(one: Any, other: Any) -> bool:
    """Whether two records are equal, the order of their keys too where pages show it."""
    ordered = (name for name in ORDERED if getattr(one, name, None))
    return bool(one == other) and all(list(getattr(one, name)) == list(getattr(other, name)) for name in ordered)


def _only_free(before: Any, after: Any) -> bool:
    """Whether two records of a creator differ only in what her own page alone tells."""
    kept: Influencer = structs.replace(after.record, **{name: getattr(before.record, name) for name in FREE})
    return bool(kept == before.record)


def _products(before: Sequence[Any], after: Sequence[Any]) -> set[str]:
    """The products of the items of a list that differ; of all, where there are more or fewer."""
    if len(before) != len(after):
        return {item.product for item in (*before, *after) if item.product}
    pairs = ((one, other) for one, other in zip(before, after, strict=True) if one != other)
    return {item.product for pair in pairs for item in pair if item.product}


def _alone(curation: Curation) -> Curation:
    """Records of a slice without what names creators or products that it may lack; that is judged when it changes."""
    squads = {
        key: structs.replace(entry, record=structs.replace(entry.record, members=(), lists={}, minors=False))
        for key, entry in curation.squads.items()
    }
    thankful = {key: entry for key, entry in curation.brands.items() if entry.record.thanks}
    silent = {
        key: structs.replace(entry, record=structs.replace(entry.record, thanks=())) for key, entry in thankful.items()
    }
    unmanned = {
        key: structs.replace(
            entry, record=structs.replace(entry.record, participants=(), schedule=(), deliverables=(), exclusivity=())
        )
        for key, entry in curation.campaigns.items()
    }
    brands = {**curation.brands, **silent}
    return structs.replace(curation, squads=squads, brands=brands, campaigns=unmanned, recalls={})


def _mistaken(context: EditContext, edited: Curation, places: Places, now: datetime) -> bool:
    """Whether the checks find anything in the records of those who were edited, and in the products they name."""
    own = disclosure.of_site(context.root)
    if any(agreed.check(edited, places, own, now)):
        return True
    edited = _alone(edited)
    found: list[Problem] = references.check(edited, places, context.networks, own)
    young = context.relations.minors
    return bool(
        found or wording.check(edited, places) or exposed.check(edited, places) or minors.check(edited, places, young)
    )


# Whether anything else has changed


def _leaks(before: Slice, after: Slice, scope: Scope, known: Relations, size: int) -> bool:
    """Whether a fact that pages outside the scope read is not what it was."""
    return (
        _pictured(before) != _pictured(after)
        or [page.path for page in before.pages] != [page.path for page in after.pages]
        or before.cards != after.cards
        or _told_elsewhere(before.catalog, scope) != _told_elsewhere(after.catalog, scope)
        or not _within(before.catalog, after.catalog, scope)
        or not _remarks_within(before.catalog, after.catalog, scope, known, size)
    )


def _remarks_within(before: Catalog, after: Catalog, scope: Scope, known: Relations, size: int) -> bool:
    """Whether as much is said of each brand, on the same days, and what changed stands on pages of the scope."""
    was, now = slices.remarks_in(before), slices.remarks_in(after)
    if {key: said.day for key, said in was.items()} != {key: said.day for key, said in now.items()}:
        return False
    changed = [key for key, said in now.items() if said != was[key]]
    pages = {page for brand, name in changed for page in relations.pages_with_remark(known, brand, name.__eq__, size)}
    return pages <= scope.remark_pages


def _pictured(part: Slice) -> set[Any]:
    return {(each.file, each.focus, each.slots, each.origin) for each in part.wanted}


def _told_elsewhere(catalog: Catalog, scope: Scope) -> tuple[Any, ...]:
    """All that pages of others, and those of the site as a whole, tell of the records of a slice."""
    people = {handle: fact for handle, fact in catalog.people.items() if handle in scope.people}
    products = {product: fact for product, fact in catalog.products.items() if product in scope.products}
    return (
        catalog.bylines,
        {name: _but_for_mean(thing) if name in scope.rated else thing for name, thing in catalog.things.items()},
        catalog.aliases,
        {handle: (fact.tagline, fact.location, fact.things, fact.reviews) for handle, fact in people.items()},
        [(key, fact.title) for key, fact in catalog.lists.items()],
        [(key, fact.date) for key, fact in catalog.posts.items()],
        {key: _of_review(fact) for key, fact in catalog.reviews.items()},
        catalog.removed,
        catalog.review_pages,
        {product: (fact.category, plan.ties_of(catalog, product)) for product, fact in products.items()},
        {product: catalog.ratings[product].rating for product in products if product not in scope.rated},
        catalog.imported,
        {name: catalog.brands[name] for name in scope.brands},
        _links(catalog, people, products.values()),
    )


def _but_for_mean(thing: Thing) -> Thing:
    return structs.replace(thing, rating=None)


def _of_review(fact: ReviewFact) -> tuple[Any, ...]:
    return fact.product, fact.date, fact.page, fact.verification, fact.relationships


def _links(catalog: Catalog, people: Collection[str], products: Iterable[ProductFact]) -> set[tuple[Any, ...]]:
    """The networks and sub-ids of all links in a scope: a page tells of all networks, and no sub-id may be twice."""
    lists = [fact.picks for (handle, _), fact in catalog.lists.items() if handle in people]
    posts = [fact.picks for (handle, _), fact in catalog.posts.items() if handle in people]
    offers = [pick.offer for picks in (*lists, *posts) for pick in picks]
    offers += [offer for fact in products for offer in fact.offers]
    return {(offer.network, offer.subid) for offer in offers if offer}


def _within(before: Catalog, after: Catalog, scope: Scope) -> bool:
    """Whether all facts that are not what they were are read by pages of the scope alone."""
    return (
        all(_list_within(before.lists[key], fact, scope) for key, fact in _changed(before.lists, after.lists))
        and all(_post_within(fact, scope) for _, fact in _changed(before.posts, after.posts))
        and all(_review_within(fact, scope) for _, fact in _changed(before.reviews, after.reviews))
        and all(fact.byline.handle in scope.people for _, fact in _changed(before.people, after.people))
    )


def _changed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return ((key, fact) for key, fact in after.items() if fact != before[key])


def _list_within(before: ListFact, after: ListFact, scope: Scope) -> bool:
    """A list is read by its creator's pages, each pick also by that of its product."""
    differing = _picked(before.picks) ^ _picked(after.picks)
    return after.byline.handle in scope.people and {product for product, _ in differing} <= scope.products


def _picked(picks: Iterable[Pick]) -> set[tuple[str, str]]:
    return {(pick.thing.id, digests.of_value(pick)) for pick in picks if pick.thing}


def _post_within(fact: PostFact, scope: Scope) -> bool:
    """A post is read by its creator's pages and by those of its products; the newest ones by the first page, too."""
    products = {pick.thing.id for pick in fact.picks if pick.thing}
    return fact.byline.handle in scope.people and products <= scope.products


def _review_within(fact: ReviewFact, scope: Scope) -> bool:
    return fact.byline.handle in scope.people and fact.product in scope.products and fact.brand in scope.brands
