"""Sources: SQL that reads a file of each shape. No row spans lines, so that a torn line spoils no other.

A record in quotes is divided at its quotes, with no quoting at all: a third less work than dividing at blanks, and a
quote that is missing ends with its line.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from storefront.logs.engine import text
from storefront.logs.formats import Clock, Format, Shape
from storefront.logs.hits import SiteAddresses
from storefront.logs.sniffing import Sniffed

# No log holds these characters: one for "nothing divides a line", one for "nothing is NULL".
NEVER, NOTHING = "\x01", "\x02"
QUOTED = ("head", "request", "result", "referrer", "gap", "agent", "tail", "more", "still", "rest")
LONGEST = 1_000_000  # bytes of a line; a longer one is skipped and counted
MONTHS = "%d/%b/%Y:%H"
# A program whose name holds a quote that Apache has escaped was divided there.
PROGRAM = (
    r"""CASE WHEN more IS NOT NULL AND ends_with(agent, '\') THEN concat_ws('"', agent, tail, more) ELSE agent END"""
)
PAGE = r"/(?: HTTP/|\?|index\.html(?: HTTP/|\?))"  # in a request; perhaps only in what it asks beside its path
ABSOLUTE = re.compile(r'"[A-Z]+ https?://', re.IGNORECASE)  # as Varnish writes what was asked
IS_PAGE = "(starts_with(key, '/') AND ends_with(key, '/'))"
WHOLE_HOUR = 14  # characters of 26/Nov/2026:13
# A time before there were websites, or long after, is that of a clock that was not set.
YEARS = (1990, 2200)
EARLIEST, AFTER = (f"TIMESTAMP '{year}-01-01'" for year in YEARS)
MOST = 10**12  # that a row of an export can count


class Source(NamedTuple):
    """How a file is read: SQL over the relation `rows`, and over the columns `t` and `request` once they are gathered.

    `fits` is whether a row has the form of its format, `wanted` whether it can be a hit. `at` is the time. `page` is
    whether `key`, the path of what is no click, is that of a page.
    """

    rows: str
    fits: str
    wanted: str
    t: str
    at: str
    request: str
    target: str
    status: str
    referrer: str
    agent: str | None
    number: str = "1"
    robot: str = "false"
    click: str = "false"
    page: str = IS_PAGE


def source(file: str, sniffed: Sniffed, site: SiteAddresses, *, hourly: bool) -> Source:
    """How to read a file; `file` is its path as SQL."""
    found = _shaped(file, sniffed, site, hourly=hourly)
    return found._replace(at=f"CASE WHEN {found.at} >= {EARLIEST} AND {found.at} < {AFTER} THEN {found.at} END")


def _shaped(file: str, sniffed: Sniffed, site: SiteAddresses, *, hourly: bool) -> Source:
    match sniffed.format.shape:
        case Shape.QUOTED:
            return _quoted(file, sniffed, site, hourly=hourly)
        case Shape.JSON:
            return _named(_json(file, sniffed), sniffed.format, site, hourly=hourly)
        case Shape.W3C:
            return _named(_w3c(file, sniffed), sniffed.format, site, hourly=hourly)
        case _:
            return _export(_by_heading(_columns(file, sniffed), sniffed), sniffed.format, site, hourly=hourly)


def reading(file: str, sniffed: Sniffed, columns: Iterable[str], *, delimiter: str) -> str:
    """SQL that reads a file line by line. Lines with too little are filled up with NULL; too long ones are rejects."""
    names = ", ".join(f"{text(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({file}, delim={text(delimiter)}, columns={{{names}}}, auto_detect=false, nullstr='{NOTHING}', "
        f"null_padding=true, strict_mode=false, ignore_errors=true, store_rejects=true, rejects_limit=100000, "
        f"max_line_size={LONGEST}, compression={text(sniffed.compression)}, "
        f"encoding={text(sniffed.encoding)}, quote='', escape='', header=false)"
    )


def _bucket(at: str, *, hourly: bool) -> str:
    return f"time_bucket(INTERVAL {'60' if hourly else '15'} MINUTES, {at})"


