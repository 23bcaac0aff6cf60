"""Samples as a table that `import samples` reads back, and promo codes as Google's promotions feed. No addresses."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from storefront import money
from storefront.catalog.live import Live
from storefront.catalog.recalls import stopped
from storefront.clock import Clock, end_of, start_of
from storefront.escaping import cell
from storefront.importers.samples import COLUMNS
from storefront.records import Curation, Entry
from storefront.vocabulary.curation import Promo, Validity

# Google Merchant's names (support.google.com/merchants/answer/2906014).
PROMOTIONS = (
    "promotion_id", "product_applicability", "offer_type", "generic_redemption_code", "long_title",
    "promotion_effective_dates", "promotion_display_dates", "redemption_channel", "promotion_destination",
    "coupon_value_type", "percent_off", "money_off_amount", "free_gift_description", "minimum_purchase_amount",
    "limit_quantity", "item_id", "item_id_exclusion", "store_applicability", "store_codes_inclusion", "fine_print",
)  # fmt: skip
LONGEST_ID, LONGEST_TITLE = 50, 60
LONGEST = timedelta(days=183)  # that the feed takes
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
        of = _products(entry.record, live)
        if of:
            found = dict(_promotion(entry, of, live.clock))
            writer.writerow([found.get(name, "") for name in PROMOTIONS])
    return out.getvalue().encode()


def _products(promo: Promo, live: Live) -> tuple[list[str], list[str]] | None:
    """The products that a code is for, and those that it is not for; None where none of its own is for sale here."""
    unsold = stopped(live)
    own = [each for each in promo.products if each in live.products and each not in unsold]
    if promo.products and not own:
        return None
    others = [*promo.exclude, *(() if own else sorted(unsold.difference(promo.exclude)))]
    return own, [each for each in others if each in live.products]


def _promotion(entry: Entry[Promo], of: tuple[list[str], list[str]], clock: Clock) -> Iterator[tuple[str, str]]:
    promo = entry.record
    some = any(of)
    yield "promotion_id", f"{entry.owner}-{entry.id}"[:LONGEST_ID]
    yield "product_applicability", "SPECIFIC_PRODUCTS" if some else "ALL_PRODUCTS"
    yield "offer_type", "GENERIC_CODE"
    yield "generic_redemption_code", entry.id
    yield "long_title", (promo.title or " and ".join(_gives(promo)))[:LONGEST_TITLE]
    taken = _span(promo.valid or promo, clock)
    yield "promotion_effective_dates", _dates(*taken)
    if promo.valid and (promo.starts or promo.until):
        shown = _span(promo, clock)
        yield "promotion_display_dates", _dates(max(shown[0], taken[0]), min(shown[1], taken[1]))
    yield "redemption_channel", ",".join(promo.redemption_channel)
    yield "promotion_destination", "Shopping_ads"
    yield from _worth(promo)
    yield from zip(("item_id", "item_id_exclusion"), map(",".join, of), strict=True)
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


def _span(runs: Promo | Validity, clock: Clock) -> tuple[datetime, datetime]:
    """When it begins and ends; one without a beginning begins now.

    What runs for longer than the feed takes is told in spans of that length, of which this is the one that lasts, so
    that the feed of the next day tells the same.
    """
    begins = start_of(runs.starts, clock.zone) if runs.starts else clock.now
    begins += (clock.now - begins) // LONGEST * LONGEST
    ends = end_of(runs.until, clock.zone) - LAST if runs.until else begins + LONGEST
    return begins, min(ends, begins + LONGEST)


def _dates(begins: datetime, ends: datetime) -> str:
    """A span in ISO 8601."""
    return f"{begins.astimezone(UTC):%Y-%m-%dT%H:%M:%S+00:00}/{ends.astimezone(UTC):%Y-%m-%dT%H:%M:%S+00:00}"
