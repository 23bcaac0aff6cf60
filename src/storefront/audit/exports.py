"""The audit of feeds and JSON documents: what carries a recommendation carries its labels."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import Any

import msgspec
import turbohtml
from msgspec import Struct, field

from storefront.audit import judging
from storefront.audit import rivals as sides
from storefront.audit.expected import Need, needs, of_all, of_code, of_whole
from storefront.audit.findings import ALL, Finding
from storefront.audit.judging import folded
from storefront.audit.reviews import lacking
from storefront.catalog.facts import ListFact, Pick, PostFact
from storefront.catalog.remarks import Remark
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.disclosure import Wording, rules
from storefront.links import rel
from storefront.pages import (
    brand_exports,
    brand_page,
    exports,
    mention_exports,
    mentions,
    recalled,
    rivals,
    routes,
    vanity,
)
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.common import Relationship

FEED = "U-11"
DOCUMENTS = (exports.document, brand_exports.document, mention_exports.document)
COMMERCIAL, PLAIN = rel(commercial=True), rel(commercial=False)


class _Shop(Struct):
    disclosure: tuple[str, ...] = ()
    url: str | None = None
    rel: str | None = None


class _Promo(Struct):
    code: str = ""
    disclosure: tuple[str, ...] = ()


class _Item(Struct):
    title: str = ""
    disclosure: tuple[str, ...] = ()
    shop: _Shop | None = None
    promo: _Promo | None = None
    rivals: tuple[str, ...] = ()


class _Entry(Struct):
    id: str
    page: str = ""
    items: tuple[_Item, ...] = ()
    disclosure: str | tuple[str, ...] = ""  # of a review one sentence, of a post its labels
    html: str = ""


class _Mention(Struct):
    title: str = ""
    disclosure: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class _Document(Struct):
    mentions: tuple[_Mention, ...] | str = ()
    lists: tuple[_Entry, ...] = ()
    posts: tuple[_Entry, ...] = ()
    reviews: tuple[_Entry, ...] = ()


class _FeedItem(Struct, gc=False):
    url: str = field(name="id")  # the lasting name; a review may stand on a later page meanwhile
    title: str
    content_html: str = ""


_Told = tuple[str, str, str]  # an entry's address, its title, and its text


class _Feed(Struct):
    items: tuple[_FeedItem, ...] = ()


_Fact = ListFact | PostFact | ReviewFact | Remark


class _Wanted(Struct):
    """What stands behind the addresses of a creator's entries, and the entries that were found to be right.

    Both of her feeds have the same ones.
    """

    facts: dict[str, _Fact]
    removed: set[str]  # a note on what is gone recommends nothing
    right: set[_Told] = field(default_factory=set)


_document = msgspec.json.Decoder(_Document).decode
_feed = msgspec.json.Decoder(_Feed).decode


class Exported(Struct, frozen=True):
    """What a feed or document may hold; `ref` names whose it is."""

    ref: str
    voice: Voice
    reviews: tuple[ReviewFact, ...]
    removed: tuple[RemovedFact, ...]
    lists: tuple[ListFact, ...] = ()
    posts: tuple[PostFact, ...] = ()
    said: tuple[Remark, ...] = ()


def _of_creator(inputs: vanity.Inputs) -> Exported:
    byline = inputs.person.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    return Exported(inputs.person.ref, spoken, inputs.reviews, inputs.removed, inputs.lists, inputs.posts)


def _of_brand(inputs: brand_page.ExportInputs) -> Exported:
    return Exported(inputs.brand.ref, voice(inputs.site), inputs.reviews, inputs.removed)


def _of_mentions(inputs: mentions.Inputs) -> Exported:
    reviews = tuple(said.review for said in inputs.said if said.review)
    return Exported(f"brand:{inputs.brand}", voice(inputs.site), reviews, (), said=inputs.said)


BY_INPUTS: dict[type, Callable[[Any], Exported]] = {
    vanity.Inputs: _of_creator,
    brand_page.ExportInputs: _of_brand,
    mentions.Inputs: _of_mentions,
}


@of_recent(4)  # both feeds of a creator are made of the same
def _exported(given: Any) -> Exported:
    return BY_INPUTS[type(given)](given)


def audit(make: Callable[..., Any], data: bytes, given: Any) -> tuple[list[Finding], Wording]:
    """What is wrong with a feed or a document made of `given`, and the words that it was judged by."""
    inputs = _exported(given)
    spoken = inputs.voice
    if make in DOCUMENTS:
        return list(_in_document(_document(data), inputs, spoken)), spoken.pack
    told = _json(data) if make is exports.json_feed else _atom(data)
    return list(_in_feed(told, inputs, spoken)), spoken.pack


def _json(data: bytes) -> Sequence[_Told]:
    return [(item.url, item.title, item.content_html) for item in _feed(data).items]


def _opening(html: str, fact: ReviewFact, spoken: Voice) -> str:
    """The first paragraph of a review's text, as it is read; recalls stand before it."""
    begins = html.removeprefix(recalled.html(fact.recalls, spoken.locale)) if fact.recalls else html
    return unescape(begins.partition("</p>")[0])


