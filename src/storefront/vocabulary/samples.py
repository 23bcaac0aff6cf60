"""What creators were sent: samples, what was asked for them, and rewards that came afterwards. No addresses."""

from enum import StrEnum
from typing import Annotated

from storefront.vocabulary.common import Part
from storefront.vocabulary.curation import IncentiveKind
from storefront.vocabulary.scalars import Date, Line, Money, Slug, doc


class SampleKind(StrEnum):
    """Whether it may be kept."""

    GIFT = "gift"
    LOAN = "loan"


class Expectation(StrEnum):
    """What was asked for it. Never what is to be said (16 CFR 465.4)."""

    NONE = "none"
    REVIEW = "review"
    POST = "post"


class Sample(Part, frozen=True, kw_only=True):
    """One item that was sent. From its arrival, the creator's picks, posts, reviews and snippets of it say so."""

    product: Annotated[Slug, doc("The id of a product in content/products/.")]
    kind: Annotated[SampleKind, doc("gift when it may be kept, loan when it goes back.")] = SampleKind.GIFT
    expectation: Annotated[
        Expectation,
        doc("What was asked for it: none, a review or a post. It is disclosed; what the creator says is never asked."),
    ]
    value: Annotated[Money | None, doc("Its retail value.")] = None
    sent: Annotated[Date | None, doc("The day it was sent.")] = None
    received: Annotated[Date | None, doc("The day it arrived; a review is asked for some time later.")] = None
    return_by: Annotated[Date | None, doc("The day by which a loan goes back.")] = None
    returned: Annotated[Date | None, doc("The day a loan went back.")] = None
    approved_by: Annotated[Line | None, doc("Who agreed to a gift above the site's gift_warn_above.")] = None
    reference: Annotated[
        Line | None, doc("The sender's or carrier's reference for the parcel. No name and no address.")
    ] = None


class Reward(Part, frozen=True, kw_only=True):
    """A thank-you that came after a review, unannounced; later reviews of the brand disclose it."""

    review: Annotated[Slug, doc("The id of the creator's review that it was for.")]
    kind: Annotated[IncentiveKind, doc("What was given.")]
    value: Annotated[Money | None, doc("Its value.")] = None
    date: Annotated[Date, doc("The day it was given.")]
    announced_before: Annotated[
        bool, doc("Always false: what was announced before the review is that review's incentive.")
    ] = False


class Samples(Part, frozen=True, kw_only=True):
    """`content/samples/<handle>.yaml`: what one creator was sent, the oldest first."""

    samples: Annotated[tuple[Sample, ...], doc("The items sent, one entry each.")] = ()
    rewards: Annotated[tuple[Reward, ...], doc("Thanks that came after a review.")] = ()
