"""What belongs to several people: squads with their shared lists, open calls, thanks, and how one gets in."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from storefront.vocabulary.common import Image, Part, Record, Relationships, Rights
from storefront.vocabulary.curation import IncentiveKind
from storefront.vocabulary.scalars import Country, Date, Line, Markdown, Moment, Slug, Text, Url, doc

People = Annotated[int, Meta(ge=1, le=100_000, extra={"expected": "a whole number of people", "example": "100"})]
Group = Annotated[int, Meta(ge=5, le=100_000, extra={"expected": "a whole number from 5 up", "example": "10"})]
PLACE_FROM = 10  # people in a group that names its place although they are minors; this program's own estimate


class Entrance(StrEnum):
    """How people join."""

    OPEN = "open"
    INVITE = "invite"
    WAITLIST = "waitlist"


class Waiting(Part, frozen=True, kw_only=True):
    """How many are waiting, as counted by whoever keeps the list."""

    count: Annotated[People, doc("The number of people on the list.")]
    as_of: Annotated[Date, doc("The day they were counted; shown beside the number.")]


class Access(Part, frozen=True, kw_only=True):
    """How people join: everybody who applies, by invitation, or as places become free."""

    kind: Annotated[Entrance, doc("open, invite or waitlist.")]
    opens: Annotated[Date | None, doc("The first day of applications.")] = None
    capacity: Annotated[People | None, doc("The number of places.")] = None
    url: Annotated[Url | None, doc("The application form, on another service; this site stores no answers.")] = None
    text: Annotated[Text | None, doc("What is expected of members, in a few sentences.")] = None
    waiting: Annotated[
        Waiting | None,
        doc("How many are waiting (only with kind: waitlist); replaces the number counted from content/."),
    ] = None


class Standing(StrEnum):
    """Where a creator stands. Only those who are approved have pages."""

    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    APPROVED = "approved"
    PAUSED = "paused"
    LEFT = "left"


class Size(Part, frozen=True, kw_only=True):
    """The intended size of a squad."""

    min: Annotated[People | None, doc("The squad is forming until it has this many members.")] = None
    max: Annotated[People | None, doc("The most members it takes.")] = None


class SharedItem(Part, frozen=True, kw_only=True):
    """A member's pick on a list of the squad: the member's words, link and label, under their name."""

    member: Annotated[Slug, doc("Whose pick it is.")]
    product: Annotated[Slug, doc("The product; it must be on one of the member's lists.")]
    list: Annotated[Slug | None, doc("Which of the member's lists, if it is on several.")] = None


class SharedList(Part, frozen=True, kw_only=True):
    """A list that members share; each pick on it says whose it is."""

    title: Annotated[Line, doc("What the list is called.")]
    intro: Annotated[Markdown | None, doc("A few sentences before the picks.")] = None
    items: Annotated[tuple[SharedItem, ...], doc("The picks, in the order they are shown.")] = ()


class Squad(Record, frozen=True, kw_only=True):
    """`content/squads/<id>.yaml`: creators of one place who belong together."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    name: Annotated[Line, doc("What it is called.")]
    city: Annotated[Line | None, doc("Its town.")] = None
    country: Annotated[Country | None, doc("Its country, ISO 3166.")] = None
    steward: Annotated[Line, doc("The grown-up or the team that runs it and answers for it.")]
    about: Annotated[Markdown | None, doc("A few sentences about the squad.")] = None
    members: Annotated[tuple[Slug, ...], doc("The handles of its members.")] = ()
    size: Annotated[Size, doc("The intended size.")] = Size()
    minors: Annotated[
        bool,
        doc("true: its members are under age; every page shows them by first name only, without place or contact."),
    ] = False
    place_from: Annotated[
        Group | None,
        doc("The number of members from which a squad of minors shows its place. Default: 10, never below 5."),
    ] = None
    access: Annotated[Access | None, doc("How people join.")] = None
    lists: Annotated[dict[Slug, SharedList], doc("Lists that members share, by id.")] = {}


def is_few(squad: Squad, members: int) -> bool:
    """Whether a squad of minors has too few members for its place to be told."""
    return squad.minors and members < (squad.place_from or PLACE_FROM)


class Offered(Part, frozen=True, kw_only=True):
    """What is given to those who take part."""

    kind: Annotated[IncentiveKind, doc("What it is.")]
    text: Annotated[Line, doc("In words, with its worth.")]


class Call(Record, frozen=True, kw_only=True):
    """`content/calls/<id>.yaml`: an open call, to which people answer by themselves."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    title: Annotated[Line, doc("What is looked for.")]
    brand: Annotated[Slug | None, doc("The brand that calls.")] = None
    squad: Annotated[Slug | None, doc("The squad that is looking for people.")] = None
    audience: Annotated[Literal["creators", "customers"], doc("Who should answer.")] = "creators"
    text: Annotated[Markdown, doc("What is asked for, and what is not.")]
    closes: Annotated[Moment, doc("The last day, or the moment; the call stays and says that it is over.")]
    places: Annotated[People | None, doc("The number of places.")] = None
    offered: Annotated[tuple[Offered, ...], doc("What participants are given; all of it must be disclosed.")] = ()
    url: Annotated[Url | None, doc("The form to answer with, on another service.")] = None


class Thanks(Part, frozen=True, kw_only=True):
    """Thanks to a creator, shown if their `sharing` allows it."""

    to: Annotated[Slug, doc("The creator's handle.")]
    what: Annotated[Line, doc("What the creator did.")]
    date: Annotated[Date, doc("The day of the thanks.")]
    by: Annotated[Line | None, doc("Who says thanks, if not the brand as a whole.")] = None
    helped: Annotated[
        Literal["users", "brand"], doc("Who benefited: the people who use the product, or the brand.")
    ] = "users"


class Snippet(Record, frozen=True, kw_only=True):
    """A small piece for others to show: a line, a tip, a picture."""

    id: Annotated[Slug, doc("Its name in the address.")]
    kind: Annotated[Literal["quote", "tip", "image", "meme"], doc("What it is.")]
    product: Annotated[Slug, doc("The product it is about.")]
    date: Annotated[Date, doc("When it was made.")]
    text: Annotated[Text | None, doc("The words.")] = None
    image: Annotated[Image | None, doc("The picture.")] = None
    relationship: Annotated[Relationships, doc("How the creator came to the product, or their tie to the brand.")]
    rights: Annotated[Rights, doc("Whose it is, and where it may be shown: site is here, brand elsewhere.")]
