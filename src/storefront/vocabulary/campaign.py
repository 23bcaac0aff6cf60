"""Campaigns: what a brand agrees with creators for a while. Money and instructions in it are never part of a site."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import field

from storefront.vocabulary.common import Part, Record, Relationships, Rights
from storefront.vocabulary.scalars import Count, Date, Line, Markdown, Moment, Money, Pattern, Slug, Weight, doc


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
    """What a campaign is to reach; one thing, so that it dictates the rest."""

    metric: Annotated[Metric, doc("What is counted.")]
    target: Annotated[Count, doc("How many of it.")]


class CampaignWindow(Part, frozen=True, kw_only=True):
    """When a campaign runs. Posts of it stay when it is over."""

    starts: Annotated[Moment, doc("When it begins.")] = field(name="from")
    until: Annotated[Moment | None, doc("When it ends; a day is part of it.")] = None


class Message(Part, frozen=True, kw_only=True):
    """Something that is to come across. Its key is that of a highlight of the products."""

    text: Annotated[Line | None, doc("It in a sentence.")] = None
    words: Annotated[
        tuple[Pattern, ...],
        doc("Words that mention it; the key itself when left out. An asterisk stands for any ending."),
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
    """Words that texts of the campaign must not hold, such as claims of medicine. Criticism cannot be among them."""

    pattern: Annotated[Pattern, doc("Words and phrases, joined by vertical bars; an asterisk stands for any ending.")]
    why: Annotated[Line, doc("Why not; whoever wrote them is told.")]
    severity: Annotated[Literal["error", "warning"], doc("error: nothing is built with them.")] = "error"


class Scheduled(Part, frozen=True, kw_only=True):
    """A date in the timetable."""

    at: Annotated[Moment, doc("When; without a zone it is the site's.")]
    what: Annotated[Line, doc("What happens.")]
    who: Annotated[tuple[Slug, ...], doc("For which participants, by handle; all when left out.")] = ()


class Deliverable(Part, frozen=True, kw_only=True):
    """What participants have agreed to do. Records that name the campaign count towards it."""

    what: Annotated[Line, doc("What it is.")]
    kind: Annotated[
        Literal["post", "review", "item"] | None, doc("Which records of the campaign count: posts, reviews, items.")
    ] = None
    count: Annotated[Count, doc("How many from each.")] = 1
    by: Annotated[Date, doc("The last day for it.")]
    who: Annotated[tuple[Slug, ...], doc("Which participants, by handle; all when left out.")] = ()


class Participant(Part, frozen=True, kw_only=True):
    """A creator who takes part. What she gets is disclosed on everything of hers in it; the amounts are on no page."""

    creator: Annotated[Slug, doc("Her handle.")]
    fee: Annotated[Money | None, doc("What she is paid. It makes every thing of hers in the campaign paid.")] = None
    gift: Annotated[Money | None, doc("What the things are worth that she is given. It makes them gifted.")] = None


class Campaign(Record, frozen=True, kw_only=True):
    """`content/campaigns/<id>.yaml`."""

    id: Annotated[Slug, doc("The file's name when left out.")] = ""
    title: Annotated[Line, doc("What it is called.")]
    brand: Annotated[Slug, doc("The brand's id in content/brands/.")]
    brief: Annotated[Markdown | None, doc("What it is about, for those who take part.")] = None
    goal: Annotated[Goal | None, doc("What it is to reach.")] = None
    window: Annotated[CampaignWindow, doc("When it runs.")]
    disclosure: Annotated[
        Relationships, doc("What taking part means, added to whatever a post, an item or a review of it says.")
    ]
    public: Annotated[
        bool, doc("Whether brief and calendar are pages of the site, for everybody; never budget, fees and gifts.")
    ] = False
    nda: Annotated[bool, doc("Under an agreement of silence: needs embargo_until, and can never be public.")] = False
    messages: Annotated[
        dict[Line, Message], doc("What is to come across, each with its weight; in every season they make 100.")
    ] = {}
    avoid: Annotated[tuple[Avoid, ...], doc("Words that texts of the campaign must not hold.")] = ()
    schedule: Annotated[tuple[Scheduled, ...], doc("The timetable.")] = ()
    deliverables: Annotated[tuple[Deliverable, ...], doc("What the participants do.")] = ()
    participants: Annotated[
        tuple[Participant, ...], doc("Who takes part; others cannot name the campaign. Anybody when left out.")
    ] = ()
    rights: Annotated[Rights | None, doc("Of the pictures of its posts and reviews that say nothing of their own.")] = (
        None
    )
    budget: Annotated[Money | None, doc("What it may cost; for reports, and never part of a site.")] = None
