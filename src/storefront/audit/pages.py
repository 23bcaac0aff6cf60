"""The audit of an HTML page: its links to shops, its codes, and what it shows without a link.

One fast look proves what the shipped theme writes: the labels are the element right before the anchor, or the first
element of labels in a card. Whatever it cannot prove is looked at closely (`nearby`) and only then refused.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import turbohtml
from turbohtml import Element

from storefront.audit import judging, nearby, outbound
from storefront.audit.expected import Need, Shown, address, of_page
from storefront.audit.findings import ALL, Finding
from storefront.audit.frame import Frame
from storefront.audit.house import House
from storefront.audit.proofs import Ledger
from storefront.audit.reviews import Reviews
from storefront.disclosure import Wording, rules
from storefront.links import rel
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship

CARDS = "li, article"
BOX = "DE-03"  # the badge of a code stands in one box with it
MARK = "DE-02"  # the text of an affiliate link ends with a mark


class Page:
    """One page while it is audited."""

    def __init__(self, house: House, data: bytes, inputs: Any, ref: str) -> None:
        self.house, self.data, self.inputs, self.ref = house, data, inputs, ref
        self.document = turbohtml.parse(data, encoding="utf-8")
        self.expected = of_page(inputs)
        self.voice = self.expected.voice if self.expected else voice(inputs.site)
        self.wording: Wording = self.voice.pack
        self.ledger = Ledger(self.wording)
        self.findings: list[Finding] = []
        self.hosts: dict[str, None] = {}
        self.first: Element | None = None  # the first link to a shop
        self.met: dict[Need, None] = {}  # the ties of what the page shows
        self.offers: dict[tuple[str, str], None] = {}  # the networks of its links, and the hosts that these lead to

    def audit(self) -> None:
        """Everything that is wrong with the page goes into `findings`, what it shows into the ledger."""
        self.links()
        if self.expected:
            if self.expected.codes:
                self.codes()
            if self.expected.things:
                self.things()
            if self.expected.reviews:
                reviews = Reviews(self.house, self.document, self.voice, self.expected.reviews)
                self.findings += reviews.findings
                self.met |= reviews.met
                self.ledger.unlinked += reviews.labelled
        frame = Frame(self.house, self.document, self.voice, self.ref)
        frame.audit(self.first, self.met, self.offers, own=bool(self.expected and self.expected.own))
        self.findings += frame.findings
        self.statement = frame.statement
        if self.house.denials and self.met:
            self.denials()

    # Links

    def links(self) -> None:
        """Every link to elsewhere: a shop's of a record, or one that no record accounts for."""
        known = self.expected.links if self.expected else {}
        met: dict[str, list[tuple[Element, tuple[str, ...]]]] = defaultdict(list)
        for element in self.document.select(outbound.ELSEWHERE):
            url = outbound.address_of(element)
            variants = known.get(url)
            if variants is None:
                self.elsewhere(url)
                continue
            if self.first is None:
                self.first = element
            texts = self.fast(element) if any(each.needs for each in variants) else ()
            if len(variants) == 1:
                self.link(element, variants[0], texts)
            met[url].append((element, texts))
        for url, found in met.items():
            if len(known[url]) > 1:
                self.shared(found, known[url])

    def elsewhere(self, url: str) -> None:
        found = outbound.unaccounted(url, self.inputs, self.ref, self.house)
        if isinstance(found, Finding):
            self.findings.append(found)
        elif found:
            self.hosts[found] = None

    def fast(self, anchor: Element) -> tuple[str, ...]:
        """The labels in the element right before an anchor, when nothing around them hides."""
        before, parent = anchor.previous_sibling, anchor.parent
        if isinstance(before, Element) and isinstance(parent, Element) and parent.closest(self.house.suspect) is None:
            return self.house.badges(before.html)
        return ()

    def link(self, anchor: Element, shown: Shown, texts: tuple[str, ...]) -> None:
        """A link of one record: its labels before it, what it says of itself, and what the market wants of its words."""
        if shown.needs:
            if judging.judge(texts, shown.needs, self.wording):
                texts = self.closely(anchor, shown, f"the link to {self.shop(shown)}", self.is_other(anchor))
            self.met |= dict.fromkeys(shown.needs)
            self.marked(anchor, shown)
        self.said(anchor, shown)
        offer = shown.offer
        if offer:
            self.ledger.enter(shown, address(offer), texts)
            if offer.network:
                self.offers[offer.network, offer.url.partition("//")[2].partition("/")[0]] = None

    def shared(self, found: Sequence[tuple[Element, tuple[str, ...]]], variants: Sequence[Shown]) -> None:
        """Several things with one address: each link stands for another one, as far as that goes."""
        fits = [
            [number for number, each in enumerate(variants) if not judging.judge(texts, each.needs, self.wording)]
            for _, texts in found
        ]
        chosen = _matched(fits)
        left = [number for number in range(len(variants)) if number not in chosen.values()]
        for at, (anchor, texts) in enumerate(found):
            number = chosen.get(at)
            if number is None and not left and fits[at]:
                number = fits[at][0]  # more links than things: one more of the same
            elif number is None:
                number = left.pop(0) if left else 0
            self.link(anchor, variants[number], texts)

    def shop(self, shown: Shown) -> str:
        return f"{shown.offer.merchant_name} for {shown.title}" if shown.offer else shown.title

    def is_other(self, anchor: Element) -> Callable[[Element], bool]:
        """Whether an element holds another link to a shop than an anchor."""
        known = self.expected.links if self.expected else {}
        return lambda within: any(
            other != anchor and outbound.address_of(other) in known for other in within.select(outbound.ELSEWHERE)
        )

    def closely(
        self, element: Element, shown: Shown, what: str, is_other: Callable[[Element], bool], *, linked: bool = True
    ) -> tuple[str, ...]:
        """The labels of a thing in any markup; what is wrong with them goes into the findings."""
        wanted = judging.labels(shown.needs, self.wording)
        found = nearby.around(element, wanted, self.house, is_other)
        before = tuple(found.before if linked else [*found.before, *found.after])
        broken = judging.judge(before, shown.needs, self.wording)
        for each in broken:
            self.findings.append(_finding(each, what, shown, found, linked=linked))
        return before

    def marked(self, anchor: Element, shown: Shown) -> None:
        mark = self.wording.mark
        if mark and shown.needs and any(kind is Relationship.AFFILIATE for kind, _ in shown.needs):
            if not anchor.text.rstrip().endswith(mark):
                market = next(pack.id for pack in self.wording.packs if rules.mark(pack) == mark)
                what = f"the text of the link to {self.shop(shown)} does not end with {mark}"
                self.findings.append(Finding("undisclosed", what, MARK, market, shown.ref, shown.item))

    def said(self, anchor: Element, shown: Shown) -> None:
        """The anchor's rel; and the referrer goes along, or the network pays nobody."""
        given = set((anchor.attr("rel") or "").lower().split())
        missing = set(rel(commercial=bool(shown.needs)).split()) - given
        policy = (anchor.attr("referrerpolicy") or "").lower()
        wrong = "noreferrer" if "noreferrer" in given else ""
        if shown.offer and policy != (shown.offer.referrer_policy or ""):
            wrong = wrong or f"referrerpolicy={policy or 'nothing'}"
        if missing or wrong:
            lacks = f"lacks rel={' '.join(sorted(missing))}" if missing else f"has {wrong}"
            what = f"the link to {self.shop(shown)} {lacks}"
            self.findings.append(Finding("wrong-rel", what, "U-08", ALL, shown.ref, shown.item))

    # What is shown without a link

    def codes(self) -> None:
        """Each code that pays bears its label in its box."""
        known = self.expected.codes if self.expected else {}
        for element in self.document.select("code"):
            for shown in known.get(element.text.strip(), ())[:1]:
                texts = self.fast(element)
                if judging.judge(texts, shown.needs, self.wording):
                    others = self.document.select("code")
                    self.closely(element, shown, f"the code {element.text.strip()}", _holds(others, element))
                self.met |= dict.fromkeys(shown.needs)
                self.ledger.unlinked += 1

    def things(self) -> None:
        """Each thing with a tie bears its labels wherever it is shown, in a card or a teaser without a link too."""
        assert self.expected  # noqa: S101
        elements = self.document.select("[id]") if any(each.mark[0] == "#" for each in self.expected.things) else ()
        ids = {each.attr("id"): each for each in elements}
        leading: dict[str, list[Element]] = defaultdict(list)
        for anchor in self.document.select("a[href]"):
            leading[anchor.attr("href") or ""].append(anchor)
        for shown in self.expected.things:
            name = shown.mark.removeprefix("#")
            if name != shown.mark:
                found = [ids[name]] if name in ids else []
            else:
                found = leading.get(self.voice.url(shown.mark), [])
            if found:
                self.thing(found, shown)
            elif name != shown.mark and shown.title in self.document.text:
                self.anywhere(shown)

    def thing(self, elements: Sequence[Element], shown: Shown) -> None:
        """One of the places that show a thing bears its labels; the others only lead to it."""
        self.met |= dict.fromkeys(shown.needs)
        self.ledger.unlinked += 1
        if any(not judging.judge(self.in_card(each, shown), shown.needs, self.wording) for each in elements):
            return
        before = len(self.findings)
        for element in elements:
            mine = len(self.findings)
            self.closely(element, shown, f"“{shown.title}”", self.other_thing(shown, element), linked=False)
            if len(self.findings) == mine:
                del self.findings[before:]
                return
        del self.findings[before + 1 :]

    def in_card(self, element: Element, shown: Shown) -> tuple[str, ...]:
        """The labels that a card shows first, when nothing hides them."""
        card = element if shown.mark.startswith("#") and element.select_one(".badges") else element.closest(CARDS)
        labels = card.select_one(".badges") if card else None
        if labels is None or labels.closest(self.house.suspect) is not None:
            return ()
        return self.house.badges(labels.html)

    def other_thing(self, shown: Shown, element: Element) -> Callable[[Element], bool]:
        """Whether an element holds another thing than the one shown."""
        things = self.expected.things if self.expected else []
        marks = {each.mark for each in things} - {shown.mark}
        addresses = {self.voice.url(mark) for mark in marks if not mark.startswith("#")}
        known = self.expected.links if self.expected else {}

        def holds(within: Element) -> bool:
            return any(f"#{each.attr('id')}" in marks for each in within.select("[id]")) or any(
                each.attr("href") in addresses or each.attr("href") in known
                for each in within.select("a[href]")
                if each != element
            )

        return holds

    def anywhere(self, shown: Shown) -> None:
        """A thing whose card cannot be told from others: its labels stand somewhere on the page."""
        read = nearby.readable(self.document.select_one("body"), self.house) if self.document.select_one("body") else ""
        if shown.title in read:
            self.met |= dict.fromkeys(shown.needs)
            missing = next((each for each in judging.labels(shown.needs, self.wording) if each not in read), None)
            if missing:
                what = f"“{shown.title}” bears no label “{missing}”"
                self.findings.append(Finding("undisclosed", what, "U-05", ALL, shown.ref, shown.item))

    # The theme's own words

    def denials(self) -> None:
        """Words of the theme that deny what the page discloses."""
        body = self.document.select_one("body")
        read = rules.fold(nearby.readable(body, self.house)) if body else ""
        for phrase in rules.contradictions(read):
            if phrase in self.house.denials and self.received():
                what = f"“{phrase}” denies what is disclosed there"
                self.findings.append(Finding("contradiction", what, "U-12", ALL, self.ref))

    def received(self) -> bool:
        linked = {Relationship.AFFILIATE, Relationship.DISCOUNT_CODE}
        return any(kind not in linked for kind, _ in self.met)


