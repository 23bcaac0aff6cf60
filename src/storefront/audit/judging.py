"""Judging labels: whether the texts beside a thing say all its ties, for every market that the page speaks to."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storefront.audit.expected import Need
from storefront.audit.findings import ALL
from storefront.disclosure import STRENGTH, Wording, rules
from storefront.vocabulary.common import Relationship

MISSING, BEFORE, HIDDEN, ORDER = "U-01", "U-02", "U-04", "US-06"
UNIVERSAL = (MISSING, BEFORE, "U-03", HIDDEN, "U-05", "U-07", "U-08", "U-09")


class Broken(NamedTuple):
    """A tie that no text says as it must: rule, market, the text met ("" for none), and a text that would do."""

    rule: str
    market: str
    text: str
    wanted: str


@lru_cache(maxsize=8192)
def label(need: Need, wording: Wording) -> str:
    """The text that the page's markets want for a tie."""
    return folded(wording.badges[need[0]].replace(rules.BRAND, need[1]))


@lru_cache(maxsize=8192)
def labels(needs: tuple[Need, ...], wording: Wording) -> tuple[str, ...]:
    """The texts that the page's markets want for ties, in order, each once."""
    return tuple(dict.fromkeys(label(need, wording) for need in needs))


def folded(text: str) -> str:
    """A text as it is read: runs of white space are one space."""
    return " ".join(text.split())


@lru_cache(maxsize=65536)  # the ties of a site's links are few, and their labels too
def judge(texts: tuple[str, ...], needs: tuple[Need, ...], wording: Wording) -> tuple[Broken, ...]:
    """What is wrong with the labels of a thing, given in the order in which they stand; nothing, for nearly all.

    Each tie needs a text of its own: with several, all are shown. One that the market would accept is as good as ours.
    """
    if texts == labels(needs, wording):
        return ()
    said: dict[str, Relationship] = {}
    places: list[tuple[int, int]] = []
    open_needs = []
    for need in needs:
        if (wanted := label(need, wording)) in texts:
            said[wanted] = need[0]
            places.append((STRENGTH[need[0]], texts.index(wanted)))
        else:
            open_needs.append(need)
    found: list[Broken] = []
    for need in open_needs:
        if text := next(
            (each for each in texts if said.get(each, need[0]) is need[0] and _may(each, need, wording)), ""
        ):
            said[text] = need[0]
            places.append((STRENGTH[need[0]], texts.index(text)))
        else:
            found += _broken([each for each in texts if each not in said], need, wording)
    return tuple(found) or tuple(_out_of_order(places, texts, needs, wording))


def _may(text: str, need: Need, wording: Wording) -> bool:
    if not text.isprintable():  # a letter that nobody sees may part a word, or turn a line around
        return False
    return not any(rules.broken(text, need[0], pack, wording.language, need[1]) for pack in wording.packs)


def _broken(texts: Sequence[str], need: Need, wording: Wording) -> Iterator[Broken]:
    """The rules that the first text breaks, market by market; that it is missing when there is none."""
    wanted = label(need, wording)
    if not texts:
        yield Broken(MISSING, ALL, "", wanted)
        return
    for pack in wording.packs:
        for rule in rules.broken(texts[0], need[0], pack, wording.language, need[1]):
            yield Broken(rule, pack.id, texts[0], wanted)


def _out_of_order(
    places: Sequence[tuple[int, int]], texts: Sequence[str], needs: tuple[Need, ...], wording: Wording
) -> Iterator[Broken]:
    """Several ties, and a weaker one before a stronger, where a market cares."""
    standing = [place for _, place in sorted(places)]
    if standing != sorted(standing):
        for pack in wording.packs:
            if ORDER in pack.rules:
                yield Broken(ORDER, pack.id, ", ".join(texts), ", ".join(labels(needs, wording)))


@lru_cache(maxsize=4096)
def applied(needs: tuple[Need, ...], wording: Wording) -> tuple[str, ...]:
    """The ids of the markets' rules that the labels of a thing were judged by, each as `market/rule`."""
    return tuple(
        f"{pack.id}/{rule_id}"
        for pack in wording.packs
        for rule_id, rule in pack.rules.items()
        if rule.proof in {"text", "page"} and any(rule.covers(kind) for kind, _ in needs)
    )