def _paths(target: str, site: SiteAddresses) -> tuple[str, str]:
    """SQL for "is a redirect to a shop", and for "is a page"."""
    going = f"starts_with({target}, {text(site.base + '/go/')})"
    page = (
        f"(ends_with({target}, '/') OR contains({target}, '/?') "
        f"OR ends_with({target}, '/index.html') OR contains({target}, '/index.html?'))"
    )
    page = f"({_below(target, site)} AND {page})" if site.base else page
    return going, f"(NOT ({_inside(target, site)}) AND {page})" if site.folders else page


def _inside(asked: str, site: SiteAddresses, verb: str = "") -> str:
    """SQL for "lies in a folder without pages"."""
    return " OR ".join(f"starts_with({asked}, {text(f'{verb}{site.base}{folder}')})" for folder in site.folders)


def _below(target: str, site: SiteAddresses) -> str:
    """SQL for "belongs to this site": what stands elsewhere on its host does not."""
    return f"starts_with({target}, {text(site.base + '/')})" if site.base else "true"


def asks_beacon(beacon: str, request: str, verb: str = "") -> str:
    """SQL for "tells the beacon of a link": a page at the beacon's path is asked for without one."""
    whole = f"starts_with({request}, {text(f'{verb}{beacon}?')})"
    return f"({whole} AND (contains({request}, '?l=') OR contains({request}, '&l=')))"


def _host(referrer: str, site: SiteAddresses) -> str:
    """SQL for what is gathered of a referrer: the host, and all of it where a page of ours may name a share code."""
    cases = []
    for host in site.hosts:
        shared = f"contains({referrer}, 's=') AND starts_with({referrer}, {text(f'https://{host}{site.base}/')})"
        ours = f"CASE WHEN {shared} THEN {referrer} ELSE {text(host)} END"
        cases.append(f"WHEN starts_with({referrer}, {text(f'https://{host}/')}) THEN {ours}")
    return f"CASE {' '.join(cases)} WHEN contains({referrer}, '://') THEN split_part({referrer}, '/', 3) ELSE '' END"


def _relative(request: str, site: SiteAddresses) -> str:
    """SQL for a request without the name of our host; what was asked of others stays, and counts for nothing."""
    host = rf"(?i:https?://(?:{'|'.join(map(re.escape, site.hosts))})(?::\d+)?)"
    return f"regexp_replace({request}, {text(f'^([A-Z]+) {host}/')}, '\\1 /')"


def _quoted(file: str, sniffed: Sniffed, site: SiteAddresses, *, hourly: bool) -> Source:
    form = sniffed.format.id
    rows = reading(file, sniffed, QUOTED, delimiter='"')
    if ABSOLUTE.search(sniffed.first):
        rows = f"(SELECT * REPLACE ({_relative('request', site)} AS request) FROM {rows})"
    page = "(starts_with(request, 'GET ') AND (starts_with(result, ' 200 ') OR starts_with(result, ' 304 ')))"
    if site.base:
        page = f"({page} AND {_below('request[5:]', site)})"
    cases = [f"WHEN regexp_matches(request, {text(PAGE)}) THEN {page}"]
    if site.folders:  # most lines are of pictures, and a look at their beginning is cheaper than a look for a page
        cases.insert(0, f"WHEN {_inside('request', site, 'GET ')} THEN false")
    cases.insert(0, f"WHEN starts_with(request, {text(f'GET {site.base}/go/')}) THEN starts_with(result, ' 3')")
    if site.beacon:
        told = " OR ".join(asks_beacon(site.beacon, "request", f"{verb} ") for verb in ("POST", "GET"))
        cases.insert(0, f"WHEN {told} THEN starts_with(result, ' 2')")
    wanted = f"(CASE {' '.join(cases)} ELSE false END)"
    if form == "s3":  # other reading is that of programs and networks of servers: only a website answers "/maya/"
        wanted = f"(contains(head, ' WEBSITE.GET.OBJECT ') AND {wanted})"
    stamp = "split_part(split_part(head, '[', 2), ']', 1)" if form == "s3" else "head[-28:-3]"
    hour = f"{stamp}[:{WHOLE_HOUR}]" if form == "s3" else "substr(head, length(head) - 27, 14)"
    at_zero = f"ends_with({stamp}, ' +0000')" if form == "s3" else "ends_with(head, ' +0000] ')"
    exact = f"try_strptime(t, '{MONTHS}:%M:%S %z') AT TIME ZONE 'UTC'"
    return Source(
        rows=rows,
        fits=f"({'result' if form == 'common' else 'tail'} IS NOT NULL AND starts_with(result, ' '))",
        wanted=wanted,
        t=f"CASE WHEN {at_zero} THEN {hour} ELSE {stamp} END" if hourly else stamp,
        at=f"CASE WHEN length(t) = {WHOLE_HOUR} THEN try_strptime(t, '{MONTHS}') ELSE {_quarter(f'({exact})')} END",
        request="request",
        target="split_part(request, ' ', 2)",
        status="CASE WHEN starts_with(result, ' 200') THEN 200 WHEN starts_with(result, ' 302') THEN 302 "
        "ELSE try_cast(result[2:4] AS SMALLINT) END",
        referrer="''" if form == "common" else _host("referrer", site),
        agent=None if form == "common" else PROGRAM,
    )


