"""What a pattern cannot say: days that exist, check digits, currencies, keys that need each other."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.core import get_global

from storefront import money
from storefront.vocabulary.common import Record
from storefront.vocabulary.curation import Item, ItemStatus, List, Post, Promo, Review, ReviewState
from storefront.vocabulary.imported import ImportedReview, ImportedReviews, ReviewStatus
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Offer, Product
from storefront.vocabulary.site import Route, Site
from storefront.vocabulary.trade import Brand, Merchant
from storefront.vocabulary.validate import Mistake, Path

_SLUG = re.compile(r"[a-z0-9](?:-?[a-z0-9])*").fullmatch
_PLAIN_PATH = re.compile(r"[\w./~-]*", re.ASCII).fullmatch
MAX_SLUG = 64
ORDER = ("squad", "brand", "public")  # who sees something first
MAX_LEVELS = 10  # of a category; Google's taxonomy has 7 at most
MAX_NAMED = 1000  # lists in all sections of a page, which shows each of them with its things


def of_site(site: Site) -> Iterator[Mistake]:
    """The rules for `content/site.yaml`."""
    try:
        ZoneInfo(site.timezone)
    except (KeyError, ValueError, OSError):
        hint = "Write it as in Europe/London or America/New_York; UTC always works."
        yield Mistake(("timezone",), "unknown-timezone", f"there is no time zone {site.timezone}", hint)
    if "?" in site.url or "#" in site.url:
        yield Mistake(
            ("url",), "bad-value", "the site's address has a ? or #", "Keep the host and, if need be, a path."
        )
    yield from _redirects(site)


def _redirects(site: Site) -> Iterator[Mistake]:
    if site.route is Route.GO and not site.hosts:
        hint = "Write hosts: and where the site is published, such as [cloudflare-pages]."
        yield Mistake(("route",), "missing-key", "nothing says which host answers for /go/", hint)
    if site.hosts and not _PLAIN_PATH(urlsplit(site.url).path):
        hint = "Use letters, digits, - . _ ~ and / in the path of url."
        yield Mistake(("url",), "bad-value", "the site's path has characters that hosts read as their own", hint)


def of_influencer(influencer: Influencer) -> Iterator[Mistake]:
    """The rules for a creator, without her lists, posts, reviews and promos."""
    yield from _record(influencer, ())
    if influencer.location:
        yield from _country(influencer.location.country, ("location", "country"))
        yield from _country(influencer.location.region, ("location", "region"))
    for i, tie in enumerate(influencer.relationships):
        yield from _days(("relationships", i), since=tie.since, until=tie.until)
    named = sum(len(section.lists) for section in influencer.sections)
    if named > MAX_NAMED:
        message = f"the sections name {named:,} lists, more than {MAX_NAMED:,}"
        yield Mistake(("sections",), "bad-value", message, "Name each list in one section.")


def of_list(entry: List) -> Iterator[Mistake]:
    """The rules for a list and its items."""
    yield from _record(entry, ())
    yield from _days((), updated=entry.updated)
    for i, item in enumerate(entry.items):
        yield from _item(item, ("items", i))


def of_post(post: Post) -> Iterator[Mistake]:
    """The rules for a post."""
    yield from _record(post, ())
    yield from _days((), date=post.date)
    if not (post.title or (post.caption or "").strip()):
        yield Mistake((), "missing-key", "the post has neither title nor caption", "Write title: and a few words.")
    for i, tagged in enumerate(post.products):
        if not 1 <= tagged.photo <= max(1, len(post.media)):
            message = f"this names picture {tagged.photo}, and the post has {len(post.media)}"
            yield Mistake(("products", i, "photo"), "bad-value", message, "Count the pictures of media from 1.")
    if post.rights:
        yield from _days(("rights",), until=post.rights.until)


def of_review(review: Review) -> Iterator[Mistake]:
    """The rules for a review: nothing later than the clock is judged here, only what the file itself shows."""
    yield from _record(review, ())
    yield from _days((), date=review.date)
    if review.incentive:
        yield from _days(("incentive",), given=review.incentive.given)
        yield from _money(("incentive",), value=review.incentive.value)
    before = review.date
    for i, update in enumerate(review.updates):
        yield from _days(("updates", i), date=update.date)
        if update.date < before:
            message = f"this update is older than what it follows ({before})"
            yield Mistake(("updates", i, "date"), "bad-date", message, "Write updates in order, the oldest first.")
        before = max(before, update.date)
    for i, response in enumerate(review.responses):
        yield from _days(("responses", i), date=response.date)
    for i, ask in enumerate(review.asks):
        yield from _days(("asks", i), date=ask.date)
        yield from _days(("asks", i), posted=ask.posted)
        if ask.posted and ask.posted < review.date:
            message = f"it was posted there before it was written ({review.date})"
            yield Mistake(("asks", i, "posted"), "bad-date", message, "Change one of the two days.")
    yield from _removal(review)


def _removal(review: Review) -> Iterator[Mistake]:
    """A review leaves in one way only, and leaves a note in its place."""
    if review.until:
        hint = "Delete until; a review leaves only with status: removed, and says who removed it, when and why."
        yield Mistake(("until",), "bad-value", "a review does not end by itself", hint)
    if review.status is ReviewState.REMOVED and not review.removed:
        hint = "Write removed: {reason: author-request, by: Maya, date: 2026-11-20}."
        yield Mistake(("status",), "missing-key", "a removed review says who removed it, when and why", hint)
    if review.removed and review.status is not ReviewState.REMOVED:
        hint = "Write status: removed, or delete removed."
        yield Mistake(("removed",), "bad-value", "only a removed review says who removed it", hint)
    if review.removed:
        yield from _days(("removed",), date=review.removed.date)
        if review.removed.date < review.date:
            message = f"it was removed before it was written ({review.date})"
            yield Mistake(("removed", "date"), "bad-date", message, "Change one of the two days.")


def of_promo(promo: Promo) -> Iterator[Mistake]:
    """The rules for a promo code."""
    yield from _record(promo, ())
    yield from _money(
        (), money_off_amount=promo.money_off_amount, minimum_purchase_amount=promo.minimum_purchase_amount
    )
    if promo.percent_off is None and promo.money_off_amount is None and not promo.free_shipping:
        hint = "Write percent_off, money_off_amount or free_shipping: true."
        yield Mistake((), "missing-key", "the code gives nothing", hint)


def of_product(product: Product) -> Iterator[Mistake]:
    """The rules for a product, its variants and offers."""
    yield from _record(product, ())
    if (levels := product.category.count(">") + 1) > MAX_LEVELS:
        message = f"the category has {levels} levels, more than {MAX_LEVELS}"
        yield Mistake(("category",), "bad-value", message, "Keep those that people look for.")
    yield from _gtin(product.gtin, ("gtin",))
    for i, variant in enumerate(product.variants):
        yield from _gtin(variant.gtin, ("variants", i, "gtin"))
    for i, offer in enumerate(product.offers):
        yield from _offer(offer, product, ("offers", i))


def of_brand(brand: Brand) -> Iterator[Mistake]:
    """The rules for a brand."""
    yield from _record(brand, ())
    yield from _country(brand.country, ("country",))


def of_merchant(merchant: Merchant) -> Iterator[Mistake]:
    """The rules for a merchant."""
    yield from _record(merchant, ())
    yield from _country(merchant.country, ("country",))


def of_imported(file: ImportedReviews) -> Iterator[Mistake]:
    """The rules for imported reviews: each once, none withheld and shown at the same time."""
    yield from _days((), imported_on=file.imported_on)
    seen: set[str] = set()
    for i, review in enumerate(file.reviews):
        path = ("reviews", i)
        yield from _days(path, date=review.date)
        if review.reply:
            yield from _days((*path, "reply"), date=review.reply.date)
        if review.id in seen:
            yield Mistake((*path, "id"), "duplicate-id", f"{review.id} is there twice", "Delete one of them.")
        seen.add(review.id)
        yield from _published(review, path) if review.status is ReviewStatus.PUBLISHED else _withheld(review, path)


def _published(review: ImportedReview, path: Path) -> Iterator[Mistake]:
    if review.rating is None and not (review.title or review.body):
        yield Mistake(path, "missing-key", "the review has neither rating nor words", "Write rating: or body:.")
    if review.reason:
        hint = "Delete reason, or write status: removed."
        yield Mistake((*path, "reason"), "bad-value", "only a removed review has a reason", hint)


def _withheld(review: ImportedReview, path: Path) -> Iterator[Mistake]:
    """What readers are not shown does not lie in the repository either: its words may be why it is withheld."""
    for key in ("reviewer", "title", "body", "pros", "cons", "reply"):
        if getattr(review, key):
            message = f"a review that is {review.status} has no {key}"
            yield Mistake((*path, key), "bad-value", message, "Delete it: only its day and rating are told.")
    if review.status is ReviewStatus.REMOVED and not review.reason:
        hint = "Write reason: and why; readers see it in the review's place."
        yield Mistake(path, "missing-key", "a removed review needs a reason", hint)


def _item(item: Item, path: Path) -> Iterator[Mistake]:
    yield from _record(item, path)
    if item.owned_since:
        yield from _days(path, owned_since=item.owned_since)
    if item.product and item.link:
        hint = "Delete link; to send shoppers to another shop, add an offer to the product."
        yield Mistake((*path, "link"), "bad-value", "an item has a product or a link, not both", hint)
    if item.merchant and not item.link:
        hint = "Delete merchant; it says whose shop link leads to."
        yield Mistake((*path, "merchant"), "bad-value", "an item without a link has no shop of its own", hint)
    if not item.product and not (item.title and item.link):
        hint = "Write product: and its id, or title: and link: for a thing that has no page here."
        yield Mistake(path, "missing-key", "this item names no product, and no title with a link", hint)
    if item.status is ItemStatus.RETIRED and not item.reason:
        yield Mistake(path, "missing-key", "a retired item needs a reason", "Write reason: and why it went.")


def _offer(offer: Offer, product: Product, path: Path) -> Iterator[Mistake]:
    yield from _money(path, price=offer.price, sale_price=offer.sale_price)
    yield from _moments(path, as_of=offer.as_of)
    for i, region in enumerate(offer.regions):
        yield from _country(region, (*path, "regions", i))
    if not (offer.link or offer.asin or product.asin):
        yield Mistake(path, "missing-key", "the offer has no link", "Write link: and the product's page in that shop.")
    if offer.price and not offer.as_of:
        hint = "Write as_of: and the day the price was looked up, such as 2026-11-21."
        yield Mistake((*path, "price"), "missing-key", "a price needs as_of, the day it was looked up", hint)
    if offer.sale_price and not offer.price:
        yield Mistake(
            (*path, "sale_price"), "missing-key", "a sale price needs the price it replaces", "Write price: too."
        )
    if offer.sale_price_effective_date:
        first, last = offer.sale_price_effective_date.split("/")
        yield from _days((*path, "sale_price_effective_date"), first=first, last=last)


def _record(record: Record, path: Path) -> Iterator[Mistake]:
    if not (record.starts or record.until or record.embargo_until or record.releases):  # as nearly every record
        return
    yield from _moments(path, **{"from": record.starts, "until": record.until, "embargo_until": record.embargo_until})
    if record.starts and record.until and record.until[:10] < record.starts[:10]:
        yield Mistake((*path, "until"), "bad-date", "it ends before it begins", "Change from or until.")
    yield from _releases(record, path)


def _releases(record: Record, path: Path) -> Iterator[Mistake]:
    """Squads see a thing before brands do, and brands before everybody; each audience once."""
    named = [each.audience for each in record.releases]
    for i, release in enumerate(record.releases):
        yield from _moments((*path, "releases", i), at=release.at)
        if release.audience in named[:i]:
            message = f"{release.audience} is there twice"
            yield Mistake((*path, "releases", i, "audience"), "bad-value", message, "Delete one of the two.")
        kind = release.audience.partition(":")[0]
        later = [each for each in record.releases if ORDER.index(each.audience.partition(":")[0]) > ORDER.index(kind)]
        if any(each.at[:10] < release.at[:10] or _earlier(each.at, release.at) for each in later):
            message = f"{release.audience} sees this after others who come behind it"
            hint = "Squads come first, then brands, then the public."
            yield Mistake((*path, "releases", i, "at"), "bad-date", message, hint)


def _earlier(one: str, other: str) -> bool:
    """Whether a moment lies before another, as far as both are written alike."""
    return len(one) == len(other) and one[16:] == other[16:] and one < other


def _days(path: Path, **days: str | None) -> Iterator[Mistake]:
    """Days that do not exist; two in one call must be in order."""
    given = [text for text in days.values() if text]
    for key, text in days.items():
        if text and not _is_day(text):
            yield Mistake((*path, key), "bad-date", f"there is no {text} in the calendar", "Check month and day.")
    if all(map(_is_day, given)) and given != sorted(given):
        yield Mistake((*path, list(days)[-1]), "bad-date", "it ends before it begins", "Exchange the two days.")


def _moments(path: Path, **moments: str | None) -> Iterator[Mistake]:
    for key, text in moments.items():
        if text and not _is_moment(text):
            yield Mistake((*path, key), "bad-date", f"there is no such time as {text}", "Check month, day and hour.")


@lru_cache(maxsize=4096)  # many reviews share a few days
def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and "1900" <= text < "9999"
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text)) and "1900" <= text < "9999"
    except ValueError:
        return False


def _money(path: Path, **amounts: str | None) -> Iterator[Mistake]:
    for key, text in amounts.items():
        if text:
            try:
                money.parse(text)
            except ValueError as error:
                yield Mistake((*path, key), "bad-money", str(error), "Write it as 18.00 GBP or 1800 JPY.")


def _gtin(gtin: str | None, path: Path) -> Iterator[Mistake]:
    if gtin and check_digit(gtin[:-1]) != gtin[-1]:
        message = f"the check digit of {gtin} should be {check_digit(gtin[:-1])}"
        yield Mistake(path, "bad-gtin", message, "Compare it with the number under the bar code.")


def check_digit(digits: str) -> str:
    """The last digit of a GTIN whose other digits are given (GS1 General Specifications, 7.9)."""
    weights = (3, 1)
    total = sum(int(digit) * weights[i % 2] for i, digit in enumerate(reversed(digits)))
    return str(-total % 10)


@cache
def _countries() -> frozenset[str]:
    return frozenset(get_global("territory_currencies"))


def _country(region: str | None, path: Path) -> Iterator[Mistake]:
    """A country, or the one that a region begins with, must exist (ISO 3166)."""
    country = (region or "")[:2]
    if country and country not in _countries():
        hint = "The United Kingdom is GB." if country == "UK" else "Use the two letters of ISO 3166, such as GB or NO."
        yield Mistake(path, "bad-value", f"{country} is not a country code", hint)


def is_slug(name: str) -> bool:
    """Whether a file's or folder's name can be an id."""
    return bool(_SLUG(name)) and len(name) <= MAX_SLUG


of_record, days, moments, country = (
    _record,
    _days,
    _moments,
    _country,
)  # for `communities`
