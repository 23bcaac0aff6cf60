"""Offers as they stand at the clock: prices while they are fresh, the right shop for where a creator lives."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from storefront.clock import Clock, end_of, start_of
from storefront.vocabulary.product import Availability, Offer
from storefront.vocabulary.trade import Merchant


class Price(Struct, frozen=True):
    """What an offer shows now, and when that changes next."""

    price: str | None
    was: str | None
    as_of: str | None
    availability: Availability
    changes: tuple[datetime, ...]


STALE = Price(None, None, None, Availability.IN_STOCK, ())


def judge(offer: Offer, merchant: Merchant, site_days: int, clock: Clock) -> Price:
    """Price, struck price and stock of an offer; what is older than the shop's or the site's limit is not shown."""
    if not offer.as_of:
        return Price(None, None, None, offer.availability, ())
    expires = start_of(offer.as_of, clock.zone) + timedelta(days=merchant.prices.max_age_days or site_days)
    if expires <= clock.now:
        return STALE
    if not offer.price or not merchant.prices.show:
        return Price(None, None, offer.as_of[:10], offer.availability, (expires,))
    on_sale, changes = _sale(offer, clock)
    price, was = (offer.sale_price, offer.price) if on_sale else (offer.price, None)
    return Price(price, was, offer.as_of[:10], offer.availability, (expires, *changes))


def _sale(offer: Offer, clock: Clock) -> tuple[bool, tuple[datetime, ...]]:
    """Whether the sale price holds now, and the moments at which that may change."""
    if not offer.sale_price:
        return False, ()
    if not offer.sale_price_effective_date:
        return True, ()
    first, last = offer.sale_price_effective_date.split("/")
    begin, end = start_of(first, clock.zone), end_of(last, clock.zone)
    return begin <= clock.now < end, tuple(moment for moment in (begin, end) if moment > clock.now)


def preferred(offers: Sequence[tuple[Offer, Price]], country: str | None) -> int | None:
    """The index of the offer to show first: one that delivers to the country, then one in stock, then as written."""
    if not offers:
        return None
    return min(range(len(offers)), key=lambda index: (*_rank(*offers[index], country), index))


def _rank(offer: Offer, price: Price, country: str | None) -> tuple[bool, bool]:
    near = not offer.regions or country is None or any(region[:2] == country for region in offer.regions)
    return (not near, price.availability is Availability.OUT_OF_STOCK)
