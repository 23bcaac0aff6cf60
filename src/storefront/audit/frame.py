"""What a page says as a whole: its statement, networks' sentences, its language, its preview and its imprint."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from turbohtml import Element

from storefront.audit import nearby
from storefront.audit.findings import ALL, Finding
from storefront.audit.house import House, Suspected
from storefront.audit.judging import folded
from storefront.disclosure import Wording, rules
from storefront.links import host_of
from storefront.pages import recalled
from storefront.pages.networks import sentence_language, statement_of
from storefront.pages.statement import LEFT_TO_LABELS
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship

STATEMENT, LANGUAGE, PREVIEW = "U-03", "U-07", "U-11"
HIDDEN, SAYS = "U-04", "U-01"
SENTENCE = "AMZ-01"
IMPRINT = "EU-01"
RECALL = "U-14"
PREVIEWS = ("og:description", "twitter:description")
DESCRIPTIONS = 'head meta[content]:is([property$="description" i], [name$="description" i])'
_opening = re.compile(r"^[\W_]+")


Sentence = tuple[str, ...]  # the pieces between its gaps
Wanted = tuple[tuple[Sentence, ...], tuple[Sentence, ...]]  # all of these, and one of those


class Frame:
    """What stands around the things of a page."""

    def __init__(self, house: House, document: Any, voice: Voice, ref: str, suspected: Suspected) -> None:
        self.house, self.document, self.voice, self.ref, self.suspected = house, document, voice, ref, suspected
        self.findings: list[Finding] = []
        self.statement = False

    def audit(
        self, first: Element | None, kinds: Collection[Relationship], tracked: Mapping[str, str], *, own: bool
    ) -> None:
        """`first` is the first link to a shop, `kinds` the ties of what is shown.

        `tracked` are the links through networks that want a sentence, each with its network.
        """
        self.own = own
        if kinds:
            self.stated(first, tuple(kinds), own=own)
            self.preview()
        for network, host in sorted({(network, host_of(url)) for url, network in tracked.items()}):
            self.sentence(network, host)
        if kinds or first is not None:
            self.language()
            self.styled()
        if first is not None:
            self.referrer()
        if self.voice.site.publisher and any(IMPRINT in pack.rules for pack in self.voice.pack.packs):
            self.imprint()

    def refuse(self, code: str, what: str, rule: str, market: str = ALL) -> None:
        self.findings.append(Finding(code, what, rule, market, self.ref))

    def stated(self, first: Element | None, kinds: tuple[Relationship, ...], *, own: bool) -> None:
        """The page's own statement stands before its first link to a shop, and can be read."""
        wording = self.voice.pack
        wanted = sentences(kinds, wording, own=own)
        element = self.document.select_one(".statement")
        if element is not None and _before(element, first) and self.said(element, wanted):
            self.statement = True
            return
        body = self.document.select_one("body")
        if body is not None and says(nearby.readable(body, self.house, first), wanted):
            self.statement = True
            return
        why = "no statement stands before the first link to a shop" if first is not None else "no statement can be read"
        if body is not None and first is not None and says(nearby.readable(body, self.house), wanted):
            why = "the statement stands after the first link to a shop"
        elif body is not None and says(folded(body.text), wanted):
            why = "the statement is hidden"
        self.refuse("unstated", why, STATEMENT)

    def said(self, element: Element, wanted: Wanted) -> bool:
        """Whether a statement says what it must, and can be read. Pages that creators share have the same."""
        if not self.house.plain(element, self.suspected):
            return self.house.seen(element) and says(element.text, wanted)
        if self.own:
            return self.house.whole(element, self.suspected) and says(element.text, wanted)
        key = (element.html, wanted)
        known = self.house.stated.get(key)
        if known is None:
            known = self.house.stated[key] = self.house.whole(element, self.suspected) and says(element.text, wanted)
        return known

    def sentence(self, network: str, host: str) -> None:
        """What a network wants on every page with its links, to the letter."""
        known = statement_of(network, self.voice.site)
        wanted = sentence_language(network, host) or self.voice.language
        text = known[next((each for each in (wanted, "en") if each in known), next(iter(known)))]
        element = self.document.select_one(".statement")
        if element is not None and text in element.text and self.house.seen(element):
            return
        body = self.document.select_one("body")
        if body is None or text not in nearby.readable(body, self.house):
            self.refuse("unstated", f"a link to {host} wants the sentence “{text}”, to the letter", SENTENCE, network)

    def language(self) -> None:
        """The page names the language that it is in: labels are judged in it, and read aloud in it."""
        html = self.document.select_one("html")
        given = (html.attr("lang") or "").lower() if html is not None else ""
        if given.partition("-")[0] != self.voice.language:
            what = f"the page says that it is in “{given}”, and its labels are in “{self.voice.language}”"
            self.refuse("undisclosed", what, LANGUAGE)

    def styled(self) -> None:
        """The page has the stylesheets that were read for what they hide, and no other rules."""
        house, sheet = self.house, self.house.sheet
        links = (each.attr("href") or "" for each in self.document.select('link[rel~="stylesheet" i]'))
        other = next((each for each in links if each not in house.sheets and not each.startswith(house.accents)), "")
        if self.document.select_one("style") is not None:
            self.refuse("undisclosed", "there are rules in a style element, and nothing says what they hide", HIDDEN)
        if other:
            self.refuse("undisclosed", f"the stylesheet {other} is not the theme's; nothing says what it hides", HIDDEN)
        if sheet.imports:
            self.refuse("undisclosed", "the stylesheet imports another one, and nothing says what that hides", HIDDEN)
        if sheet.relabels:
            self.refuse("undisclosed", f"the stylesheet paints “{sheet.relabels[0]}” into labels", SAYS)

    def preview(self) -> None:
        """A preview that carries the recommendation carries the label too."""
        named = [
            ((each.attr("property") or each.attr("name") or "").lower(), each.attr("content") or "")
            for each in self.document.select(DESCRIPTIONS)
        ]
        told = [text for name, text in named if name in PREVIEWS]
        if not any(name == PREVIEWS[0] for name, _ in named):  # then a preview shows what is meant for search engines
            told += [text for name, text in named if name == "description"]
        label = self.voice.pack.label
        if any(each and not _labelled(each, label) for each in told):
            self.refuse("undisclosed", f"the preview's text bears no label “{label}”", PREVIEW)

    def referrer(self) -> None:
        """A page that hides where its visitors come from is paid nothing by networks."""
        meta = self.document.select_one('meta[name="referrer" i]')
        if meta is not None and (meta.attr("content") or "").lower() in {"no-referrer", "never", "same-origin"}:
            self.refuse(
                "wrong-rel",
                f"the page asks for {meta.attr('content')}, and no shop sees where visits come from",
                "U-08",
            )

    def imprint(self) -> None:
        """The publisher stands on every page, as far as the site names one."""
        publisher = self.voice.site.publisher
        given = (publisher.name, publisher.address, publisher.email) if publisher else ()
        read = folded(self.document.text)
        missing = next((each for each in given if each and folded(each) not in read), None)
        if missing:
            self.refuse("undisclosed", f"the imprint lacks “{folded(missing)}”", IMPRINT, "eu")


