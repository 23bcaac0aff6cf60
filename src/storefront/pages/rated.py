"""Ratings as pages show them: stars, how many gave how many of them, and how those who rated came to the thing."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from storefront import locales
from storefront.catalog.facts import RatingFact
from storefront.catalog.review_facts import Ratings
from storefront.pages import views
from storefront.pages.voice import Voice
from storefront.vocabulary.curation import Provenance

STEP = Decimal("0.1")


@lru_cache(maxsize=4096)
def stars(value: float | Decimal, count: int, voice: Voice) -> views.Stars:
    """A rating with its count; a count of 0 means one person's own rating, without "of so many reviews"."""
    tenth = Decimal(str(value)).quantize(STEP, ROUND_HALF_UP)
    text = locales.number(float(tenth), voice.locale)
    key = "rating" if count else "rating_alone"
    return views.Stars(
        halves=int((tenth * 2).to_integral_value(ROUND_HALF_UP)),
        value=text,
        count=count,
        counted=voice.count(count),
        text=voice.say(key, count, value=text),
    )


def own_stars(rating: float | None, voice: Voice) -> views.Stars | None:
    """One person's rating as stars."""
    return None if rating is None else stars(rating, 0, voice)


def mean_stars(rating: RatingFact | None, voice: Voice) -> views.Stars | None:
    """The mean of all ratings, with how many there are."""
    return stars(rating.mean, rating.count, voice) if rating else None


def aggregate(ratings: Ratings, voice: Voice, imported: str | None = None) -> views.Aggregate | None:
    """All ratings of a product: mean, histogram, means by provenance, repeated words, and what is counted apart."""
    if ratings.rating is None:
        return None
    return views.Aggregate(
        stars=stars(ratings.rating.mean, ratings.rating.count, voice),
        bars=histogram(ratings.stars, voice),
        shares=tuple(
            views.Share(
                badge=provenance_badge(provenance, voice),
                stars=stars(rating.mean, rating.count, voice),
                percent=percent(rating.count, ratings.rating.count, voice),
            )
            for provenance, rating in ratings.by_provenance
        ),
        imported=imported,
        pros=tuple(_saying(text, count, voice) for text, count in ratings.pros),
        cons=tuple(_saying(text, count, voice) for text, count in ratings.cons),
    )


def _saying(text: str, count: int, voice: Voice) -> views.Saying:
    return views.Saying(text=text, count=count, counted=voice.count(count))


def histogram(counts: tuple[int, int, int, int, int], voice: Voice) -> tuple[views.HistogramBar, ...]:
    """How many ratings there are of each number of stars, from five down; none without ratings."""
    total = sum(counts)
    if not total:
        return ()
    return tuple(
        views.HistogramBar(
            stars=number,
            label=voice.say("stars_label", number),
            count=counts[number - 1],
            counted=voice.count(counts[number - 1]),
            percent=round(counts[number - 1] * 100 / total),
        )
        for number in range(5, 0, -1)
    )


@lru_cache(maxsize=4096)
def percent(part: int, whole: int, voice: Voice) -> str:
    """Which part of a whole this is, as a whole percentage."""
    return locales.percent(part / whole, voice.locale)


@lru_cache(maxsize=256)
def provenance_badge(provenance: Provenance, voice: Voice) -> views.Badge:
    """How a reviewer came to the thing, as a chip."""
    return views.Badge(kind=provenance.value, text=voice.say(f"got_{provenance}"))
