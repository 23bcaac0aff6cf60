"""The format of storefronts' and brands' JSON documents, as structs whose keys stand in the order they are written.

The disclosure of a shop link or code comes before the link or code. What is unknown or empty is
left out, but `disclosure`, `relationships`, `ties` and `items` are always there: an empty one says
that there is nothing. docs/json-document.md describes the format; a change that could break a
reader of it raises `VERSION`.
"""

from msgspec import Struct

from storefront.vocabulary.common import Evidence, Relationship
from storefront.vocabulary.curation import FitVerdict, Provenance, RemovalReason
from storefront.vocabulary.product import Availability

VERSION = 1


class Piece(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A piece of the document."""


class Picture(Piece, frozen=True, kw_only=True):
    """A picture in its largest size."""

    url: str
    width: int
    height: int
    alt: str


class Recall(Piece, frozen=True, kw_only=True):
    """A recall of a product."""

    date: str
    notice: str
    lots: tuple[str, ...] = ()
    url: str | None = None
    stop_sale: bool = False


class Ref(Piece, frozen=True, kw_only=True):
    """A product of the site, by its page."""

    id: str
    title: str
    page: str
    recalls: tuple[Recall, ...] = ()


class Price(Piece, frozen=True, kw_only=True):
    """A price as it was looked up; `was` is the price before a sale."""

    amount: str
    currency: str
    was: str | None = None
    as_of: str | None = None


class Shop(Piece, frozen=True, kw_only=True):
    """Where a thing is sold. `url` is missing while it is sold out there."""

    merchant: str
    disclosure: tuple[str, ...]
    availability: Availability
    price: Price | None = None
    shipping: str | None = None
    regions: tuple[str, ...] = ()
    network: str | None = None
    rel: str | None = None
    url: str | None = None


class Promo(Piece, frozen=True, kw_only=True):
    """A code that works now."""

    merchant: str
    disclosure: tuple[str, ...]
    code: str
    terms: str
    until: str | None = None


class Retired(Piece, frozen=True, kw_only=True):
    """That a thing is no longer recommended, why, and what replaced it."""

    reason: str | None = None
    replaced_by: Ref | None = None


class Fit(Piece, frozen=True, kw_only=True):
    """The size worn and how it falls."""

    size_worn: str
    verdict: FitVerdict | None = None


class Item(Piece, frozen=True, kw_only=True):
    """A thing on a list or in a post."""

    title: str
    relationships: tuple[Relationship, ...]
    disclosure: tuple[str, ...]
    brand: str | None = None
    product: Ref | None = None
    picture: Picture | None = None
    label: str | None = None
    note: str | None = None
    why: str | None = None
    variant: str | None = None
    owned_since: str | None = None
    used_for: str | None = None
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[str, ...] = ()
    fit: Fit | None = None
    retired: Retired | None = None
    promo: Promo | None = None
    shop: Shop | None = None


class List(Piece, frozen=True, kw_only=True):
    """A list, whole."""

    id: str
    title: str
    page: str
    items: tuple[Item, ...]
    updated: str | None = None
    html: str | None = None
    cover: Picture | None = None


class Post(Piece, frozen=True, kw_only=True):
    """A post and what is to be seen in it. `disclosure` are the labels of all of it."""

    id: str
    title: str
    date: str
    page: str
    disclosure: tuple[str, ...] = ()
    items: tuple[Item, ...]
    html: str | None = None
    network: str | None = None
    permalink: str | None = None
    pictures: tuple[Picture, ...] = ()


class Later(Piece, frozen=True, kw_only=True):
    """What a reviewer said later."""

    date: str
    html: str
    after: str | None = None
    rating: float | None = None


class Answer(Piece, frozen=True, kw_only=True):
    """A brand's answer to a review."""

    brand: str
    date: str
    kind: str
    html: str
    outcome: str | None = None
    steps: tuple[str, ...] = ()


class Author(Piece, frozen=True, kw_only=True):
    """Who wrote a review, by her page."""

    handle: str
    name: str
    page: str


class Review(Piece, frozen=True, kw_only=True):
    """A review, whole; `disclosure` says what was received for it, and so does the first paragraph of `html`."""

    id: str
    product: Ref
    brand: str
    page: str
    date: str
    provenance: Provenance
    relationships: tuple[Relationship, ...]
    disclosure: str
    verification: str
    creator: Author | None = None
    rating: float | None = None
    first_rating: float | None = None
    title: str | None = None
    html: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    aspects: dict[str, float] = {}
    used_for: str | None = None
    pictures: tuple[Picture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    updates: tuple[Later, ...] = ()
    responses: tuple[Answer, ...] = ()


class Removed(Piece, frozen=True, kw_only=True):
    """What stays of a removed review."""

    id: str
    product: Ref
    page: str
    date: str
    reason: RemovalReason
    by: str
    removed_on: str
    creator: Author | None = None


class Profile(Piece, frozen=True, kw_only=True):
    """An account elsewhere."""

    network: str
    url: str


class Tie(Piece, frozen=True, kw_only=True):
    """A standing tie to a brand."""

    relationship: Relationship
    brand: str
    since: str | None = None


class Place(Piece, frozen=True, kw_only=True):
    """Where a creator lives, as closely as she says."""

    country: str
    city: str | None = None
    region: str | None = None


class Creator(Piece, frozen=True, kw_only=True):
    """Who curates."""

    handle: str
    name: str
    page: str
    ties: tuple[Tie, ...]
    pronouns: str | None = None
    tagline: str | None = None
    html: str | None = None
    avatar: Picture | None = None
    banner: Picture | None = None
    location: Place | None = None
    interests: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()


class Document(Piece, frozen=True, kw_only=True):
    """The whole. `disclosure` is the statement of all that follows: the market's label, then each sentence."""

    version: int
    language: str
    disclosure: tuple[str, ...]
    profile: Creator
    lists: tuple[List, ...]
    posts: tuple[Post, ...]
    reviews: tuple[Review, ...]
    removed: tuple[Removed, ...] = ()


class BrandTie(Piece, frozen=True, kw_only=True):
    """A creator's standing tie to the brand."""

    creator: Author
    relationship: Relationship
    since: str | None = None


class Brand(Piece, frozen=True, kw_only=True):
    """Who makes things."""

    id: str
    name: str
    page: str
    ties: tuple[BrandTie, ...]
    url: str | None = None
    html: str | None = None
    country: str | None = None
    logo: Picture | None = None


class Rating(Piece, frozen=True, kw_only=True):
    """The mean of all ratings, how many there are, and how many of each whole number of stars, from one up."""

    mean: float
    count: int
    stars: tuple[int, ...]


class Answered(Piece, frozen=True, kw_only=True):
    """How many reviews that gave `stars` (from, to) at first were answered, and the median of days until then."""

    stars: tuple[int, int]
    reviews: int
    answered: int
    median_days: float | None = None


class Answers(Piece, frozen=True, kw_only=True):
    """How a brand answers, counted over the reviews older than `days`."""

    days: int
    all: Answered
    bands: tuple[Answered, ...]


class BrandDocument(Piece, frozen=True, kw_only=True):
    """A brand, whole. `disclosure` is the statement of all that follows."""

    version: int
    language: str
    disclosure: tuple[str, ...]
    brand: Brand
    products: tuple[Ref, ...]
    answers: Answers
    reviews: tuple[Review, ...]
    rating: Rating | None = None
    removed: tuple[Removed, ...] = ()
    mentions: str | None = None


class BrandRef(Piece, frozen=True, kw_only=True):
    """A brand by its page."""

    id: str
    name: str
    page: str


class Mention(Piece, frozen=True, kw_only=True):
    """What a creator says of a brand's products. `kind` is review, post or pick; `page` is where it stands."""

    kind: str
    date: str | None = None
    creator: Author
    products: tuple[Ref, ...]
    page: str
    relationships: tuple[Relationship, ...]
    disclosure: tuple[str, ...]
    rivals: tuple[str, ...] = ()
    rating: float | None = None
    title: str | None = None
    html: str | None = None
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why: str | None = None
    retired: Retired | None = None


class MentionsDocument(Piece, frozen=True, kw_only=True):
    """A page of all that is said of a brand, of `count` mentions; `next` is the document of the page after it."""

    version: int
    language: str
    disclosure: tuple[str, ...]
    brand: BrandRef
    page: str
    count: int
    mentions: tuple[Mention, ...]
    next: str | None = None
