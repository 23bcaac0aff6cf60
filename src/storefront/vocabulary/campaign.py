"""Campaigns: what a brand agrees with creators for a while. Money and instructions in it are never part of a site."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import field

from storefront.vocabulary.common import Part, Record, Relationships, Rights
from storefront.vocabulary.scalars import (
    Count,
    Date,
    Line,
    Markdown,
    Market,
    Moment,
    Money,
    Pattern,
    Slug,
    Weight,
    doc,
)

Severity = Literal["error", "warning"]


class Season(StrEnum):
    """The seasons of meteorology, of three whole months each; which one it is depends on the hemisphere."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Metric(StrEnum):
    """What a goal counts."""

    POSTS = "posts"
    REVIEWS = "reviews"
    MENTIONS = "mentions"
    CLICKS = "clicks"
    ORDERS = "orders"
    REDEMPTIONS = "redemptions"
    IN_STORE_REDEMPTIONS = "in_store_redemptions"


class Goal(Part, frozen=True, kw_only=True):
    """What a campaign should achieve; a single goal, which determines the rest."""

    metric: Annotated[Metric, doc("What is counted.")]
    target: Annotated[Count, doc("How many of it.")]


class CampaignWindow(Part, frozen=True, kw_only=True):
    """When a campaign runs. Its posts stay when it is over."""

    starts: Annotated[Moment, doc("When it begins.")] = field(name="from")
    until: Annotated[Moment | None, doc("The end; a day is included.")] = None


class Message(Part, frozen=True, kw_only=True):
    """A message that should come across. Its key is that of a product highlight."""

    text: Annotated[Line | None, doc("The message in a sentence.")] = None
    words: Annotated[
        tuple[Pattern, ...],
        doc("Words that mention it; an asterisk stands for any ending. Default: the key itself."),
    ] = ()
    default: Annotated[Weight, doc("Its weight in seasons that have none of their own.")]
    spring: Annotated[Weight | None, doc("Its weight in spring.")] = None
    summer: Annotated[Weight | None, doc("Its weight in summer.")] = None
    autumn: Annotated[Weight | None, doc("Its weight in autumn.")] = None
    winter: Annotated[Weight | None, doc("Its weight in winter.")] = None

    def weight(self, season: Season | None) -> int:
        """Its weight in a season, in per cent of all messages; without a season the one for all others."""
        own: int | None = getattr(self, season) if season else None
        return self.default if own is None else own


class Avoid(Part, frozen=True, kw_only=True):
    """Words that texts of the campaign must not contain, such as medical claims. Criticism cannot be forbidden."""

    pattern: Annotated[Pattern, doc("Words and phrases, joined by vertical bars; an asterisk stands for any ending.")]
    why: Annotated[Line, doc("Why not; whoever wrote them is told.")]
    severity: Annotated[Severity, doc("error: the site is not built with them.")] = "error"


class Require(Part, frozen=True, kw_only=True):
    """Words that every post of the campaign must have in its title or caption. Reviews are never told what to say."""

    pattern: Annotated[
        Pattern,
        doc("A hashtag, a mention or a phrase; of several, joined by vertical bars, one is enough. Quote # and @."),
    ]
    why: Annotated[Line | None, doc("What for; whoever left them out is told.")] = None
    severity: Annotated[Severity, doc("error: the site is not built without them.")] = "error"


class Exclusivity(Part, frozen=True, kw_only=True):
    """Competitors of which participants publish no new pick, post or review meanwhile. What was there before stays."""

    brands: Annotated[
        tuple[Slug, ...],
        doc("Competing brands. Default: those in competes_with, of this brand or theirs, unless categories are named."),
    ] = ()
    categories: Annotated[
        tuple[Line, ...], doc("Categories of products in which the participants show no other brand.")
    ] = ()
    starts: Annotated[Date | None, doc("The first day. Default: that of the window.")] = field(
        default=None, name="from"
    )
    until: Annotated[Date | None, doc("The last day. Default: that of the window.")] = None
    who: Annotated[tuple[Slug, ...], doc("The participants bound by it, by handle. Default: all.")] = ()
    severity: Annotated[Severity, doc("error: the site is not built with a breach.")] = "error"


class Scheduled(Part, frozen=True, kw_only=True):
    """A date in the timetable."""

    at: Annotated[Moment, doc("When; without a zone it is the site's.")]
    what: Annotated[Line, doc("What happens.")]
    who: Annotated[tuple[Slug, ...], doc("The participants concerned, by handle. Default: all.")] = ()


class Deliverable(Part, frozen=True, kw_only=True):
    """What participants have agreed to do. Records that name the campaign count towards it."""

    what: Annotated[Line, doc("What it is.")]
    kind: Annotated[
        Literal["post", "review", "item"] | None, doc("Which of the campaign's records count: posts, reviews, items.")
    ] = None
    count: Annotated[Count, doc("The number per participant.")] = 1
    by: Annotated[Date, doc("The last day for it.")]
    who: Annotated[tuple[Slug, ...], doc("The participants, by handle. Default: all.")] = ()


class Participant(Part, frozen=True, kw_only=True):
    """A creator who takes part. What they get is disclosed on all their content in it; amounts are never published."""

    creator: Annotated[Slug, doc("Her handle.")]
    fee: Annotated[Money | None, doc("The creator's fee. It makes everything of theirs in the campaign paid.")] = None
    gift: Annotated[Money | None, doc("The value of products given to the creator. It makes them gifted.")] = None


class Campaign(Record, frozen=True, kw_only=True):
    """`content/campaigns/<id>.yaml`."""

    id: Annotated[Slug, doc("The record's id. Default: the file's name.")] = ""
    title: Annotated[Line, doc("What it is called.")]
    brand: Annotated[Slug, doc("The brand's id in content/brands/.")]
    brief: Annotated[Markdown | None, doc("The brief for participants.")] = None
    goal: Annotated[Goal | None, doc("The campaign's goal.")] = None
    window: Annotated[CampaignWindow, doc("When it runs.")]
    markets: Annotated[
        tuple[Market, ...],
        doc("The markets it runs in, where its offers and codes work. Default: those of whoever takes part."),
    ] = ()
    disclosure: Annotated[
        Relationships, doc("What taking part means, added to whatever a post, an item or a review of it says.")
    ]
    public: Annotated[bool, doc("Whether brief and calendar are public pages; budget, fees and gifts never are.")] = (
        False
    )
    nda: Annotated[bool, doc("Under a non-disclosure agreement: needs embargo_until, and can never be public.")] = False
    messages: Annotated[
        dict[Line, Message],
        doc("What should come across, each with its weight; in every season the weights add up to 100."),
    ] = {}
    avoid: Annotated[tuple[Avoid, ...], doc("Words that texts of the campaign must not contain.")] = ()
    require: Annotated[tuple[Require, ...], doc("Words that every post of the campaign must have.")] = ()
    exclusivity: Annotated[
        tuple[Exclusivity, ...], doc("Competitors of which participants publish nothing new meanwhile.")
    ] = ()
    schedule: Annotated[tuple[Scheduled, ...], doc("The timetable.")] = ()
    deliverables: Annotated[tuple[Deliverable, ...], doc("What participants have to do.")] = ()
    participants: Annotated[
        tuple[Participant, ...], doc("Who takes part; others cannot name the campaign. Default: anybody.")
    ] = ()
    rights: Annotated[
        Rights | None, doc("Rights to pictures of its posts and reviews without rights of their own.")
    ] = None
    budget: Annotated[Money | None, doc("The budget, for reports; never published.")] = None
