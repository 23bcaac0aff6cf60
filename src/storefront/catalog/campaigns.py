"""What names a campaign: whether it may, and what the campaign adds to what it discloses."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from storefront.clock import Clock, Held, start_of
from storefront.content import Kind, Origin, Places
from storefront.problems import KeyPath, Problem, nearest, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Relationship, Relationships, as_tuple
from storefront.vocabulary.curation import Item
from storefront.vocabulary.trade import Brand

# A problem where a name of a kind is not among those known: the name, its kind, the known ones, and where it stands.
NameCheck = Callable[[str | None, str, Collection[str], Origin, KeyPath], Iterator[Problem]]
Campaigns = Mapping[str, Entry[Campaign]]
Use = tuple[str, str, Origin, KeyPath]  # the campaign, the creator who names it, and where
UNTIED = frozenset({Relationship.NONE, Relationship.PURCHASED})


def disclosed(
    campaigns: Campaigns, name: str | None, handle: str, brand: str | None = None
) -> tuple[Relationship, ...]:
    """What taking part in a campaign adds to what a creator's thing discloses: its word, and her fee and gifts.

    Nothing for a thing without a campaign, or of another brand, where its `brand` is told: in a post there may be such.
    What is known otherwise is never replaced by it.
    """
    entry = campaigns.get(name or "")
    if entry is None or (brand is not None and brand != entry.record.brand):
        return ()
    stated = [each for each in as_tuple(entry.record.disclosure) if each not in UNTIED]
    for participant in entry.record.participants:
        if participant.creator == handle:
            stated += [Relationship.PAID] if participant.fee else []
            stated += [Relationship.GIFTED] if participant.gift else []
    return tuple(dict.fromkeys(stated))


def brand_named(name: str | None, campaigns: Campaigns, brands: Mapping[str, Entry[Brand]]) -> str:
    """The name of the brand whose campaign it is; its id where the brand is not shown, "" without a campaign."""
    entry = campaigns.get(name or "")
    if entry is None:
        return ""
    return brands[entry.record.brand].record.name if entry.record.brand in brands else entry.record.brand


def may_be_for(name: str | None, item: Item, campaigns: Campaigns, brands: Mapping[str, Entry[Brand]]) -> bool:
    """Whether an item of a list may be for the campaign of its code: an inline one that names no other brand may."""
    return not item.brand or item.brand.casefold() == brand_named(name, campaigns, brands).casefold()


def uses(curation: Curation) -> Iterator[Use]:
    """Everything that names a campaign."""
    for entry in curation.lists.values():
        for index, item in enumerate(entry.record.items):
            if item.campaign:
                yield item.campaign, entry.owner, entry.origin, ("items", index)
    tables = (curation.posts.values(), curation.reviews.values(), curation.promos.values())
    for table in tables:
        for each in table:
            if each.record.campaign:
                yield each.record.campaign, each.owner, each.origin, ()


def problems(curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    """Names that lead nowhere, creators who take no part, and things that are none of a campaign's."""
    known = curation.campaigns
    for entry in known.values():
        yield from named(entry.record.brand, "brand", curation.brands, entry.origin, ("brand",))
        yield from _competitors(entry, curation, places, named)
        yield from _strangers(entry, curation, places)
    for name, handle, origin, path in uses(curation):
        yield from named(name, "campaign", known, origin, (*path, "campaign"))
        people = [each.creator for each in known[name].record.participants] if name in known else []
        if people and handle not in people:
            near = nearest(handle, people)
            hint = (
                f"Did you mean {near}?"
                if near
                else f"Add {handle} under participants of content/campaigns/{name}.yaml."
            )
            message = f"{handle} takes no part in {name}"
            yield Problem("bad-value", message, places.of(origin, *path, "campaign"), hint)
    yield from _others(curation, places)
    yield from _denied(curation, places)


def _strangers(entry: Entry[Campaign], curation: Curation, places: Places) -> Iterator[Problem]:
    """Participants who are no creators of the site; those whose files have other problems may be."""
    known = {*curation.influencers, *(each.owner for each in curation.unread if each.kind is Kind.INFLUENCER)}
    for index, participant in enumerate(entry.record.participants):
        if participant.creator not in known:
            place = places.of(entry.origin, "participants", index, "creator")
            near = nearest(participant.creator, known)
            hint = f"Did you mean {near}?" if near else f"Add content/influencers/{participant.creator}.yaml."
            yield Problem("unknown-reference", f"there is no creator {participant.creator}", place, hint)


