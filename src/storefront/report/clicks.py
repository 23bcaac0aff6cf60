"""Visits and clicks: logs taken into the store, and what the store tells."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.gather import gather
from storefront.logs import Measured, engine
from storefront.report import hits, output, queries
from storefront.report.addresses import addresses_of
from storefront.report.engine import HITS, Engine
from storefront.report.queries import Period


class ClicksQuery(Struct, frozen=True, kw_only=True):
    """What a report tells apart, of which days, by which engine, and the private file it is to be written to."""

    by: tuple[str, ...]
    period: Period = Period()
    bots: bool = False
    engine: str = ""
    output: Path | None = None


class Clicks(Struct, frozen=True, kw_only=True):
    """A table whose last two columns are visits and clicks, what they come to, and what was read for it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    visits: int
    clicks: int
    measured: tuple[Measured, ...] = ()


def report(root: Path, now: datetime, logs: Sequence[Path], form: str | None, query: ClicksQuery) -> Clicks:
    """Read logs, and count what the store holds. Raises `ProblemsFound`, and `EnvironmentFailure` without DuckDB."""
    engine.duckdb()
    if query.output:
        output.check(root, query.output)
    site = addresses_of(gather(root, now))
    measured: list[Measured] = []
    if logs:
        with hits.opened(root) as connection:
            measured = hits.take_in(connection, root, logs, site, form)
    table = Engine(root, query.engine).table(HITS)
    zone, own = ZoneInfo(site.zone), site.hosts[0]
    when = queries.moments(query.period, zone)
    rows = [] if table is None else queries.visits_and_clicks(table, query.by, when, zone, own, bots=query.bots)
    columns = (*dict.fromkeys(query.by), "visits", "clicks")
    return Clicks(
        columns=columns,
        rows=tuple(tuple(row[name] for name in columns) for row in rows),
        visits=sum(row["visits"] for row in rows),
        clicks=sum(row["clicks"] for row in rows),
        measured=tuple(measured),
    )


def parquet(found: Clicks, file: Path) -> None:
    """Write the table as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = zip(*found.rows, strict=True) if found.rows else ([] for _ in found.columns)
    pq.write_table(pa.table(dict(zip(found.columns, map(list, columns), strict=True))), file, compression="zstd")
