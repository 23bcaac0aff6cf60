"""Imported reviews as facts: per product, each source with the mean of all that it published."""

from collections import defaultdict
from collections.abc import Mapping

from storefront.catalog.live import Live
from storefront.catalog.ratings import by_stars, mean
from storefront.catalog.review_facts import ImportedFact
from storefront.content import Origin
from storefront.records import Entry
from storefront.vocabulary.imported import ImportedReview, ImportedReviews, ReviewStatus

# By product, one fact for each source.
Imported = Mapping[str, tuple[ImportedFact, ...]]


def imported(live: Live, origins: dict[str, Origin]) -> Imported:
    """By product, what each source says of it, in order of source. None is left out, whatever its ratings.

    Where each fact was written goes into `origins`.
    """
    found: dict[str, list[ImportedFact]] = defaultdict(list)
    for (source, product), entry in sorted(live.imported.items()):
        if entry.record.reviews:
            fact = _fact(source, product, entry)
            origins[fact.ref] = entry.origin
            found[product].append(fact)
    return {product: tuple(facts) for product, facts in found.items()}


def _fact(source: str, product: str, entry: Entry[ImportedReviews]) -> ImportedFact:
    record = entry.record
    shown = [review for review in record.reviews if review.status is ReviewStatus.PUBLISHED]
    withheld = [review for review in record.reviews if review.status is not ReviewStatus.PUBLISHED]
    rated = _ratings(shown)
    return ImportedFact(
        ref=f"imported:{source}/{product}",
        source=source,
        publisher=record.publisher,
        aggregator=record.aggregator,
        imported_on=record.imported_on,
        rating=mean(rated),
        stars=by_stars(rated),
        reviews=_newest_first(shown),
        withheld=_newest_first(withheld),
        withheld_rating=mean(_ratings(withheld)),
    )


def _ratings(reviews: list[ImportedReview]) -> list[float]:
    return [review.rating for review in reviews if review.rating is not None]


def _newest_first(reviews: list[ImportedReview]) -> tuple[ImportedReview, ...]:
    """By day; on one day, in order of id."""
    return tuple(sorted(sorted(reviews, key=lambda review: review.id), key=lambda review: review.date, reverse=True))