def _competitors(entry: Entry[Campaign], curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    """Brands and categories of an exclusivity that there are not; categories exist by their products."""
    whole = not any(each.kind is Kind.PRODUCT for each in curation.unread)
    for i, clause in enumerate(entry.record.exclusivity):
        for j, brand in enumerate(clause.brands):
            yield from named(brand, "brand", curation.brands, entry.origin, ("exclusivity", i, "brands", j))
        for j, category in enumerate(clause.categories if whole else ()):
            known = {each.record.category for each in curation.products.values()}
            if not any(is_within(each, category) for each in known):
                levels = {">".join(each.split(">")[: category.count(">") + 1]).strip() for each in known}
                near = nearest(category, levels)
                hint = f"Did you mean {near}?" if near else "Write it as products do, such as Kitchen > Cookware."
                place = places.of(entry.origin, "exclusivity", i, "categories", j)
                yield Problem("unknown-reference", f"no product is in {shown(category)}", place, hint)


def is_within(category: str, whole: str) -> bool:
    """Whether a category is another one or lies within it; case does not matter."""
    levels, above = ([part.strip().casefold() for part in path.split(">")] for path in (category, whole))
    return levels[: len(above)] == above


def _others(curation: Curation, places: Places) -> Iterator[Problem]:
    """Things of another brand; a post may show some beside those of its campaign."""
    things: list[tuple[Origin, KeyPath, str | None, str | None]] = [
        (entry.origin, (), entry.record.product, entry.record.campaign) for entry in curation.reviews.values()
    ]
    for listed in curation.lists.values():
        items = enumerate(listed.record.items)
        things += [(listed.origin, ("items", index), item.product, item.campaign) for index, item in items]
    for code in curation.promos.values():  # one that is for several products may be for some of its campaign's
        brands = {brand_of(curation, product): product for product in code.record.products}
        if len(brands) == 1:
            things.append((code.origin, (), next(iter(brands.values())), code.record.campaign))
    for origin, path, product, name in things:
        made, campaign = curation.products.get(product or ""), curation.campaigns.get(name or "")
        if made and campaign and made.record.brand != campaign.record.brand:
            message = f"{product} is no thing of {campaign.record.brand}, whose campaign {name} is"
            yield Problem("bad-value", message, places.of(origin, *path, "campaign"), "Delete campaign.")


def _denied(curation: Curation, places: Places) -> Iterator[Problem]:
    """The word that there is no tie, where the campaign is one."""
    stated: list[tuple[str, Origin, KeyPath, Relationships | None, str | None, str | None]] = []
    for entry in curation.lists.values():
        items = enumerate(entry.record.items)
        for i, each in items:
            which = (entry.owner, entry.origin, ("items", i), each.relationship)
            code = curation.promos.get((entry.owner, each.promo or ""))
            stated.append((*which, each.campaign, None))
            made_for = code.record.campaign if code else None
            if made_for != each.campaign and may_be_for(made_for, each, curation.campaigns, curation.brands):
                brand = brand_of(curation, each.product) if each.product else None
                stated.append((*which, made_for, brand))
    for post in curation.posts.values():
        record, who = post.record, (post.owner, post.origin)
        stated.append((*who, (), record.relationship, record.campaign, None))
        things = enumerate(record.products)
        stated += [
            (*who, ("products", i), each.relationship, record.campaign, brand_of(curation, each.product))
            for i, each in things
        ]
    for handle, origin, path, word, name, brand in stated:
        adds = disclosed(curation.campaigns, name, handle, brand)
        if adds and Relationship.NONE in as_tuple(word):
            message = f"relationship says none, and the campaign {name} says {adds[0]}"
            hint = "Delete relationship, or write how you came to it; what the campaign means is added by itself."
            yield Problem("contradiction", message, places.of(origin, *path, "relationship"), hint)


def brand_of(curation: Curation, product: str) -> str:
    """The brand of a product, "" for one that there is not."""
    entry = curation.products.get(product)
    return entry.record.brand if entry else ""


def silent(campaigns: Campaigns, name: str | None, clock: Clock) -> bool:
    """Whether a campaign's embargo holds back what names it. Drafts and days of its own page do not."""
    until = ends(campaigns, name, clock)
    return until is not None and until > clock.now and Held.EMBARGO not in clock.shown


def ends(campaigns: Campaigns, name: str | None, clock: Clock) -> datetime | None:
    """When a campaign's embargo ends."""
    entry = campaigns.get(name or "")
    return start_of(entry.record.embargo_until, clock.zone) if entry and entry.record.embargo_until else None
