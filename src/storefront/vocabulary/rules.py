"""What a pattern cannot say: days that exist, check digits, currencies, keys that need each other."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from storefront.problems import KeyPath
from storefront.vocabulary import checks, communities, meant
from storefront.vocabulary.common import Evidence
from storefront.vocabulary.curation import Item, ItemStatus, List, Post, Review, ReviewState
from storefront.vocabulary.imported import ImportedReview, ImportedReviews, ReviewStatus
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Offer, Product
from storefront.vocabulary.site import Route, Site
from storefront.vocabulary.trade import Brand, Merchant
from storefront.vocabulary.validate import Mistake

_SLUG = re.compile(r"[a-z0-9](?:-?[a-z0-9])*").fullmatch
_PLAIN_PATH = re.compile(r"[\w./~-]*", re.ASCII).fullmatch
MAX_SLUG = 64
MAX_LEVELS = 10  # of a category; Google's taxonomy has 7 at most
MAX_NAMED = 1000  # lists in all sections of a page, which shows each of them with its things


def of_site(site: Site) -> Iterator[Mistake]:
    """The rules for `content/site.yaml`."""
    try:
        ZoneInfo(site.timezone)
    except (KeyError, ValueError, OSError):
        near = meant.timezone(site.timezone)
        hint = (
            f"Did you mean {near}?" if near else "Write it as in Europe/London or America/New_York; UTC always works."
        )
        yield Mistake(("timezone",), "unknown-timezone", f"there is no time zone {site.timezone}", hint)
    if "?" in site.url or "#" in site.url:
        yield Mistake(
            ("url",), "bad-value", "the site's address has a ? or #", "Keep the host and, if need be, a path."
        )
    yield from _redirects(site)
    yield from communities.of_access(site.access)
    if site.asks and not (site.asks.email or site.asks.form or (site.publisher and site.publisher.email)):
        hint = "Write email: or form: here, or email: under publisher."
        yield Mistake(("asks",), "missing-key", "nothing says where the reviews are sent to", hint)
    for i, limit in enumerate(site.gift_warn_above):
        yield from checks.amount(limit, ("gift_warn_above", i))
    for name, segment in site.segments.items():
        for i, region in enumerate(segment.regions):
            yield from checks.country(region, ("segments", name, "regions", i))


def _redirects(site: Site) -> Iterator[Mistake]:
    if site.route is Route.GO and not site.hosts:
        hint = "Write hosts: and where the site is published, such as [cloudflare-pages]."
        yield Mistake(("route",), "missing-key", "nothing says which host answers for /go/", hint)
    if site.hosts and not _PLAIN_PATH(urlsplit(site.url).path):
        hint = "Use letters, digits, - . _ ~ and / in the path of url."
        yield Mistake(("url",), "bad-value", "the site's path has characters that hosts read as their own", hint)


def of_influencer(influencer: Influencer) -> Iterator[Mistake]:
    """The rules for a creator, without her lists, posts, reviews and promos."""
    yield from checks.window(influencer, ())
    if influencer.location:
        yield from checks.country(influencer.location.country, ("location", "country"))
        yield from checks.country(influencer.location.region, ("location", "region"))
    for i, tie in enumerate(influencer.relationships):
        yield from checks.days(("relationships", i), since=tie.since, until=tie.until)
    named = sum(len(section.lists) for section in influencer.sections)
    if named > MAX_NAMED:
        message = f"the sections name {named:,} lists, more than {MAX_NAMED:,}"
        yield Mistake(("sections",), "bad-value", message, "Name each list in one section.")


def of_list(entry: List) -> Iterator[Mistake]:
    """The rules for a list and its items."""
    yield from checks.window(entry, ())
    yield from checks.days((), updated=entry.updated)
    for i, item in enumerate(entry.items):
        yield from _item(item, ("items", i))


def of_post(post: Post) -> Iterator[Mistake]:
    """The rules for a post."""
    yield from checks.window(post, ())
    yield from checks.days((), date=post.date)
    if not (post.title or (post.caption or "").strip()):
        yield Mistake((), "missing-key", "the post has neither title nor caption", "Write title: and a few words.")
    for i, tagged in enumerate(post.products):
        if not 1 <= tagged.photo <= max(1, len(post.media)):
            message = f"this names picture {tagged.photo}, and the post has {len(post.media)}"
            yield Mistake(("products", i, "photo"), "bad-value", message, "Count the pictures of media from 1.")
    if post.rights:
        yield from checks.days(("rights",), until=post.rights.until)


def of_review(review: Review) -> Iterator[Mistake]:
    """The rules for a review: nothing later than the clock is judged here, only what the file itself shows."""
    yield from checks.window(review, ())
    yield from checks.days((), date=review.date)
    if not (_says(review) or review.draft or review.status is ReviewState.REMOVED):
        hint = "Write rating:, body: or media:; one of them is enough."
        yield Mistake((), "missing-key", "the review has neither rating nor words nor pictures", hint)
    if review.rights:
        yield from checks.days(("rights",), until=review.rights.until)
    yield from _evidence(review.evidence, (), pictured=bool(review.media), key="media")
    if review.incentive:
        yield from checks.days(("incentive",), given=review.incentive.given)
        yield from checks.amounts(("incentive",), value=review.incentive.value)
    before = review.date
    for i, update in enumerate(review.updates):
        yield from checks.days(("updates", i), date=update.date)
        if update.date < before:
            message = f"this update is older than what it follows ({before})"
            yield Mistake(("updates", i, "date"), "bad-date", message, "Write updates in order, the oldest first.")
        before = max(before, update.date)
    for i, response in enumerate(review.responses):
        wrong = list(checks.days(("responses", i), date=response.date))
        yield from wrong
        if not wrong and response.date < review.date:
            message = f"this answer is older than the review ({review.date})"
            yield Mistake(("responses", i, "date"), "bad-date", message, "Correct one of the two days.")
    for i, ask in enumerate(review.asks):
        yield from checks.days(("asks", i), date=ask.date)
        yield from checks.days(("asks", i), posted=ask.posted)
        if ask.posted and ask.posted < review.date:
            message = f"it was posted there before it was written ({review.date})"
            yield Mistake(("asks", i, "posted"), "bad-date", message, "Change one of the two days.")
    yield from _removal(review)


def _evidence(evidence: tuple[Evidence, ...], path: KeyPath, *, pictured: bool, key: str) -> Iterator[Mistake]:
    """A photo that is claimed is there to be seen."""
    if Evidence.OWN_PHOTO in evidence and not pictured:
        hint = f"Write {key}: and her picture, or take own-photo away."
        yield Mistake((*path, "evidence"), "missing-key", "own-photo is shown, and there is no picture", hint)


def _says(review: Review) -> bool:
    """Whether a review says anything, in stars, words or pictures."""
    words = (review.title, review.body, review.pros, review.cons, review.aspects, review.updates)
    return review.rating is not None or any(words) or bool(review.media)


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
        yield from checks.days(("removed",), date=review.removed.date)
        if review.removed.date < review.date:
            message = f"it was removed before it was written ({review.date})"
            yield Mistake(("removed", "date"), "bad-date", message, "Change one of the two days.")


def of_product(product: Product) -> Iterator[Mistake]:
    """The rules for a product, its variants and offers."""
    yield from checks.window(product, ())
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
    yield from checks.window(brand, ())
    yield from checks.country(brand.country, ("country",))


def of_merchant(merchant: Merchant) -> Iterator[Mistake]:
    """The rules for a merchant."""
    yield from checks.window(merchant, ())
    yield from checks.country(merchant.country, ("country",))
    seen: set[str] = set()
    for i, store in enumerate(merchant.stores):
        yield from checks.country(store.region, ("stores", i, "region"))
        if store.code in seen:
            message = f"the store {store.code} is there twice"
            yield Mistake(("stores", i, "code"), "duplicate-id", message, "Delete one of them.")
        seen.add(store.code)


def of_imported(file: ImportedReviews) -> Iterator[Mistake]:
    """The rules for imported reviews: each once, none withheld and shown at the same time."""
    yield from checks.days((), imported_on=file.imported_on)
    seen: set[str] = set()
    for i, review in enumerate(file.reviews):
        path = ("reviews", i)
        yield from checks.days(path, date=review.date)
        if review.reply:
            yield from checks.days((*path, "reply"), date=review.reply.date)
        if review.id in seen:
            yield Mistake((*path, "id"), "duplicate-id", f"{review.id} is there twice", "Delete one of them.")
        seen.add(review.id)
        yield from _published(review, path) if review.status is ReviewStatus.PUBLISHED else _withheld(review, path)


def _published(review: ImportedReview, path: KeyPath) -> Iterator[Mistake]:
    if review.rating is None and not (review.title or review.body):
        yield Mistake(path, "missing-key", "the review has neither rating nor words", "Write rating: or body:.")
    if review.reason:
        hint = "Delete reason, or write status: removed."
        yield Mistake((*path, "reason"), "bad-value", "only a removed review has a reason", hint)


def _withheld(review: ImportedReview, path: KeyPath) -> Iterator[Mistake]:
    """What readers are not shown does not lie in the repository either: its words may be why it is withheld."""
    for key in ("reviewer", "title", "body", "pros", "cons", "reply"):
        if getattr(review, key):
            message = f"a review that is {review.status} has no {key}"
            yield Mistake((*path, key), "bad-value", message, "Delete it: only its day and rating are told.")
    if review.status is ReviewStatus.REMOVED and not review.reason:
        hint = "Write reason: and why; readers see it in the review's place."
        yield Mistake(path, "missing-key", "a removed review needs a reason", hint)


def _item(item: Item, path: KeyPath) -> Iterator[Mistake]:
    yield from checks.window(item, path)
    if item.owned_since:
        yield from checks.days(path, owned_since=item.owned_since)
    if item.product and item.link:
        hint = "Delete link; to send shoppers to another shop, add an offer to the product."
        yield Mistake((*path, "link"), "bad-value", "an item has a product or a link, not both", hint)
    if item.merchant and not item.link:
        hint = "Delete merchant; it says whose shop link leads to."
        yield Mistake((*path, "merchant"), "bad-value", "an item without a link has no shop of its own", hint)
    if not item.product and not (item.title and item.link):
        hint = "Write product: and its id, or title: and link: for a thing that has no page here."
        yield Mistake(path, "missing-key", "this item names no product, and no title with a link", hint)
    yield from _evidence(item.evidence, path, pictured=item.image is not None, key="image")
    if item.status is ItemStatus.RETIRED and not item.reason:
        yield Mistake(path, "missing-key", "a retired item needs a reason", "Write reason: and why it went.")


def _offer(offer: Offer, product: Product, path: KeyPath) -> Iterator[Mistake]:
    yield from checks.amounts(path, price=offer.price, sale_price=offer.sale_price)
    yield from checks.moments(path, as_of=offer.as_of)
    for i, region in enumerate(offer.regions):
        yield from checks.country(region, (*path, "regions", i))
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
        yield from checks.days((*path, "sale_price_effective_date"), first=first, last=last)


def _gtin(gtin: str | None, path: KeyPath) -> Iterator[Mistake]:
    if gtin and check_digit(gtin[:-1]) != gtin[-1]:
        message = f"the check digit of {gtin} should be {check_digit(gtin[:-1])}"
        yield Mistake(path, "bad-gtin", message, "Compare it with the number under the bar code.")


def check_digit(digits: str) -> str:
    """The last digit of a GTIN whose other digits are given (GS1 General Specifications, 7.9)."""
    weights = (3, 1)
    total = sum(int(digit) * weights[i % 2] for i, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_slug(name: str) -> bool:
    """Whether a file's or folder's name can be an id."""
    return bool(_SLUG(name)) and len(name) <= MAX_SLUG
