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
    """One pick on a list: a product of the site, or a title and a link."""

    product: Annotated[Slug | None, doc("The id of a product in content/products/.")] = None
    title: Annotated[Line | None, doc("Its name, if it is not one of the site's products.")] = None
    link: Annotated[Url | None, doc("Where it is sold: the plain address, without tracking.")] = None
    brand: Annotated[Line | None, doc("The maker (only with title and link).")] = None
    merchant: Annotated[Slug | None, doc("The shop that the link leads to, if its host does not show it.")] = None
    image: Annotated[Image | None, doc("A picture of it; on a product, one of the creator's own.")] = None
    note: Annotated[Text | None, doc("What the creator says about it.")] = None
    why: Annotated[Line | None, doc("The one reason it is here.")] = None
    badge: Annotated[Line | None, doc("A short label, such as Top pick.")] = None
    variant: Annotated[Line | None, doc("The colour, shade or size meant.")] = None
    relationship: Annotated[Relationships | None, doc("How the creator came to it, or their tie to the brand.")] = None
    owned_since: Annotated[Date | None, doc("Since when the creator has had it.")] = None
    used_for: Annotated[Line | None, doc("How long or how far the creator has used it.")] = None
    fit: Annotated[Fit | None, doc("The size worn and how it falls.")] = None
    evidence: Annotated[
        tuple[Evidence, ...], doc("Evidence: own-photo (the image of this item), receipt, measurement.")
    ] = ()
    promo: Annotated[PromoCode | None, doc("One of the creator's promo codes.")] = None
    status: Annotated[ItemStatus, doc("retired keeps the pick on the page with its reason.")] = ItemStatus.ACTIVE
    reason: Annotated[Text | None, doc("Why it was retired.")] = None
    replaced_by: Annotated[Slug | None, doc("The product the creator uses instead.")] = None
    campaign: Annotated[Slug | None, doc("The campaign it belongs to; the campaign's disclosure is added.")] = None


class List(Record, frozen=True, kw_only=True):
    """A named list of things, in the order written."""

    title: Annotated[Line, doc("What the list is called.")]
    intro: Annotated[Markdown | None, doc("A few sentences before the picks.")] = None
    cover: Annotated[Image | None, doc("A picture for the top of the list.")] = None
    updated: Annotated[Date | None, doc("The day the whole list was last gone through.")] = None
    items: Annotated[tuple[Item, ...], doc("The picks, in the order they are shown.")] = ()


class Tagged(Part, frozen=True, kw_only=True):
    """A product seen in a post, and where in the picture."""

    product: Annotated[Slug, doc("The id of a product in content/products/.")]
    at: Annotated[
        tuple[Fraction, Fraction] | None, doc("Its position in the picture: from the left and from the top, 0 to 1.")
    ] = None
    photo: Annotated[int, doc("Which picture of the post, counted from 1.")] = 1
    note: Annotated[Line | None, doc("A note on this product.")] = None
    relationship: Annotated[Relationships | None, doc("The relationship, if it differs from the post's.")] = None


class PostKind(StrEnum):
    """What kind of post it is: a small piece for a brand's own channels, one of a campaign, or one for a community."""

    MICRO_CONTENT = "micro-content"
    CAMPAIGN = "campaign"
    COMMUNITY = "community"


class Post(Record, frozen=True, kw_only=True):
    """A social post that features products, kept with the creator's own pictures."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    date: Annotated[Date, doc("The day it was posted.")]
    title: Annotated[Line | None, doc("A headline. Default: the caption's first line.")] = None
    caption: Annotated[Markdown | None, doc("The words posted with it.")] = None
    network: Annotated[Slug | None, doc("Where it was posted, such as instagram.")] = None
    url: Annotated[Url | None, doc("The post itself on that network.")] = None
    media: Annotated[tuple[Image, ...], doc("The pictures.")] = ()
    products: Annotated[tuple[Tagged, ...], doc("The products shown in it.")] = ()
    relationship: Annotated[Relationships | None, doc("How the creator came to what is shown.")] = None
    kind: Annotated[PostKind | None, doc("The kind of post. Default: campaign if it names one.")] = None
    campaign: Annotated[
        Slug | None,
        doc("The campaign it belongs to; its disclosure is added to the post and to the brand's products in it."),
    ] = None
    rights: Annotated[Rights | None, doc("Rights to its pictures. Default: the campaign's.")] = None


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
    """What the reviewer received. Conditions on what the review says are refused (16 CFR 465.4)."""

    kind: Annotated[IncentiveKind, doc("What was given.")]
    value: Annotated[Money | None, doc("Its value.")] = None
    given: Annotated[Date | None, doc("The day.")] = None
    conditions: Annotated[Conditions, doc("Always none: a review cannot be bought with conditions.")] = "none"


class Verification(Part, frozen=True, kw_only=True):
    """Whether somebody checked that the reviewer had the product."""

    status: Annotated[Literal["verified", "unverified"], doc("verified only if somebody looked.")]
    method: Annotated[Literal["order", "receipt", "platform", "none"], doc("What was checked.")] = "none"
    by: Annotated[Line | None, doc("Who checked.")] = None
    date: Annotated[Date | None, doc("The day.")] = None


class Update(Part, frozen=True, kw_only=True):
    """What the reviewer says later; the newest rating is the one that counts."""

    date: Annotated[Date, doc("When it was written.")]
    after: Annotated[Line | None, doc("How long after the first use, such as 3 months.")] = None
    rating: Annotated[Rating | None, doc("The rating now, 1 to 5 in halves.")] = None
    text: Annotated[Markdown, doc("What changed.")]


class Response(Part, frozen=True, kw_only=True):
    """A brand's answer to a review."""

    by: Annotated[Slug, doc("The brand that answers.")]
    date: Annotated[Date, doc("The day.")]
    kind: Annotated[Literal["thanks", "fix", "clarify", "dispute"], doc("What kind of answer it is.")] = "thanks"
    text: Annotated[Markdown, doc("The answer.")]
    outcome: Annotated[Literal["fixed", "planned", "explained", "declined"] | None, doc("The result.")] = None
    steps: Annotated[tuple[Line, ...], doc("What was done, with dates.")] = ()


