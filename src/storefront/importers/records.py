"""Values to a review, judged by the same model as content itself: nothing comes in that a build would refuse."""

from typing import Any

from storefront.importers.values import Unfit
from storefront.vocabulary import rules
from storefront.vocabulary.imported import ImportedReview, ImportedReviews, ReviewStatus
from storefront.vocabulary.validate import Mistake, convert

WORDS = ("reviewer", "title", "body", "pros", "cons", "reply")
UNKNOWN = "unknown"


def verified(*, by: str | None) -> dict[str, str]:
    """What a source's explicit yes amounts to."""
    said = {"status": "verified", "method": "platform"}
    return said | {"by": by} if by else said


def made(values: dict[str, Any]) -> ImportedReview | list[tuple[str, Unfit]]:
    """The review that `values` describe, or what is wrong, each with the key it is about.

    Keys whose value is None or empty are left out; the words of a withheld review too.
    """
    kept = {key: value for key, value in values.items() if value not in (None, "", [], {})}
    review = convert({"id": UNKNOWN, **kept}, ImportedReview)
    if isinstance(review, list):
        return [_unfit(mistake) for mistake in review]
    mistakes = [_unfit(each) for each in rules.of_imported(_alone(without_words(review)))]
    return mistakes or review


def without_words(review: ImportedReview) -> ImportedReview:
    """A review as it may be stored: a withheld one keeps its day and its rating."""
    if review.status is ReviewStatus.PUBLISHED:
        return review
    return ImportedReview(
        id=review.id, date=review.date, rating=review.rating, status=review.status, reason=review.reason
    )


def _alone(review: ImportedReview) -> ImportedReviews:
    return ImportedReviews(publisher=UNKNOWN, imported_on=review.date, reviews=(review,))


def _unfit(mistake: Mistake) -> tuple[str, Unfit]:
    """A mistake with the key of the review it is about; what stands in the cell is not repeated."""
    inner = mistake.path[2:] if mistake.path[:1] == ("reviews",) else mistake.path
    message = mistake.message.partition(", found ")[0]
    return str(inner[0]) if inner else "", Unfit(
        mistake.code, message, mistake.hint or "Correct it in the file, and import that again."
    )
