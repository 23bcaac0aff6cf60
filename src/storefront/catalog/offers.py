"""Offers as they stand at the clock: prices while they are fresh, the right shop for where a creator lives."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.clock import Clock, end_of, later, start_of
from storefront.vocabulary.product import Availability, Offer
from storefront.vocabulary.trade import Merchant


class Price(Struct, frozen=True):
    """What an offer shows now, and when that changes next."""

    price: str | None
    was: str | None
    as_of: str | None
    availability: Availability
    changes: tuple[datetime, ...]


# The member states of the European Union since 2020.
EU = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
STALE = Price(None, None, None, Availability.IN_STOCK, ())


def judge(offer: Offer, merchant: Merchant, site_days: int, clock: Clock) -> Price:
    """Price, struck price and stock of an offer; what is older than the shop's or the site's limit is not shown."""
    if not offer.as_of:
        return Price(None, None, None, offer.availability, ())
    expires = _expiry(offer.as_of, merchant.prices.max_age_days or site_days, clock.zone)
    if expires <= clock.now:
        return STALE
    if not offer.price or not merchant.prices.show:
        return Price(None, None, offer.as_of[:10], offer.availability, (expires,))
    on_sale, changes = _sale(offer, clock)
    price, was = (offer.sale_price, offer.price) if on_sale else (offer.price, None)
    return Price(price, was, offer.as_of[:10], offer.availability, (expires, *changes))


@lru_cache(maxsize=4096)  # many offers were looked up on the same day
def _expiry(as_of: str, days: int, zone: ZoneInfo) -> datetime:
    return later(start_of(as_of, zone), days)


def _sale(offer: Offer, clock: Clock) -> tuple[bool, tuple[datetime, ...]]:
    """Whether the sale price holds now, and the moments at which that may change."""
    if not offer.sale_price:
        return False, ()
    if not offer.sale_price_effective_date:
        return True, ()
    first, last = offer.sale_price_effective_date.split("/")
    begin, end = start_of(first, clock.zone), end_of(last, clock.zone)
    return begin <= clock.now < end, tuple(moment for moment in (begin, end) if moment > clock.now)


def countries(market: str) -> frozenset[str]:
    """The countries that a disclosure market speaks to, by ISO 3166; its name begins with the country's."""
    return EU if market == "eu" else frozenset({market[:2].upper()})


def order(
    offers: Sequence[tuple[Offer, Merchant, Price]], reach: Sequence[frozenset[str]], favoured: Sequence[str] = ()
) -> list[int]:
    """The indexes of offers: first those that deliver to the first readers, then what is in stock, then as written.

    `reach` are the countries of the readers, the first ones first. An offer without regions delivers
    to its network's market where that has one, else everywhere. Offers of `favoured` shops come before
    others that deliver as well and are in stock as they are.
    """

    def key(index: int) -> tuple[int, bool, bool, int]:
        return (*_rank(*offers[index], reach), offers[index][1].id not in favoured, index)

    return sorted(range(len(offers)), key=key)


def _rank(offer: Offer, merchant: Merchant, price: Price, reach: Sequence[frozenset[str]]) -> tuple[int, bool]:
    market = merchant.program.get("market")
    if not offer.regions and not market:
        return 0, price.availability is Availability.OUT_OF_STOCK
    delivers = {region[:2] for region in offer.regions} or ({market} if market else set())
    near = next((index for index, near in enumerate(reach) if delivers & near), len(reach))
    return near, price.availability is Availability.OUT_OF_STOCK