class Ask(Part, frozen=True, kw_only=True):
    """Asking the reviewer to post the review at a shop too."""

    merchant: Annotated[Slug, doc("The shop.")]
    date: Annotated[Date, doc("The day to ask, or on which the reviewer was asked.")]
    posted: Annotated[Date | None, doc("The day it was posted there.")] = None


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
    date: Annotated[Date, doc("The day.")]


class Review(Record, frozen=True, kw_only=True):
    """A creator's review of a product, with at least one of rating, words and pictures."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    product: Annotated[Slug, doc("The id of a product in content/products/.")]
    date: Annotated[Date, doc("When it was written.")]
    rating: Annotated[Rating | None, doc("1 to 5 in halves; optional if the review has words or pictures.")] = None
    title: Annotated[Line | None, doc("A headline.")] = None
    body: Annotated[Markdown | None, doc("The review.")] = None
    pros: Annotated[tuple[Line, ...], doc("What speaks for it.")] = ()
    cons: Annotated[tuple[Line, ...], doc("What speaks against it.")] = ()
    aspects: Annotated[dict[Line, Rating], doc("Ratings of single traits, such as warmth.")] = {}
    media: Annotated[tuple[Image, ...], doc("The reviewer's own pictures; a review may be pictures alone.")] = ()
    used_for: Annotated[Line | None, doc("How long it was used before writing.")] = None
    provenance: Annotated[Provenance, doc("How the reviewer came to the thing.")]
    incentive: Annotated[Incentive | None, doc("What was received for it; shown on the review.")] = None
    verification: Annotated[Verification | None, doc("Whether somebody checked that the reviewer had the product.")] = (
        None
    )
    evidence: Annotated[
        tuple[Evidence, ...],
        doc("The reviewer's own evidence: own-photo (in media), receipt, measurement. Checks by others: verification."),
    ] = ()
    updates: Annotated[tuple[Update, ...], doc("What the reviewer says later, oldest first.")] = ()
    responses: Annotated[tuple[Response, ...], doc("The brand's answers.")] = ()
    campaign: Annotated[Slug | None, doc("The campaign it was written for; the campaign's disclosure is added.")] = None
    rights: Annotated[Rights | None, doc("Rights to its pictures. Default: the campaign's.")] = None
    asks: Annotated[
        tuple[Ask, ...],
        doc("Shops where the reviewer is asked to post it too; never one whose review_policy forbids it."),
    ] = ()
    status: Annotated[
        ReviewState,
        doc("removed takes rating, words and pictures off the site; who removed it, when and why stays."),
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
    """When the shop accepts a code."""

    starts: Annotated[Moment | None, doc("From this day or time on.")] = field(default=None, name="from")
    until: Annotated[Moment | None, doc("Until this time, or to the end of this day.")] = None


class Promo(Record, frozen=True, kw_only=True):
    """A promo code and what it gives; removed from every file of the site when it no longer works."""

    merchant: Annotated[Slug, doc("The shop that takes it.")]
    title: Annotated[Line | None, doc("The title in Google's feed. Default: made from what the code gives.")] = None
    percent_off: Annotated[Percent | None, doc("The discount in per cent.")] = None
    money_off_amount: Annotated[Money | None, doc("The discount as an amount.")] = None
    free_shipping: Annotated[bool, doc("Whether delivery is free.")] = False
    free_gift_description: Annotated[Line | None, doc("What comes with the purchase, or is free with the code.")] = None
    minimum_purchase_amount: Annotated[Money | None, doc("The minimum purchase.")] = None
    limit_quantity: Annotated[Count | None, doc("The number of items in one purchase it applies to.")] = None
    products: Annotated[tuple[Slug, ...], doc("The products it applies to. Default: all of the shop's.")] = ()
    exclude: Annotated[tuple[Slug, ...], doc("Products it does not apply to.")] = ()
    valid: Annotated[
        Validity | None,
        doc("When the shop accepts it, if it is shown for a shorter time (from and until); it is shown within both."),
    ] = None
    regions: Annotated[tuple[Region, ...], doc("Countries or regions where it works. Default: everywhere.")] = ()
    redemption_channel: Annotated[
        tuple[RedemptionChannel, ...],
        doc("Where it is accepted; one for in_store has a page to print, with a QR code."),
    ] = (RedemptionChannel.ONLINE,)
    stores: Annotated[
        tuple[StoreCode, ...], doc("The stores that accept it, by the merchant's codes. Default: all.")
    ] = ()
    unique_per: Annotated[
        Literal["creator"] | None, doc("creator: no other creator on the site has this code at this shop.")
    ] = None
    pays_creator: Annotated[bool, doc("Whether the creator earns when the code is used.")] = True
    fine_print: Annotated[Line | None, doc("Conditions, in one line.")] = None
    verified_on: Annotated[
        Date | None, doc("The day somebody last tried it; it is hidden some time later (promos on the site).")
    ] = None
    status: Annotated[PromoStatus, doc("leaked or withdrawn removes it from every file of the site at once.")] = (
        PromoStatus.ACTIVE
    )
    campaign: Annotated[
        Slug | None,
        doc("The campaign it was made for; its disclosure is added to the code and to the brand's products with it."),
    ] = None
