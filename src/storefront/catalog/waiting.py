"""Reviews that are waited for: of what creators were sent and have not reviewed, and of what anybody bought."""

from collections.abc import Iterator, Mapping
from datetime import date

from storefront.catalog.facts import Byline, Fact, Mention, Thing
from storefront.catalog.live import Live, came
from storefront.catalog.patience import defaults
from storefront.catalog.recalls import stopped
from storefront.catalog.trade import RecallFact
from storefront.clock import later
from storefront.records import Entry, OwnedKey
from storefront.vocabulary.samples import Samples
from storefront.vocabulary.site import Site


class _Ask(Fact, frozen=True, kw_only=True):
    """A review that is asked for, by mail or by a form.

    `closed` are the shops that sell the thing and take no review of what was given.
    """

    email: str | None
    form: str | None
    closed: tuple[str, ...]


class AskFact(_Ask, frozen=True, kw_only=True):
    """A review that a creator is asked for.

    `after` is the day from which there is something to say, `quoted` her first pick of the thing with words on it.
    """

    byline: Byline
    thing: Thing
    after: str
    quoted: Mention | None


class BuyerAskFact(_Ask, frozen=True, kw_only=True):
    """A review that whoever bought a product is asked for; there is something to say some `days` after it came."""

    product: str
    title: str
    brand_name: str
    days: int
    recalls: tuple[RecallFact, ...]


def asks_of(
    site: Site,
    live: Live,
    bylines: Mapping[str, Byline],
    things: Mapping[str, Thing],
    mentions: Mapping[str, tuple[Mention, ...]],
) -> dict[OwnedKey, AskFact]:
    """What is asked of whom, by creator and product; nothing where the site has no `asks`, or no place to send to."""
    email, form = _sent_to(site)
    if not (email or form):
        return {}
    found = {}
    for handle, product, day in _open(live):
        after = later(date.fromisoformat(day), _days(site, live, product))
        found[handle, product] = AskFact(
            ref=f"ask:{handle}/{product}",
            byline=bylines[handle],
            thing=things[product],
            after=after.isoformat(),
            quoted=next((m for m in mentions.get(product, ()) if m.byline.handle == handle and m.pick.note), None),
            email=email,
            form=form,
            closed=tuple(dict.fromkeys(_closed(live, product))),
        )
    return found


def buyers_asks_of(site: Site, live: Live, things: Mapping[str, Thing]) -> dict[str, BuyerAskFact]:
    """What buyers are asked, by product: of all that can be bought, where the site says `buyers`."""
    email, form = _sent_to(site)
    if not (site.asks and site.asks.buyers and (email or form)):
        return {}
    gone = stopped(live)
    return {
        product: BuyerAskFact(
            ref=f"buyer-ask:{product}",
            product=product,
            title=thing.title,
            brand_name=thing.brand_name,
            days=_days(site, live, product),
            recalls=thing.recalls,
            email=email,
            form=form,
            closed=tuple(dict.fromkeys(_closed(live, product))),
        )
        for product, thing in things.items()
        if product not in gone and not thing.discontinued
    }


def _sent_to(site: Site) -> tuple[str | None, str | None]:
    """Where reviews are sent to: an address for mail, and a form; neither where the site asks for none."""
    if not site.asks:
        return None, None
    return site.asks.email or (site.publisher.email if site.publisher else None), site.asks.form


def _days(site: Site, live: Live, product: str) -> int:
    """After how many days there is something to say of a product."""
    return defaults().ask_after(live.products[product].record.category, site.asks.after_days if site.asks else {})


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
