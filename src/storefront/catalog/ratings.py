"""Ratings: exact means over all reviews that are shown, never over a choice of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from storefront.catalog.facts import RatingFact
from storefront.catalog.review_facts import Ratings, ReviewFact
from storefront.vocabulary.curation import Provenance, Review

REPEATED = 2  # a pro or con counts as said more than once from here on


def current(review: Review) -> float | None:
    """The newest rating a reviewer gave: that of the last update with one, else the first."""
    given = [update.rating for update in review.updates if update.rating is not None]
    return given[-1] if given else review.rating


def mean(ratings: Sequence[float]) -> RatingFact | None:
    """Mean and count; halves are exact in Decimal, so the order of reviews cannot matter."""
    if not ratings:
        return None
    total = sum((Decimal(str(rating)) for rating in ratings), Decimal(0))
    return RatingFact(mean=total / len(ratings), count=len(ratings))


def by_stars(ratings: Iterable[float]) -> tuple[int, int, int, int, int]:
    """How many ratings there are of each whole number of stars; 4.5 counts under 4."""
    stars = Counter(int(rating) for rating in ratings)
    return (stars[1], stars[2], stars[3], stars[4], stars[5])


def gather(product: str, reviews: Sequence[ReviewFact]) -> Ratings:
    """All ratings of one product."""
    rated = [review.rating for review in reviews if review.rating is not None]
    by_provenance = [
        (provenance, found)
        for provenance in Provenance
        if (found := mean([r.rating for r in reviews if r.rating is not None and r.provenance is provenance]))
    ]
    return Ratings(
        ref=f"ratings:{product}",
        rating=mean(rated),
        stars=by_stars(rated),
        by_provenance=tuple(by_provenance),
        pros=said(pro for review in reviews for pro in review.pros),
        cons=said(con for review in reviews for con in review.cons),
    )


def said(statements: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Statements made more than once, whatever their case, the most frequent first."""
    spelling: dict[str, str] = {}
    counts = Counter(spelling.setdefault(text.casefold(), text) and text.casefold() for text in statements)
    repeated = [(spelling[key], count) for key, count in counts.items() if count >= REPEATED]
    return tuple(sorted(repeated, key=lambda item: (-item[1], item[0])))
