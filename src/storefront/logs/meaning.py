"""Meaning: whose page was opened and whose link was clicked, worked out from what was gathered of a log.

Each time, referrer and request is worked out once, and not for each of the many ways in which they come together.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storefront.logs.engine import text
from storefront.logs.hits import COLUMNS, PLACED, SiteAddresses
from storefront.logs.sources import Source, asks_beacon

# The columns with few texts in many rows.
CLOSED = {"requests": ("kind", "path", *PLACED), "referrers": ("shown",)}
MANY = 100_000  # rows; DuckDB does not count lists of texts among what it may hold
CODE = "'(?:^|&)s=([A-Za-z0-9_-]{1,64})(?:&|$)'"
TAG = "'(?:^|&)utm_campaign=([A-Za-z0-9_.-]{1,64})(?:&|$)'"
# Hits of pages and links that are gone since still belong to the creator and the product that their addresses name.
WHOSE = """        ), whose AS (
            SELECT found.* REPLACE (
                coalesce(found.creator, handles.creator) AS creator,
                coalesce(found.product, things.id) AS product,
                CASE WHEN kind = 'visit' THEN coalesce(page, path) ELSE page END AS page)
            FROM found
            LEFT JOIN handles ON NOT known AND handles.handle =
                CASE WHEN kind = 'click' THEN split_part(key, '/', 3) ELSE split_part(key, '/', 2) END
            LEFT JOIN things ON NOT known AND things.id = CASE WHEN kind = 'click' THEN split_part(key, '/', 4)
                WHEN starts_with(key, '/products/') THEN split_part(key, '/', 3) END
            WHERE kind = 'visit' OR known OR starts_with(key, '/go/')
        )
"""
# The share code of a click is that of the page it was on, unless a beacon told it: it names its page itself.
WHOLE = """
        SELECT requests.*, times.moment, referrers.shown AS referrer, hits.n AS "count",
            CASE WHEN kind = 'click' AND NOT told AND own THEN referrers.code ELSE requests.code END AS channel,
            CASE WHEN mark // 4 > 0 THEN mark // 4 END AS status,
            mark // 2 % 2 = 1 OR coalesce(judged.bot, false) AS bot
        FROM (SELECT *, mark % 2 = 1 AS clicked FROM seen) AS hits
        JOIN times ON times.t = hits.t AND times.moment IS NOT NULL
        JOIN requests ON requests.request = hits.request AND requests.clicked = hits.clicked
        LEFT JOIN referrers ON referrers.referrer = hits.referrer
        LEFT JOIN judged ON judged.late = hits.late
"""


def write(connection: Any, read: Source, site: SiteAddresses, into: Path, facts: dict[str, Any]) -> None:
    """Work out what the hits in the table `seen` mean, and write them to a file of Parquet that also holds `facts`."""
    for name, rows in (("times", _times(read)), ("referrers", _referrers(site)), ("requests", _requests(read, site))):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {rows}")
    for table, texts in CLOSED.items():
        _close(connection, table, texts)
    metadata = ", ".join(f"{name}: {text(str(value))}" for name, value in facts.items())
    columns = ", ".join(f'{_value(name, kind)} AS "{name}"' for name, kind in COLUMNS.items())
    connection.execute(
        f"COPY (SELECT {columns} FROM ({WHOLE})) TO {text(str(into))} "
        f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
    )


def _value(name: str, kind: str) -> str:
    """SQL for a column of the hits. Texts stay as they are, be it as text or as one of a closed list."""
    value = "moment" if name == "at" else name
    return value if kind == "VARCHAR" else f'"{value}"::{kind}'


def _close(connection: Any, table: str, columns: Iterable[str]) -> None:
    """Keep texts as numbers of a closed list: joins and Parquet take two thirds of the time then."""
    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if rows > MANY:
        return
    for column in columns:
        connection.execute(f"DROP TYPE IF EXISTS {table}_{column}")
        different = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        connection.execute(f"CREATE TYPE {table}_{column} AS ENUM ({different})")
    closed = ", ".join(f"{column}::{table}_{column} AS {column}" for column in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * REPLACE ({closed}) FROM {table}")


def _different(*columns: str) -> str:
    return f"(SELECT DISTINCT {', '.join(columns)} FROM seen)"


def _times(read: Source) -> str:
    """SQL for the moment that each time is."""
    return f"SELECT t, {read.at} AS moment FROM {_different('t')}"


def _referrers(site: SiteAddresses) -> str:
    """SQL for the host of each referrer, and for the share code if it is a page of ours."""
    own = ", ".join(map(text, site.hosts)) or "NULL"
    return f"""
        WITH parted AS (
            SELECT referrer, CASE WHEN contains(referrer, '/') THEN split_part(referrer, '?', 2) ELSE '' END AS query,
                CASE WHEN contains(referrer, '/') THEN split_part(referrer, '/', 3) ELSE referrer END AS host
            FROM {_different("referrer")}
        )
        SELECT referrer, {_host("host")} AS shown,
            host IN ({own}) AND query <> '' AS own, nullif(regexp_extract(query, {CODE}, 1), '') AS code
        FROM parted
