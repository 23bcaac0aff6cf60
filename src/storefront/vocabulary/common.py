"""Parts that several kinds of records share."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

from storefront.vocabulary.scalars import Audience, Colour, Date, Fraction, Line, MediaPath, Moment, doc


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of a record: closed, so that a misspelt key is told and not ignored."""


class Release(Part, frozen=True, kw_only=True):
    """Who sees a record, and when. Squads come before brands, and brands before everybody."""

    audience: Annotated[Audience, doc("public, or squad: or brand: and its id.")]
    at: Annotated[Moment, doc("From when on they see it.")]


class Record(Part, frozen=True, kw_only=True):
    """Anything that can be held back or scheduled; judged at the one clock of a build."""

    draft: Annotated[bool, doc("Keep this out of the site until the line is removed.")] = False
    starts: Annotated[
        Moment | None, doc("Shown from this day or time. A day begins at midnight in the site's time zone.")
    ] = field(default=None, name="from")
    until: Annotated[Moment | None, doc("Shown until this time, or to the end of this day.")] = None
    embargo_until: Annotated[
        Moment | None, doc("Absent from every file of the site before this time, whatever other keys say.")
    ] = None
    releases: Annotated[
        tuple[Release, ...],
        doc("Who sees this when: squads, then brands, then everybody. Each audience has its own build."),
    ] = ()


class Image(Part, frozen=True, kw_only=True):
    """A picture and the words for those who cannot see it."""

    src: Annotated[MediaPath, doc("The file, relative to this record's folder; a leading / means content/.")]
    alt: Annotated[Line, doc("What the picture shows, for screen readers and when it cannot load.")]
    focus: Annotated[
        tuple[Fraction, Fraction] | None,
        doc("The point that must stay in view when cropped: from the left and the top, 0 to 1. Default: the middle."),
    ] = None


class Accent(Part, frozen=True, kw_only=True):
    """A colour for light and one for dark."""

    light: Annotated[Colour, doc("The colour on light grounds.")]
    dark: Annotated[Colour | None, doc("On dark grounds. Default: the nearest readable colour of the same hue.")] = None


class Channel(StrEnum):
    """Where a picture may be used."""

    SITE = "site"
    BRAND = "brand"
    SOCIAL = "social"
    EMAIL = "email"
    ADS = "ads"
    PRINT = "print"


class Rights(Part, frozen=True, kw_only=True):
    """How pictures may be used, and for how long. Afterwards they are left out, and the build says so."""

    holder: Annotated[Line | None, doc("Who owns them.")] = None
    channels: Annotated[
        tuple[Channel, ...], doc("Where they may be used. Default: everywhere. Without site, not on these pages.")
    ] = ()
    until: Annotated[Date | None, doc("The last day on which they may be used.")] = None
    credit: Annotated[Line | None, doc("Who must be credited beside them.")] = None
    proof: Annotated[Line | None, doc("Where the agreement is kept; never published.")] = None


class Evidence(StrEnum):
    """What whoever recommends or reviews a thing shows with it, so that others can see it for themselves."""

    OWN_PHOTO = "own-photo"
    RECEIPT = "receipt"
    MEASUREMENT = "measurement"


class Relationship(StrEnum):
    """How the creator came to a thing, or what ties her to its brand; strongest first.

    The order is that of disclosure when several apply at once.
    """

    PAID = "paid"
    OWNER = "owner"
    EMPLOYEE = "employee"
    AMBASSADOR = "ambassador"
    EXCHANGE = "exchange"
    GIFTED = "gifted"
    LOANED = "loaned"
    INVITED = "invited"
    THANKED = "thanked"
    AFFILIATE = "affiliate"
    DISCOUNT_CODE = "discount_code"
    FAMILY = "family"
    PURCHASED = "purchased"
    NONE = "none"


Relationships = Annotated[
    Relationship | tuple[Relationship, ...],
    Meta(
        description="How you came to it, or what ties you to the brand: one word, or a list of them.",
        examples=["purchased", "gifted", ["gifted", "ambassador"]],
    ),
]


def as_tuple(value: "Relationship | tuple[Relationship, ...] | None") -> tuple[Relationship, ...]:
    """One relationship, several, or none, always as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, Relationship) else value
