"""Reviews by customers of a shop, brought over whole: who published them, and what became of each.

The words are those of Google's product-review feed (developers.google.com/product-review-feeds/schema).
"""

from enum import StrEnum
from typing import Annotated, Literal

from storefront.vocabulary.common import Part
from storefront.vocabulary.curation import Verification
from storefront.vocabulary.scalars import Date, Line, Locale, Rating, Slug, Text, doc


class ReviewStatus(StrEnum):
    """What became of a review: shown, or withheld and why. A withheld one is counted and listed as such."""

    PUBLISHED = "published"
    PENDING = "pending"
    HIDDEN = "hidden"
    REJECTED = "rejected"
    SPAM = "spam"
    REMOVED = "removed"


class Reply(Part, frozen=True, kw_only=True):
    """What the publisher answers."""

    date: Annotated[Date | None, doc("The day.")] = None
    text: Annotated[Text, doc("The answer, as plain text.")]


class ImportedReview(Part, frozen=True, kw_only=True):
    """A customer's review, as its publisher gave it. A withheld one has no words, only its day and rating."""

    id: Annotated[Slug, doc("Its id at the source, or one made from what it says.")]
    date: Annotated[Date, doc("When it was written.")]
    reviewer: Annotated[Line | None, doc("The name shown there, if any.")] = None
    rating: Annotated[Rating | None, doc("1 to 5 in halves.")] = None
    title: Annotated[Line | None, doc("A headline.")] = None
    body: Annotated[Text | None, doc("The review, as plain text.")] = None
    pros: Annotated[tuple[Line, ...], doc("What speaks for it.")] = ()
    cons: Annotated[tuple[Line, ...], doc("What speaks against it.")] = ()
    language: Annotated[Locale | None, doc("The language it is written in.")] = None
    verification: Annotated[Verification | None, doc("Whether the source says that it checked the purchase.")] = None
    incentivized: Annotated[bool | None, doc("Whether something was given for it; left out if unknown.")] = None
    collection_method: Annotated[
        Literal["unsolicited", "post_fulfillment"] | None,
        doc("Whether it was unsolicited, or asked for after an order."),
    ] = None
    status: Annotated[ReviewStatus, doc("Its status; only published ones show their words.")] = ReviewStatus.PUBLISHED
    reason: Annotated[Line | None, doc("Why this site removed it.")] = None
    reply: Annotated[Reply | None, doc("The publisher's answer.")] = None


class ImportedReviews(Part, frozen=True, kw_only=True):
    """All reviews of one product from one source; `storefront import reviews` writes the file."""

    publisher: Annotated[Line, doc("Who published them first, such as a shop.")]
    aggregator: Annotated[Line | None, doc("The service that collected them, such as Judge.me.")] = None
    imported_on: Annotated[Date, doc("The day of the last import that changed something.")]
    reviews: Annotated[tuple[ImportedReview, ...], doc("The reviews, oldest first.")] = ()
