"""Ties to competitors in words: whoever shows a thing has a side, and readers are told of it beside the thing."""

from collections.abc import Iterable

from storefront.catalog.facts import Pick
from storefront.catalog.remarks import Remark
from storefront.catalog.review_facts import ReviewFact
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship


def of_pick(pick: Pick, voice: Voice) -> tuple[str, ...]:
    """What is told beside a pick, a text for each tie."""
    return _told(pick.rivals, pick.tie, voice) if pick.rivals else ()


def of_review(fact: ReviewFact, voice: Voice) -> tuple[str, ...]:
    """What is told with a review, a sentence for each tie."""
    return sentences(_told(fact.rivals, fact.brand_name, voice), voice) if fact.rivals else ()


def of_remark(fact: Remark, voice: Voice) -> tuple[str, ...]:
    """What is told with whatever is said of a brand, where all of that stands."""
    return sentences(tuple(text for rivals, brand in fact.sides for text in _told(rivals, brand, voice)), voice)


def sentences(texts: Iterable[str], voice: Voice) -> tuple[str, ...]:
    """What is told beside things, as sentences that can stand alone."""
    return tuple(f"{voice.headed(voice.say('rival_tie'), text)}." for text in texts)


def told(fact: Pick | ReviewFact | Remark, voice: Voice) -> tuple[str, ...]:
    """What has to be read beside any of these."""
    if isinstance(fact, Pick):
        return of_pick(fact, voice)
    return of_review(fact, voice) if isinstance(fact, ReviewFact) else of_remark(fact, voice)


def _told(rivals: tuple[tuple[Relationship, str], ...], rival: str, voice: Voice) -> tuple[str, ...]:
    return tuple(
        voice.say("rival", tie=voice.say(f"tie_{kind}", brand=brand), brand=brand, rival=rival)
        for kind, brand in rivals
    )
