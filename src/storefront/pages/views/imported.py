"""Imported reviews, apart from those of the site's own people."""

from storefront.pages.views.base import View
from storefront.pages.views.parts import Day, HistogramBar, Pagination, Stars


class ImportedReview(View, frozen=True, kw_only=True):
    """A customer's review. `paragraphs` is plain text: strangers write no markup here."""

    anchor: str
    author: str
    lang: str | None
    day: Day
    stars: Stars | None
    title: str | None
    incentive: str | None
    paragraphs: tuple[str, ...]
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    verification: str
    collected: str | None
    replier: str | None
    reply_day: Day | None
    reply: tuple[str, ...]


class Withheld(View, frozen=True, kw_only=True):
    """A review that its publisher, or this site, does not show: when, how it rated, and why it is not there."""

    day: Day
    stars: Stars | None
    reason: str


class Imported(View, frozen=True, kw_only=True):
    """What the customers of one publisher say of a product, with a mean of their own.

    `reviews` are the newest, `more` all others of the page; `provenance` says where they come from.
    """

    id: str
    title: str
    shown: str
    provenance: tuple[str, ...]
    stars: Stars | None
    bars: tuple[HistogramBar, ...]
    reviews: tuple[ImportedReview, ...]
    more_label: str | None
    more: tuple[ImportedReview, ...]
    withheld_label: str | None
    withheld: tuple[Withheld, ...]
    pagination: Pagination | None
