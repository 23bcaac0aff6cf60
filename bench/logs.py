"""Reading access logs: storefront, plain DuckDB and GoAccess on one file in one run, with equal results or none.

    python bench/logs.py                        # 5 million lines, three rounds, each begins with another reader
    python bench/logs.py --lines 50000000 --only storefront --rounds 1

The file is made first, the same for the same number of lines: 68 % pictures and styles, 21 % pages, 9 % clicks and 2 %
that is missing, each address as often as Zipf's law says; 2 % of all are bots'. What has to come out: how often each
page and link was asked for, by hour, host of the referrer, and by a bot or not. storefront and DuckDB write that as
Parquet, which is compared row by row; DuckDB once with a short list of bots, as one would write it, and once with the
list that storefront goes by. Of GoAccess, which knows no such table, the requests of each page and link are compared.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from statistics import median

import timing

PEOPLE, THINGS = 300, 1500
SITE = "shelves.example"
START, DAYS = 1760000000, 30
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
)
SYSTEMS = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "Linux; Android 14; Pixel 8")
REFERRERS = ("-", "-", "-", "-", "https://www.instagram.com/", "https://www.youtube.com/", "https://l.facebook.com/",
             "https://www.google.com/")  # fmt: skip
KNOWN = 1 << 16
READERS = ("storefront", "duckdb", "duckdb-listed", "goaccess")


def addresses():
    roll = random.Random(7)
    people, things = [f"c{i}" for i in range(PEOPLE)], [f"p{i}" for i in range(THINGS)]
    pages = ["/", *(f"/{each}/" for each in people), *(f"/{each}/lists/kit/" for each in people)]
    pages += [f"/products/{each}/" for each in things]
    links = list(dict.fromkeys(f"/go/{each}/{roll.choice(things)}" for each in people for _ in range(30)))
    return pages, links


def make(file, count):
    """Write the log."""
    roll = random.Random(7)
    pages, links = addresses()
    others = [f"/assets/theme-{i:08x}.css" for i in range(4)] + [f"/media/{i:032x}-w640.avif" for i in range(9000)]
    programs = [
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{100 + i}.0.{j}.0 {mobile}Safari/537.36"
        for system in SYSTEMS for mobile in ("", "Mobile ") for i in range(30) for j in range(40)
    ]  # fmt: skip
    page, link, other, program = (
        roll.choices(each, cum_weights=list(accumulate(1 / (i + 1) for i in range(len(each)))), k=KNOWN)
        for each in (pages, links, others, programs)
    )
    missing = ("/wp-login.php", "/.env", "/xmlrpc.php")
    step, lines = DAYS * 86400 / count, []
    with Path(file).open("w", encoding="ascii") as out:
        for number in range(count):
            if number % 500 == 0:
                at = datetime.fromtimestamp(START + number * step, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
            bits = roll.getrandbits(64)
            kind, any_, ip = bits & 1023, bits >> 10 & 0xFFFF, bits >> 32
            agent, status, referrer = program[bits >> 26 & 0xFFFF], 200, f"https://{SITE}/c1/"
            if kind < 700:
                path = other[any_]
            elif kind < 900:
                path, referrer = page[any_], REFERRERS[bits >> 42 & 7]
            elif kind < 980:
                path, status = link[any_], 302
            elif kind < 1000:
                path, status, referrer = missing[any_ % 3], 404, "-"
            else:
                path, status = (page[any_], 200) if kind < 1012 else (link[any_], 302)
                referrer, agent = "-", BOTS[any_ % 3]
            lines.append(
                f"{ip >> 24}.{ip >> 16 & 255}.{ip >> 8 & 255}.{ip & 255} - - [{at}] "
                f'"GET {path} HTTP/1.1" {status} {any_} "{referrer}" "{agent}"\n'
            )
            if len(lines) == 10000:
                out.writelines(lines)
                lines.clear()
        out.writelines(lines)


def storefront(file, out):
    from storefront.logs import LogFile, engine, measuring, sniff
    from storefront.logs.hits import Place, SiteAddresses

    pages, links = addresses()
    places = [Place(key=path, path=path, page=path) for path in pages]
    places += [Place(key=path, path=path, creator=path.split("/")[2]) for path in links]
    people = {f"c{i}": f"c{i}" for i in range(PEOPLE)}
    site = SiteAddresses(
        places=places,
        handles=people,
        products=[f"p{i}" for i in range(THINGS)],
        hosts=(SITE,),
        folders=("/media/", "/assets/"),
    )
    with engine.opened(Path(out).parent) as connection:
        measuring.prepare(connection, site)
        measuring.measure(connection, LogFile(file=Path(file), sniffed=sniff(Path(file)), into=Path(out)), site)


def duckdb(file, out, robots="regexp_matches(agent, '(?i)bot|crawl|spider|curl|python')"):
    """As one would write it for this log: columns divided at blanks, a short list of bots, a table by hour."""
    import duckdb as library

    columns = ("ip", "a", "b", "day", "zone", "request", "status", "bytes", "referrer", "agent")
    names = ", ".join(f"'{each}': '{'SMALLINT' if each == 'status' else 'VARCHAR'}'" for each in columns)
    connection = library.connect()
    connection.execute("SET preserve_insertion_order = false; SET memory_limit = '512MB'")
    connection.execute(
        rf"""COPY (SELECT date_trunc('hour', strptime(day[2:], '%d/%b/%Y:%H:%M:%S')) AS "at",
        CASE WHEN starts_with(request, 'GET /go/') THEN 'click' ELSE 'visit' END AS kind,
        split_part(request, ' ', 2) AS path, status, nullif(split_part(referrer, '/', 3), '') AS referrer,
        {robots} AS bot, count(*) AS "count"
        FROM read_csv('{file}', delim=' ', quote='"', escape='\', header=false, auto_detect=false, ignore_errors=true,
            columns={{{names}}})
        WHERE (request LIKE 'GET /go/%' OR request LIKE 'GET %/ HTTP/%') AND status < 400 GROUP BY ALL)
        TO '{out}' (FORMAT parquet, COMPRESSION zstd)"""
    )


def duckdb_listed(file, out):
    """The same with the list of bots that storefront goes by."""
    from storefront.logs import bots

    duckdb(file, out, bots.condition("agent"))


def command(reader, file, out):
    if reader == "goaccess":
        return ["goaccess", file, "--log-format=COMBINED", "--no-progress", "--max-items=20000", "-o", f"{out}.json"]
    return [sys.executable, __file__, "--as", reader, "--file", file, "--out", out]


def differences(folder):
    """How many rows of the two tables differ, and how many counts of GoAccess's."""
    import duckdb as library

    told = 'SELECT "at", kind, path, status, referrer, bot, sum("count")::BIGINT FROM read_parquet({}) GROUP BY ALL'
    ours, *others = (told.format(f"'{folder}/{each}'") for each in READERS[:-1] if Path(folder, each).exists())
    rows = 0
    for other in others:
        differ = f"SELECT count(*) FROM (({ours} EXCEPT {other}) UNION ALL ({other} EXCEPT {ours}))"
        rows += library.execute(differ).fetchone()[0]
    file = Path(folder) / "goaccess.json"
    if not file.exists():
        return rows, None
    counted = Counter(
        {each["data"]: each["hits"]["count"] for each in json.loads(file.read_text())["requests"]["data"]}
    )
    paths = library.execute(
        f"""SELECT path, sum("count")::BIGINT FROM read_parquet('{folder}/storefront') GROUP BY ALL"""
    )
    return rows, sum(counted[path] != count for path, count in paths.fetchall())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=READERS, action="append")
    parser.add_argument("--as", dest="reader")
    parser.add_argument("--file")
    parser.add_argument("--out")
    asked = parser.parse_args()
    if asked.reader:
        readers = {"storefront": storefront, "duckdb": duckdb, "duckdb-listed": duckdb_listed}
        readers[asked.reader](asked.file, asked.out)
        return
    readers = asked.only or list(READERS)
    with tempfile.TemporaryDirectory(prefix="storefront-logs-") as folder:
        file = f"{folder}/access.log"
        make(file, asked.lines)
        print(f"{asked.lines:,} lines, {Path(file).stat().st_size / 1e6:,.0f} MB", flush=True)
        runs = {reader: [] for reader in readers}
        for number in range(asked.rounds):
            for at in range(len(readers)):
                reader = readers[(number + at) % len(readers)]
                runs[reader].append(timing.timed(command(reader, file, f"{folder}/{reader}")))
        if len(readers) > 1:
            rows, counts = differences(folder)
            print(f"rows that differ between storefront and DuckDB: {rows}; counts that differ from GoAccess: {counts}")
        print("\n| reader | wall s | CPU s | largest process, MB | load |\n|---|---|---|---|---|")
        for reader, each in runs.items():
            wall, cpu = (f"{median(getattr(run, name) for run in each):.1f}" for name in ("wall", "cpu"))
            spread = ", ".join(f"{run.cpu:.1f}" for run in each)
            loads = ", ".join(f"{run.load:.1f}" for run in each)
            print(f"| {reader} | {wall} | {cpu} ({spread}) | {max(run.largest for run in each)} | {loads} |")


if __name__ == "__main__":
    main()