def _atom(data: bytes) -> Sequence[_Told]:
    feed = turbohtml.parse_xml(data.decode())
    return [
        (entry.select("id")[0].text, entry.select("title")[0].text, entry.select("content")[0].text)
        for entry in feed.select("entry")
    ]


def _in_feed(told: Iterable[_Told], inputs: Exported, spoken: Voice) -> Iterator[Finding]:
    """Every entry's title begins with its labels."""
    wanted = _wanted(inputs, spoken.site.url)
    for entry in told:
        if entry in wanted.right or entry[0] in wanted.removed:
            continue
        url, title, html = entry
        fact = wanted.facts.get(url)
        if fact is None:
            yield Finding("unaccounted", f"the entry {url} belongs to no record", FEED, ALL, inputs.ref)
            continue
        wrong = list(_in_entry(title, html, fact, spoken))
        if not wrong:
            wanted.right.add(entry)
        yield from wrong


def _in_entry(title: str, html: str, fact: _Fact, spoken: Voice) -> Iterator[Finding]:
    for template, brands in _labels(fact, spoken.pack):
        if not _told(title, template, brands):
            what = f"the entry “{title}” bears no label “{template.replace(rules.BRAND, ', '.join(brands))}”"
            yield Finding("undisclosed", what, FEED, ALL, fact.ref)
    if isinstance(fact, ReviewFact):
        yield from _review(fact, _opening(html, fact, spoken), spoken)
        return
    text = ""
    for each in (fact,) if isinstance(fact, Remark) else fact.picks:
        if sided := rivals.told(each, spoken):
            text = text or folded(unescape(html))
            name = each.title if isinstance(each, Pick) else title
            if (isinstance(each, Remark) or folded(name) in text) and _lacks(sided, text):
                yield sides.of_thing(name, fact.ref)


def _lacks(wanted: Iterable[str], text: str) -> bool:
    return any(folded(each) not in text for each in wanted)


def address_of(fact: ReviewFact | RemovedFact, site: str, page: int = 1) -> str:
    """A review's whole address, by which feeds know it; with its page, where it stands now."""
    return site + routes.review(fact.product, fact.byline.handle, fact.id, page)


@of_recent(4)
def _wanted(inputs: Exported, site: str) -> _Wanted:
    found: dict[str, _Fact] = {}
    found |= {site + routes.list_page(fact.byline.handle, fact.slug): fact for fact in inputs.lists}
    found |= {site + routes.post(fact.byline.handle, fact.id): fact for fact in inputs.posts}
    found |= {address_of(fact, site): fact for fact in inputs.reviews}
    found |= {site + mentions.place(said): said for said in inputs.said if not said.review}
    return _Wanted(found, {address_of(each, site) for each in inputs.removed})


def _needs(fact: _Fact) -> Iterable[Need]:
    if isinstance(fact, ReviewFact):
        return needs(fact.relationships, fact.brand_name)
    if isinstance(fact, Remark):
        return of_all(fact.ties)
    if isinstance(fact, PostFact):
        return of_whole(fact)
    return (need for pick in fact.picks for need in needs(pick.relationships, pick.tie))


def _labels(fact: _Fact, wording: Wording) -> Sequence[tuple[str, list[str]]]:
    """The label of each tie behind an entry, and the brands that it has to name."""
    brands: dict[Relationship, dict[str, None]] = defaultdict(dict)
    for kind, brand in _needs(fact):
        brands[kind][brand] = None
    badges = wording.badges
    return [(badges[kind], list(names) if rules.BRAND in badges[kind] else []) for kind, names in brands.items()]


def _told(title: str, template: str, brands: Sequence[str]) -> bool:
    """Whether a title holds a label with all its brands, in whatever way these are listed."""
    before, _, after = template.partition(rules.BRAND)
    start = title.find(before)
    end = title.find(after, start + len(before)) if start >= 0 else -1
    return end >= 0 and all(brand in title[start:] for brand in brands)


