"""Facts of what belongs to several people: squads, calls, thanks, snippets, and how one gets in."""

from storefront.catalog.facts import Byline, Fact, Mention
from storefront.catalog.shots import Shot
from storefront.catalog.trade import Part, RecallFact
from storefront.vocabulary.common import Channel, Relationship
from storefront.vocabulary.community import Access, Offered, Size


class SharedListFact(Part, frozen=True, kw_only=True):
    """A list of a squad's; each thing is somebody's pick."""

    id: str
    title: str
    intro: str | None
    mentions: tuple[Mention, ...]


class SquadFact(Fact, frozen=True, kw_only=True):
    """A squad: `people` are those of its `members` who may be named. Small ones of minors have no place."""

    id: str
    name: str
    city: str | None
    country: str | None
    steward: str
    about: str | None
    people: tuple[Byline, ...]
    members: int
    size: Size
    minors: bool
    access: Access | None
    lists: tuple[SharedListFact, ...]


class CallFact(Fact, frozen=True, kw_only=True):
    """An open call, or one that is over. `brand` and `squad` are id and name."""

    id: str
    title: str
    brand: tuple[str, str] | None
    squad: tuple[str, str] | None
    audience: str
    text: str
    closes: str
    closed: bool
    places: int | None
    offered: tuple[Offered, ...]
    url: str | None


class ThanksFact(Part, frozen=True, kw_only=True):
    """Thanks to somebody; `users` is whether she helped those who use the thing, and not the brand."""

    to: Byline
    what: str
    date: str
    by: str | None
    users: bool


class SnippetFact(Fact, frozen=True, kw_only=True):
    """A small piece of a creator's, with who has to be named. No `channels`: it may be shown everywhere."""

    id: str
    byline: Byline
    kind: str
    text: str | None
    shot: Shot | None
    product: str
    product_title: str
    brand: str
    brand_name: str
    date: str
    relationships: tuple[Relationship, ...]
    holder: str
    credit: str
    channels: tuple[Channel, ...]
    recalls: tuple[RecallFact, ...] = ()


class EntranceFact(Fact, frozen=True, kw_only=True):
    """How one becomes a creator of the site, how many are, and how many wait."""

    access: Access
    admitted: int
    waiting: int
