"""What brands and creators do together: its records name what exists, and keep within the site's rules."""

from collections.abc import Iterator

from storefront import money
from storefront.catalog.campaigns import NameCheck
from storefront.content import Kind, Places
from storefront.problems import Problem, nearest, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.curation import Promo
from storefront.vocabulary.samples import SampleKind, Samples


def check(curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    """Every name in samples, recalls, promo codes and `shops_at` that leads nowhere, and what the site's rules refuse.

    Drafts are judged too.
    """
    for person in curation.influencers.values():
        for index, shop in enumerate(person.record.shops_at):
            yield from named(shop, "merchant", curation.merchants, person.origin, ("shops_at", index))
    for entry in curation.samples.values():
        yield from _samples(entry, curation, places, named)
    for recall in curation.recalls.values():
        for index, product in enumerate(recall.record.products):
            yield from named(product, "product", curation.products, recall.origin, ("products", index))
    for promo in curation.promos.values():
        yield from _promo(promo, curation, places, named)
    yield from _shared_codes(curation, places)
    yield from _misplaced(curation, places)


def _samples(entry: Entry[Samples], curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    unread = any(source.owner == entry.owner and source.kind is not Kind.SAMPLES for source in curation.unread)
    if entry.owner not in curation.influencers and not unread:
        near = nearest(entry.owner, curation.influencers)
        hint = f"Did you mean {near}.yaml?" if near else "Name the file after the handle of a creator."
        yield Problem("unknown-reference", f"there is no creator {entry.owner}", places.of(entry.origin), hint)
    for index, sample in enumerate(entry.record.samples):
        yield from named(sample.product, "product", curation.products, entry.origin, ("samples", index, "product"))
    own = [name for handle, name in curation.reviews if handle == entry.owner]
    for index, reward in enumerate(entry.record.rewards):
        if reward.review not in own and not unread:
            near = nearest(reward.review, own)
            hint = f"Did you mean {near}?" if near else "Name a review of hers by its id."
            place = places.of(entry.origin, "rewards", index, "review")
            yield Problem("unknown-reference", f"{entry.owner} has no review {shown(reward.review)}", place, hint)


def warnings(curation: Curation, places: Places) -> Iterator[Problem]:
    """Warnings about samples: gifts above the site's limit that nobody has agreed to."""
    for entry in curation.samples.values():
        yield from _generous(entry, curation, places)


def _generous(entry: Entry[Samples], curation: Curation, places: Places) -> Iterator[Problem]:
    limits = curation.site.record.gift_warn_above if curation.site else ()
    for index, sample in enumerate(entry.record.samples):
        if not sample.value or sample.approved_by or sample.kind is not SampleKind.GIFT:
            continue
        over = next((limit for limit in limits if _over(sample.value, limit)), None)
        if over:
            message = f"this gift is worth {sample.value}, more than the site's gift_warn_above ({over})"
            hint = "Large gifts are misread: make it kind: loan, or write approved_by: and who agreed to it."
            yield Problem("generous-gift", message, places.of(entry.origin, "samples", index, "value"), hint)


def _over(value: str, limit: str) -> bool:
    """Whether an amount is above another one of its currency; what cannot be read is a problem of its own."""
    try:
        worth, most = money.parse(value), money.parse(limit)
    except ValueError:
        return False
    return worth.currency == most.currency and worth.amount > most.amount


def _promo(entry: Entry[Promo], curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    promo = entry.record
    yield from named(promo.merchant, "merchant", curation.merchants, entry.origin, ("merchant",))
    for key in ("products", "exclude"):
        for index, product in enumerate(getattr(promo, key)):
            yield from named(product, "product", curation.products, entry.origin, (key, index))
    merchant = curation.merchants.get(promo.merchant)
    known = [store.code for store in merchant.record.stores] if merchant else list(promo.stores)
    faulty = any(source.kind is Kind.MERCHANT and source.name == promo.merchant for source in curation.unread)
    for index, store in enumerate(promo.stores):
        if store not in known and not faulty:
            near = nearest(store, known)
            hint = (
                f"Did you mean {near}?" if near else f"Add it under stores: in content/merchants/{promo.merchant}.yaml."
            )
            place = places.of(entry.origin, "stores", index)
            yield Problem("unknown-reference", f"{promo.merchant} has no store {shown(store)}", place, hint)


def _shared_codes(curation: Curation, places: Places) -> Iterator[Problem]:
    """Codes of one creator alone that another one has at the same shop; shops do not tell letters' cases apart."""
    first: dict[tuple[str, str], Entry[Promo]] = {}
    for entry in curation.promos.values():
        there = first.setdefault((entry.record.merchant, entry.id.casefold()), entry)
        if there.owner != entry.owner and "creator" in (there.record.unique_per, entry.record.unique_per):
            other = places.of(there.origin)
            message = f"{entry.id} is a code of one creator alone, and {there.owner} has it too, at {other}"
            hint = "Ask the shop for a code of her own, or delete unique_per: uses could not be told apart."
            yield Problem("duplicate-id", message, places.of(entry.origin), hint, (other,))


def _misplaced(curation: Curation, places: Places) -> Iterator[Problem]:
    """Codes beside products that they are not for."""
    for entry in curation.lists.values():
        for index, item in enumerate(entry.record.items):
            promo = curation.promos.get((entry.owner, item.promo)) if item.promo else None
            if not promo or not item.product:
                continue
            record = promo.record
            if item.product in record.exclude or (record.products and item.product not in record.products):
                there = places.of(promo.origin)
                message = f"the code {promo.id} is not for {item.product}, as {there} says"
                place = places.of(entry.origin, "items", index, "promo")
                yield Problem("bad-value", message, place, "Delete the line, or change products or exclude.", (there,))
