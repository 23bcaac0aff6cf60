"""What the pages of campaigns show."""

from storefront.pages.views.base import Html, View
from storefront.pages.views.parts import Day, Fact, Link


class CampaignEntry(View, frozen=True, kw_only=True):
    """A line: a message, a date, or a person. `text` stands beside it, `url` leads to a page about it."""

    title: str
    text: str | None = None
    day: Day | None = None
    time: str | None = None
    url: str | None = None


class CampaignGroup(View, frozen=True, kw_only=True):
    """Lines under a heading."""

    anchor: str
    title: str
    entries: tuple[CampaignEntry, ...]


class CampaignView(View, frozen=True, kw_only=True):
    """`campaign.html`: the brief of a campaign, its calendar, or the index of all campaigns.

    `notes` are sentences that must be read; `more` leads to the other pages of the campaign.
    """

    title: str
    brand: Link | None
    html: Html
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    groups: tuple[CampaignGroup, ...] = ()
    more: tuple[Link, ...] = ()
