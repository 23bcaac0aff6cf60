"""Groups that catalogs derive: who picks a product, who has ties to a brand, and which categories there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from storefront import slugs
from storefront.catalog.facts import BrandFact, Byline, Category, ListFact, Mention, ProductFact
from storefront.catalog.live import Live
from storefront.catalog.relationships import ties_to
from storefront.catalog.shots import Shot
from storefront.content import Origin, Places
from storefront.digests import of_bytes
from storefront.problems import Problem
from storefront.records import Entry
from storefront.vocabulary.trade import Brand

LONGEST = 200  # letters; file systems take names of 255 bytes


def mentions_of(lists: Iterable[ListFact]) -> dict[str, tuple[Mention, ...]]:
    """Every pick of every list, by product, in order of creator and list."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for entry in lists:
        for pick in entry.picks:
            if pick.thing:
                ref = f"mention:{entry.byline.handle}/{entry.slug}/{pick.anchor}"
                mention = Mention(ref=ref, byline=entry.byline, list_slug=entry.slug, list_title=entry.title, pick=pick)
                found[pick.thing.id].append(mention)
    return {product: tuple(mentions) for product, mentions in found.items()}


def brand_of(
    entry: Entry[Brand], ref: str, logo: Shot | None, live: Live, bylines: Mapping[str, Byline], today: str
) -> BrandFact:
    """A brand, with the creators who have a tie to it today."""
    record = entry.record
    ties = (
        (bylines[handle], tie.kind, tie.since)
        for handle, person in live.influencers.items()
        for tie in person.record.relationships
        if tie.brand == entry.id and ties_to(entry.id, [tie], today)
    )
    return BrandFact(
        ref=ref,
        id=entry.id,
        name=record.name,
        url=record.url,
        logo=logo,
        description=record.description,
        country=record.country,
        ties=tuple(ties),
    )


def category_path(text: str) -> tuple[tuple[str, str], ...]:
    """A path such as "Kitchen > Cookware" as ((kitchen, Kitchen), (kitchen/cookware, Cookware))."""
    titles = [part.strip() for part in text.split(">") if part.strip()]
    names = [_folder(title) for title in titles]
    return tuple(("/".join(names[: i + 1]), title) for i, title in enumerate(titles))


def _folder(title: str) -> str:
    """The slug of a category; with its digest where no folder can have that name, or it is too long for one."""
    name = slugs.slug(title)
    if name and name not in slugs.DEVICES and len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST]}-{of_bytes(title.encode(), 4)}".strip("-")


def category_clashes(
    products: Iterable[ProductFact], origins: Mapping[str, Origin], places: Places
) -> Iterator[Problem]:
    """Categories that differ in case or marks only, and would stand at one address."""
    first: dict[str, tuple[ProductFact, str]] = {}
    for product in products:
        for path, title in product.category:
            other, name = first.setdefault(path, (product, title))
            if name != title:
                here, there = (places.of(origins[fact.ref], "category") for fact in (product, other))
                message = f"the categories {title} and {name} would stand at one address; the other one is at {there}"
                yield Problem("duplicate-url", message, here, "Write both in the same way.", (there,))
                break


def categories_of(products: Iterable[ProductFact]) -> dict[str, Category]:
    """Every category that a product is in, with those below it, by slug path."""
    counts: dict[str, int] = defaultdict(int)
    paths: dict[str, tuple[tuple[str, str], ...]] = {}
    for product in products:
        for depth, (path, _) in enumerate(product.category):
            counts[path] += 1
            paths.setdefault(path, product.category[: depth + 1])
    children: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        children[path.rpartition("/")[0]].append(path)
    return {
        path: Category(
            ref=f"category:{path}",
            path=paths[path],
            children=tuple((child, paths[child][-1][1], counts[child]) for child in sorted(children[path])),
            count=counts[path],
        )
        for path in sorted(paths)
    }
