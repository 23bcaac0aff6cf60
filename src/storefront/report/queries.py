"""Queries over the table `hits`, all of them here, in SQL that Ibis can carry to another engine.

The columns of `hits` are `storefront.logs.COLUMNS`.
"""

from collections.abc import Sequence
from datetime import datetime

# What hits can be told apart by, with the SQL for each; `zone` is filled in with the offset of days.
DIMENSIONS = ("day", "creator", "page", "slot", "product", "merchant", "campaign", "channel", "referrer", "source")
SHARED_PRIVATELY = "probably shared privately"


def clicks(
    by: Sequence[str],
    *,
    own: str,
    since: datetime | None = None,
    until: datetime | None = None,
    bots: bool = False,
    day: str = 'CAST("at" AS DATE)',
) -> str:
    """Visits and clicks by some of `DIMENSIONS`: the most clicks first, then the most visits, then by name.

    `since` and `until` are moments in UTC, `until` not included. `own` is the site's host, `day` SQL for the day.
    """
    picked = [(name, _dimension(name, own, day)) for name in by]
    conditions = [] if bots else ["NOT bot"]
    conditions += [f"\"at\" >= TIMESTAMP '{since:%Y-%m-%d %H:%M:%S}'"] if since else []
    conditions += [f"\"at\" < TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}'"] if until else []
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    names = ", ".join(f"{sql} AS {name}" for name, sql in picked)
    inner = f'SELECT {names}{", " if names else ""}kind, "count" AS n FROM hits{where}'
    groups = ", ".join(by)
    counts = (
        "COALESCE(SUM(CASE WHEN kind = 'visit' THEN n END), 0) AS visits, "
        "COALESCE(SUM(CASE WHEN kind = 'click' THEN n END), 0) AS clicks"
    )
    if not by:
        return f"SELECT {counts} FROM ({inner}) AS told"
    order = "day, clicks DESC, visits DESC" if "day" in by else "clicks DESC, visits DESC"
    return f"SELECT {groups}, {counts} FROM ({inner}) AS told GROUP BY {groups} ORDER BY {order}, {groups}"


def _dimension(name: str, own: str, day: str) -> str:
    host = own.replace("'", "''")
    if name == "day":
        return day
    if name == "source":
        return (
            "CASE WHEN channel IS NOT NULL THEN 'share code' WHEN kind = 'click' THEN 'click' "
            f"WHEN referrer = '{host}' THEN 'this site' WHEN referrer IS NOT NULL THEN 'other site' "
            f"ELSE '{SHARED_PRIVATELY}' END"
        )
    return f"COALESCE({name}, '')"