def _quarter(at: str) -> str:
    """The hour, or where that begins within an hour of UTC, the quarter: nobody's day begins within a quarter."""
    return f"time_bucket(INTERVAL 15 MINUTES, {at})"


def _json(file: str, sniffed: Sniffed) -> str:
    fields = sniffed.format.fields
    paths = [path for found in fields.values() for path in found]
    picked, at = [], 0
    for name, found in fields.items():
        values = ", ".join(f"f[{at + number}]" for number in range(1, len(found) + 1))
        at += len(found)
        picked.append(f"coalesce({values}) AS {name}")
    lines = reading(file, sniffed, ["line"], delimiter=NEVER)
    records = "coalesce(TRY(from_json(line, '[\"JSON\"]'))::VARCHAR[], [NULL])"  # as text: a torn line is no JSON
    listed = f"CASE WHEN starts_with(line, '[') THEN {records} ELSE [line] END"
    each = f"SELECT unnest({listed}) AS line FROM {lines} WHERE trim(line) <> ''"
    sound = f"SELECT CASE WHEN json_valid(line) THEN line END AS line FROM ({each})"
    wanted = ", ".join(text(path) for path in paths)
    return (
        f"(SELECT line IS NOT NULL AS sound, {', '.join(picked)} "
        f"FROM (SELECT line, json_extract_string(line, [{wanted}]) AS f FROM ({sound})))"
    )


def _w3c(file: str, sniffed: Sniffed) -> str:
    return _by_heading(f"(SELECT * FROM {_columns(file, sniffed)} WHERE NOT starts_with(c0, '#'))", sniffed)


def _columns(file: str, sniffed: Sniffed) -> str:
    names = (f"c{number}" for number in range(len(sniffed.columns)))
    return reading(file, sniffed, names, delimiter=sniffed.delimiter)


def _by_heading(rows: str, sniffed: Sniffed) -> str:
    headings = {name: f"c{number}" for number, name in reversed(list(enumerate(sniffed.columns)))}
    picked = []
    for name, found in sniffed.format.fields.items():
        values = [headings[each] for each in found if each in headings]
        picked.append(f"{_first(values)} AS {name}")
    shown = [headings[name] for name in sniffed.format.shows]
    sound = " AND ".join(f"{name} IS NOT NULL" for name in shown)
    return f"(SELECT ({sound}) AS sound, {', '.join(picked)} FROM {rows})"


def _first(values: list[str]) -> str:
    return f"coalesce({', '.join(values)})" if values else "NULL::VARCHAR"


def _clock(form: Format, site: SiteAddresses) -> str:
    """SQL for the moment of a record, in UTC; NULL where what is written is none."""
    written = "time || ' ' || hour" if form.hour else "time"
    if form.hour and form.clock is Clock.ANY:  # a full time where there is one, else a day and the time of day
        written = "CASE WHEN hour IS NULL OR length(time) > 10 THEN time ELSE time || ' ' || hour END"
    iso = f"try_cast({written} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
    if form.clock is Clock.DAY:
        return f"timezone({text(site.zone)}, try_cast({written} AS TIMESTAMP)) AT TIME ZONE 'UTC'"
    if form.clock is Clock.ISO:
        return iso
    number = "try_cast(time AS DOUBLE)"
    micros = (
        f"CASE WHEN {number} > 1e17 THEN {number} / 1e3 WHEN {number} > 1e14 THEN {number} "
        f"WHEN {number} > 1e11 THEN {number} * 1e3 ELSE {number} * 1e6 END"
    )
    sane = f"{number} BETWEEN 0 AND 4e18"
    return f"CASE WHEN {sane} THEN make_timestamp(CAST({micros} AS BIGINT)) WHEN {number} IS NULL THEN {iso} END"