def _review(fact: ReviewFact, opening: str, spoken: Voice) -> Iterator[Finding]:
    """How a review's text begins: with what was received for it, in which no tag stands."""
    wanted = needs(fact.relationships, fact.brand_name)
    if fact.rivals and _lacks(rivals.of_review(fact, spoken), folded(opening)):
        yield sides.of_review(fact)
    if not wanted:
        return
    for kind, _ in lacking(opening, wanted, fact.byline.name, spoken.pack, spoken.language):
        what = f"{fact.byline.name}'s review of {fact.product_title} does not say what was received for it ({kind})"
        yield Finding("undisclosed", what, FEED, ALL, fact.ref)


def _in_document(document: _Document, inputs: Exported, spoken: Voice) -> Iterator[Finding]:
    """Every item, shop, code, review and mention of the document bears its labels."""
    if inputs.said:
        yield from _said(document, inputs, spoken)
        return
    lists, posts = {entry.id: entry for entry in document.lists}, {entry.id: entry for entry in document.posts}
    for kept in inputs.lists:
        yield from _items(lists.get(kept.slug), kept.ref, kept.picks, spoken)
    for post in inputs.posts:
        entry = posts.get(post.id)
        yield from _items(entry, post.ref, post.picks, spoken)
        if entry and (broken := _wrong(tuple(entry.disclosure), of_whole(post), spoken.pack)):
            what = f"“{post.title}” bears no label “{broken[0].wanted}”"
            yield Finding("undisclosed", what, FEED, ALL, post.ref)
    reviews = {entry.page: entry for entry in document.reviews}
    for fact in inputs.reviews:
        if entry := reviews.get(address_of(fact, spoken.site.url, fact.page)):
            said = str(entry.disclosure)
            yield from _review(fact, said, spoken)
            opening = _opening(entry.html, fact, spoken)
            if said not in opening:
                yield from _review(fact, opening, spoken)


def _said(document: _Document, inputs: Exported, spoken: Voice) -> Iterator[Finding]:
    """What is said of a brand, which stands in its order."""
    mentioned = document.mentions
    if isinstance(mentioned, str) or len(mentioned) != len(inputs.said):
        yield Finding("unaccounted", "the document's mentions are not those of the records", FEED, ALL, inputs.ref)
        return
    for told, said in zip(mentioned, inputs.said, strict=True):
        broken = _wrong(told.disclosure, tuple(_needs(said)), spoken.pack)
        if broken:
            what = f"what {said.byline.name} says of a thing bears no label “{broken[0].wanted}”"
            yield Finding("undisclosed", what, FEED, ALL, said.ref)
        if told.rivals != rivals.of_remark(said, spoken):
            yield sides.of_thing(said.products[0][1], said.ref)


def _items(entry: _Entry | None, ref: str, picks: Sequence[Pick], spoken: Voice) -> Iterator[Finding]:
    """The items of a list or a post, which stand in its order."""
    wording = spoken.pack
    if entry is None or len(entry.items) != len(picks):
        yield Finding("unaccounted", "the document's items are not those of the record", FEED, ALL, ref)
        return
    for item, pick in zip(entry.items, picks, strict=True):
        brand = pick.tie
        broken = _wrong(item.disclosure, needs(pick.relationships, brand), wording)
        if item.shop and pick.offer:
            wanted = needs(pick.offer.relationships, brand)
            broken += _wrong(item.shop.disclosure, wanted, wording)
            if item.shop.url and item.shop.rel != (COMMERCIAL if wanted else PLAIN):
                yield Finding("wrong-rel", f"the link of “{pick.title}” lacks its rel", FEED, ALL, ref, pick.anchor)
        if item.promo and pick.promo:
            broken += _wrong(item.promo.disclosure, of_code(pick.promo, brand), wording)
        if broken:
            what = f"“{pick.title}” bears no label “{broken[0].wanted}”"
            yield Finding("undisclosed", what, FEED, ALL, ref, pick.anchor)
        if item.rivals != rivals.of_pick(pick, spoken):
            yield sides.of_thing(pick.title, ref, pick.anchor)


def _wrong(texts: tuple[str, ...], wanted: tuple[Need, ...], wording: Wording) -> list[judging.Broken]:
    if texts == judging.labels(wanted, wording):
        return []
    return list(judging.judge(tuple(map(folded, texts)), wanted, wording))
