"""Asks to post a review at a shop too: none where the shop takes no review that something was given for.

Amazon's rules for customer reviews are the pattern: nothing received, no tie to the brand, no membership that wants a
review. What was given may stand on the review, on the same creator's pick or post of the thing, or
in what she was sent and thanked with.
"""

from collections.abc import Iterator

from storefront.catalog.campaigns import brand_of, disclosed
from storefront.catalog.relationships import LINKED, OF_PROVENANCE, ties_to
from storefront.content import Origin, Places
from storefront.disclosure import UNPAID
from storefront.problems import KeyPath, Place, Problem
from storefront.records import Curation, Entry
from storefront.vocabulary.common import Relationship, Relationships, as_tuple
from storefront.vocabulary.curation import Post, Review, ReviewState

FREE = UNPAID | LINKED  # a link or a code that pays is no reward for a review
Given = tuple[str, Origin, KeyPath]


def forbidden(curation: Curation, places: Places) -> Iterator[Problem]:
    """Every ask to post a review at a shop whose `review_policy` is against it; drafts are judged too."""
    for entry in curation.reviews.values():
        if entry.record.status is ReviewState.REMOVED:
            continue
        for index, ask in enumerate(entry.record.asks):
            merchant = curation.merchants.get(ask.merchant)
            policy = merchant.record.review_policy if merchant else None
            if not (merchant and policy and policy.incentivized == "prohibited"):
                continue
            given = next(_given(entry, (ask.date, ask.posted), curation), None)
            if given:
                what, origin, path = given
                place, why = places.of(entry.origin, "asks", index, "merchant"), places.of(origin, *path)
                yield _problem(merchant.record.name, what, policy.url, place, why)


def _problem(shop: str, what: str, url: str | None, place: Place, why: Place) -> Problem:
    read = f" Its rules: {url}" if url else ""
    return Problem(
        "forbidden-ask",
        f"{shop} takes no review that something was given for, and {what}, at {why}",
        place,
        f"Delete the ask; the review stands here with its label.{read}",
        (why,),
    )


def _given(entry: Entry[Review], days: tuple[str | None, ...], curation: Curation) -> Iterator[Given]:
    """What was given for a review or ties its writer to the brand, and where that is written."""
    review = entry.record
    if review.incentive:
        yield f"this one was written for something of value ({review.incentive.kind})", entry.origin, ("incentive",)
    if OF_PROVENANCE[review.provenance] not in UNPAID:
        yield f"this one says {review.provenance}", entry.origin, ("provenance",)
    if adds := _rewards(curation, review.campaign, entry.owner):
        yield f"this one was written for a campaign ({adds[0]})", entry.origin, ("campaign",)
    yield from _tied(entry, [review.date, *filter(None, days)], curation)
    yield from _elsewhere(entry, curation)
    yield from _sent(entry, curation)


def _tied(entry: Entry[Review], days: list[str], curation: Curation) -> Iterator[Given]:
    """Ties to the thing's brand on the day of the review or of the ask."""
    person, product = curation.influencers.get(entry.owner), curation.products.get(entry.record.product)
    if person and product:
        for index, tie in enumerate(person.record.relationships):
            if tie.kind not in FREE and any(ties_to(product.record.brand, [tie], day) for day in days):
                what = f"{person.record.name} has a tie to the brand ({tie.kind})"
                yield what, person.origin, ("relationships", index, "kind")


def _elsewhere(entry: Entry[Review], curation: Curation) -> Iterator[Given]:
    """What her lists and posts say of the same thing."""
    wanted = entry.record.product
    for found in curation.lists.values():
        for index, item in enumerate(found.record.items if found.owner == entry.owner else ()):
            if item.product == wanted:
                path = ("items", index, "relationship")
                yield from (
                    (f"her list says {tie} of the thing", found.origin, path) for tie in _tying(item.relationship)
                )
                adds = _rewards(curation, item.campaign, entry.owner)
                path = ("items", index, "campaign")
                yield from ((f"her list shows it for a campaign ({tie})", found.origin, path) for tie in adds)
                code, path = curation.promos.get((entry.owner, item.promo or "")), ("items", index, "promo")
                adds = _rewards(curation, code.record.campaign, entry.owner, brand_of(curation, wanted)) if code else []
                yield from ((f"her list shows it with a campaign's code ({tie})", found.origin, path) for tie in adds)
    for post in curation.posts.values():
        yield from _posted(post, wanted, curation) if post.owner == entry.owner else ()


def _posted(post: Entry[Post], wanted: str, curation: Curation) -> Iterator[Given]:
    """What a post says of a thing."""
    for index, tagged in enumerate(post.record.products):
        if tagged.product == wanted:
            path = ("products", index, "relationship") if tagged.relationship else ("relationship",)
            ties = _tying(tagged.relationship or post.record.relationship)
            yield from ((f"her post says {tie} of the thing", post.origin, path) for tie in ties)
            adds = _rewards(curation, post.record.campaign, post.owner, brand_of(curation, wanted))
            yield from ((f"her post shows it for a campaign ({tie})", post.origin, ("campaign",)) for tie in adds)


def _tying(stated: Relationships | None) -> list[Relationship]:
    return [tie for tie in as_tuple(stated) if tie not in FREE]


def _rewards(curation: Curation, name: str | None, handle: str, brand: str | None = None) -> list[Relationship]:
    """What taking part in a campaign gives besides commission; with a `brand`, only for a thing of its own."""
    return [each for each in disclosed(curation.campaigns, name, handle, brand) if each not in FREE]


def _sent(entry: Entry[Review], curation: Curation) -> Iterator[Given]:
    """Samples of the same thing, whatever was asked for them, and thanks for reviews of its brand."""
    file = curation.samples.get(entry.owner)
    for index, sample in enumerate(file.record.samples if file else ()):
        if file and sample.product == entry.record.product:
            yield f"she was sent the thing ({sample.kind})", file.origin, ("samples", index)
    brand = _brand(entry.record, curation)
    for index, reward in enumerate(file.record.rewards if file else ()):
        review = curation.reviews.get((entry.owner, reward.review))
        if file and brand and review and _brand(review.record, curation) == brand:
            yield f"she was thanked for a review of the brand ({reward.kind})", file.origin, ("rewards", index)


def _brand(review: Review, curation: Curation) -> str | None:
    product = curation.products.get(review.product)
    return product.record.brand if product else None