def _labelled(text: str, label: str) -> bool:
    """Whether a text begins with a label, as it is written here or in another way."""
    return text.startswith(f"[{label}]") or rules.starts(_opening.sub("", text), label)


def _before(element: Element, first: Element | None) -> bool:
    """Whether an element stands before another in the file; the parser moves neither of them."""
    if first is None:
        return True
    here, there = element.position, first.position
    return here is not None and there is not None and here < there


@lru_cache(maxsize=1024)
def sentences(kinds: tuple[Relationship, ...], wording: Wording, *, own: bool) -> Wanted:
    """The sentences that a statement must hold, and those of which it must hold one.

    A statement leaves to the labels what they say beside each thing, where it has anything else to say.
    """
    label = (wording.label,)
    if not own:
        return (label, (folded(wording.shared),)), ()
    said = [pieces(wording.statements[kind]) for kind in kinds if kind not in LEFT_TO_LABELS]
    return (label, *said), () if said else tuple(map(pieces, wording.statements.values()))


def pieces(sentence: str) -> Sentence:
    """What stands between the gaps of a sentence. A full stop at its end may be the last name's."""
    return tuple(folded(part) for part in re.split(r"\{\w+\}", sentence) if part.strip(" ."))


def says(text: str, wanted: Wanted) -> bool:
    """Whether all the sentences stand in a text that must, and one of the others."""
    read = folded(text)
    every, some = wanted
    return all(_holds(read, each) for each in every) and (not some or any(_holds(read, each) for each in some))


def _holds(text: str, sentence: Sentence) -> bool:
    """Whether the pieces of a sentence stand in a text, in order."""
    at = 0
    for piece in sentence:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def untold(document: Any, inputs: Any, house: House, ref: str) -> list[Finding]:
    """Recalls of what a page shows that cannot be read on it."""
    found = recalled.recalls_in(inputs)
    body = document.select_one("body") if found else None
    read = folded(nearby.readable(body, house)) if body is not None else ""
    return [
        Finding("untold-recall", f"a recall of {recall.product_title} cannot be read", RECALL, ALL, ref)
        for recall in found
        if folded(recall.notice) not in read
    ]