def _without_host(target: str) -> str:
    inside = f"regexp_replace({target}, '^https?://[^/]*', '')"
    return f"CASE WHEN starts_with({target}, 'http') THEN {inside} ELSE {target} END"


def _decoded(value: str) -> str:
    """SQL for a value without its percent-encoding; as it is where that is no text."""
    return f"coalesce(TRY(url_decode({value})), {value})"


def _named(rows: str, form: Format, site: SiteAddresses, *, hourly: bool) -> Source:
    """A log whose fields have names."""
    path = _without_host("target")
    query = "CASE WHEN coalesce(query, '-') NOT IN ('', '-') THEN '?' || query ELSE '' END" if form.query else "''"
    asked = _decoded(f"{path} || {query}") if form.encoded else f"{path} || {query}"
    inner = (
        f"(SELECT *, {asked} AS asked, {_clock(form, site)} AS moment, try_cast(status AS SMALLINT) AS code "
        f"FROM {rows})"
    )
    going, page = _paths("asked", site)
    method = "coalesce(method, 'GET')" if form.method else "'GET'"
    cases = [f"WHEN {method} <> 'GET' THEN false", f"WHEN {going} THEN code BETWEEN 300 AND 399"]
    if site.beacon:
        told = f"{method} IN ('GET', 'POST') AND {asks_beacon(site.beacon, 'asked')}"
        cases.insert(0, f"WHEN {told} THEN code BETWEEN 200 AND 299")
    wanted = f"(CASE {' '.join(cases)} ELSE {page} AND code IN (200, 304) END)"
    referrer = _decoded("referrer") if form.encoded else "referrer"
    agent = _decoded(_decoded("agent")) if form.encoded else "agent"  # CloudFront encodes some of them twice
    return Source(
        rows=inner,
        fits="sound",
        wanted=wanted,
        t=_bucket("moment", hourly=hourly),
        at="t",
        request="asked",
        target="request",
        status="code",
        referrer=_host(f"coalesce({referrer}, '')", site),
        agent=f"coalesce({agent}, '')" if form.agent else None,
    )


def _export(rows: str, form: Format, site: SiteAddresses, *, hourly: bool) -> Source:
    """A table of another program's counts."""
    event = "coalesce(event, '')" if form.event else "''"
    quiet = ", ".join(map(text, ("", *form.quiet)))
    click = "true" if form.link and not form.target else f"{event} NOT IN ({quiet})"
    if form.clicks:
        click = f"{event} IN ({', '.join(map(text, form.clicks))})"
    visit = f"{event} IN ({quiet}) AND {_below('asked', site)}" if form.target else "false"
    page = f"{_without_host('target')} || {_query(form)}" if form.target else "NULL"
    asked = f"CASE WHEN {click} THEN {'link' if form.link else page} ELSE {page} END"
    count = "try_cast(count AS BIGINT)" if form.count else "1"
    inner = f"(SELECT *, {asked} AS asked, {_clock(form, site)} AS moment, {count} AS number FROM {rows})"
    referrer = "coalesce(referrer, '')" if form.referrer else "''"
    return Source(
        rows=inner,
        fits=f"(sound AND coalesce(number BETWEEN 0 AND {MOST}, false))",
        wanted=f"(asked IS NOT NULL AND (({click}) OR ({visit})))",
        t=_bucket("moment", hourly=hourly),
        at="t",
        request="asked",
        target="request",
        status="NULL::SMALLINT",
        referrer=f"CASE WHEN contains({referrer}, '://') THEN split_part({referrer}, '/', 3) "
        f"ELSE split_part({referrer}, '/', 1) END",
        agent=None,
        number="number",
        robot="coalesce(try_cast(bot AS INTEGER), 0) > 0" if form.bot else "false",
        click=click,
        page="true",
    )


def _query(form: Format) -> str:
    if not form.query:
        return "''"
    return "CASE WHEN coalesce(query, '') <> '' THEN '?' || ltrim(query, '?') ELSE '' END"
