"""The audit of reviews: what was received for each stands with it, wherever it is shown."""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import Any

from turbohtml import Element

from storefront import locales, markdown
from storefront.audit import nearby
from storefront.audit.expected import Need, needs
from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House, Suspected
from storefront.audit.judging import folded
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.disclosure import UNPAID, Wording
from storefront.pages import reviewed, routes
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship

CHECKED = "EU-02"  # a review says whether the purchase was checked
GATHERED = "UK-04"  # reviews link to a page that says how they are gathered
NOTED = "U-13"  # a removed review leaves a note
ANY = '[id^="review-"]'
ENOUGH = 40  # characters of a review's words that tell it from others
BOXES = "li, article"
SURE = 200  # and those that nobody quotes
_letter = re.compile(r"\S")


class Reviews:
    """The reviews that a page shows: what is wrong with them, the ties met, and how many needed a label."""

    def __init__(
        self, house: House, document: Any, voice: Voice, reviews: tuple[ReviewFact, ...], suspected: Suspected
    ) -> None:
        self.house, self.document, self.voice, self.suspected = house, document, voice, suspected
        self.findings: list[Finding] = []
        self.needs: dict[int, tuple[Need, ...]] = {}
        self.labelled = 0
        own = _rules(voice.pack)
        self.checks = CHECKED in own
        articles = {each.attr("id"): each for each in document.select("article[id]")}
        for fact in reviews:
            wanted = needs(fact.relationships, fact.brand_name)
            if wanted or self.checks:
                name = routes.review_anchor(fact.byline.handle, fact.id)
                self.review(fact, wanted, articles.get(name) or self.named.get(name))
        leads = document.select_one(f'a[href="{voice.url(routes.HOW)}"]') is not None
        if GATHERED in own and not leads and self.named:
            what = "reviews are shown, and nothing leads to how they are gathered and checked"
            self.findings.append(Finding("undisclosed", what, GATHERED, "gb", reviews[0].ref))

    @cached_property
    def named(self) -> dict[str, Element]:
        """All elements that the page names as reviews."""
        ids = ((each.attr("id") or "", each) for each in self.document.select(ANY))
        return {name: each for name, each in ids if not name.endswith("_h")}  # that is a heading's

    @cached_property
    def text(self) -> str:
        """All text of the page, that which cannot be seen among it."""
        return str(self.document.text)

    @cached_property
    def words(self) -> str:
        """All text of the page in words."""
        return folded(self.text)

    def holds(self, words: str) -> bool:
        """Whether words stand on the page.

        To fold its text takes many times as long as to see that the longest of them has another word behind it there.
        """
        each = [*words.split(), ""]
        longest = max(range(len(each) - 1), key=lambda number: len(each[number]))
        word, behind = each[longest : longest + 2]
        at = self.text.find(word)
        while at >= 0 and not _stands_behind(behind, self.text, at + len(word)):
            at = self.text.find(word, at + 1)
        return at >= 0 and words in self.words

    def review(self, fact: ReviewFact, wanted: tuple[Need, ...], element: Element | None) -> None:
        """One review, by the element that its address names; or by what is in it, when a theme has dropped the name."""
        if element is None and (element := self.unnamed(fact)) is None:
            return
        if wanted:
            self.needs[id(wanted)] = wanted
            self.labelled += 1
            self.disclosed(fact, wanted, element)
        if self.checks:
            self.verified(fact, element)

    def unnamed(self, fact: ReviewFact) -> Element | None:
        """Where a review without a name stands, by its words, or where it has none by its own pictures.

        Where other reviews have names, a few words may be a quotation or a note of hers on a list; many are hers, and
        what was received is looked for in their own box, since elsewhere it is another's.
        """
        body = self.document.select_one("body")
        words = folded(markdown.plain(fact.body or ""))
        if body is None or (words and self.named and len(words) < SURE):
            return None
        if words:
            begins = words[: SURE if self.named else ENOUGH]
            if not self.holds(begins) or begins not in nearby.readable(body, self.house):
                return None
            boxes = [each.closest(BOXES) for each in nearby.saying(body, begins[:ENOUGH], self.house)]
            own = (box for box in boxes if box is not None and begins in folded(box.text))
            return next(own, body) if self.named else body
        files = [f"/{crop.name}-" for shot in fact.shots for _, crop in shot.crops]
        pictures = [each.attr("src") or "" for each in self.document.select("img[src]")] if files else []
        return body if any(file in src for file in files for src in pictures) else None

    def disclosed(self, fact: ReviewFact, wanted: tuple[Need, ...], element: Element) -> None:
        """The market's label, and a sentence for each tie."""
        line = element.select_one(".review__disclosure")
        name, wording = fact.byline.name, self.voice.pack
        if line is not None and _pictured_first(fact, element):
            what = f"{name}'s review of {fact.product_title} shows her pictures before what was received for it"
            self.findings.append(Finding("undisclosed", what, "U-05", ALL, fact.ref))
        if (
            line is not None
            and (line.closest(self.suspected.around) is None or self.house.open(line))
            and self.house.whole(line, self.suspected)
            and not lacking(line.text, wanted, name, wording, self.voice.language)
        ):
            return
        read = nearby.readable(element, self.house)
        for kind, _ in lacking(read, wanted, name, wording, self.voice.language):
            hidden = not lacking(folded(element.text), ((kind, fact.brand_name),), name, wording, self.voice.language)
            what = f"{name}'s review of {fact.product_title} does not say what was received for it ({kind})"
            self.findings.append(Finding("undisclosed", what, "U-04" if hidden else "U-05", ALL, fact.ref))

    def verified(self, fact: ReviewFact, element: Element) -> None:
        """Whether somebody checked the purchase, said in any case."""
        known = fact.verification
        key, by = "unverified", ""
        if known and known.status != "unverified":
            by = known.by or ""
            key = "verified" if by else "verified_platform" if known.method == "none" else f"verified_{known.method}"
        said = locales.say(self.voice.language, key, by=by)
        if said not in element.text or said not in nearby.readable(element, self.house):
            what = f"{fact.byline.name}'s review of {fact.product_title} does not say whether the purchase was checked"
            self.findings.append(Finding("undisclosed", what, CHECKED, "eu", fact.ref))


