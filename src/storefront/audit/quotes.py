"""The audit of what is quoted: a line of a creator's review, or a customer's review brought over, bears its label.

A quotation recommends as the whole review does, so what was received for it stands in the same box (16 CFR 255.5; in
the EU, Directive 2005/29/EC, article 7).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from turbohtml import Element

from storefront import markdown
from storefront.audit import nearby
from storefront.audit.expected import needs
from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House, Suspected
from storefront.audit.judging import folded
from storefront.audit.reviews import ENOUGH, lacking
from storefront.catalog.review_facts import ImportedFact, ReviewFact
from storefront.pages import routes
from storefront.pages.voice import Voice
from storefront.vocabulary.imported import ImportedReview

MISSING, HIDDEN = "U-05", "U-04"
BOXES = "figure, li, article"
WHOLE = '[id^="review-"]'
QUOTED = ("blockquote", "q")
LINE = '[class$="__disclosure"]'  # what the shipped theme writes is proven by one look


def unlabelled(
    quoted: Iterable[ReviewFact], document: Any, house: House, voice: Voice, suspected: Suspected
) -> Iterator[Finding]:
    """The reviews with a tie of which a line stands somewhere, and what was received for them not beside it."""
    for fact in quoted:
        wanted = needs(fact.relationships, fact.brand_name)
        if wanted:
            name = fact.byline.name
            for box in _quotations(fact, document, house):
                line = box.select_one(LINE)
                if (
                    line is not None
                    and not lacking(line.text, wanted, name, voice.pack, voice.language)
                    and (line.closest(suspected.around) is None or house.open(line))
                    and house.whole(line, suspected)
                ):
                    continue
                missing = lacking(nearby.readable(box, house), wanted, name, voice.pack, voice.language)
                if missing:
                    hidden = not lacking(folded(box.text), wanted, name, voice.pack, voice.language)
                    what = f"a line of {name}'s review of {fact.product_title} does not say what was received for it"
                    rule = HIDDEN if hidden else MISSING
                    yield Finding("undisclosed", f"{what} ({missing[0][0]})", rule, ALL, fact.ref)
                    break


def _quotations(fact: ReviewFact, document: Any, house: House) -> list[Element]:
    """The boxes around lines of a review: those that lead to it, and those that say that they quote.

    Where there is none, a line that is long enough to be nobody else's is looked for.
    """
    anchor, lines = routes.review_anchor(fact.byline.handle, fact.id), _lines(fact)
    leads = f'a[href$="#{anchor}"]'
    boxes = _boxes((each for selector in (leads, *QUOTED) for each in document.select(selector)), anchor)
    found = [box for box in boxes if any(line in folded(box.text) for line in lines)]
    if not found and (long := [line for line in lines if len(line) >= ENOUGH]):
        found = _boxes((each for line in long for each in nearby.saying(document, line, house)), anchor)
    return found


def _boxes(elements: Iterable[Element], anchor: str) -> list[Element]:
    """What elements outside whole reviews stand in, each once; not the box of another review that says the same."""
    outside = (each for each in elements if each.closest(WHOLE) is None)
    boxes = dict.fromkeys(each.closest(BOXES) or each.parent for each in outside)
    return [box for box in boxes if isinstance(box, Element) and not _of_another(box, anchor)]


def _of_another(box: Element, anchor: str) -> bool:
    """Whether a box leads to reviews, and not to this one."""
    leads = [each.attr("href") or "" for each in box.select('a[href*="#review-"]')]
    return bool(leads) and not any(each.endswith(f"#{anchor}") for each in leads)


def _lines(fact: ReviewFact) -> tuple[str, ...]:
    """What may be quoted of a review: its title, how it begins, and what speaks against the thing."""
    begins = folded(markdown.plain(fact.body or ""))[: ENOUGH + 1]
    return tuple(line for each in (fact.title or "", begins, *fact.cons) if (line := folded(each)))


def unsaid(facts: Iterable[ImportedFact], document: Any, house: House, voice: Voice) -> Iterator[Finding]:
    """The customers' reviews for which something was given, and which do not say so in their own body."""
    for fact in facts:
        said = voice.say("imported_incentive", publisher=fact.publisher)
        for review in fact.reviews if any(each.incentivized for each in fact.reviews) else ():
            if review.incentivized:
                yield from _unsaid(review, fact, folded(said), document, house)


def _unsaid(review: ImportedReview, fact: ImportedFact, said: str, document: Any, house: House) -> Iterator[Finding]:
    element = document.select_one(f'[id="{routes.imported_anchor(fact.source, review.id)}"]')
    if element is None:
        begins = folded(review.body or "")[:ENOUGH]
        body = document.select_one("body")
        if begins and begins in folded(body.text) and said not in nearby.readable(body, house):
            yield _given(review, fact, MISSING)
    elif said not in nearby.readable(element, house, unfolded=True):
        yield _given(review, fact, HIDDEN if said in folded(element.text) else MISSING)


def _given(review: ImportedReview, fact: ImportedFact, rule: str) -> Finding:
    what = f"the review {review.id} from {fact.publisher} does not say that something was given for it"
    return Finding("undisclosed", what, rule, ALL, fact.ref)
