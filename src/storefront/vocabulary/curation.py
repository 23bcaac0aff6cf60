"""What a creator curates: lists and their items, posts, reviews, promo codes."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, field

from storefront.problems import shown
from storefront.vocabulary.common import Evidence, Image, Part, Record, Relationships, Rights
from storefront.vocabulary.scalars import (
    Count,
    Date,
    Fraction,
    Line,
    Markdown,
    Moment,
    Money,
    Percent,
    PromoCode,
    Rating,
    Region,
    Slug,
    StoreCode,
    Text,
    Url,
    doc,
)


class FitVerdict(StrEnum):
    """How a size falls."""

    RUNS_SMALL = "runs-small"
    TRUE = "true-to-size"
    RUNS_LARGE = "runs-large"


class Fit(Part, frozen=True, kw_only=True):
    """The size worn and how it falls."""

    size_worn: Annotated[Line, doc("The size the creator wears of this thing.")]
    verdict: Annotated[FitVerdict | None, doc("Whether it runs small, true to size or large.")] = None


class ItemStatus(StrEnum):
    """Whether a pick still stands."""

    ACTIVE = "active"
    RETIRED = "retired"


class Item(Record, frozen=True, kw_only=True):
    """One thing on a list: a product of the site, or a title and a link."""

    product: Annotated[Slug | None, doc("The id of a product in content/products/.")] = None
    title: Annotated[Line | None, doc("Its name, when it is not one of the site's products.")] = None
    link: Annotated[Url | None, doc("Where it is sold, without anybody's tracking.")] = None
    brand: Annotated[Line | None, doc("Who makes it (only with title and link).")] = None
    merchant: Annotated[Slug | None, doc("The shop that link leads to, where its host does not tell.")] = None
    image: Annotated[Image | None, doc("A picture of it; on a product, one of the creator's own.")] = None
    note: Annotated[Text | None, doc("What the creator says of it, in her own voice.")] = None
    why: Annotated[Line | None, doc("The one reason it is here.")] = None
    badge: Annotated[Line | None, doc("A short label, such as Top pick.")] = None
    variant: Annotated[Line | None, doc("The colour, shade or size meant.")] = None
    relationship: Annotated[Relationships | None, doc("How she came to it, or what ties her to the brand.")] = None
    owned_since: Annotated[Date | None, doc("Since when she has had it.")] = None
    used_for: Annotated[Line | None, doc("How long or how far she has used it.")] = None
    fit: Annotated[Fit | None, doc("The size worn and how it falls.")] = None
    evidence: Annotated[
        tuple[Evidence, ...], doc("What she shows with it: own-photo (the image of this item), receipt, measurement.")
    ] = ()
    promo: Annotated[PromoCode | None, doc("A code of the creator's promos.")] = None
    status: Annotated[ItemStatus, doc("retired keeps the pick on the page with its reason.")] = ItemStatus.ACTIVE
    reason: Annotated[Text | None, doc("Why it was retired.")] = None
    replaced_by: Annotated[Slug | None, doc("The product she uses instead.")] = None
    campaign: Annotated[Slug | None, doc("The campaign that it is part of; what that discloses is added.")] = None


class List(Record, frozen=True, kw_only=True):
    """A named list of things, in the order written."""

    title: Annotated[Line, doc("What the list is called.")]
    intro: Annotated[Markdown | None, doc("A few sentences before the things.")] = None
    cover: Annotated[Image | None, doc("A picture for the head of the list.")] = None
    updated: Annotated[Date | None, doc("When the list was last gone through.")] = None
    items: Annotated[tuple[Item, ...], doc("The things, in the order they are shown.")] = ()


class Tagged(Part, frozen=True, kw_only=True):
    """A product seen in a post, and where in the picture."""

    product: Annotated[Slug, doc("The id of a product in content/products/.")]
    at: Annotated[
        tuple[Fraction, Fraction] | None, doc("Where it is in the picture: from the left and the top, 0 to 1.")
    ] = None
    photo: Annotated[int, doc("Which picture of the post, counted from 1.")] = 1
    note: Annotated[Line | None, doc("A word on this thing.")] = None
    relationship: Annotated[Relationships | None, doc("When it differs from the post's.")] = None


class PostKind(StrEnum):
    """What kind of post it is: a small piece for a brand's own channels, one of a campaign, or one for a community."""

    MICRO_CONTENT = "micro-content"
    CAMPAIGN = "campaign"
    COMMUNITY = "community"


class Post(Record, frozen=True, kw_only=True):
    """A social post that features products, kept with the creator's own pictures."""

    id: Annotated[Slug, doc("Its name in the address; the file's name where it has a file.")] = ""
    date: Annotated[Date, doc("The day it was posted.")]
    title: Annotated[Line | None, doc("A headline; else the caption's first line serves.")] = None
    caption: Annotated[Markdown | None, doc("The words posted with it.")] = None
    network: Annotated[Slug | None, doc("Where it was posted, such as instagram.")] = None
    url: Annotated[Url | None, doc("The post itself on that network.")] = None
    media: Annotated[tuple[Image, ...], doc("The pictures.")] = ()
    products: Annotated[tuple[Tagged, ...], doc("The things to be seen in it.")] = ()
    relationship: Annotated[Relationships | None, doc("How the creator came to what is shown.")] = None
    kind: Annotated[PostKind | None, doc("What kind of post it is; campaign where it names one.")] = None
    campaign: Annotated[
        Slug | None,
        doc(
            "The campaign that it is part of; what that discloses is added to the post and to its brand's things in it."
        ),
    ] = None
    rights: Annotated[Rights | None, doc("What may be done with its pictures; else what its campaign says.")] = None


