"""Seasons: which one it is on a day for a creator, by the hemisphere that she lives in.

They are those of meteorology, three whole months each: winter in the north is December to February. Where nobody says
where she lives, the first market that lies in one hemisphere alone decides, and else it is the north.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from storefront.catalog.offers import countries
from storefront.clock import Clock
from storefront.vocabulary.campaign import Season
from storefront.vocabulary.influencer import Influencer

# Countries most of whose people live south of the equator (ISO 3166; by the latitudes of their largest cities).
SOUTH = frozenset(
    {
        "AO", "AR", "AS", "AU", "BI", "BO", "BR", "BW", "CD", "CG", "CK", "CL", "EC", "FJ", "FK", "ID", "KM", "LS",
        "MG", "MU", "MW", "MZ", "NA", "NC", "NR", "NU", "NZ", "PE", "PF", "PG", "PN", "PY", "RE", "RW", "SB", "SC",
        "SH", "SZ", "TL", "TO", "TV", "TZ", "UY", "VU", "WF", "WS", "YT", "ZA", "ZM", "ZW",
    }
)  # fmt: skip
NORTHERN = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)
BEGIN = (3, 6, 9, 12)  # the months with whose first day a season begins


def is_south(person: Influencer | None, markets: Iterable[str]) -> bool:
    """Whether a creator lives south of the equator; `markets` are the site's, for whom nobody says where she lives."""
    if person and person.location:
        return person.location.country in SOUTH
    for market in (person and person.markets) or markets:
        there = countries(market)
        if there and (there <= SOUTH or SOUTH.isdisjoint(there)):
            return there <= SOUTH
    return False


def season_of(day: date, *, south: bool) -> Season:
    """The season of a day in a hemisphere."""
    return NORTHERN[(day.month % 12 // 3 + (2 if south else 0)) % 4]


def next_season(clock: Clock) -> datetime:
    """When the next season begins, at midnight in the site's zone."""
    today = clock.today
    month = next((month for month in BEGIN if month > today.month), BEGIN[0])
    year = today.year + (month <= today.month)
    return datetime(year, month, 1, tzinfo=clock.zone).astimezone(UTC)
