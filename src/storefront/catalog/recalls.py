"""Recalls of products: what is told of each, and which are not for sale."""

from storefront.catalog.live import Live
from storefront.catalog.trade import RecallFact


def recalls_of(live: Live, product: str) -> tuple[RecallFact, ...]:
    """The recalls of a product, the newest first."""
    if not live.recalls:  # as on nearly every site
        return ()
    found = [entry.record for entry in live.recalls.values() if product in entry.record.products]
    found.sort(key=lambda record: (record.date, record.id), reverse=True)
    return tuple(
        RecallFact(
            id=record.id,
            product=product,
            product_title=live.products[product].record.title,
            date=record.date,
            notice=record.notice,
            lots=record.lots,
            url=record.url,
            stop_sale=record.stop_sale,
        )
        for record in found
    )


def stopped(live: Live) -> frozenset[str]:
    """The products that are not for sale."""
    stops = (entry.record for entry in live.recalls.values() if entry.record.stop_sale)
    return frozenset(product for record in stops for product in record.products)
