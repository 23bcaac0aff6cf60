"""Facts of reviews: what creators say of a product, what customers of its shops say, and what became of it."""

from storefront.catalog.facts import Byline, Fact, RatingFact
from storefront.catalog.shots import Shot
from storefront.catalog.trade import Part, RecallFact
from storefront.vocabulary.common import Evidence, Relationship
from storefront.vocabulary.curation import Incentive, Provenance, Removal, Response, Update, Verification
from storefront.vocabulary.imported import ImportedReview


class ReviewFact(Fact, frozen=True, kw_only=True):
    """A review, whole. `rating` is the newest, `first_rating` what it was when that differs.

    `embed` is whether its author lets other sites show it.
    `page` is the one of the product's pages of reviews on which it stands. `shot` is the product's; `shots` are the
    reviewer's own, and `credit` whom their rights name.
    """

    id: str
    byline: Byline
    product: str
    product_title: str
    brand: str
    brand_name: str
    shot: Shot | None
    date: str
    rating: float | None
    first_rating: float | None
    title: str | None
    body: str | None
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    aspects: tuple[tuple[str, float], ...]
    used_for: str | None
    provenance: Provenance
    incentive: Incentive | None
    relationships: tuple[Relationship, ...]
    verification: Verification | None
    updates: tuple[Update, ...]
    responses: tuple[tuple[str, Response], ...]
    embed: bool = False
    page: int = 1
    recalls: tuple[RecallFact, ...] = ()
    shots: tuple[Shot, ...] = ()
    credit: str | None = None
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[tuple[Relationship, str], ...] = ()


class RemovedFact(Fact, frozen=True, kw_only=True):
    """What stays of a removed review: whose it was, of what and when, and its removal. No rating, no words."""

    id: str
    byline: Byline
    product: str
    product_title: str
    date: str
    removal: Removal
    page: int = 1


class Extent(Part, frozen=True, kw_only=True):
    """All reviews of a product that fill several pages: how many, and how many were removed.

    `insiders` is whether one who rated owns the brand, works for it or is of its family.
    """

    reviews: int
    removed: int
    pages: int
    insiders: bool


class Ratings(Fact, frozen=True, kw_only=True):
    """All ratings of a product: how many of each whole number of stars (4.5 counts under 4), and by provenance."""

    rating: RatingFact | None
    stars: tuple[int, int, int, int, int]
    by_provenance: tuple[tuple[Provenance, RatingFact], ...]
    pros: tuple[tuple[str, int], ...]
    cons: tuple[tuple[str, int], ...]


class ImportedFact(Fact, frozen=True, kw_only=True):
    """What the customers of one publisher say of a product: a mean of its own, and what was withheld beside it.

    `stars` counts as in `Ratings`. Nothing here is part of a creator's reviews or of their mean.
    """

    source: str
    publisher: str
    aggregator: str | None
    imported_on: str
    rating: RatingFact | None
    stars: tuple[int, int, int, int, int]
    reviews: tuple[ImportedReview, ...]
    withheld: tuple[ImportedReview, ...]
    withheld_rating: RatingFact | None
