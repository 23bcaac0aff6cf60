"""All that is said of a brand."""

from storefront.pages.views.base import View
from storefront.pages.views.parts import Badge, Byline, Day, Link, Pagination, Retired, Stars


class Said(View, frozen=True, kw_only=True):
    """What a creator says of a brand's products. `where` leads to all of it: a review, a post, or a pick on a list.

    `day` is when a list was last gone through, where `listed`. `disclosure` is a review's own line.
    """

    anchor: str
    kind: str
    where: Link
    listed: bool
    author: Byline
    lang: str | None
    day: Day | None
    products: tuple[Link, ...]
    stars: Stars | None
    got: Badge | None
    badges: tuple[Badge, ...]
    disclosure: str | None
    title: str | None
    notes: tuple[str, ...]
    why: str | None
    retired: Retired | None


class SaidGroup(View, frozen=True, kw_only=True):
    """What was said in a month, or on no known day. `id` names it inside the page."""

    id: str
    title: str
    said: tuple[Said, ...]


class MentionsView(View, frozen=True, kw_only=True):
    """`mentions.html`: all that creators say of a brand's products, month by month."""

    title: str
    shown: str
    brand: Link
    groups: tuple[SaidGroup, ...]
    feeds: tuple[Link, ...]
    pagination: Pagination | None
