"""Promo codes as picks show them: only those that work now, at a shop that is shown."""

from storefront.catalog.facts import PromoFact
from storefront.catalog.live import Live


def promo(live: Live, handle: str, code: str | None) -> PromoFact | None:
    """A creator's promo code if it works now."""
    entry = live.promos.get((handle, code or ""))
    merchant = live.merchants.get(entry.record.merchant) if entry else None
    if not entry or not merchant:
        return None
    record = entry.record
    return PromoFact(
        code=entry.id,
        merchant_name=merchant.record.name,
        percent_off=record.percent_off,
        money_off=record.money_off_amount,
        free_shipping=record.free_shipping,
        minimum=record.minimum_purchase_amount,
        until=record.until,
        fine_print=record.fine_print,
        pays_creator=record.pays_creator,
    )
