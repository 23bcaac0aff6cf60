"""Rights to what somebody made: whose it is, where it may be shown, until when, and how that was agreed."""

from enum import StrEnum
from typing import Annotated

from storefront.vocabulary.common import Part
from storefront.vocabulary.scalars import Line, Moment, doc


class Channel(StrEnum):
    """Where something may be shown."""

    SITE = "site"
    EMBED = "embed"
    BRAND_SITE = "brand-site"
    SOCIAL = "social"
    EMAIL = "email"
    ADS = "ads"
    RETAIL = "retail"
    PRINT = "print"


class Rights(Part, frozen=True, kw_only=True):
    """Who holds the rights, and what was agreed. What is not granted here is not shown there."""

    holder: Annotated[Line, doc("Whose it is.")]
    channels: Annotated[tuple[Channel, ...], doc("Where it may be shown; nowhere when left out.")] = ()
    until: Annotated[Moment | None, doc("To when that was granted; it is gone from every page after that.")] = None
    credit: Annotated[Line | None, doc("The words that have to stand beside it; the creator's name when left out.")] = (
        None
    )
    proof: Annotated[Line | None, doc("Where the agreement is kept, such as a contract's number; never shown.")] = None
