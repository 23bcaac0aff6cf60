"""Samples as a table that `import samples` reads back, and promo codes as Google's promotions feed. No addresses."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from storefront import money
from storefront.catalog.live import Live
from storefront.clock import end_of, start_of
from storefront.escaping import cell
from storefront.importers.samples import COLUMNS
from storefront.records import Curation, Entry
from storefront.vocabulary.curation import Promo

# Google Merchant's names (support.google.com/merchants/answer/2906014).
PROMOTIONS = (
    "promotion_id", "product_applicability", "offer_type", "generic_redemption_code", "long_title",
    "promotion_effective_dates", "promotion_display_dates", "redemption_channel", "promotion_destination",
    "coupon_value_type", "percent_off", "money_off_amount", "free_gift_description", "minimum_purchase_amount",
    "limit_quantity", "item_id", "item_id_exclusion", "store_applicability", "store_codes_inclusion", "fine_print",
)  # fmt: skip
LONGEST_ID, LONGEST_TITLE = 50, 60
FOREVER = timedelta(days=183)  # the longest time that the feed takes
LAST = timedelta(seconds=1)


def table(curation: Curation) -> bytes:
    """All samples, creator by creator."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for handle, entry in sorted(curation.samples.items()):
        for sample in entry.record.samples:
            values = (getattr(sample, key) for key in COLUMNS[1:])
            writer.writerow([handle, *(cell(str(value)) if value is not None else "" for value in values)])
    return out.getvalue().encode()


def promotions(live: Live) -> bytes:
    """The codes that work now as a TSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(PROMOTIONS)
    for entry in sorted(live.promos.values(), key=lambda entry: (entry.owner, entry.id)):
        found = dict(_promotion(entry, live))
        writer.writerow([found.get(name, "") for name in PROMOTIONS])
    return out.getvalue().encode()


def _promotion(entry: Entry[Promo], live: Live) -> Iterator[tuple[str, str]]:
    promo, zone = entry.record, live.clock.zone
    some = bool(promo.products or promo.exclude)
    yield "promotion_id", f"{entry.owner}-{entry.id}"[:LONGEST_ID]
    yield "product_applicability", "SPECIFIC_PRODUCTS" if some else "ALL_PRODUCTS"
    yield "offer_type", "GENERIC_CODE"
    yield "generic_redemption_code", entry.id
    yield "long_title", (promo.title or " and ".join(_gives(promo)))[:LONGEST_TITLE]
    shown = (promo.starts, promo.until)
    valid = (promo.valid.starts, promo.valid.until) if promo.valid else shown
    yield "promotion_effective_dates", _dates(*valid, live, zone)
    if promo.valid and any(shown):
        yield "promotion_display_dates", _dates(*shown, live, zone)
    yield "redemption_channel", ",".join(promo.redemption_channel)
    yield "promotion_destination", "Shopping_ads"
    yield from _worth(promo)
    yield "item_id", ",".join(promo.products)
    yield "item_id_exclusion", ",".join(promo.exclude)
    if promo.stores:
        yield "store_applicability", "SPECIFIC_STORES"
        yield "store_codes_inclusion", ",".join(promo.stores)
    yield "fine_print", cell(promo.fine_print or "")


def _worth(promo: Promo) -> Iterator[tuple[str, str]]:
    """What the code gives; the feed has one kind for each."""
    if promo.percent_off:
        yield from (("coupon_value_type", "PERCENT_OFF"), ("percent_off", f"{promo.percent_off:g}"))
    elif promo.money_off_amount:
        yield from (("coupon_value_type", "MONEY_OFF"), ("money_off_amount", promo.money_off_amount))
    elif promo.free_gift_description:
        yield from (("coupon_value_type", "FREE_GIFT"), ("free_gift_description", promo.free_gift_description))
    else:
        yield "coupon_value_type", "FREE_SHIPPING_STANDARD"
    yield "minimum_purchase_amount", promo.minimum_purchase_amount or ""
    yield "limit_quantity", str(promo.limit_quantity or "")


def _gives(promo: Promo) -> Iterable[str]:
    if promo.percent_off:
        yield f"{promo.percent_off:g}% off"
    if promo.money_off_amount:
        yield f"{money.shown(promo.money_off_amount, 'en')} off"
    if promo.free_shipping:
        yield "free delivery"
    if promo.free_gift_description:
        yield f"{promo.free_gift_description} free"


def _dates(starts: str | None, until: str | None, live: Live, zone: ZoneInfo) -> str:
    """A span in ISO 8601; one without a beginning begins now, one without an end ends when the feed wants one."""
    begins = start_of(starts, zone) if starts else live.clock.now
    ends = end_of(until, zone) - LAST if until else begins + FOREVER
    return f"{begins:%Y-%m-%dT%H:%M:%S+00:00}/{ends:%Y-%m-%dT%H:%M:%S+00:00}"
