"""What a page has to disclose, from its inputs alone: neither its view nor its markup is asked."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct, field, structs

from storefront.catalog.community_facts import SnippetFact
from storefront.catalog.facts import Byline, ListFact, Mention, OfferFact, Pick, PostFact, Shelved
from storefront.catalog.relationships import LINKED
from storefront.catalog.remarks import Remark
from storefront.catalog.review_facts import ImportedFact, RemovedFact, ReviewFact
from storefront.catalog.trade import PromoFact
from storefront.disclosure import UNPAID, strongest_first
from storefront.pages import (
    archives,
    brand_page,
    community,
    directory,
    embeds,
    list_page,
    more_reviews,
    post_page,
    product_page,
    reviewed,
    routes,
    sheets,
    shelves,
    snippets,
    vanity,
)
from storefront.pages import mentions as mentions_page
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.product import Availability

SOLD_OUT = Availability.OUT_OF_STOCK
# A tie that needs a label, and the brand that the label may have to name.
Need = tuple[Relationship, str]


class Shown(Struct, frozen=True, gc=False):
    """A thing that a page may show, and what it must then say.

    `ref` names the fact in whose record the thing is written. `item` is the anchor of a pick there, or the number of an
    offer; "" stands for the fact itself. A pick's number would not do: other pages show it, and do not know it.
    `mark` is how to find a thing without a link: "#" and the id of its element, else the address of a page about it.
    """

    ref: str
    item: str
    title: str
    needs: tuple[Need, ...]
    offer: OfferFact | None = None
    mark: str = ""
    creator: str = ""


class Sided(Struct, frozen=True, gc=False):
    """Something whose creator has a tie to a competitor of its brand, and how to find it (`Shown`)."""

    ref: str
    item: str
    title: str
    mark: str
    fact: Pick | ReviewFact | Remark


class Group(Struct, gc=False):
    """Things that stand together: links by their address, codes by their text, and things without a link.

    Several links may lead to one address. `base` is the path before every address of the site's own.
    """

    base: str = ""
    links: dict[str, list[Shown]] = field(default_factory=dict)
    codes: dict[str, list[Shown]] = field(default_factory=dict)
    things: list[Shown] = field(default_factory=list)
    sided: list[Sided] = field(default_factory=list)

    def pick(self, ref: str, handle: str, pick: Pick, mark: str) -> None:
        """Take in a pick: with a link while its shop has it, else by its mark; and its code."""
        brand, offer = pick.tie, pick.offer
        if pick.rivals and mark.startswith("#"):
            self.sided.append(Sided(ref, pick.anchor, pick.title, mark, pick))
        if offer is not None and offer.availability is not SOLD_OUT:
            wanted = needs(offer.relationships, brand)
            shown = Shown(ref, pick.anchor, pick.title, wanted, offer, mark, handle)
            self.link(self.base + offer.route if offer.route else offer.url, shown)
        elif wanted := needs(pick.relationships, brand):
            self.things.append(Shown(ref, pick.anchor, pick.title, wanted, None, mark, handle))
        if pick.promo and not pick.retired:
            code = Shown(ref, pick.anchor, pick.title, of_code(pick.promo, brand), None, mark, handle)
            self.codes.setdefault(pick.promo.code, []).append(code)

    def link(self, url: str, shown: Shown) -> None:
        """Take in a thing with a link."""
        if url in self.links:
            self.links[url].append(shown)
        else:
            self.links[url] = [shown]

    def join(self, other: "Group") -> None:
        """Take in all of another group, which stays as it is."""
        if self.links.keys().isdisjoint(other.links):
            self.links |= other.links
        else:
            for url, found in other.links.items():
                self.links[url] = [*self.links.get(url, ()), *found]
        for code, found in other.codes.items():
            self.codes[code] = [*self.codes.get(code, ()), *found]
        self.things += other.things
        self.sided += other.sided


class Expected(Struct):
    """All that a page may show, and in which voice. `own` is whether it speaks for one creator, and not for the site.

    A page need not show all of it: a vanity page shows the newest reviews alone.
    """

    voice: Voice
    own: bool
    group: Group
    reviews: tuple[ReviewFact, ...] = ()
    removed: tuple[RemovedFact, ...] = ()  # the page shows all of these
    quoted: tuple[ReviewFact, ...] = ()  # of these it may show a line without the rest
    imported: tuple[ImportedFact, ...] = ()
    whole: Shown | None = None  # what the page itself is


def linked(pick: Pick) -> bool:
    """Whether a pick is shown with a link: while its shop has it."""
    return pick.offer is not None and pick.offer.availability is not SOLD_OUT


def address(offer: OfferFact, base: str) -> str:
    """Where the anchor of an offer leads, as it stands on pages: to the shop, or through this host."""
    return base + offer.route if offer.route else offer.url


@lru_cache(maxsize=65536)
def needs(relationships: tuple[Relationship, ...], brand: str) -> tuple[Need, ...]:
    """The ties that need a label, strongest first. Equal ones are one object, by which proofs are known."""
    return _same(tuple((each, brand) for each in strongest_first(relationships) if each not in UNPAID))


@lru_cache(maxsize=65536)
def _same(wanted: tuple[Need, ...]) -> tuple[Need, ...]:
    return wanted


def of_code(promo: PromoFact, brand: str) -> tuple[Need, ...]:
    """The ties that a code itself has to say, beside a thing of a brand."""
    return needs(promo.relationships, promo.tied_to or brand)


def of_page(inputs: Any) -> Expected | None:
    """What the page made of these inputs may show; None for a page that shows no thing and no review."""
    make = BY_INPUTS.get(type(inputs))
    return make(inputs) if make else None


def _own(
    inputs: Any,
    byline: Byline,
    group: Group,
    reviews: tuple[ReviewFact, ...] = (),
    removed: tuple[RemovedFact, ...] = (),
) -> Expected:
    spoken = voice(inputs.site, byline.locale, byline.markets)
    return Expected(spoken, own=True, group=group, reviews=reviews, removed=removed)


def _shared(
    inputs: Any, group: Group, reviews: tuple[ReviewFact, ...] = (), removed: tuple[RemovedFact, ...] = ()
) -> Expected:
    return Expected(voice(inputs.site), own=False, group=group, reviews=reviews, removed=removed)


@of_recent(64)
def of_list(fact: ListFact, base: str) -> Group:
    """The picks of a list."""
    return _picks(fact.ref, fact.byline.handle, fact.picks, base)


def of_post(fact: PostFact, base: str) -> Group:
    """The things of a post."""
    return _picks(fact.ref, fact.byline.handle, fact.picks, base)


def _picks(ref: str, handle: str, picks: tuple[Pick, ...], base: str) -> Group:
    group = Group(base)
    for pick in picks:
        group.pick(ref, handle, pick, f"#{pick.anchor}")
    return group


@of_recent(512)
def teaser(fact: PostFact) -> Shown | None:
    """A post as other pages show it, with the ties of everything in it."""
    mark = routes.post(fact.byline.handle, fact.id)
    wanted = of_whole(fact)
    return Shown(fact.ref, "", fact.title, wanted, None, mark, fact.byline.handle) if wanted else None


def of_whole(fact: PostFact) -> tuple[Need, ...]:
    """What a post needs as a whole, for all that is in it and for its campaign."""
    return of_all([*((pick.relationships, pick.tie) for pick in fact.picks), (fact.ties, fact.tied_to)])


def of_all(ties: Iterable[tuple[tuple[Relationship, ...], str]]) -> tuple[Need, ...]:
    """What several ties need, each with its brand, strongest first."""
    found = dict.fromkeys(need for related, brand in ties for need in needs(related, brand))
    kinds = strongest_first(each for each, _ in found)
    return _same(tuple(need for kind in kinds for need in found if need[0] is kind))


def teasers(posts: Iterable[PostFact]) -> Group:
    """Posts as other pages show them, those with ties."""
    return Group(things=[made for fact in posts if (made := teaser(fact))])


def shelf(shelved: Iterable[Shelved]) -> Group:
    """Products on a shelf that belongs to no one creator, those with ties."""
    found = []
    for each in shelved:
        thing = each.thing
        if wanted := needs(each.relationships, thing.brand_name):
            found.append(Shown(f"product:{thing.id}", "", thing.title, wanted, None, routes.product(thing.id)))
    return Group(things=found)


def mentions(found: Iterable[Mention], group: Group) -> None:
    """Take in picks as they are seen from elsewhere than their lists."""
    for mention in found:
        handle, slug = mention.byline.handle, mention.list_slug
        mark = "" if linked(mention.pick) else routes.list_page(handle, slug)
        group.pick(f"list:{handle}/{slug}", handle, mention.pick, mark)
        if (pick := mention.pick).rivals:
            place = routes.list_page(handle, slug)
            group.sided.append(Sided(f"list:{handle}/{slug}", pick.anchor, pick.title, place, pick))


def _product(inputs: product_page.Inputs) -> Expected:
    fact, group = inputs.product, Group(inputs.site.base)
    thing = fact.thing
    for item, offer in enumerate(fact.offers):
        if offer.availability is not SOLD_OUT:
            wanted = needs(offer.relationships, thing.brand_name)
            group.link(
                address(offer, group.base),
                Shown(fact.ref, str(item), thing.title, wanted, offer, "", offer.creator or ""),
            )
    mentions(inputs.mentions, group)
    if inputs.posts:
        group.join(teasers(inputs.posts))
    reviews = (*inputs.reviews, *inputs.quoted)
    found = _shared(inputs, group, reviews, inputs.removed)
    newest = (*reviewed.newest_first(inputs.reviews), *inputs.quoted)
    quoted = tuple(each for each in (product_page.best(newest), product_page.worst(newest)) if each)
    return structs.replace(found, quoted=quoted, imported=inputs.imported)


def _brand(inputs: brand_page.Inputs) -> Expected:
    group = shelf(inputs.shelf)
    group.things += pieces(inputs.snippets)
    return structs.replace(_shared(inputs, group, inputs.reviews), quoted=inputs.fixes)


def _mentions(inputs: mentions_page.Inputs) -> Expected:
    """Reviews are quoted; all else that is said bears the labels of what it shows."""
    group, reviews = Group(inputs.site.base), []
    for said in inputs.said:
        if said.sides:
            ref = said.review.ref if said.review else _ref(said)
            mark = f"#{mentions_page.anchor(said)}"
            group.sided.append(Sided(ref, said.anchor, said.products[0][1], mark, said))
        if said.review:
            reviews.append(said.review)
        elif wanted := of_all(said.ties):
            mark = f"#{mentions_page.anchor(said)}"
            shown = Shown(_ref(said), said.anchor, said.products[0][1], wanted, None, mark, said.byline.handle)
            group.things.append(shown)
    return structs.replace(_shared(inputs, group), quoted=tuple(reviews))


def _ref(said: Remark) -> str:
    """The fact in whose record a remark outside reviews is written."""
    return f"{'list' if said.anchor else 'post'}:{said.byline.handle}/{said.id}"


def pieces(facts: Iterable[SnippetFact]) -> list[Shown]:
    """Snippets with ties."""
    return [
        Shown(fact.ref, "", fact.product_title, wanted, None, f"#{snippets.anchor(fact)}", fact.byline.handle)
        for fact in facts
        if (wanted := needs(fact.relationships, fact.brand_name))
    ]


def _squad(inputs: community.SquadInputs) -> Expected:
    group = Group(inputs.site.base)
    for shared in inputs.squad.lists:
        mentions(shared.mentions, group)
    return _shared(inputs, group)


def _imported(inputs: more_reviews.ImportedInputs) -> Expected:
    return structs.replace(_shared(inputs, Group()), imported=(inputs.fact,))


def _vanity(inputs: vanity.Inputs) -> Expected:
    group = teasers(inputs.posts)
    for fact in inputs.lists:
        group.join(of_list(fact, inputs.site.base))
    return _own(inputs, inputs.person.byline, group, inputs.reviews)


def _post(inputs: post_page.Inputs) -> Expected:
    group = teasers(inputs.others)
    group.join(of_post(inputs.post, inputs.site.base))
    fact = inputs.post
    wanted = needs(fact.ties, fact.tied_to)
    whole = Shown(fact.ref, "", fact.title, wanted, None, "", fact.byline.handle) if wanted else None
    return structs.replace(_own(inputs, fact.byline, group), whole=whole)


def _coupon(inputs: sheets.CouponInputs) -> Expected:
    promo, byline = inputs.promo, inputs.byline
    group = Group(inputs.site.base)
    wanted = of_code(promo, promo.merchant_name)
    group.codes[promo.code] = [Shown(f"person:{byline.handle}", "", promo.code, wanted, None, "", byline.handle)]
    return _own(inputs, byline, group)


def _ask(inputs: sheets.AskInputs) -> Expected:
    group, quoted = Group(inputs.site.base), inputs.ask.quoted
    if quoted:
        pick, handle = quoted.pick, quoted.byline.handle
        ties = tuple(each for each in pick.relationships if each not in LINKED)  # the sheet has no link and no code
        if wanted := needs(ties, pick.tie):
            ref, mark = f"list:{handle}/{quoted.list_slug}", f"#{pick.anchor}"
            group.things.append(Shown(ref, pick.anchor, pick.note or "", wanted, None, mark, handle))
    return _own(inputs, inputs.ask.byline, group)


BY_INPUTS: dict[type, Callable[[Any], Expected]] = {
    sheets.CouponInputs: _coupon,
    sheets.AskInputs: _ask,
    product_page.Inputs: _product,
    more_reviews.Inputs: lambda inputs: _shared(inputs, Group(), inputs.reviews, inputs.removed),
    more_reviews.ImportedInputs: _imported,
    vanity.Inputs: _vanity,
    post_page.Inputs: _post,
    list_page.Inputs: lambda inputs: _own(inputs, inputs.list.byline, of_list(inputs.list, inputs.site.base)),
    archives.PostInputs: lambda inputs: _own(inputs, inputs.byline, teasers(inputs.posts)),
    archives.ReviewInputs: lambda inputs: _own(inputs, inputs.byline, Group(), inputs.reviews, inputs.removed),
    brand_page.Inputs: _brand,
    mentions_page.Inputs: _mentions,
    shelves.CategoryInputs: lambda inputs: _shared(inputs, shelf(inputs.shelf)),
    embeds.ReviewInputs: lambda inputs: _own(inputs, inputs.review.byline, Group(), (inputs.review,)),
    embeds.SnippetInputs: lambda inputs: _own(inputs, inputs.snippet.byline, Group(things=pieces([inputs.snippet]))),
    community.SquadInputs: _squad,
    directory.HomeInputs: lambda inputs: _shared(inputs, teasers(inputs.posts)),
}
