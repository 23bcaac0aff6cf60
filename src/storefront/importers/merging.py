"""Merging: what a file holds and what comes in, review by review. Nothing is ever dropped, whatever it says."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, structs

from storefront import digests
from storefront.importers.incoming import Incoming
from storefront.importers.records import without_words
from storefront.problems import Place, Problem
from storefront.vocabulary import rules
from storefront.vocabulary.imported import ImportedReview, ReviewStatus


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "unchanged"
    KEPT = "removed here before"
    REPEATED = "repeated"
    ELSEWHERE = "of other products"
    REFUSED = "refused"


class Merged(Struct, frozen=True, kw_only=True):
    """The reviews of one product after an import, oldest first, and what became of each row."""

    reviews: tuple[ImportedReview, ...]
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def identified(incoming: Incoming, product: str) -> ImportedReview:
    """A review under its lasting id, as it may be stored.

    The id is the source's where it can be one, else a digest of it; where the source has none, one of the product,
    reviewer, day and words. So the same row has the same id in every run.
    """
    review = incoming.review
    identity = review.id
    if not identity:
        told = (product, review.reviewer, review.date, review.title, review.body)
        identity = f"d-{digests.of_value(told, 8)}"
    elif not rules.is_slug(identity):
        identity = f"r-{digests.of_bytes(identity.encode(), 8)}"
    return without_words(structs.replace(review, id=identity))


def merge(product: str, before: Iterable[ImportedReview], incoming: Iterable[Incoming]) -> Merged:
    """What is there and what comes in. A review that this site has removed stays removed."""
    reviews = {review.id: review for review in before}
    seen: dict[str, tuple[ImportedReview, Place]] = {}
    outcomes, problems = [], []
    for each in incoming:
        review = identified(each, product)
        first, place = seen.setdefault(review.id, (review, each.place))
        if place is not each.place:
            outcomes.append(Outcome.REPEATED if first == review else Outcome.REFUSED)
            if first != review:
                problems.append(_twice(review, each.place, place))
            continue
        outcomes.append(_outcome(reviews, review))
        if outcomes[-1] is not Outcome.KEPT:
            reviews[review.id] = review
    in_order = sorted(reviews.values(), key=lambda review: (review.date, review.id))
    return Merged(reviews=tuple(in_order), outcomes=tuple(outcomes), problems=tuple(problems))


def _outcome(known: Mapping[str, ImportedReview], review: ImportedReview) -> Outcome:
    there = known.get(review.id)
    if there is None:
        return Outcome.NEW
    if there.status is ReviewStatus.REMOVED:
        return Outcome.KEPT
    return Outcome.SAME if there == review else Outcome.CHANGED


def _twice(review: ImportedReview, here: Place, there: Place) -> Problem:
    message = f"two rows have the id {review.id} and say different things; the other one is at {there}"
    return Problem("duplicate-id", message, here, "Delete the one that does not hold.", (there,))