def _stands_behind(word: str, text: str, at: int) -> bool:
    """Whether the next letters of a text from a place on are a word."""
    found = _letter.search(text, at)
    return text.startswith(word, found.start() if found else at)


def _pictured_first(fact: ReviewFact, element: Element) -> bool:
    """Whether a reviewer's own pictures come before the line that says what was received.

    They are known by file and words: her portrait, which stands there without words, may be the same file.
    """
    if not fact.shots:
        return False
    own = [(f"/{crop.name}-", shot.alt) for shot in fact.shots for _, crop in shot.crops]
    ahead = takewhile(lambda each: each.attr("src"), element.select(".review__disclosure, img[src]"))
    seen = [(each.attr("src") or "", each.attr("alt")) for each in ahead]
    return any(name in src and alt == words for src, alt in seen for name, words in own)


def unnoted(removed: tuple[RemovedFact, ...], document: Any, house: House, voice: Voice) -> Iterator[Finding]:
    """The removed reviews whose note cannot be read on a page that has to show it."""
    body = document.select_one("body")
    words = nearby.readable(body, house) if body is not None else ""
    for fact in removed:
        if folded(reviewed.removal(fact, voice)) not in words:
            what = f"the note on {fact.byline.name}'s removed review of {fact.product_title} cannot be read"
            yield Finding("review-gone", what, NOTED, ALL, fact.ref)


@cache
def _rules(wording: Wording) -> frozenset[str]:
    return frozenset(rule for pack in wording.packs for rule in pack.rules)


@lru_cache(maxsize=8192)
def lacking(text: str, wanted: tuple[Need, ...], name: str, wording: Wording, language: str) -> tuple[Need, ...]:
    """The ties that a text does not tell: each wants its sentence, after the label that the market wants."""
    found = re.search(rf"{re.escape(wording.label)}\s?:(.*)", text, re.DOTALL)
    if not found:
        return wanted
    return tuple(
        (kind, brand)
        for kind, brand in wanted
        if kind not in UNPAID and sentence(kind, name, brand, language) not in folded(found[1])
    )


def sentence(kind: Relationship, name: str, brand: str, language: str) -> str:
    """What is said of one tie behind a review."""
    return folded(locales.say(language, f"disclosure_{kind}", name=name, brand=brand))
