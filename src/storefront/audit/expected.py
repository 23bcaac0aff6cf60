"""What a page has to disclose, from its inputs alone: neither its view nor its markup is asked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct, field

from storefront.catalog.facts import ListFact, Mention, OfferFact, Pick, PostFact, ReviewFact, Shelved, SiteFact
from storefront.disclosure import UNPAID, strongest_first
from storefront.pages import directory, gathered, list_page, post_page, product_page, routes, shelves, vanity
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.product import Availability

# A tie that needs a label, and the brand that the label may have to name.
Need = tuple[Relationship, str]


class Shown(Struct, frozen=True, gc=False):
    """A thing that a page may show, and what it must then say.

    `ref` names the fact in whose record the thing is written. `item` is the anchor of a pick there, or the number of an
    offer; "" stands for the fact itself. A pick's number would not do: other pages show it, and do not know it. `mark` is how to find a thing without a link: "#" and the id of its element, else the
    address of its own page, to which it leads.
    """

    ref: str
    item: str
    title: str
    needs: tuple[Need, ...]
    offer: OfferFact | None = None
    mark: str = ""
    creator: str = ""


class Code(Struct, frozen=True, gc=False):
    """A promo code that pays its creator."""

    code: str
    shown: Shown


class Expected(Struct):
    """All that a page may show. `own` is whether it speaks for one creator, and not for the site.

    A page need not show all of it: a vanity page shows the newest reviews alone. Several links may lead to one address.
    """

    voice: Voice
    own: bool
    links: dict[str, list[Shown]] = field(default_factory=dict)
    codes: dict[str, list[Shown]] = field(default_factory=dict)
    things: list[Shown] = field(default_factory=list)
    reviews: tuple[ReviewFact, ...] = ()

    def add(self, entry: Shown | Code) -> None:
        """Take in one more thing."""
        if isinstance(entry, Code):
            self.codes.setdefault(entry.code, []).append(entry.shown)
        elif entry.offer is None:
            self.things.append(entry)
        else:
            self.links.setdefault(address(entry.offer), []).append(entry)


def address(offer: OfferFact) -> str:
    """Where the anchor of an offer leads, as it stands on pages."""
    return offer.url


@lru_cache(maxsize=4096)
def needs(relationships: tuple[Relationship, ...], brand: str) -> tuple[Need, ...]:
    """The ties that need a label, strongest first."""
    return tuple((each, brand) for each in strongest_first(relationships) if each not in UNPAID)


def of_page(inputs: Any) -> Expected | None:
    """What the page made of these inputs may show; None for a page that shows no thing and no review."""
    make = BY_INPUTS.get(type(inputs))
    return make(inputs) if make else None


def _of(site: SiteFact, byline: Any, entries: Iterable[Shown | Code], reviews: tuple[ReviewFact, ...] = ()) -> Expected:
    spoken = voice(site, byline.locale, byline.markets) if byline else voice(site)
    expected = Expected(spoken, byline is not None, reviews=reviews)
    for entry in entries:
        expected.add(entry)
    return expected


@of_recent(512)
def of_list(fact: ListFact) -> tuple[Shown | Code, ...]:
    """The picks of a list."""
    return tuple(_picks(fact.ref, fact.byline.handle, fact.picks))


@of_recent(512)
def of_post(fact: PostFact) -> tuple[Shown | Code, ...]:
    """The things of a post."""
    return tuple(_picks(fact.ref, fact.byline.handle, fact.picks))


def _picks(ref: str, handle: str, picks: tuple[Pick, ...]) -> Iterator[Shown | Code]:
    for pick in picks:
        yield from _pick(ref, handle, pick, f"#{pick.anchor}")


def _pick(ref: str, handle: str, pick: Pick, mark: str) -> Iterator[Shown | Code]:
    """One pick: with a link while its shop has it, else by its mark; and its code."""
    brand, item = pick.brand_name or pick.title, pick.anchor
    offer = pick.offer
    if offer and offer.availability is not Availability.OUT_OF_STOCK:
        yield Shown(ref, item, pick.title, needs(offer.relationships, brand), offer, mark, handle)
    else:
        wanted = needs(pick.relationships, brand)
        if wanted:
            yield Shown(ref, item, pick.title, wanted, None, mark, handle)
    if pick.promo and pick.promo.pays_creator and not pick.retired:
        code = Shown(ref, item, pick.title, ((Relationship.DISCOUNT_CODE, brand),), None, mark, handle)
        yield Code(pick.promo.code, code)


def of_mention(mention: Mention) -> Iterator[Shown | Code]:
    """A pick as its product's page shows it: it leads to its list."""
    handle = mention.byline.handle
    ref = f"list:{handle}/{mention.list_slug}"
    yield from _pick(ref, handle, mention.pick, routes.list_page(handle, mention.list_slug))


