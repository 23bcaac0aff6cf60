"""Visits and clicks: logs taken into the store, and what the store tells."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from storefront.gather import gather
from storefront.logs import COLUMNS, Measured, engine
from storefront.report import hits, queries
from storefront.report.known import known


class Wanted(Struct, frozen=True, kw_only=True):
    """What a report tells apart, and of which time. `parquet` is whether it is written to a file of Parquet."""

    by: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None
    bots: bool = False
    parquet: bool = False


class Clicks(Struct, frozen=True, kw_only=True):
    """A table whose last two columns are visits and clicks, what they come to, and what was read for it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    visits: int
    clicks: int
    measured: tuple[Measured, ...] = ()


def report(
    root: Path, now: datetime, logs: Sequence[Path], form: str | None, wanted: Wanted, output: Path | None
) -> Clicks:
    """Read logs, and count what the store holds. Raises `ProblemsFound`, and `EnvironmentFailure` without DuckDB."""
    engine.duckdb()
    site = known(gather(root, now))
    with hits.opened(root) as connection:
        measured = hits.take_in(connection, root, logs, site, form)
        attach(connection, hits.kept(root))
        zone = engine.text(site.zone)
        day = f"CAST(timezone({zone}, timezone('UTC', \"at\")) AS DATE)"
        since, until = (each.astimezone(UTC) if each else None for each in (wanted.since, wanted.until))
        sql = queries.clicks(wanted.by, own=site.hosts[0], since=since, until=until, bots=wanted.bots, day=day)
        if wanted.parquet and output is not None:
            connection.execute(f"COPY ({sql}) TO {engine.text(str(output.absolute()))} (FORMAT parquet)")
        rows = connection.execute(sql).fetchall()
    return Clicks(
        columns=(*wanted.by, "visits", "clicks"),
        rows=tuple(tuple(int(v) if at >= len(row) - 2 else str(v) for at, v in enumerate(row)) for row in rows),
        visits=sum(int(row[-2]) for row in rows),
        clicks=sum(int(row[-1]) for row in rows),
        measured=tuple(measured),
    )


def attach(connection: Any, files: Sequence[Path]) -> None:
    """Make the view `hits` of the files of the store; without a file it is empty."""
    if files:
        listed = ", ".join(engine.text(str(file.absolute())) for file in files)
        connection.execute(f"CREATE OR REPLACE VIEW hits AS SELECT * FROM read_parquet([{listed}])")
        return
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE VIEW hits AS SELECT {columns} LIMIT 0")
