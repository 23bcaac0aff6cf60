"""A creator's own scale: how she rates and how she came to what she shows, from all of it and no choice."""

from collections.abc import Iterable, Sequence

from storefront import locales
from storefront.catalog import ratings
from storefront.catalog.facts import ListFact, Pick, PostFact
from storefront.catalog.relationships import LINKED
from storefront.catalog.review_facts import ReviewFact
from storefront.disclosure import strongest_first
from storefront.pages import rated, views
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship

FEW = 5  # ratings; fewer say little of a scale of five, and the page says so


def calibration(
    lists: Sequence[ListFact], posts: Sequence[PostFact], reviews: Sequence[ReviewFact], voice: Voice
) -> views.Calibration | None:
    """Her scale; None where she has shown nothing yet.

    Ratings are her current ones. Things are counted once however often she shows them, with every word that any of
    her standing picks says of how it came; a retired pick counts apart, once for each list or post.
    """
    picks = [*(pick for fact in lists for pick in fact.picks), *(pick for fact in posts for pick in fact.picks)]
    things = _ways(pick for pick in picks if not pick.retired)
    retired = sum(pick.retired for pick in picks)
    if not picks and not reviews:
        return None
    given = [review.rating for review in reviews if review.rating is not None]
    mean = ratings.mean(given)
    return views.Calibration(
        stars=rated.mean_stars(mean, voice),
        counted=_counted(len(reviews), len(given), voice) if reviews else None,
        bars=rated.histogram(ratings.by_stars(given), voice),
        mix=tuple(_mix(things, voice)),
        retired=voice.say("retired_picks", retired, total=len(picks)) if picks else None,
    )


def _counted(reviews: int, given: int, voice: Voice) -> str:
    said = voice.say("reviews", reviews)
    if given < reviews:
        said = voice.say("rated_of", given, reviews=said)
    return voice.say("few_ratings", given, counted=said) if given < FEW else said


def _ways(picks: Iterable[Pick]) -> list[frozenset[Relationship]]:
    """For each thing every way in which she came to it, or a tie to who makes it."""
    found: dict[str, set[Relationship]] = {}
    for pick in picks:
        key = pick.thing.id if pick.thing else f"{pick.brand_name or ''} {pick.title}"  # no id holds a space
        found.setdefault(key, set()).update(each for each in pick.relationships if each not in LINKED)
    return [frozenset(each) for each in found.values()]


def _mix(things: Sequence[frozenset[Relationship]], voice: Voice) -> Iterable[views.Mixed]:
    """How many things came in each way, strongest first; a thing that came in two ways counts in both."""
    for kind in strongest_first({each for ways in things for each in ways}):
        yield _mixed(kind.value, voice.say(f"got_{kind}"), sum(kind in ways for ways in things), len(things), voice)
    untold = sum(not ways for ways in things)
    if untold:
        yield _mixed("untold", voice.say("got_untold"), untold, len(things), voice)


def _mixed(kind: str, text: str, count: int, total: int, voice: Voice) -> views.Mixed:
    share = locales.percent(count / total, voice.locale)
    said = voice.say("things_of", total, count=count, share=share)
    return views.Mixed(badge=views.Badge(kind=kind, text=text), text=said)
