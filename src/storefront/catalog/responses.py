"""Responses: how many reviews of its products a brand has answered, and how soon, by the stars that it answered to.

Counted are reviews older than the days in which the brand answers, so that none lowers the rate before its time.
A review stands under the stars that it gave first: a rating that an answer has mended is still one that was answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from storefront.catalog.facts import Answered, AnswerFact
from storefront.catalog.live import Live
from storefront.catalog.review_facts import ReviewFact
from storefront.clock import later, start_of
from storefront.vocabulary.trade import RESPONSE_DAYS

# From so many stars on; halves count down, as in a histogram. None is a review without stars.
BANDS: tuple[tuple[int, int], ...] = ((4, 5), (3, 3), (1, 2))
UNRATED = (0, 0)


def answers(live: Live, reviews: Iterable[ReviewFact]) -> dict[str, AnswerFact]:
    """Each brand's record at the clock, from all reviews of its products; tells `live` when it will change."""
    by_brand: dict[str, list[ReviewFact]] = defaultdict(list)
    for review in reviews:
        by_brand[review.brand].append(review)
    found = {}
    for brand, entry in live.brands.items():
        days = entry.record.response_days or RESPONSE_DAYS
        given = by_brand[brand]
        last = (live.clock.today - timedelta(days=days)).isoformat()  # a review of this day still has its time
        waiting = {review.date[:10] for review in given if review.date[:10] >= last}
        live.changes.extend(start_of(_after(day, days + 1), live.clock.zone) for day in waiting)
        found[brand] = gather(brand, days, [review for review in given if review.date[:10] < last])
    return found


def _after(day: str, days: int) -> str:
    return later(date.fromisoformat(day), days).isoformat()


def gather(brand: str, days: int, reviews: Iterable[ReviewFact]) -> AnswerFact:
    """The record of a brand from the reviews that count."""
    waits: dict[tuple[int, int], list[int | None]] = {band: [] for band in (*BANDS, UNRATED)}
    for review in reviews:
        waits[band_of(review)].append(wait(review, brand))
    every = [each for group in waits.values() for each in group]
    shown = [*BANDS, UNRATED] if waits[UNRATED] else BANDS
    return AnswerFact(
        ref=f"answers:{brand}",
        days=days,
        total=_answered((0, 5), every),
        bands=tuple(_answered(band, waits[band]) for band in shown),
    )


def band_of(review: ReviewFact) -> tuple[int, int]:
    """The band of the stars that a review gave first."""
    first = review.rating if review.first_rating is None else review.first_rating
    return UNRATED if first is None else next(band for band in BANDS if first >= band[0])


def wait(review: ReviewFact, brand: str) -> int | None:
    """Days from a review to the first answer of a brand; None while there is none."""
    given = [response.date[:10] for _, response in review.responses if response.by == brand]
    return (date.fromisoformat(min(given)) - date.fromisoformat(review.date[:10])).days if given else None


def _answered(stars: tuple[int, int], waits: Sequence[int | None]) -> Answered:
    known = sorted(each for each in waits if each is not None)
    return Answered(stars=stars, reviews=len(waits), answered=len(known), median_days=median(known))


def median(ordered: Sequence[int]) -> Decimal | None:
    """The one in the middle, or halfway between the two there; None of nothing."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    two = ordered[middle] if len(ordered) % 2 else ordered[middle - 1]
    return Decimal(two + ordered[middle]) / 2
