"""What a site knows of its own addresses: whose page each is, and where each link to a shop stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import structs

from storefront.gather import Gathered
from storefront.logs.hits import PLACED, Place, SiteAddresses
from storefront.pages import routes
from storefront.pages.placements import Placement, placements
from storefront.records import Curation


def addresses_of(gathered: Gathered) -> SiteAddresses:
    """The addresses of a site, as a log of it names them."""
    catalog, site = gathered.catalog, gathered.site
    handles = {handle: handle for handle in catalog.people} | dict(catalog.aliases)
    pages = (_page(page.path, catalog.people) for page in gathered.pages if page.path.endswith(("/", ".html")))
    record = gathered.curation.site
    return SiteAddresses(
        places=[*pages, *_links(list(placements(catalog)), gathered)],
        handles=handles,
        products=tuple(catalog.things),
        hosts=(urlsplit(site.url).hostname or "",),
        base=site.base,
        zone=record.record.timezone if record else "UTC",
        beacon=(urlsplit(site.beacon).path or "/") if site.beacon else None,
        folders=(routes.media(""), routes.asset("")),
    )


def _page(path: str, people: Iterable[str]) -> Place:
    """A page: of a creator, one of her lists or posts, or a product."""
    first, *rest = path.strip("/").split("/")
    creator = first if first in people else ""
    product = rest[0] if first == "products" and rest else ""
    slot = ""
    if creator and len(rest) > 1 and rest[0] in {"lists", "posts"}:
        slot = rest[1] if rest[0] == "lists" else f"post {rest[1]}"
    return Place(key=path, path=path, creator=creator, page=path, slot=slot, product=product)


def _links(found: list[Placement], gathered: Gathered) -> Iterator[Place]:
    """Every link: by its redirect, by its sub-id, and by where it leads, for who clicks are told by a beacon."""
    campaigns = campaigns_of_links(gathered.curation)
    by_url: dict[str, list[Place]] = defaultdict(list)
    urls = dict(_urls(gathered))
    for each in found:
        place = Place(
            key=each.subid,
            path=each.route,
            creator=each.creator,
            page=each.page,
            slot=each.slot,
            product=each.product,
            merchant=each.merchant,
            campaign=campaign_of(campaigns, each.creator, each.slot, each.product),
        )
        yield place
        if each.route:
            yield structs.replace(place, key=each.route)
        if url := urls.get((each.page, each.subid)):
            by_url[url].append(structs.replace(place, key=url, path=each.route or each.page))
    for places in by_url.values():
        yield from {place.page: structs.replace(place, on=place.page) for place in places}.values()
        shared = {name: {getattr(place, name) for place in places} for name in ("path", *PLACED)}
        yield structs.replace(places[0], **{name: one.pop() if len(one) == 1 else "" for name, one in shared.items()})


def _urls(gathered: Gathered) -> Iterator[tuple[tuple[str, str], str]]:
    """Where each link leads, by its page and sub-id."""
    catalog = gathered.catalog
    for entry in catalog.lists.values():
        page = routes.list_page(entry.byline.handle, entry.slug)
        yield from (((page, p.offer.subid), p.offer.url) for p in entry.picks if p.offer and p.offer.subid)
    for post in catalog.posts.values():
        page = routes.post(post.byline.handle, post.id)
        yield from (((page, p.offer.subid), p.offer.url) for p in post.picks if p.offer and p.offer.subid)
    for product in catalog.products.values():
        page = routes.product(product.thing.id)
        yield from (((page, offer.subid), offer.url) for offer in product.offers if offer.subid)


def campaigns_of_links(curation: Curation) -> dict[tuple[str, str, str], str]:
    """The campaign of a creator's post, or of one thing in a list: by her handle, the slot, and the thing if it is one.

    `campaign_of` looks into it.
    """
    found = {}
    for (handle, slug), entry in curation.lists.items():
        for item in entry.record.items:
            if item.campaign:
                found[handle, slug, item.product or ""] = item.campaign
    for (handle, identity), post in curation.posts.items():
        if post.record.campaign:
            found[handle, f"post {identity}", ""] = post.record.campaign
    return found


def campaign_of(campaigns: Mapping[tuple[str, str, str], str], creator: str, slot: str, product: str) -> str:
    """The campaign that a link names; none, if it names none."""
    return campaigns.get((creator, slot, product)) or campaigns.get((creator, slot, "")) or ""