class Provenance(StrEnum):
    """How the reviewer came to the thing."""

    PURCHASED = "purchased"
    GIFTED = "gifted"
    LOANED = "loaned"
    PAID = "paid"


class IncentiveKind(StrEnum):
    """What was given for a review (16 CFR 255.5 counts each of them)."""

    MONEY = "money"
    COMMISSION = "commission"
    DISCOUNT = "discount"
    PRODUCT = "product"
    LOAN = "loan"
    SAMPLE = "sample"
    CODE = "code"
    POINTS = "points"
    CONTEST_ENTRY = "contest-entry"
    EVENT = "event"
    NETWORK_MARKETING = "network-marketing"
    EMPLOYMENT = "employment"
    FAMILY = "family"


def _why_no_condition(text: str) -> tuple[str, str, str]:
    hint = (
        "Write conditions: none, once it is true. Paying or giving for a review on condition of what it says is "
        "unlawful (16 CFR 465.4; in the EU, Directive 2005/29/EC, Annex I, 23c)."
    )
    return "bad-value", f"a review on condition ({shown(text)}) cannot be published", hint


Conditions = Annotated[Literal["none"], Meta(extra={"explain": _why_no_condition})]


class Incentive(Part, frozen=True, kw_only=True):
    """What the reviewer received. Conditions on what she says are refused (16 CFR 465.4)."""

    kind: Annotated[IncentiveKind, doc("What was given.")]
    value: Annotated[Money | None, doc("What it is worth.")] = None
    given: Annotated[Date | None, doc("When.")] = None
    conditions: Annotated[Conditions, doc("Always none: a review cannot be bought with conditions.")] = "none"


class Verification(Part, frozen=True, kw_only=True):
    """Whether somebody checked that the reviewer had the thing."""

    status: Annotated[Literal["verified", "unverified"], doc("verified only if somebody looked.")]
    method: Annotated[Literal["order", "receipt", "platform", "none"], doc("What they looked at.")] = "none"
    by: Annotated[Line | None, doc("Who looked.")] = None
    date: Annotated[Date | None, doc("When.")] = None


class Update(Part, frozen=True, kw_only=True):
    """What the reviewer says later; the newest rating is the one that counts."""

    date: Annotated[Date, doc("When it was written.")]
    after: Annotated[Line | None, doc("How long after the start, such as 3 months.")] = None
    rating: Annotated[Rating | None, doc("The rating now, 1 to 5 in halves.")] = None
    text: Annotated[Markdown, doc("What changed.")]


class Response(Part, frozen=True, kw_only=True):
    """A brand's answer to a review."""

    by: Annotated[Slug, doc("The brand that answers.")]
    date: Annotated[Date, doc("When.")]
    kind: Annotated[Literal["thanks", "fix", "clarify", "dispute"], doc("What kind of answer it is.")] = "thanks"
    text: Annotated[Markdown, doc("The answer.")]
    outcome: Annotated[Literal["fixed", "planned", "explained", "declined"] | None, doc("What came of it.")] = None
    steps: Annotated[tuple[Line, ...], doc("What was done, with dates.")] = ()


class Ask(Part, frozen=True, kw_only=True):
    """Asking the reviewer to post her review at a shop too."""

    merchant: Annotated[Slug, doc("The shop.")]
    date: Annotated[Date, doc("The day to ask on, or on which she was asked.")]
    posted: Annotated[Date | None, doc("When she posted it there.")] = None


class ReviewState(StrEnum):
    """Whether a review stands."""

    PUBLISHED = "published"
    REMOVED = "removed"


class RemovalReason(StrEnum):
    """Why a review may go. That it is critical is none: hiding reviews for what they say is unlawful (16 CFR 465.7)."""

    SPAM = "spam"
    ILLEGAL = "illegal"
    OFF_TOPIC = "off-topic"
    AUTHOR_REQUEST = "author-request"
    DUPLICATE = "duplicate"
    PRIVACY = "privacy"


class Removal(Part, frozen=True, kw_only=True):
    """What stays in the place of a removed review."""

    reason: Annotated[RemovalReason, doc("Why it was removed; a low rating is no reason.")]
    by: Annotated[Line, doc("Who removed it; shown on the pages.")]
    date: Annotated[Date, doc("When.")]


