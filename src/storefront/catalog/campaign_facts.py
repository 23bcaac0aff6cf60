"""Facts of campaigns that everybody may read: nothing of money, and nobody who does not want to be named."""

from msgspec import Struct

from storefront.catalog.facts import Byline, Fact
from storefront.vocabulary.campaign import Metric, Season
from storefront.vocabulary.common import Relationship


class MessageFact(Struct, frozen=True, gc=False):
    """A message: what it is called, it in a sentence, and its weight in the season in force, in per cent."""

    name: str
    text: str | None
    weight: int


class DateFact(Struct, frozen=True, gc=False):
    """Something on a day (ISO 8601), or at a time of it in the site's zone; `utc` is that moment.

    `kind` is begins, ends, date or deliverable; `who` are those who may be named, and `unnamed` how many more it
    is for; nobody of either means all.
    """

    at: str
    utc: str | None
    kind: str
    what: str
    count: int
    who: tuple[str, ...]
    unnamed: int


class ExclusiveFact(Struct, frozen=True, gc=False):
    """Competing brands, by name, and categories of which nothing new is shown from the first to the last day.

    `who` and `unnamed` are whom it binds, as for a date.
    """

    brands: tuple[str, ...]
    categories: tuple[str, ...]
    first: str
    last: str
    who: tuple[str, ...]
    unnamed: int


class CampaignFact(Fact, frozen=True, kw_only=True):
    """A campaign with a page. `people` are those who may be named, of all `participants`; `dates` are in order."""

    id: str
    title: str
    brand: str
    brand_name: str
    brief: str | None
    goal: tuple[Metric, int] | None
    starts: str
    until: str | None
    markets: tuple[str, ...]
    disclosure: tuple[Relationship, ...]
    season: Season | None
    messages: tuple[MessageFact, ...]
    avoid: tuple[tuple[str, str], ...]
    require: tuple[tuple[str, str | None], ...]
    exclusivity: tuple[ExclusiveFact, ...]
    dates: tuple[DateFact, ...]
    people: tuple[Byline, ...]
    participants: int
    rights_until: str | None
