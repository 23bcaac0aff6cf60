"""Tasks: what is due, when, whose it is, and where to write it."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from storefront.content import Origin
from storefront.problems import KeyPath, Place


class Kind(StrEnum):
    """The kinds of things that can be due."""

    UPDATE = "update"
    REVIEW = "review"
    RESPONSE = "response"
    PROMO = "promo"
    LOAN = "loan"
    PRICE = "price"
    OPENS = "opens"
    CLOSES = "closes"
    CAMPAIGN = "campaign"
    DELIVERABLE = "deliverable"
    RIGHTS = "rights"


class _TaskFacts(Struct, frozen=True, kw_only=True):
    """One thing to do by `day`. `creator`, `brand` and `campaign` are ids, "" for what is nobody's or none's."""

    day: date
    kind: Kind
    what: str
    creator: str
    brand: str
    campaign: str = ""


class UnplacedTask(_TaskFacts, frozen=True, kw_only=True):
    """A task and the value that it follows from; its place is looked up only for what is shown.

    `moment` is when something happens by itself.
    """

    origin: Origin
    path: KeyPath
    moment: datetime | None = None


class Task(_TaskFacts, frozen=True, kw_only=True):
    """A task and the place in content where to write."""

    place: Place


class Due(Struct, frozen=True):
    """All tasks of a site up to a day, the oldest first, and the names that they can be chosen by."""

    today: date
    site: str
    tasks: tuple[Task, ...]
    creators: tuple[str, ...]
    brands: tuple[str, ...]
    campaigns: tuple[str, ...] = ()

    def overdue(self, task: Task) -> bool:
        """Whether its day is over."""
        return task.day < self.today