class Review(Record, frozen=True, kw_only=True):
    """A creator's review of a product: a rating, words or pictures, whichever she likes, and one of them at least."""

    id: Annotated[Slug, doc("Its name in the address; the file's name where it has a file.")] = ""
    product: Annotated[Slug, doc("The id of a product in content/products/.")]
    date: Annotated[Date, doc("When it was written.")]
    rating: Annotated[Rating | None, doc("1 to 5 in halves; leave it out for words alone.")] = None
    title: Annotated[Line | None, doc("A headline.")] = None
    body: Annotated[Markdown | None, doc("The review.")] = None
    pros: Annotated[tuple[Line, ...], doc("What speaks for it.")] = ()
    cons: Annotated[tuple[Line, ...], doc("What speaks against it.")] = ()
    aspects: Annotated[dict[Line, Rating], doc("Ratings of single traits, such as warmth.")] = {}
    media: Annotated[tuple[Image, ...], doc("The reviewer's own pictures; a review may be pictures alone.")] = ()
    used_for: Annotated[Line | None, doc("How long it was used before writing.")] = None
    provenance: Annotated[Provenance, doc("How the reviewer came to the thing.")]
    incentive: Annotated[Incentive | None, doc("What was received for it; shown on the review.")] = None
    verification: Annotated[Verification | None, doc("Whether somebody checked.")] = None
    evidence: Annotated[
        tuple[Evidence, ...],
        doc("What she shows with it herself: own-photo (in media), receipt, measurement. Who checked is verification."),
    ] = ()
    updates: Annotated[tuple[Update, ...], doc("What she says later, oldest first.")] = ()
    responses: Annotated[tuple[Response, ...], doc("The brand's answers.")] = ()
    campaign: Annotated[Slug | None, doc("The campaign that it was written for; what that discloses is added.")] = None
    rights: Annotated[Rights | None, doc("What may be done with its pictures; else what its campaign says.")] = None
    asks: Annotated[
        tuple[Ask, ...],
        doc("Shops that she is asked to post it at too; never one whose review_policy is against it."),
    ] = ()
    status: Annotated[
        ReviewState,
        doc("removed takes its rating, words and pictures off the site; who removed it, when and why stays."),
    ] = ReviewState.PUBLISHED
    removed: Annotated[Removal | None, doc("Who removed it, when and why (only with status: removed).")] = None


class PromoStatus(StrEnum):
    """Whether a code may be given out."""

    ACTIVE = "active"
    LEAKED = "leaked"
    WITHDRAWN = "withdrawn"


class RedemptionChannel(StrEnum):
    """Where a code is taken (Google Merchant's `redemption_channel`)."""

    ONLINE = "online"
    IN_STORE = "in_store"


class Validity(Part, frozen=True, kw_only=True):
    """When the shop takes a code."""

    starts: Annotated[Moment | None, doc("From this day or time on.")] = field(default=None, name="from")
    until: Annotated[Moment | None, doc("Until this time, or to the end of this day.")] = None


class Promo(Record, frozen=True, kw_only=True):
    """A promo code and what it gives; gone from every file of the site when it no longer works."""

    merchant: Annotated[Slug, doc("The shop that takes it.")]
    title: Annotated[Line | None, doc("What it is called in Google's feed; made of what it gives when left out.")] = (
        None
    )
    percent_off: Annotated[Percent | None, doc("Per cent taken off.")] = None
    money_off_amount: Annotated[Money | None, doc("Money taken off.")] = None
    free_shipping: Annotated[bool, doc("Whether delivery is free.")] = False
    free_gift_description: Annotated[Line | None, doc("What comes with the purchase, or is free with the code.")] = None
    minimum_purchase_amount: Annotated[Money | None, doc("From what total on.")] = None
    limit_quantity: Annotated[Count | None, doc("For how many things of one purchase it counts.")] = None
    products: Annotated[tuple[Slug, ...], doc("The products that it is for; all of the shop's when left out.")] = ()
    exclude: Annotated[tuple[Slug, ...], doc("Products that it is not for.")] = ()
    valid: Annotated[
        Validity | None,
        doc("When the shop takes it, where it is shown for a shorter time (from and until): it is shown within both."),
    ] = None
    regions: Annotated[
        tuple[Region, ...], doc("Countries or regions in which it works; everywhere when left out.")
    ] = ()
    redemption_channel: Annotated[
        tuple[RedemptionChannel, ...],
        doc("Where it is taken; one for in_store has a page to print, with a QR code."),
    ] = (RedemptionChannel.ONLINE,)
    stores: Annotated[
        tuple[StoreCode, ...], doc("The stores that take it, by the merchant's codes; all of them when left out.")
    ] = ()
    unique_per: Annotated[
        Literal["creator"] | None, doc("creator: nobody else on the site has this code at this shop.")
    ] = None
    pays_creator: Annotated[bool, doc("Whether the creator earns when it is used.")] = True
    fine_print: Annotated[Line | None, doc("Conditions, in one line.")] = None
    verified_on: Annotated[
        Date | None, doc("The day somebody tried it; some time after it, it is no longer shown (promos on the site).")
    ] = None
    status: Annotated[PromoStatus, doc("leaked or withdrawn takes it off every file of the site at once.")] = (
        PromoStatus.ACTIVE
    )
    campaign: Annotated[
        Slug | None,
        doc(
            "The campaign that it was made for; what that discloses is added to it, and to its brand's things with it."
        ),
    ] = None
