"""The disclosure at the top of a page: every tie behind its links and reviews, before the first of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from storefront import disclosure, locales
from storefront.catalog.facts import ListFact, OfferFact, Pick, PostFact
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.trade import PromoFact
from storefront.pages import routes, views
from storefront.pages.networks import sentence_language, sentenced, statement_of
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship

# Every thing says these beside itself. The statement names them only where nothing else is to be said, since it
# must fit the first screen of a phone.
LEFT_TO_LABELS = frozenset({Relationship.GIFTED, Relationship.LOANED, Relationship.INVITED, Relationship.DISCOUNT_CODE})
# A member of an enumeration takes 0.1 µs to look up in Python 3.11, and each pick of a page asks.
AFFILIATE, GIFTED = Relationship.AFFILIATE, Relationship.GIFTED
NAMED = 3  # brands and shops named in one sentence; the statement must fit the first screen of a phone


class Tie(NamedTuple):
    """One relationship behind something on the page, and with whom: a brand, or for an affiliate link a shop."""

    relationship: Relationship
    who: str


class Through(NamedTuple):
    """A network, and the host that its links on the page lead to."""

    network: str
    host: str


def of_picks(picks: Iterable[Pick]) -> Iterable[Tie]:
    """The ties behind picks, their links and their codes."""
    for pick in picks:
        for relationship in pick.relationships:
            if relationship is AFFILIATE and pick.offer:
                yield Tie(relationship, pick.offer.merchant_name)
            elif relationship not in disclosure.UNPAID:
                yield Tie(relationship, pick.tie)
        if pick.promo and not pick.retired:
            yield from of_code(pick.promo)


def of_code(promo: PromoFact) -> Iterable[Tie]:
    """The ties behind a code: with its shop when it pays, and with the brand whose campaign it was made for."""
    for relationship in promo.relationships:
        if relationship is Relationship.DISCOUNT_CODE:
            yield Tie(relationship, promo.merchant_name)
        elif relationship not in disclosure.UNPAID:
            yield Tie(relationship, promo.tied_to)


def of_offers(offers: Iterable[OfferFact]) -> Iterable[Tie]:
    """The ties behind offers of no one creator's."""
    for offer in offers:
        for relationship in offer.relationships:
            if relationship not in disclosure.UNPAID:
                yield Tie(relationship, offer.merchant_name)


def of_reviews(reviews: Iterable[ReviewFact]) -> Iterable[Tie]:
    """What was received for reviews."""
    for review in reviews:
        for relationship in review.relationships:
            if relationship not in disclosure.UNPAID:
                yield Tie(relationship, review.brand_name)


def of_lists(lists: Iterable[ListFact]) -> Iterable[Tie]:
    """The ties behind whole lists."""
    for entry in lists:
        yield from of_picks(entry.picks)


def of_posts(posts: Iterable[PostFact]) -> Iterable[Tie]:
    """The ties behind posts."""
    for post in posts:
        yield from of_picks(post.picks)
        yield from (Tie(relationship, post.tied_to) for relationship in post.ties)


def networks_of(offers: Iterable[OfferFact | None], voice: Voice) -> set[Through]:
    """The networks that track links on the page and want a sentence of their own, each with the shop's host."""
    wanting = sentenced(voice.site)
    return {
        Through(offer.network, offer.url.partition("//")[2].partition("/")[0])
        for offer in offers
        if offer and offer.network in wanting
    }


def gifts(picks: Sequence[Pick], voice: Voice) -> Sequence[str]:
    """How many of the picks were gifts, when any was."""
    standing = [pick for pick in picks if not pick.retired]
    count = sum(GIFTED in pick.relationships for pick in standing)
    return [voice.say("gifted_count", count, total=len(standing))] if count else []


def creator_statement(
    ties: Iterable[Tie], networks: Iterable[Through], voice: Voice, *extra: str
) -> views.Statement | None:
    """The statement of one creator's page, in her own voice; None when nobody gave her anything."""
    grouped: dict[Relationship, dict[str, None]] = {}
    for tie in ties:
        grouped.setdefault(tie.relationship, {})[tie.who] = None
    said = grouped.keys() - LEFT_TO_LABELS or grouped.keys()
    sentences = [
        _filled(voice.pack.statements[relationship], _named(list(grouped[relationship]), voice))
        for relationship in disclosure.strongest_first(said)
    ]
    return _statement([*sentences, *_of_networks(networks, voice), *extra], voice)


def _filled(sentence: str, names: str) -> str:
    """A sentence about brands or merchants; a name that ends in a full stop ends the sentence too."""
    filled = sentence.format(brands=names, merchants=names)
    return filled[:-1] if filled.endswith("..") else filled


def site_statement(ties: Iterable[Tie], networks: Iterable[Through], voice: Voice) -> views.Statement | None:
    """The statement of a page that several creators share."""
    first = [voice.pack.shared] if any(True for _ in ties) else []
    return _statement([*first, *_of_networks(networks, voice)], voice)


def _statement(sentences: Sequence[str], voice: Voice) -> views.Statement | None:
    if not sentences:
        return None
    more = voice.link(voice.say("how_link"), routes.HOW)
    return views.Statement(label=voice.pack.label, sentences=tuple(sentences), more=more)


def _named(names: Sequence[str], voice: Voice) -> str:
    if len(names) > NAMED + 1:
        rest = voice.say("and_more", len(names) - NAMED)
        return locales.listed([*names[:NAMED], rest], voice.locale)
    return locales.listed(names, voice.locale)


def _of_networks(networks: Iterable[Through], voice: Voice) -> list[str]:
    """The sentences that networks want word for word, each once.

    They are terms of the contract with the shop's own country (Amazon's Associates agreement), so the shop decides
    the language and not the page; the page's own sentence says the same before it, in the reader's.
    """
    found = {}
    for network, host in sorted(networks):
        said = statement_of(network, voice.site)
        if said:
            wanted = sentence_language(network, host) or voice.language
            language = next((each for each in (wanted, "en") if each in said), next(iter(said)))
            found[said[language]] = language
    return [_spoken(sentence, language, voice) for sentence, language in found.items()]


def _spoken(sentence: str, language: str, voice: Voice) -> str:
    if language == voice.language:
        return sentence
    return Markup('<span lang="{}">{}</span>').format(language, sentence)
