"""Secrets: what must not be seen at the moment, record by record, and what to know each by."""

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from storefront.catalog.community import recognises
from storefront.catalog.live import Live
from storefront.clock import Clock, window
from storefront.content import Origin
from storefront.leaks.phrases import Phrase, phrase, phrases, words_of
from storefront.pages import routes
from storefront.problems import KeyPath
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Record
from storefront.vocabulary.community import Standing
from storefront.vocabulary.curation import Promo, PromoStatus
from storefront.vocabulary.influencer import Influencer

EMBEDS = "embed/"
# What tells nothing of a record: names of others, words from a list, days, amounts.
TELLS_NOTHING = frozenset(
    {
        "accent", "admitted", "affiliate", "aggregator", "applied", "as_of", "asks", "at", "audience", "availability",
        "brand", "brands", "budget", "by", "campaign", "capacity", "channels", "closes", "collection_method",
        "conditions", "country", "creator", "date", "disclosure", "draft", "embargo_until", "fee", "from", "gift",
        "given", "helped", "imported_on", "kind", "language", "lists", "locale", "markets", "member", "members",
        "merchant", "method", "metric", "minimum_purchase_amount", "minors", "money_off_amount", "network", "opens",
        "outcome", "owned_since", "place_from", "places", "posted", "price", "prices", "product", "program", "promo",
        "proof", "provenance", "publisher", "redemption_channel", "region", "regions", "relationship", "relationships",
        "releases", "replaced_by", "sale_price", "sale_price_effective_date", "severity", "sharing", "since", "source",
        "squad", "src", "status", "to", "unique_per", "until", "updated", "value", "verdict", "verified_on", "who",
    }
)  # fmt: skip
IDS = frozenset({"products", "exclude", "stores"})  # where they are lists of ids
NUMBERS = frozenset({"gtin", "asin", "mpn"})
SHORTEST_NUMBER, SHORTEST_CODE = 5, 4
OWN_PAGE = {"brand": routes.brand, "squad": routes.squad, "call": routes.call}
KINDS = {
    "influencers": "creator", "lists": "list", "posts": "post", "reviews": "review", "promos": "promo code",
    "products": "product", "brands": "brand", "merchants": "merchant", "campaigns": "campaign", "recalls": "recall",
    "snippets": "snippet", "squads": "squad", "calls": "call",
}  # fmt: skip


class Secret(Struct, frozen=True):
    """A record, or a part of one, that must not be seen, and why.

    `phrases` are what it is known by, each with its name. With `below`, only files whose paths begin so must not have
    it.
    """

    name: str
    why: str
    origin: Origin
    path: KeyPath
    phrases: tuple[tuple[str, Phrase], ...]
    below: tuple[str, ...] = ()


def secrets(curation: Curation, live: Live) -> Iterator[Secret]:
    """All that must not be seen of a curation of which `live` is open."""
    for table, kind in KINDS.items():
        shown = getattr(live, table)
        for key, entry in getattr(curation, table).items():
            if table == "reviews" and key in live.removed:
                phrases = tuple(_phrases(_plain(entry.record)))
                yield Secret(f"review {entry.owner}/{entry.id}", "removed", entry.origin, (), phrases)
            elif key not in shown:
                yield _whole(kind, entry, live.clock)
            else:
                yield from _parts(kind, entry, live)
    if curation.site:
        for number, each in enumerate(curation.site.record.segments, 1):
            yield _private(f"site (segments {number})", curation.site.origin, ("segments", each), "name", each)
    for entry in curation.imported.values():
        if entry.id not in live.products:
            phrases = tuple(_phrases(_plain(entry.record.reviews)))
            yield Secret(f"imported reviews of {entry.id}", "of a thing that is not shown", entry.origin, (), phrases)


def _whole(kind: str, entry: Entry[Any], clock: Clock) -> Secret:
    phrases = [*_addresses(kind, entry), *_phrases(_plain(entry.record))]
    if kind == "promo code":
        phrases.append(("address", address_of(routes.coupon(entry.owner, entry.id))))
        phrases += [("code", Phrase(spaced(entry.id), entry.id))] if len(entry.id) >= SHORTEST_CODE else []
    elif found := phrase(entry.id):
        phrases.append(("id", Phrase(found.words, entry.id)))
    return Secret(_name(kind, entry), why(entry.record, clock), entry.origin, (), tuple(phrases))


def _name(kind: str, entry: Entry[Any]) -> str:
    """What a record is called, such as "list maya/kit" and "creator maya"."""
    return f"{kind} {entry.owner}/{entry.id}" if entry.owner and kind != "creator" else f"{kind} {entry.id}"


def why(record: Record, clock: Clock) -> str:
    """Why a record is not shown."""
    if record.draft:
        return "a draft"
    if isinstance(record, Influencer) and record.status is not Standing.APPROVED:
        return f"not shown: the creator is {record.status}"
    judged = window(record, clock)
    if judged.open:
        return _why_open(record)
    if judged.changes:
        return f"held back until {judged.changes:%Y-%m-%d %H:%M} UTC"
    return f"over since {record.until}" if record.until else "released to others"


def _why_open(record: Record) -> str:
    """Why a record is not shown whose own window is open."""
    if isinstance(record, Promo):
        return "over, or tried too long ago" if record.status is PromoStatus.ACTIVE else record.status.value
    if isinstance(record, Campaign) and not record.public:
        return "not public"
    return "of something that is not shown"


