"""The audit of ties to competitors: each is told beside the thing or in the review, wherever these are shown."""

from collections.abc import Iterable, Iterator
from typing import Any

from turbohtml import Element

from storefront.audit import nearby
from storefront.audit.expected import Sided
from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House
from storefront.audit.judging import folded
from storefront.catalog.review_facts import ReviewFact
from storefront.pages import rivals, routes
from storefront.pages.voice import Voice

MISSING = "U-05"
CARDS = "li, article"


def untold(
    found: Iterable[Sided], reviews: Iterable[ReviewFact], document: Any, house: House, voice: Voice
) -> Iterator[Finding]:
    """What a page shows without a tie to a competitor that can be read beside it."""
    for each in found:
        if lacks(_places(each.mark, document, voice), rivals.told(each.fact, voice), house):
            yield of_thing(each.title, each.ref, each.item)
    for fact in reviews:
        if not fact.rivals:
            continue
        anchor = routes.review_anchor(fact.byline.handle, fact.id)
        if lacks(_places(f"#{anchor}", document, voice), rivals.of_review(fact, voice), house):
            yield of_review(fact)


def of_thing(title: str, ref: str, item: str = "") -> Finding:
    """What is wrong with a thing that does not tell."""
    what = f"“{title}” does not say that there is a tie to a competitor"
    return Finding("undisclosed", what, MISSING, ALL, ref, item)


def of_review(fact: ReviewFact) -> Finding:
    """What is wrong with a review that does not tell."""
    what = f"{fact.byline.name}'s review of {fact.product_title} does not say that there is a tie to a competitor"
    return Finding("undisclosed", what, MISSING, ALL, fact.ref)


def lacks(places: list[Element], wanted: Iterable[str], house: House) -> bool:
    """Whether a thing is shown, and in none of the places all that is wanted can be read."""
    told = [folded(each) for each in wanted]
    read = (nearby.readable(place, house) for place in places)
    return bool(places) and not any(all(each in text for each in told) for text in read)


def _places(mark: str, document: Any, voice: Voice) -> list[Element]:
    """What a mark names: the element with an id, else the cards that lead to an address."""
    if mark.startswith("#"):
        return list(document.select(f'[id="{mark[1:]}"]'))
    leading = (each.closest(CARDS) for each in document.select(f'a[href="{voice.url(mark)}"]'))
    return [each for each in leading if each is not None]