def _finding(broken: judging.Broken, what: str, shown: Shown, found: nearby.Around, *, linked: bool) -> Finding:
    """Why a label is missing, as near as it can be told."""
    said = f"{what} bears no label “{broken.wanted}”"
    rule = broken.rule
    if rule == judging.ORDER:
        said = f"the labels of {what} are not in order, the strongest first: {broken.text}"
    elif broken.text:
        said = f"“{broken.text}” does not label {what}; “{broken.wanted}” would"
    elif broken.wanted in found.unseen:
        rule, said = judging.HIDDEN, f"the label “{broken.wanted}” of {what} is hidden"
    elif linked and broken.wanted in found.after:
        rule, said = judging.BEFORE, f"the label “{broken.wanted}” stands after {what}"
    elif not linked and not shown.offer:
        rule = "U-05"
    return Finding("undisclosed", said, rule, broken.market, shown.ref, shown.item)


def _holds(others: Iterable[Element], element: Element) -> Callable[[Element], bool]:
    """Whether an element holds another one of `others`."""
    rest = [each for each in others if each != element]
    return lambda within: any(within in each.ancestors for each in rest)


def _matched(fits: Sequence[Sequence[int]]) -> dict[int, int]:
    """The most links that can each stand for another thing; `fits` says which things each could stand for."""
    owner: dict[int, int] = {}

    def place(link: int, tried: set[int]) -> bool:
        for thing in fits[link]:
            if thing not in tried:
                tried.add(thing)
                if thing not in owner or place(owner[thing], tried):
                    owner[thing] = link
                    return True
        return False

    for link in range(len(fits)):
        place(link, set())
    return {link: thing for thing, link in owner.items()}