"""


def _host(place: str) -> str:
    """SQL for the host alone, without who somebody is there, and without a query that follows no slash."""
    alone = f"lower(split_part(regexp_extract({place}, '^[^?#]*'), '@', -1))"
    return f"nullif(nullif(left({alone}, 100), ''), '-')"


def _requests(read: Source, site: SiteAddresses) -> str:
    """SQL for what the site knows of each request."""
    what = ", ".join(f"nullif(coalesce(there.{name}, any_.{name}), '') AS {name}" for name in PLACED)
    return f"""{_named(read, site)}        ), found AS (
            SELECT request, clicked, told, CASE WHEN click THEN 'click' ELSE 'visit' END AS kind,
                left(coalesce(nullif(there.path, ''), nullif(any_.path, ''), named.key), 500) AS path, {what},
                nullif(regexp_extract(query, {CODE}, 1), '') AS code,
                nullif(regexp_extract(query, {TAG}, 1), '') AS tagged,
                there.key IS NOT NULL OR any_.key IS NOT NULL AS known, named.key
            FROM named
            LEFT JOIN places AS there ON there.key = named.key AND there."on" = named.standing AND named.standing <> ''
            LEFT JOIN places AS any_ ON any_.key = named.key AND any_."on" = ''
{WHOSE}        SELECT * EXCLUDE (known, key, tagged) REPLACE (coalesce(campaign, tagged) AS campaign) FROM whose
"""


def _named(read: Source, site: SiteAddresses) -> str:
    """SQL for requests with the path or the address that each is about, and whether it was a click."""
    told = asks_beacon(site.beacon, "target") if site.beacon else "false"
    hosts = "|".join(host.replace(".", r"\.") for host in site.hosts) or "$^"

    def inside(path: str) -> str:
        """Empty for what stands elsewhere on the site's host."""
        below = f"WHEN starts_with({path}, {text(site.base + '/')}) THEN {path}[{len(site.base) + 1}:]"
        return f"CASE {below} WHEN starts_with({path}, '/') THEN '' ELSE {path} END" if site.base else path

    return rf"""
        WITH parted AS (
            SELECT *, {told} AS told, split_part(target, '?', 2) AS query, {inside("target")} AS inside
            FROM (SELECT *, {read.target} AS target FROM {_different("request", "mark % 2 = 1 AS clicked")})
        ), spoken AS (
            SELECT *, CASE WHEN told THEN {_parameter("query", "p")} ELSE '' END AS page_told,
                CASE WHEN told THEN regexp_replace({_parameter("query", "l")}, '^https://(?:{hosts})/', '/') END AS link
            FROM parted
        ), read AS (
            SELECT *, {inside("page_told")} AS standing,
                CASE WHEN told THEN {inside("link")}
                     WHEN clicked AND contains(inside, '://') THEN inside
                     ELSE regexp_replace(split_part(inside, '?', 1), '/index\.html$', '/') END AS key
            FROM spoken
        ), named AS (
            SELECT *, told OR clicked OR starts_with(key, '/go/') AS click FROM read
            WHERE key <> '' AND (click OR {read.page})
"""


def _parameter(query: str, name: str) -> str:
    found = f"regexp_extract({query}, '(?:^|&){name}=([^&]*)', 1)"
    return f"coalesce(TRY(url_decode({found})), '')"
