"""Measuring: from a file to its hits in Parquet, in one reading of the file and bounded memory.

What a program calls itself is not searched for bots in each line: the browsers at the beginning of the file are looked
up, and what is not among them is gathered with the hit and judged once. In the one reading, hits are counted by hour,
request, host of the referrer, status and such a program. What they mean is then worked out for each of the fewer
groups.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront.logs import bots, engine
from storefront.logs.engine import text
from storefront.logs.hits import PLACED, SiteAddresses
from storefront.logs.meaning import write
from storefront.logs.sniffing import Sniffed
from storefront.logs.sources import YEARS, Source, source
from storefront.logs.tables import lay_out

SAMPLE = 20_000  # rows whose programs are looked up at once
LONGEST_AGENT = 1000  # characters; what is longer is cut before it is judged


class LogFile(Struct, frozen=True, kw_only=True):
    """A file to be measured, and the file of Parquet that its hits go to.

    `label` is what the report calls it; by its `marks` the log is known again.
    """

    file: Path
    sniffed: Sniffed
    into: Path
    label: str = ""
    marks: str = ""


class Measured(Struct, frozen=True, kw_only=True):
    """What was found: lines, those that do not fit the format, and what the hits come to.

    `torn` if a packed file ended early, `older` if more of the same log is known already.
    """

    label: str
    format: str
    lines: int
    skipped: int
    visits: int
    clicks: int
    bots: int
    torn: bool = False
    older: bool = False


def measure(connection: Any, log: LogFile, site: SiteAddresses) -> Measured:
    """Read a file into hits, with a connection that `prepare` has told of the site."""
    hourly = is_hourly(site.zone)
    with _readable(connection, log) as (path, sniffed, whole):
        read = source(text(str(path)), sniffed, site, hourly=hourly)
        _look_up(connection, read)
        _gather(connection, read)
    lines, misfit = _counted(connection, read)
    rejected = _rejected(connection)
    _judge(connection)
    label = log.label or log.file.name
    form, skipped = log.sniffed.format, misfit + rejected
    facts = {"source": label, "format": form.id, "lines": lines + rejected, "skipped": skipped, "marks": log.marks}
    write(connection, read, site, log.into, facts)
    visits, clicks, robots = connection.execute(
        f"""SELECT coalesce(sum("count") FILTER (kind = 'visit' AND NOT bot), 0),
        coalesce(sum("count") FILTER (kind = 'click' AND NOT bot), 0), coalesce(sum("count") FILTER (bot), 0)
        FROM read_parquet({text(str(log.into))})"""
    ).fetchone()
    return Measured(
        label=label,
        format=form.name,
        lines=int(lines + rejected),
        skipped=int(skipped),
        visits=int(visits),
        clicks=int(clicks),
        bots=int(robots),
        torn=not whole,
    )


@cache
def is_hourly(zone: str) -> bool:
    """Whether days there begin at a full hour of UTC, in all years of which there may be a log."""
    local = ZoneInfo(zone)
    offsets = (datetime(year, month, 1, tzinfo=local).utcoffset() for year in range(*YEARS) for month in (1, 7))
    return all(offset is not None and not offset.total_seconds() % 3600 for offset in offsets)


def prepare(connection: Any, site: SiteAddresses) -> None:
    """Tell a connection of the pages and links of a site."""
    names = ("key", "on", "path", *PLACED)
    columns = [[getattr(place, name) for place in site.places] for name in names]
    headings = ", ".join(f'unnest(?::VARCHAR[]) AS "{name}"' for name in names)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE places AS SELECT {headings}", columns)
    handles = [list(site.handles), list(site.handles.values())]
    heading = "unnest(?::VARCHAR[]) AS handle, unnest(?::VARCHAR[]) AS creator"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE handles AS SELECT {heading}", handles)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE things AS SELECT unnest(?::VARCHAR[]) AS id", [list(site.products)]
    )


@contextmanager
def _readable(connection: Any, log: LogFile) -> Iterator[tuple[Path, Sniffed, bool]]:
    """A file for DuckDB, what it is, and whether nothing is known to lack.

    An export is laid out anew; a log gets a name that is text, without the characters that DuckDB takes for a pattern.
    """
    file = log.file.absolute()
    is_plain = str(file).isprintable() and not set("*?[{") & set(str(file))
    if is_plain and not log.sniffed.format.is_export:
        yield file, log.sniffed, True
        return
    path = engine.room(connection) / "log"
    if log.sniffed.format.is_export:
        yield path, *lay_out(file, log.sniffed, path)
    else:
        os.symlink(file, path)
        yield path, log.sniffed, True
    path.unlink()


def _look_up(connection: Any, read: Source) -> None:
    """Make the table `people` of the programs at the beginning of the file that are no bots."""
    if read.agent is None:
        return
    first = f"SELECT {read.agent} AS agent FROM {read.rows} WHERE {read.fits} AND {read.wanted} LIMIT {SAMPLE}"
    # In a table of its own, or DuckDB would judge every row before it looks which programs there are.
    connection.execute(f"CREATE OR REPLACE TEMP TABLE programs AS SELECT DISTINCT agent FROM ({first})")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE people AS SELECT agent FROM programs "
        f"WHERE length(agent) <= {LONGEST_AGENT} AND NOT {bots.condition('agent')}"
    )


def _gather(connection: Any, read: Source) -> None:
    """Read the file: hits into the table `seen`; of what is none, sequences count how much there is.

    With a group for what is none, as one would count, reading takes a tenth more.
    """
    for name in ("others", "misfits"):
        connection.execute(f"CREATE OR REPLACE TEMP SEQUENCE {name}")
    hit = f"coalesce({read.wanted}, false)"
    passed = f"CASE WHEN NOT fits THEN nextval('misfits') < 0 WHEN {hit} THEN true ELSE nextval('others') < 0 END"
    mark = f"coalesce({read.status}, 0) * 4 + ({read.robot})::INTEGER * 2 + ({read.click})::INTEGER"
    number = "count(*) AS n, n AS lines" if read.number == "1" else f"sum({read.number}) AS n, count(*) AS lines"
    rows = f"SELECT *, coalesce({read.fits}, false) AS fits FROM {read.rows}"
    rows = f"SELECT *, {read.agent or 'NULL'} AS program FROM ({rows}) WHERE {passed}"
    rows = f"SELECT *, {'program IN (SELECT agent FROM people)' if read.agent else 'true'} AS known FROM ({rows})"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE seen AS
        SELECT {read.t} AS t, {read.request} AS request, {read.referrer} AS referrer,
            CASE WHEN NOT known THEN left(program, {LONGEST_AGENT}) END AS late, {mark} AS mark, {number}
        FROM ({rows}) GROUP BY ALL"""
    )


def _counted(connection: Any, read: Source) -> tuple[int, int]:
    """How many lines were read, and how many of them do not fit."""
    told = f"coalesce(sum(lines), 0), coalesce(sum(lines) FILTER ({read.at} IS NULL), 0)"
    by_time = "SELECT t, sum(lines) AS lines FROM seen GROUP BY t"
    hits, timeless = connection.execute(f"SELECT {told} FROM ({by_time})").fetchone()
    # A sequence begins with 1.
    others, misfits = connection.execute("SELECT nextval('others') - 1, nextval('misfits') - 1").fetchone()
    return hits + others + misfits, timeless + misfits


def _rejected(connection: Any) -> int:
    """How many lines the reader itself could not take: too long, or no text."""
    (count,) = connection.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchone()
    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    return int(count)


def _judge(connection: Any) -> None:
    """Judge the programs that were not looked up, into the table `judged`."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE judged AS SELECT late, {bots.condition('late')} AS bot "
        "FROM (SELECT DISTINCT late FROM seen WHERE late IS NOT NULL)"
    )
