"""The audit of an HTML page: its links to shops, its codes, and what it shows without a link.

One fast look proves what the shipped theme writes: the labels are the element right before the anchor, or the first
element of labels in a card. Whatever it cannot prove is looked at closely (`nearby`) and only then refused.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import turbohtml
from turbohtml import Element

from storefront.audit import judging, nearby, outbound, quotes, rivals
from storefront.audit.expected import Group, Need, Shown, of_page
from storefront.audit.findings import ALL, Finding
from storefront.audit.frame import Frame
from storefront.audit.house import NAMES, House
from storefront.audit.judging import folded
from storefront.audit.matching import matched
from storefront.audit.proofs import Ledger, Proven
from storefront.audit.reviews import Reviews, unnoted
from storefront.catalog.relationships import LINKED
from storefront.disclosure import Wording, denials, rules
from storefront.links import rel
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship

CARDS = "li, article"
UNUSUAL = NAMES | outbound.NAMES  # the elements without which a page need not be asked for some things
COMMERCIAL, PLAIN = rel(commercial=True), rel(commercial=False)
NOTHING = Proven(())
MOST = 65536  # pieces of markup remembered; a theme that writes each link otherwise has no use for it
MARK = "DE-02"  # the text of an affiliate link ends with a mark


class Page:
    """One page while it is audited."""

    def __init__(self, house: House, data: bytes, inputs: Any, ref: str) -> None:
        self.house, self.inputs, self.ref = house, inputs, ref
        self.document = turbohtml.parse(data, encoding="utf-8", allow_declarative_shadow_roots=False)
        self.names = {each.tag for each in self.document.iter_elements(UNUSUAL)}
        self.suspected = house.suspected(self.document, self.names)
        self.leading = outbound.leading(self.document, house, self.names)
        expected = of_page(inputs)
        self.voice = expected.voice if expected else voice(inputs.site)
        self.own = expected is not None and expected.own
        self.group = expected.group if expected else Group()
        self.reviews = expected.reviews if expected else ()
        self.whole = expected.whole if expected else None
        self.removed = expected.removed if expected else ()
        self.quoted = expected.quoted if expected else ()
        self.imported = expected.imported if expected else ()
        self.wording: Wording = self.voice.pack
        self.known = house.proven[self.wording]
        self.ledger = Ledger(self.wording)
        self.findings: list[Finding] = []
        self.hosts: dict[str, None] = {}
        self.first: Element | None = None  # the first link to a shop
        self.needs: dict[int, tuple[Need, ...]] = {}  # the ties of what the page shows
        self.tracked: dict[str, str] = {}  # its links through networks that want a sentence, each with its network
        self.statement = False

    def audit(self) -> None:
        """Everything that is wrong with the page goes into `findings`, what it shows into the ledger."""
        self.links()
        if self.group.codes:
            self.codes()
        if self.group.things:
            self.things()
        if self.whole:
            self.post(self.whole)
        if self.reviews:
            reviews = Reviews(self.house, self.document, self.voice, self.reviews, self.suspected)
            self.findings += reviews.findings
            self.needs |= reviews.needs
            self.ledger.unlinked += reviews.labelled
        if self.group.sided or self.reviews:
            self.findings += rivals.untold(self.group.sided, self.reviews, self.document, self.house, self.voice)
        if self.quoted:
            self.findings += quotes.unlabelled(self.quoted, self.document, self.house, self.voice, self.suspected)
        if self.imported:
            self.findings += quotes.unsaid(self.imported, self.document, self.house, self.voice)
        if self.removed:
            self.findings += unnoted(self.removed, self.document, self.house, self.voice)
        kinds = dict.fromkeys([kind for needs in self.needs.values() for kind, _ in needs])
        frame = Frame(self.house, self.document, self.voice, self.ref, self.suspected)
        frame.audit(self.first, kinds, self.tracked, own=self.own)
        self.findings += frame.findings
        self.statement = frame.statement
        if any(kind not in LINKED for kind in kinds):
            self.denials()

    # Links

    def links(self) -> None:
        """Every link to elsewhere: a shop's of a record, or one that no record accounts for."""
        known = self.group.links
        shared: dict[str, list[Element]] = defaultdict(list)
        for element in self.document.select(self.leading):
            url = element.attr("href") or outbound.address_of(element)
            variants = known.get(url)
            if variants is None:
                self.elsewhere(url)
                continue
            if self.first is None:
                self.first = element
            if len(variants) == 1:
                shown = variants[0]
                self.link(element, url, shown, self.fast(element, shown.needs) if shown.needs else NOTHING)
            else:
                shared[url].append(element)
        for anchor in nearby.turned(self.document, self.house) if known else ():
            for shown in [each for each in known.get(anchor.attr("href") or "", ()) if each.needs][:1]:
                what = f"the stylesheet changes the order of the link to {self.shop(shown)} and of its label"
                self.findings.append(Finding("undisclosed", what, judging.BEFORE, ALL, shown.ref, shown.item))
        if away := outbound.refreshed(self.document):
            self.elsewhere(away)
        self.findings += outbound.unread(self.document, self.names, self.ref)
        for url, found in shared.items():
            for anchor, shown in self.shared(found, known[url]):
                self.link(anchor, url, shown, self.fast(anchor, shown.needs))

    def elsewhere(self, url: str) -> None:
        found = outbound.unaccounted(url, self.inputs, self.ref, self.house)
        if isinstance(found, Finding):
            self.findings.append(found)
        elif found:
            self.hosts[found] = None

    def link(self, anchor: Element, url: str, shown: Shown, proof: Proven) -> None:
        """A link of one record: its labels before it, which one look proves or does not, and its words."""
        needs = shown.needs
        if needs:
            if not proof.texts:
                what = f"the link to {self.shop(shown)}"
                proof = self.house.proof(needs, self.closely(anchor, shown, what, self.is_other(anchor)))
            self.needs[id(needs)] = needs
            if self.wording.mark:
                self.marked(anchor, shown)
        offer = shown.offer
        if offer is not None:
            given = anchor.attr("rel")
            if given != (COMMERCIAL if needs else PLAIN) or anchor.attr("referrerpolicy") != offer.referrer_policy:
                self.said(anchor, shown, given or "")
            if offer.network in self.house.sentenced:
                self.tracked[offer.url] = offer.network or ""
        self.ledger.enter(shown, url, proof)

    def fast(self, element: Element, needs: tuple[Need, ...]) -> Proven:
        """The labels in the element right before another, when they say all and nothing around them hides; else none.

        The same few pieces of markup stand before most links of a site, so each is judged once.
        """
        if not needs:
            return NOTHING
        before = element.previous_sibling
        if not isinstance(before, Element) or not self.house.plain(before, self.suspected):
            return NOTHING
        return self.proven(before, needs)

    def proven(self, labels: Element, needs: tuple[Need, ...]) -> Proven:
        """The labels in a piece of markup, when they say all."""
        key = (labels.html, id(needs))
        known = self.known.get(key)
        if known is None:
            texts = self.house.badges(key[0])
            good = not judging.judge(texts, needs, self.wording)
            known = self.house.proof(needs, texts if good else ())
            if len(self.known) < MOST:
                self.known[key] = known
        return known

    def shared(self, found: Sequence[Element], variants: Sequence[Shown]) -> Iterator[tuple[Element, Shown]]:
        """Several things with one address: each link stands for another one, as far as that goes.

        Nearly always they stand in the order of the inputs.
        """
        if len(found) == len(variants) and all(map(self.fits, found, variants)):
            yield from zip(found, variants, strict=True)
            return
        fits = [[at for at, each in enumerate(variants) if self.fits(element, each)] for element in found]
        chosen = matched(fits)
        left = [number for number in range(len(variants)) if number not in chosen.values()]
        for at, element in enumerate(found):
            number = chosen.get(at)
            if number is None and not left and fits[at]:
                number = fits[at][0]  # more elements than things: one more of the same
            elif number is None:
                number = left.pop(0) if left else 0
            yield element, variants[number]

    def fits(self, element: Element, shown: Shown) -> bool:
        """Whether a link or a code may stand for a thing."""
        return not shown.needs or bool(self.fast(element, shown.needs).texts)

    def shop(self, shown: Shown) -> str:
        return f"{shown.offer.merchant_name} for {shown.title}" if shown.offer else shown.title

    def is_other(self, anchor: Element) -> Callable[[Element], bool]:
        """Whether an element holds another link to a shop than an anchor."""
        known = self.group.links
        return lambda within: any(
            other != anchor and outbound.address_of(other) in known for other in within.select(self.leading)
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
        """The text of an affiliate link ends with the mark that the statement explains."""
        mark = self.wording.mark
        paid = any(kind is Relationship.AFFILIATE for kind, _ in shown.needs)
        if paid and not anchor.text.rstrip().endswith(mark):
            market = next(pack.id for pack in self.wording.packs if rules.mark(pack) == mark)
            what = f"the text of the link to {self.shop(shown)} does not end with {mark}"
            self.findings.append(Finding("undisclosed", what, MARK, market, shown.ref, shown.item))

    def said(self, anchor: Element, shown: Shown, given: str) -> None:
        """What an anchor's rel lacks, or what keeps the referrer from a network, which then pays nobody."""
        words = set(given.lower().split())
        missing = set(rel(commercial=bool(shown.needs)).split()) - words
        policy = (anchor.attr("referrerpolicy") or "").lower()
        wanted = (shown.offer.referrer_policy if shown.offer else None) or ""
        lacks = f"lacks rel={' '.join(sorted(missing))}" if missing else ""
        if "noreferrer" in words:
            lacks = "has rel=noreferrer"
        elif policy != wanted:
            lacks = f"has referrerpolicy={policy or 'nothing'} and not {wanted or 'nothing'}"
        if lacks:
            what = f"the link to {self.shop(shown)} {lacks}"
            self.findings.append(Finding("wrong-rel", what, "U-08", ALL, shown.ref, shown.item))

    # What is shown without a link

    def codes(self) -> None:
        """Each code that pays, or that a campaign with a tie was made for, bears its labels in its box."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.document.select("code"):
            if (text := element.text.strip()) in self.group.codes:
                found[text].append(element)
        body = self.document.select("body")[0]
        for text in [each for each in self.group.codes if each not in found and each in body.text]:
            found[text] = nearby.saying(body, text, self.house)  # in another element, or among words
        for text, elements in found.items():
            for element, shown in self.owed(elements, self.group.codes[text]):
                if shown.needs:
                    self.code(element, text, shown)

    def owed(self, elements: Sequence[Element], variants: Sequence[Shown]) -> Iterator[tuple[Element, Shown]]:
        """Places of one code, each with one of those whose code it is: to some it may be more than to others.

        Hundreds of picks may share one, so those that want the same labels are looked at together, and who wants most
        of them first. What no look proves is taken in the order of the page.
        """
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, shown in enumerate(variants):
            groups[judging.labels(shown.needs, self.wording)].append(number)
        waiting, left = dict(enumerate(elements)), dict(enumerate(variants))
        for group in sorted(groups.values(), key=lambda group: len(variants[group[0]].needs), reverse=True):
            fitting = [at for at, element in waiting.items() if self.fits(element, variants[group[0]])]
            for at, number in zip(fitting, group, strict=False):
                yield waiting.pop(at), left.pop(number)
        others = iter(left.values())
        for element in waiting.values():
            again = next((shown for shown in variants if self.fits(element, shown)), variants[0])
            yield element, next(others, again)

    def code(self, element: Element, text: str, shown: Shown) -> None:
        """A code of one record."""
        if not self.fast(element, shown.needs).texts:
            others = [*self.document.select("code"), *self.document.select(self.leading)]
            self.closely(element, shown, f"the code {text}", _holds(others, element))
        self.needs[id(shown.needs)] = shown.needs
        self.ledger.unlinked += 1

    def things(self) -> None:
        """Each thing with a tie bears its labels wherever it is shown, in a card or a teaser without a link too."""
        for shown in self.group.things:
            mark = shown.mark
            by_id = mark.startswith("#")
            found = self.document.select(f'[id="{mark[1:]}"]' if by_id else f'a[href="{self.voice.url(mark)}"]')
            if not found and by_id and not self.named and shown.title in self.document.text:
                found = nearby.titled(self.document.select("body")[0], shown.title, self.house)
            if found:
                self.thing(found, shown)

    def post(self, shown: Shown) -> None:
        """What the page itself is bears its labels somewhere on it."""
        self.needs[id(shown.needs)] = shown.needs
        self.ledger.unlinked += 1
        body = self.document.select("body")[0]
        read = nearby.readable(body, self.house)
        for wanted in judging.labels(shown.needs, self.wording):
            if wanted not in read:
                rule = judging.HIDDEN if wanted in folded(body.text) else "U-05"
                what = f"“{shown.title}” bears no label “{wanted}”"
                self.findings.append(Finding("undisclosed", what, rule, ALL, shown.ref))

    @cached_property
    def named(self) -> bool:
        """Whether the page names any thing by its id; then those that it does not name are not shown."""
        group = self.group
        marks = {each.mark for each in (*group.things, *(one for found in group.links.values() for one in found))}
        return any(f"#{each.attr('id')}" in marks for each in self.document.select("[id]"))

    def thing(self, elements: Sequence[Element], shown: Shown) -> None:
        """One of the places that show a thing bears its labels; the others only lead to it."""
        self.needs[id(shown.needs)] = shown.needs
        self.ledger.unlinked += 1
        if any(self.in_card(each, shown) for each in elements):
            return
        before = len(self.findings)
        for element in elements:
            mine = len(self.findings)
            self.closely(element, shown, f"“{shown.title}”", self.other_thing(shown, element), linked=False)
            if len(self.findings) == mine:
                del self.findings[before:]
                return
        del self.findings[before + 1 :]

    def in_card(self, element: Element, shown: Shown) -> bool:
        """Whether the labels that a card shows first say all, and nothing hides them."""
        card = element if shown.mark.startswith("#") and element.select_one(".badges") else element.closest(CARDS)
        labels = card.select_one(".badges") if card else None
        if labels is None or not self.house.plain(labels, self.suspected):
            return False
        return bool(self.proven(labels, shown.needs).texts)

    def other_thing(self, shown: Shown, element: Element) -> Callable[[Element], bool]:
        """Whether an element holds another thing than the one shown."""
        marks = {each.mark for each in self.group.things} - {shown.mark}
        addresses = {self.voice.url(mark) for mark in marks if not mark.startswith("#")}
        known = self.group.links

        def holds(within: Element) -> bool:
            return any(f"#{each.attr('id')}" in marks for each in within.select("[id]")) or any(
                each.attr("href") in addresses or each.attr("href") in known
                for each in within.select("a[href]")
                if each != element
            )

        return holds

    # The theme's own words

    def denials(self) -> None:
        """Words of the theme that deny what the page discloses."""
        for phrase in self.house.painted:
            what = f"“{phrase}”, which the stylesheet paints, denies what is disclosed there"
            self.findings.append(Finding("contradiction", what, "U-12", ALL, self.ref))
        if not self.house.denials:
            return
        body = self.document.select_one("body")
        read = nearby.readable(body, self.house) if body is not None else ""
        for phrase in self.house.denials:
            if denials.stands(phrase, read):
                what = f"“{phrase}” denies what is disclosed there"
                self.findings.append(Finding("contradiction", what, "U-12", ALL, self.ref))


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
