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
    """How one gets in."""

    OPEN = "open"
    INVITE = "invite"
    WAITLIST = "waitlist"


class Waiting(Part, frozen=True, kw_only=True):
    """How many wait, as whoever keeps the list counts them."""

    count: Annotated[People, doc("How many people are on the list.")]
    as_of: Annotated[Date, doc("The day they were counted; told beside the number.")]


class Access(Part, frozen=True, kw_only=True):
    """How one gets in: everybody who applies, only who is invited, or as places become free."""

    kind: Annotated[Entrance, doc("open, invite or waitlist.")]
    opens: Annotated[Date | None, doc("From when on one can apply.")] = None
    capacity: Annotated[People | None, doc("How many places there are.")] = None
    url: Annotated[Url | None, doc("The form to apply with, at whoever keeps the answers; this site keeps none.")] = (
        None
    )
    text: Annotated[Text | None, doc("What is asked of those who come in, in a few sentences.")] = None
    waiting: Annotated[
        Waiting | None, doc("How many wait (only with kind: waitlist); it stands in the place of those in content/.")
    ] = None


class Standing(StrEnum):
    """Where a creator stands. Only those who are approved have pages."""

    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    APPROVED = "approved"
    PAUSED = "paused"
    LEFT = "left"


class Size(Part, frozen=True, kw_only=True):
    """How large a squad is meant to be."""

    min: Annotated[People | None, doc("It is forming until it has so many.")] = None
    max: Annotated[People | None, doc("It takes no more than these.")] = None


class SharedItem(Part, frozen=True, kw_only=True):
    """A member's pick on a list of the squad's: her words, her link and her label, under her name."""

    member: Annotated[Slug, doc("Whose pick it is.")]
    product: Annotated[Slug, doc("The product; it stands on a list of hers.")]
    list: Annotated[Slug | None, doc("Which of her lists, where it stands on several.")] = None


class SharedList(Part, frozen=True, kw_only=True):
    """A list that members keep together; each thing on it says whose it is."""

    title: Annotated[Line, doc("What the list is called.")]
    intro: Annotated[Markdown | None, doc("A few sentences before the things.")] = None
    items: Annotated[tuple[SharedItem, ...], doc("The picks, in the order they are shown.")] = ()


class Squad(Record, frozen=True, kw_only=True):
    """`content/squads/<id>.yaml`: creators of one place who belong together."""

    id: Annotated[Slug, doc("Its name in the address; the file's name when left out.")] = ""
    name: Annotated[Line, doc("What it is called.")]
    city: Annotated[Line | None, doc("Its town.")] = None
    country: Annotated[Country | None, doc("Its country, ISO 3166.")] = None
    steward: Annotated[Line, doc("The grown-up or the team that runs it and answers for it.")]
    about: Annotated[Markdown | None, doc("What it does, in a few sentences.")] = None
    members: Annotated[tuple[Slug, ...], doc("The handles of its members.")] = ()
    size: Annotated[Size, doc("How large it is meant to be.")] = Size()
    minors: Annotated[
        bool,
        doc("true: its members are under age, and have first names only, no place and no contact on every page."),
    ] = False
    place_from: Annotated[
        Group | None,
        doc("From how many members on one of minors names its place; 10 when left out, never below 5."),
    ] = None
    access: Annotated[Access | None, doc("How one gets in.")] = None
    lists: Annotated[dict[Slug, SharedList], doc("Lists that members keep together, by id.")] = {}


def is_few(squad: Squad, members: int) -> bool:
    """Whether a squad of minors has too few members for its place to be told."""
    return squad.minors and members < (squad.place_from or PLACE_FROM)


class Offered(Part, frozen=True, kw_only=True):
    """What is given to those who take part."""

    kind: Annotated[IncentiveKind, doc("What it is.")]
    text: Annotated[Line, doc("In words, with its worth.")]


class Call(Record, frozen=True, kw_only=True):
    """`content/calls/<id>.yaml`: an open call, to which people answer by themselves."""

    id: Annotated[Slug, doc("Its name in the address; the file's name when left out.")] = ""
    title: Annotated[Line, doc("What is looked for.")]
    brand: Annotated[Slug | None, doc("The brand that calls.")] = None
    squad: Annotated[Slug | None, doc("The squad that people are looked for.")] = None
    audience: Annotated[Literal["creators", "customers"], doc("Who is meant.")] = "creators"
    text: Annotated[Markdown, doc("What is asked for, and what is not.")]
    closes: Annotated[Moment, doc("The last day, or the moment; the call stays and says that it is over.")]
    places: Annotated[People | None, doc("How many can take part.")] = None
    offered: Annotated[tuple[Offered, ...], doc("What they are given; all of it has to be disclosed.")] = ()
    url: Annotated[Url | None, doc("The form to answer with, at whoever keeps the answers.")] = None


class Thanks(Part, frozen=True, kw_only=True):
    """Thanks to a creator, shown as far as her `sharing` lets it."""

    to: Annotated[Slug, doc("The creator's handle.")]
    what: Annotated[Line, doc("What she did.")]
    date: Annotated[Date, doc("When she was thanked.")]
    by: Annotated[Line | None, doc("Who thanks her, where it is not the brand as a whole.")] = None
    helped: Annotated[Literal["users", "brand"], doc("Whom it helped: the people who use the thing, or the brand.")] = (
        "users"
    )


class Snippet(Record, frozen=True, kw_only=True):
    """A small piece for others to show: a line, a tip, a picture."""

    id: Annotated[Slug, doc("Its name in the address.")]
    kind: Annotated[Literal["quote", "tip", "image", "meme"], doc("What it is.")]
    product: Annotated[Slug, doc("The product it is about.")]
    date: Annotated[Date, doc("When it was made.")]
    text: Annotated[Text | None, doc("The words.")] = None
    image: Annotated[Image | None, doc("The picture.")] = None
    relationship: Annotated[Relationships, doc("How she came to the thing, or what ties her to the brand.")]
    rights: Annotated[Rights, doc("Whose it is, and where it may be shown: site is here, brand elsewhere.")]
