"""Promo codes as picks show them: only those that work now (`live.promos`)."""

from storefront.catalog.campaigns import brand_named, disclosed
from storefront.catalog.live import Live
from storefront.catalog.trade import PromoFact, StoreFact
from storefront.disclosure import strongest_first
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Promo, RedemptionChannel
from storefront.vocabulary.trade import Merchant


def promo(live: Live, handle: str, code: str | None) -> PromoFact | None:
    """A creator's promo code if it works now."""
    entry = live.promos.get((handle, code or ""))
    if not entry:
        return None
    record, merchant = entry.record, live.merchants[entry.record.merchant]
    pays = (Relationship.DISCOUNT_CODE,) if record.pays_creator else ()
    return PromoFact(
        owner=handle,
        code=entry.id,
        merchant_name=merchant.record.name,
        percent_off=record.percent_off,
        money_off=record.money_off_amount,
        free_shipping=record.free_shipping,
        minimum=record.minimum_purchase_amount,
        gift=record.free_gift_description,
        limit=record.limit_quantity,
        until=_until(record),
        regions=record.regions,
        online=RedemptionChannel.ONLINE in record.redemption_channel,
        stores=_stores(record, merchant.record),
        fine_print=record.fine_print,
        relationships=strongest_first([*disclosed(live.terms, record.campaign, handle), *pays]),
        tied_to=brand_named(record.campaign, live.terms, live.brands),
    )


def coupons_of(live: Live) -> dict[str, tuple[PromoFact, ...]]:
    """The codes that stores take, by creator, each with its page to print."""
    found: dict[str, list[PromoFact]] = {}
    for handle, code in live.promos:
        fact = promo(live, handle, code)
        if fact and fact.stores is not None:
            found.setdefault(handle, []).append(fact)
    return {handle: tuple(facts) for handle, facts in found.items()}


def _until(promo: Promo) -> str | None:
    """The day or moment on which a code ends for shoppers: the earlier of when it is shown and when it is taken."""
    ends = [end for end in (promo.until, promo.valid.until if promo.valid else None) if end]
    return min(ends, default=None)


def _stores(promo: Promo, merchant: Merchant) -> tuple[StoreFact, ...] | None:
    """The stores that take a code, as the merchant lists them; None where it is for the web alone."""
    if RedemptionChannel.IN_STORE not in promo.redemption_channel:
        return None
    return tuple(
        StoreFact(name=store.name, address=store.address, city=store.city, region=store.region, url=store.url)
        for store in merchant.stores
        if store.code in promo.stores or not promo.stores
    )
