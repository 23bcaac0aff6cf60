"""Hits: what is kept of a log. Neither addresses of visitors nor what their browsers call themselves."""

from collections.abc import Sequence

from msgspec import Struct

# The table `hits`, as DuckDB and Parquet know it. What is not known is NULL.
#   at: the hour in UTC, or the quarter of an hour where days of the site or the log do not begin at a full hour of UTC
#   kind: visit, a page was opened; click, a link to a shop was
#   path: the page or the redirect, from the site's root; the page of the link where a beacon or a counter told
#   status: of HTTP; NULL where a counter told
#   channel: the share code, `?s=` of the page; campaign: of the link, else `?utm_campaign=` of the page
#   referrer: a host only
#   bot: by the list of bots, or because the program did not say what it is
#   count: how often
COLUMNS = {
    "at": "TIMESTAMP",
    "kind": "VARCHAR",
    "path": "VARCHAR",
    "status": "SMALLINT",
    "creator": "VARCHAR",
    "page": "VARCHAR",
    "slot": "VARCHAR",
    "product": "VARCHAR",
    "merchant": "VARCHAR",
    "campaign": "VARCHAR",
    "channel": "VARCHAR",
    "referrer": "VARCHAR",
    "bot": "BOOLEAN",
    "count": "BIGINT",
}

PLACED = ("creator", "page", "slot", "product", "merchant", "campaign")  # of these: where it stands and what about


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """A page or a link of the site. `key` is its path or where it leads; `on` is the page it stands on."""

    key: str
    on: str = ""
    path: str = ""
    creator: str = ""
    page: str = ""
    slot: str = ""
    product: str = ""
    merchant: str = ""
    campaign: str = ""


class SiteAddresses(Struct, frozen=True, kw_only=True):
    """What is known of the site whose log is read.

    `hosts` are its own, as a referrer names them; `base` the path it stands below, without a slash at the end; `beacon`
    the path at which clicks are told. `handles` leads from each creator's handles, old ones too, to the present one.
    Below `folders` there is no page.
    """

    places: Sequence[Place]
    handles: dict[str, str]
    products: Sequence[str] = ()
    hosts: tuple[str, ...] = ()
    base: str = ""
    zone: str = "UTC"
    beacon: str | None = None
    folders: tuple[str, ...] = ()
