"""Reviews that are waited for: what creators were sent and have not reviewed, where the site asks for it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from storefront.catalog.facts import Byline, Fact, Mention, Thing
from storefront.catalog.live import Live, came
from storefront.catalog.patience import defaults
from storefront.records import Entry
from storefront.vocabulary.samples import Samples
from storefront.vocabulary.site import Site

Owned = tuple[str, str]


class AskFact(Fact, frozen=True, kw_only=True):
    """A review that is asked for.

    `after` is the day from which there is something to say, `quoted` her first pick of the thing with words on it, and
    `closed` are the shops that sell it and take no review of what was given.
    """

    byline: Byline
    thing: Thing
    after: str
    quoted: Mention | None
    email: str | None
    form: str | None
    closed: tuple[str, ...]


def asks_of(
    site: Site,
    live: Live,
    bylines: Mapping[str, Byline],
    things: Mapping[str, Thing],
    mentions: Mapping[str, tuple[Mention, ...]],
) -> dict[Owned, AskFact]:
    """What is asked of whom, by creator and product; nothing where the site has no `asks`, or no place to send to."""
    asks = site.asks
    if not asks:
        return {}
    email = asks.email or (site.publisher.email if site.publisher else None)
    if not (email or asks.form):
        return {}
    found = {}
    for handle, product, day in _open(live):
        category = live.products[product].record.category
        after = date.fromisoformat(day) + timedelta(days=defaults().ask_after(category, asks.after_days))
        found[handle, product] = AskFact(
            ref=f"ask:{handle}/{product}",
            byline=bylines[handle],
            thing=things[product],
            after=after.isoformat(),
            quoted=next((m for m in mentions.get(product, ()) if m.byline.handle == handle and m.pick.note), None),
            email=email,
            form=asks.form,
            closed=tuple(_closed(live, product)),
        )
    return found


def _open(live: Live) -> Iterator[tuple[str, str, str]]:
    """Creator, product and day of what was sent, has come, and is reviewed by no review that is shown or removed."""
    today = live.clock.today.isoformat()
    written = {(entry.owner, entry.record.product) for entry in (*live.reviews.values(), *live.removed.values())}
    entries: Mapping[str, Entry[Samples]] = live.samples
    for handle, entry in entries.items():
        for sample in entry.record.samples:
            if sample.product in live.products and came(sample) <= today and (handle, sample.product) not in written:
                yield handle, sample.product, came(sample)


def _closed(live: Live, product: str) -> Iterator[str]:
    """Shops whose `review_policy` takes no review that something was given for (`catalog.asks`)."""
    for offer in live.products[product].record.offers:
        merchant = live.merchants.get(offer.merchant)
        if merchant and merchant.record.review_policy.incentivized == "prohibited":
            yield merchant.record.name
