"""Filters over the reviews of a page: which there are, and what each review answers to. The stylesheet does the rest.

All reviews stand in the page, newest first, and are there for whoever has no such stylesheet. One filter is on
at a time and each has something to show, so that nobody can filter a page empty.
"""

from collections import Counter
from collections.abc import Sequence

from storefront.pages import views
from storefront.pages.voice import Voice

FROM = 3  # reviews on a page; fewer are seen at a glance
ASPECTS = 8  # aspects that can be filtered by, those that most reviews rate; the stylesheet has a rule for each


def of_reviews(reviews: Sequence[views.Review], voice: Voice) -> views.Filters | None:
    """The filters of a page, but those that all of its reviews pass; None for few reviews."""
    if len(reviews) < FROM:
        return None
    total = len(reviews)
    rated = Counter(aspect.name for review in reviews for aspect in review.aspects)
    aspects = tuple(name for name, _ in rated.most_common(ASPECTS))
    options = (
        *_by_stars(reviews, voice),
        *_by_provenance(reviews, voice),
        *(
            _filter(f"aspect-{number}", name, rated[name], total, voice, _language(name, reviews))
            for number, name in enumerate(aspects, 1)
        ),
    )
    return views.Filters(
        options=tuple(each for each in options if each.count < total),
        shown=voice.say("filter_shown", total, total=total),
        people=tuple(views.Link(text=review.author.name, url=f"#{review.anchor}") for review in reviews),
        aspects=aspects,
    )


def _filter(key: str, label: str, count: int, total: int, voice: Voice, lang: str | None = None) -> views.Filter:
    shown = voice.say("filter_shown", count, total=total)
    return views.Filter(key=key, label=label, lang=lang, count=count, shown=shown)


def _by_stars(reviews: Sequence[views.Review], voice: Voice) -> list[views.Filter]:
    """From five stars down; 4.5 counts under 4, as in the histogram."""
    counts = Counter(review.stars.halves // 2 for review in reviews if review.stars)
    return [
        _filter(f"stars-{stars}", voice.say("stars_label", stars), counts[stars], len(reviews), voice)
        for stars in sorted(counts, reverse=True)
    ]


def _by_provenance(reviews: Sequence[views.Review], voice: Voice) -> list[views.Filter]:
    counts = Counter((review.got.kind, review.got.text) for review in reviews)
    return [_filter(f"got-{kind}", text, count, len(reviews), voice) for (kind, text), count in counts.most_common()]


def _language(aspect: str, reviews: Sequence[views.Review]) -> str | None:
    """The language of the newest review that names an aspect so, when it is not the page's."""
    return next((review.lang for review in reviews if any(each.name == aspect for each in review.aspects)), None)