@of_recent(512)
def teaser(fact: PostFact) -> Shown | None:
    """A post as other pages show it, with the ties of everything in it."""
    found = dict.fromkeys(
        need for pick in fact.picks for need in needs(pick.relationships, pick.brand_name or pick.title)
    )
    if not found:
        return None
    ordered = tuple(need for kind in strongest_first(each for each, _ in found) for need in found if need[0] is kind)
    mark = routes.post(fact.byline.handle, fact.id)
    return Shown(fact.ref, "", fact.title, ordered, None, mark, fact.byline.handle)


def teasers(posts: Iterable[PostFact]) -> Iterator[Shown]:
    """Posts as other pages show them, those with ties."""
    return (made for fact in posts if (made := teaser(fact)))


def shelf(shelved: Iterable[Shelved]) -> Iterator[Shown]:
    """Products on a shelf that belongs to no one creator, those with ties."""
    for each in shelved:
        thing = each.thing
        if wanted := needs(each.relationships, thing.brand_name):
            yield Shown(f"product:{thing.id}", "", thing.title, wanted, None, routes.product(thing.id))


def _product(inputs: product_page.Inputs) -> Expected:
    fact = inputs.product
    brand = fact.thing.brand_name
    offers = (
        Shown(fact.ref, str(item), fact.thing.title, needs(offer.relationships, brand), offer, "", offer.creator or "")
        for item, offer in enumerate(fact.offers)
        if offer.availability is not Availability.OUT_OF_STOCK
    )
    mentions = (entry for mention in inputs.mentions for entry in of_mention(mention))
    return _of(inputs.site, None, (*offers, *mentions, *teasers(inputs.posts)), inputs.reviews)


def _vanity(inputs: vanity.Inputs) -> Expected:
    listed = (entry for fact in inputs.lists for entry in of_list(fact))
    return _of(inputs.site, inputs.person.byline, (*listed, *teasers(inputs.posts)), inputs.reviews)


def _post(inputs: post_page.Inputs) -> Expected:
    return _of(inputs.site, inputs.post.byline, (*of_post(inputs.post), *teasers(inputs.others)))


BY_INPUTS: dict[type, Any] = {
    product_page.Inputs: _product,
    vanity.Inputs: _vanity,
    post_page.Inputs: _post,
    list_page.Inputs: lambda inputs: _of(inputs.site, inputs.list.byline, of_list(inputs.list)),
    gathered.PostInputs: lambda inputs: _of(inputs.site, inputs.byline, teasers(inputs.posts)),
    gathered.ReviewInputs: lambda inputs: _of(inputs.site, inputs.byline, (), inputs.reviews),
    shelves.BrandInputs: lambda inputs: _of(inputs.site, None, shelf(inputs.shelf), inputs.reviews),
    shelves.CategoryInputs: lambda inputs: _of(inputs.site, None, shelf(inputs.shelf)),
    directory.HomeInputs: lambda inputs: _of(inputs.site, None, teasers(inputs.posts)),
}
