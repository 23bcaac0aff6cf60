"""Imported reviews as a product's page shows them: whose they are first, then their own mean, then all of them.

EU: whether and how reviews are checked is said (UCPD art. 7(6)). US: nothing is shown as all there is while some is
withheld (16 CFR 465.7).
"""

import re
from collections.abc import Sequence
from functools import partial

from storefront import locales
from storefront.catalog import spread
from storefront.catalog.review_facts import ImportedFact
from storefront.pages import parts, rated, routes, views
from storefront.pages.reviewed import shown_of, verified
from storefront.pages.voice import Voice
from storefront.vocabulary.imported import ImportedReview

SHOWN = 5  # reviews of one source before the fold; the others are on the same page, behind it
_PARAGRAPHS = re.compile(r"\n\s*\n").split


def share(facts: Sequence[ImportedFact], own: int, voice: Voice) -> str | None:
    """How many reviews are imported, and which part of all on the page; None when none is."""
    count = sum(len(fact.reviews) for fact in facts)
    if not count:
        return None
    return voice.say("imported_share", count, percent=locales.percent(count / (count + own), voice.locale))


def pages_of(fact: ImportedFact) -> int:
    """How many pages the reviews of a source fill, those that were withheld beside them."""
    return max(1, -(-max(len(fact.reviews), len(fact.withheld)) // spread.SIZE))


def source(fact: ImportedFact, product: str, voice: Voice) -> views.Imported:
    """What the customers of one publisher say of a product: all of it, or the first page."""
    total, pages = len(fact.reviews), pages_of(fact)
    reviews = tuple(_review(review, fact, voice) for review in fact.reviews[: spread.SIZE])
    return views.Imported(
        id=f"from-{fact.source}",
        title=voice.say("imported_title", publisher=fact.publisher),
        shown=shown_of(len(reviews), total, voice) if total else "",
        provenance=tuple(_provenance(fact, voice)),
        stars=rated.mean_stars(fact.rating, voice),
        bars=rated.histogram(fact.stars, voice),
        reviews=reviews[:SHOWN],
        more_label=voice.say("imported_more", len(reviews) - SHOWN) if total > SHOWN else None,
        more=reviews[SHOWN:],
        withheld_label=_withheld_label(fact, voice),
        withheld=tuple(_withheld(review, fact, voice) for review in fact.withheld[: spread.SIZE]),
        pagination=parts.turning(partial(routes.imported, product, fact.source), 1, pages, voice),
    )


def further(fact: ImportedFact, total: int, pagination: views.Pagination | None, voice: Voice) -> views.Imported:
    """A further page of a source: `fact` holds its reviews alone, and the ratings of all `total`."""
    return views.Imported(
        id=f"from-{fact.source}",
        title=voice.say("imported_title", publisher=fact.publisher),
        shown=shown_of(len(fact.reviews), total, voice),
        provenance=_origin(fact, voice),
        stars=rated.mean_stars(fact.rating, voice),
        bars=rated.histogram(fact.stars, voice),
        reviews=tuple(_review(review, fact, voice) for review in fact.reviews),
        more_label=None,
        more=(),
        withheld_label=voice.say("imported_withheld", len(fact.withheld)) if fact.withheld else None,
        withheld=tuple(_withheld(review, fact, voice) for review in fact.withheld),
        pagination=pagination,
    )


def _origin(fact: ImportedFact, voice: Voice) -> tuple[str, ...]:
    """Where they come from, and that they are nobody's here."""
    key = "imported_through" if fact.aggregator else "imported_from"
    day = voice.day(fact.imported_on).text
    said = voice.say(key, publisher=fact.publisher, aggregator=fact.aggregator, day=day)
    return said, voice.say("imported_apart")


def _provenance(fact: ImportedFact, voice: Voice) -> list[str]:
    """Their origin, how many were checked, and what is not known of them."""
    total, said = len(fact.reviews), [*_origin(fact, voice)]
    if total:
        checked = sum(bool(r.verification and r.verification.status == "verified") for r in fact.reviews)
        said.append(voice.say("imported_checked", checked, total=total))
    if unsaid := sum(review.incentivized is None for review in fact.reviews):
        said.append(voice.say("imported_unsaid", unsaid, total=total))
    return said


def _review(review: ImportedReview, fact: ImportedFact, voice: Voice) -> views.ImportedReview:
    method = review.collection_method
    reply = review.reply
    return views.ImportedReview(
        anchor=routes.imported_anchor(fact.source, review.id),
        author=review.reviewer or voice.say("imported_anonymous"),
        lang=parts.language_if_other(review.language, voice) if review.language else None,
        day=voice.day(review.date),
        stars=rated.own_stars(review.rating, voice),
        title=review.title,
        incentive=voice.say("imported_incentive", publisher=fact.publisher) if review.incentivized else None,
        paragraphs=_paragraphs(review.body),
        pros=review.pros,
        cons=review.cons,
        verification=verified(review.verification, voice),
        collected=voice.say(f"collected_{method}") if method else None,
        replier=voice.say("imported_reply", publisher=fact.publisher) if reply else None,
        reply_day=voice.day(reply.date) if reply and reply.date else None,
        reply=_paragraphs(reply.text) if reply else (),
    )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    """Plain text in paragraphs; an empty line parts two."""
    return tuple(part.strip() for part in _PARAGRAPHS(text or "") if part.strip())


def _withheld_label(fact: ImportedFact, voice: Voice) -> str | None:
    """How many are not shown, with the mean of their ratings: whoever hides bad ones is seen to."""
    if not fact.withheld:
        return None
    if fact.withheld_rating is None:
        return voice.say("imported_withheld", len(fact.withheld))
    value = locales.number(float(fact.withheld_rating.mean), voice.locale)
    return voice.say("imported_withheld_mean", len(fact.withheld), value=value)


def _withheld(review: ImportedReview, fact: ImportedFact, voice: Voice) -> views.Withheld:
    return views.Withheld(
        day=voice.day(review.date),
        stars=rated.own_stars(review.rating, voice),
        reason=voice.say(f"status_{review.status}", publisher=fact.publisher, reason=review.reason),
    )
