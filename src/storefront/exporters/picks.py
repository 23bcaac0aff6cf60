"""Picks as they are given away: the things of creators' lists, each with its link and what is disclosed of it."""

from collections.abc import Iterator

from msgspec import Struct

from storefront import markdown
from storefront.catalog.facts import ListFact, OfferFact, Pick, SiteFact
from storefront.catalog.whole import Catalog
from storefront.pages import parts, routes
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.product import Availability


class Exported(Struct, frozen=True, kw_only=True):
    """A thing of a list. The keys are those of Google Merchant's product feed where it has them.

    `link` is where the page's button leads: the shop, with the creator's tracking. `page` is where the thing stands
    here. `disclosure` are the labels of the page, in its words; `relationships` are the ties behind them.
    """

    creator: str
    creator_name: str
    list: str
    list_title: str
    position: int
    product_id: str | None = None
    title: str
    brand: str | None
    description: str | None
    relationships: tuple[str, ...]
    disclosure: tuple[str, ...]
    note: str | None
    why: str | None
    retired: bool
    reason: str | None
    merchant: str | None = None
    link: str | None = None
    price: str | None = None
    was: str | None = None
    as_of: str | None = None
    availability: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    product_type: str | None = None
    image_link: str | None = None
    page: str


def exported(catalog: Catalog, site: SiteFact) -> list[Exported]:
    """Every thing of every list that is open at the clock, by creator and list, in the list's order."""
    return [
        each
        for (handle, _), fact in sorted(catalog.lists.items())
        for each in _list(fact, catalog, site, voice(site, fact.byline.locale, fact.byline.markets), handle)
    ]


def _list(fact: ListFact, catalog: Catalog, site: SiteFact, spoken: Voice, handle: str) -> Iterator[Exported]:
    for position, pick in enumerate(fact.picks, 1):
        yield _pick(pick, position, fact, catalog, site, spoken, handle)


def _pick(
    pick: Pick, position: int, fact: ListFact, catalog: Catalog, site: SiteFact, spoken: Voice, handle: str
) -> Exported:
    product = catalog.products[pick.thing.id] if pick.thing else None
    offer = None if pick.retired else pick.offer
    ties = tuple(dict.fromkeys((*pick.relationships, *(offer.relationships if offer else ()))))
    shot = pick.shot or (pick.thing.shot if pick.thing else None)
    at = f"{routes.list_page(handle, fact.slug)}#{pick.anchor}"
    return Exported(
        creator=handle,
        creator_name=fact.byline.name,
        list=fact.slug,
        list_title=fact.title,
        position=position,
        product_id=pick.thing.id if pick.thing else None,
        title=pick.title,
        brand=pick.brand_name,
        description=markdown.plain(product.description) if product and product.description else None,
        relationships=tuple(each.value for each in ties),
        disclosure=tuple(badge.text for badge in parts.badges(ties, pick.tie, spoken)),
        note=pick.note,
        why=pick.why,
        retired=pick.retired,
        reason=pick.reason,
        **_offer(offer, site),
        gtin=product.gtin if product else None,
        mpn=product.mpn if product else None,
        product_type=" > ".join(title for _, title in product.category) if product else None,
        image_link=site.url + routes.media(shot.largest[0]) if shot else None,
        page=site.url + (routes.product(pick.thing.id) if pick.thing else at),
    )


def _offer(offer: OfferFact | None, site: SiteFact) -> dict[str, str | None]:
    """Where it is sold; what is sold out has neither price nor link, as on the page."""
    if offer is None:
        return {}
    told: dict[str, str | None] = {"merchant": offer.merchant_name, "availability": offer.availability.value}
    if offer.availability is Availability.OUT_OF_STOCK:
        return told
    link = site.url + offer.route if offer.route else offer.url
    return told | {"link": link, "price": offer.price, "was": offer.was, "as_of": offer.as_of}