def _parts(kind: str, entry: Entry[Any], live: Live) -> Iterator[Secret]:
    """Parts of an open record that must not be seen."""
    record = entry.record
    hidden: list[tuple[str, int, Any, str]] = []
    if kind == "list":
        shown = {index for index, _ in live.items(entry)}
        hidden += [("items", i, item, why(item, live.clock)) for i, item in enumerate(record.items) if i not in shown]
    elif kind == "post":
        hidden += [
            ("products", i, tagged, "of something that is not shown")
            for i, tagged in enumerate(record.products)
            if tagged.product not in live.products
        ]
        hidden += _lapsed(entry, live.lapsed)
    elif kind == "product":
        hidden += [
            ("offers", i, offer, "of a shop that is not shown")
            for i, offer in enumerate(record.offers)
            if offer.merchant not in live.merchants
        ]
    elif kind == "review":
        hidden += [
            ("responses", i, response, "of a brand that is not shown")
            for i, response in enumerate(record.responses)
            if response.by not in live.brands
        ]
        hidden += _lapsed(entry, live.lapsed_reviews)
        if not recognises(live.influencers[entry.owner].record.sharing, live.clock.audience):
            yield _unshared(entry)
    name = _name(kind, entry)
    rights = getattr(record, "rights", None)
    if rights and rights.proof:
        yield _private(f"{name} (rights)", entry.origin, ("rights", "proof"), "proof", rights.proof)
    for index, segment in enumerate(getattr(record, "segments", ())):
        yield _private(f"{name} (segments {index + 1})", entry.origin, ("segments", index), "name", segment)
    for key, index, part, reason in hidden:
        phrases = tuple(_phrases(_plain(part)))
        yield Secret(f"{name} ({key} {index + 1})", reason, entry.origin, (key, index), phrases)


def _lapsed(entry: Entry[Any], lapsed: Collection[tuple[str, str]]) -> list[tuple[str, int, Any, str]]:
    """The pictures of a post or review whose rights have ended."""
    media = entry.record.media if (entry.owner, entry.id) in lapsed else ()
    return [("media", i, image, "of rights that have ended") for i, image in enumerate(media)]


def _private(name: str, origin: Origin, path: KeyPath, label: str, text: str) -> Secret:
    """What the team alone may know of something that everybody sees."""
    return Secret(name, "private", origin, path, tuple((label, each) for each in _of_text(label, text)))


def _unshared(entry: Entry[Any]) -> Secret:
    """A review that no other site may show: it is no embed."""
    path = routes.embedded_review(entry.owner, entry.id)
    phrases = (("address", address_of(path)), *((label, each) for label, each in _phrases(_plain(entry.record))))
    reason = "of a creator who lets nobody embed her reviews"
    return Secret(f"review {entry.owner}/{entry.id}", reason, entry.origin, (), phrases, (EMBEDS,))


def _plain(record: Any) -> Any:
    return msgspec.to_builtins(record)


def _phrases(value: Any, key: str = "") -> Iterator[tuple[str, Phrase]]:
    """The phrases of a plain value, each with the key that it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in TELLS_NOTHING:
                continue
            if key in {"specs", "highlights", "aspects"}:
                yield from ((key, each) for each in phrases(name))
            yield from _phrases(inner, key if key in {"specs", "highlights"} else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _phrases(inner, key)
    elif isinstance(value, str):
        yield from ((key, each) for each in _of_text(key, value))


def _of_text(key: str, text: str) -> Iterator[Phrase]:
    if key == "gtin":
        bare = text.lstrip("0")
        yield from (Phrase(f" {each} ", each) for each in dict.fromkeys((text, bare, bare.zfill(13), bare.zfill(14))))
    elif key in NUMBERS:
        if len(text) >= SHORTEST_NUMBER and any(map(str.isdigit, text)):
            yield Phrase(spaced(text), text)
    elif text.startswith("https://"):
        split = urlsplit(text)
        found = phrase(f"{split.netloc.removeprefix('www.')}{split.path} {split.query}")
        if found:
            yield found
    elif key == "category":
        yield from (found for part in text.split(">") if (found := phrase(part)))
    elif key in IDS:
        return
    elif key in {"id", "handle", "aliases"}:
        found = phrase(text)
        if found:
            yield Phrase(found.words, text)
    else:
        yield from phrases(text)


def spaced(text: str) -> str:
    """The words of a text as phrases hold them."""
    return f" {' '.join(words_of(text))} "


def address_of(path: str) -> Phrase:
    """An address as a phrase, to be found as it is written."""
    return Phrase(spaced(path), path)


def _addresses(kind: str, entry: Entry[Any]) -> Iterator[tuple[str, Phrase]]:
    """Where a record's pages would stand."""
    match kind:
        case "creator":
            # A handle alone may be any word: what stands below it is hers.
            for inner in (
                "lists/",
                "posts/",
                "reviews/",
                "feed.xml",
                "feed.json",
                "index.json",
                "index.html",
                "qr.svg",
            ):
                yield "address", address_of(f"{routes.vanity(entry.id)}{inner}")
        case "list":
            yield "address", address_of(routes.list_page(entry.owner, entry.id))
        case "post":
            yield "address", address_of(routes.post(entry.owner, entry.id))
        case "review":
            yield "address", address_of(routes.review_anchor(entry.owner, entry.id))
            yield "address", address_of(routes.embedded_review(entry.owner, entry.id))
        case "product":
            yield "address", address_of(routes.product(entry.id))
            yield "address", address_of(routes.embedded_product(entry.id))
        case "brand" | "squad" | "call":
            yield "address", address_of(OWN_PAGE[kind](entry.id))
        case "snippet":
            yield "address", address_of(routes.embedded_snippet(entry.owner, entry.id))
