"""`storefront report clicks`: what it counts in logs and exports, what it skips, and what it keeps."""

import csv
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from urllib.parse import quote, urlencode

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import logs
from building import edit, write
from checking import site_with
from storefront.cli import group
from storefront.cli.report.clicks import BY, FORMATS
from storefront.logs import known_formats
from storefront.report.queries import DIMENSIONS

CLICKHOUSE = "clickhouse://?interface=chdb"  # ClickHouse itself, embedded as a library
GO_SITE = {
    "content/merchants/nordshop.yaml": "name: Nordshop\nurl: https://nordshop.example\ndomains: [nordshop.example]\n"
    'network: awin\nprogram: {advertiser: "1234"}\nredirects: true\n',
    "content/site.yaml": "title: Four Shelves\nurl: https://shelves.example\nlocale: en-GB\ntimezone: Europe/London\n"
    "markets: [gb]\nhosts: [nginx]\nroute: go\n",
}


@pytest.fixture
def site(tmp_path):
    return site_with(tmp_path, GO_SITE)


def run(site, *arguments):
    return CliRunner().invoke(
        group, ["report", "clicks", "--root", str(site), "--now", "2026-11-22", *map(str, arguments)]
    )


def told(site, *arguments):
    """The report as JSON, and what is said of each log."""
    result = run(site, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), result.stderr


def log(site, data, name="access.log"):
    file = site / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def zstd(data):
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as packing:
        packing.write(data)
    return out.getvalue().to_pybytes()


def test_without_a_log_it_is_asked_for(site):
    assert "name one, as in storefront report clicks access.log" in run(site).output


@pytest.mark.parametrize("form", logs.LOGS)
def test_every_log_gives_the_same_hits(site, form):
    found, said = told(site, log(site, logs.LOGS[form]()), "--by", "page", "--by", "channel", "--by", "source")
    assert known_formats()[form].name in said
    assert found["rows"] == [
        {"page": "/maya/lists/kit/", "channel": "ig", "source": "click", "visits": 0, "clicks": 1},
        {"page": "/maya/", "channel": None, "source": "probably shared privately", "visits": 1, "clicks": 0},
        {"page": "/maya/", "channel": "ig", "source": "share code", "visits": 1, "clicks": 0},
        {"page": "/maya/lists/kit/", "channel": None, "source": "other site", "visits": 1, "clicks": 0},
    ]
    assert "3 visits, 1 clicks, 2 by bots" in said


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("packing", ["none", "gzip", "zstd"])
def test_a_generated_log_is_counted_exactly(site, seed, packing):
    text, truth = logs.generated(6000, seed)
    file = log(site, gzip.compress(text.encode()) if packing == "gzip" else text)
    if packing == "zstd":
        duckdb.execute(
            f"COPY (SELECT unnest(string_split(rtrim(content, chr(10)), chr(10))) FROM read_text('{file}')) "
            f"TO '{site}/log' (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '', COMPRESSION zstd)"
        )
        file = site / "log"
    result = run(site, file, "--format", "parquet", "--output", site / "told.parquet", "--by", "page")
    assert result.exit_code == 0, result.output
    store = f"read_parquet('{site}/measured/hits/*.parquet')"
    rows = duckdb.execute(
        f"""SELECT kind, path, CASE WHEN kind = 'click' THEN 'click' WHEN channel IS NOT NULL THEN 'share code'
        WHEN referrer IS NULL THEN 'probably shared privately' WHEN referrer = 'shelves.example' THEN 'this site'
        ELSE 'other site' END, coalesce(channel, ''), sum("count")::INTEGER FROM {store} WHERE NOT bot GROUP BY ALL"""
    ).fetchall()
    assert {row[:4]: row[4] for row in rows} == {key: n for key, n in truth.items() if isinstance(key, tuple)}
    (bots,) = duckdb.execute(f'SELECT sum("count") FROM {store} WHERE bot').fetchone()
    assert bots == truth["bots"]
    kept = dict(
        duckdb.execute(
            f"SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('{site}/measured/hits/*.parquet')"
        ).fetchall()
    )
    assert (int(kept["lines"]), int(kept["skipped"])) == (6000, truth["skipped"])


def test_a_click_is_led_back_to_where_its_link_stands(site):
    requests = [
        (0, logs.GO, 302, "-", logs.BROWSER),
        (1, f"{logs.GO}/posts/first-frost", 302, "-", logs.BROWSER),
        (2, "/go/maya/gone", 302, "-", logs.BROWSER),
        (3, "/products/gone/", 200, "-", logs.BROWSER),
    ]
    found, _ = told(site, log(site, logs.combined(requests)), *("--by", "creator", "--by", "page", "--by", "slot"))
    assert [(row["creator"], row["page"], row["slot"]) for row in found["rows"]] == [
        ("maya", None, None),
        ("maya", "/maya/lists/kit/", "kit"),
        ("maya", "/maya/posts/first-frost/", "post first-frost"),
        (None, "/products/gone/", None),
    ]


def test_days_are_those_of_the_site(site):
    night = [(14 * 60 + 45, "/maya/", 200, "-", logs.BROWSER)]  # a quarter past midnight in UTC
    for zone in ("+0000", "-0500", "+0545"):
        found, _ = told(site, log(site, logs.combined(night, zone)), "--by", "day")
        assert found["rows"][-1]["day"] == "2026-11-21"
    (site / "content/site.yaml").write_text(
        GO_SITE["content/site.yaml"].replace("Europe/London", "America/New_York"), encoding="utf-8"
    )
    found, _ = told(site, "--by", "day")
    assert [row["day"] for row in found["rows"]] == ["2026-11-20"]
    for period, seen in ((("--until", "2026-11-20"), 1), (("--until", "2026-11-19"), 0), (("--from", "2026-11-21"), 0)):
        found, _ = told(site, "--by", "day", *period)
        assert len(found["rows"]) == seen
    result = run(site, "--from", "2026-11-21", "--until", "2026-11-20")
    assert (result.exit_code, "--until is before --from" in result.output) == (2, True)


def test_days_begin_where_they_began_then(site):
    """In Caracas clocks stood half an hour from full hours until 2016."""
    edit(site / "content/site.yaml", "Europe/London", "America/Caracas")
    night = logs.combined([(0, "/maya/", 200, "-", logs.BROWSER)]).replace(
        "20/Nov/2026:09:30:00", "20/Nov/2015:04:15:00"
    )
    found, _ = told(site, log(site, night + night.replace("04:15:00", "04:45:00")), "--by", "day")
    assert [(row["day"], row["visits"]) for row in found["rows"]] == [("2015-11-19", 1), ("2015-11-20", 1)]


HOSTILE = {
    "a torn line": b'203.0.113.1 - - [20/Nov/2026:09:30:00 +0000] "GET /maya/ HTT',
    "a line without an end": b'203.0.113.1 - - [20/Nov/2026:09:30:00 +0000] "GET /maya/ HTTP/1.1" 200 5 "-" "Mozil',
    "a day that is none": b'203.0.113.1 - - [99/Nov/2026:09:30:00 +0000] "GET /maya/ HTTP/1.1" 200 5 "-" "Mozilla"',
    "bytes that are no text": b"\x16\x03\x01\xff\xfe\x00\x00" * 20,
    "a year long ago": b'203.0.113.1 - - [20/Nov/0001:09:30:00 +0000] "GET /maya/ HTTP/1.1" 200 5 "-" "Mozilla"',
    "a year far away": b'203.0.113.1 - - [20/Nov/9000:09:30:00 +0000] "GET /maya/ HTTP/1.1" 200 5 "-" "Mozilla"',
    "another log's line": b'{"ts": 1, "status": 200}',
    "a long line": b"A" * 3_000_000,
    "a long request": b'203.0.113.1 - - [20/Nov/2026:09:30:00 +0000] "GET /' + b"A" * 3_000_000 + b'" 200 5 "-" "-"',
    "nothing but quotes": b'"' * 500,
    "a quote that is open": b'203.0.113.1 - - [20/Nov/2026:09:30:00 +0000] "GET /maya/ HTTP/1.1 200 5 - Mozilla',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_counted_and_skipped_and_spoils_no_other(site, name):
    lines = logs.combined().encode().splitlines()
    data = b"\n".join([*lines[:4], HOSTILE[name], *lines[4:]]) + b"\n"
    found, said = told(site, log(site, data))
    assert "10 lines, 1 skipped; 3 visits, 1 clicks, 2 by bots" in said
    assert (found["visits"], found["clicks"]) == (3, 1)


TIMES = [1, "9999-12-31T23:59:59Z", "290000-01-01T00:00:00", "0044-01-01 (BC)", "infinity", 9e10]


@pytest.mark.parametrize("moment", TIMES)
def test_a_time_of_no_calendar_is_skipped(site, moment):
    whole = logs.caddy()
    line = json.dumps(json.loads(whole.splitlines()[0]) | {"ts": moment}) + "\n"
    found, said = told(site, log(site, whole + line), "--by", "day")
    assert "10 lines, 1 skipped; 3 visits, 1 clicks, 2 by bots" in said
    assert [row["day"] for row in found["rows"]] == ["2026-11-20"]


@pytest.mark.parametrize("line", ['{"ts": 1795167480.25, "request": {"uri": "/maya/', "{", "[", "[{]"])
def test_a_torn_record_of_json_spoils_no_other(site, line):
    lines = logs.caddy().splitlines()
    _, said = told(site, log(site, "\n".join([*lines[:4], line, *lines[4:]])))
    assert "10 lines, 1 skipped; 3 visits, 1 clicks, 2 by bots" in said


def test_a_formula_in_a_log_is_none_in_a_table(site):
    referrers = ("https://=cmd|calc/", "https://@sum(a1)/", "https://+1/")
    file = log(site, logs.combined([(0, "/maya/", 200, each, logs.BROWSER) for each in referrers]))
    result = run(site, file, "--by", "referrer", "--format", "csv")
    cells = [row[0] for row in csv.reader(io.StringIO(result.stdout))][1:]
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert "'=cmd|calc" in cells


def test_a_file_that_is_no_log_is_named_with_its_first_line(site):
    wrong = log(site, "\n2026/11/20 09:30:00 [error] 7#7: *1 open() failed\n", "error.log")
    page = log(site, "<!doctype html>\n<p>Log in", "page.log")
    result = run(site, wrong, page)
    assert result.exit_code == 1
    assert f"{wrong}:2" in result.output
    assert "an error log of nginx" in result.output
    assert "HTML" in result.output
    assert not list((site / "measured/hits").glob("*.parquet"))


def test_a_format_that_is_asked_for_is_held_to(site):
    result = run(site, log(site, logs.combined()), "--log-format", "caddy")
    assert result.exit_code == 1
    assert "is not Caddy (JSON)" in result.output


def test_a_log_counts_once_grown_packed_or_renamed(site):
    whole = logs.combined()
    assert told(site, log(site, whole[: whole.index("\n") + 1]))[0]["visits"] == 1
    assert told(site, log(site, whole))[0]["visits"] == 3
    found, said = told(site, log(site, gzip.compress(whole.encode()), "access.log.2.gz"))
    assert found["visits"] == 3
    found, said = told(site, log(site, whole[: whole.index("\n") + 1], "copy.log"))
    assert "more of this log is known already" in said
    assert found["visits"] == 3


@pytest.mark.parametrize("form", ["plausible-pages", "cloudfront", "caddy"])
@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_an_export_or_log_counts_once_grown_packed_or_cut(tmp_path, form, pack):
    site = site_with(tmp_path, GO_SITE)
    whole = (HEADINGS + SOUND * 4 if form in EXPORTS else logs.LOGS[form]()).encode()
    lines = whole.splitlines(keepends=True)
    truth = told(site, log(site, whole))[0]
    for name, data in {"packed": pack(whole), "without an end": whole[:-1], "cut": whole[:-9]}.items():
        assert told(site, log(site, data, name))[0] == truth
    (site / "measured/hits").rename(site / "earlier")
    assert told(site, log(site, b"".join(lines[:3])))[0] != truth
    assert told(site, log(site, pack(whole), "grown"))[0] == truth
    assert len(list((site / "measured/hits").iterdir())) == 1


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_of_exports_that_count_by_the_day_each_day_counts_once(tmp_path, order):
    """Whatever the order they are given in: the last day of each was not over."""
    site = site_with(tmp_path, {})
    row = "2026-11-{},shelves.example,/maya/,1,1,{},0,0\n"
    exports = [
        HEADINGS + "".join(row.format(day, count) for day, count in days)
        for days in ([(20, 5), (21, 1)], [(20, 5), (21, 6), (22, 2)], [(21, 6), (22, 7), (23, 3)], [(22, 7)])
    ]
    files = [log(site, exports[number], f"{number}.csv") for number in order]
    for given in (files, files[:1]):
        found, _ = told(site, *given, "--by", "day")
        assert [row["visits"] for row in found["rows"]] == [5, 6, 7, 3]
    found, said = told(site, site / "3.csv")
    assert "more of this log is known already" in said
    packed = log(site, gzip.compress(exports[2].encode()), "2.csv.gz")
    assert told(site, packed)[0]["visits"] == 21


def test_logs_of_two_servers_that_begin_alike_are_two(site):
    alike = [(0, "/maya/", 200, "-", logs.BROWSER)] * 60
    one, other = ([*alike, (minute, "/", 200, "-", logs.BROWSER)] * 2 for minute in (1, 2))
    said = [told(site, log(site, logs.combined(each)))[0]["visits"] for each in (one, other, one[:80], other + one)]
    assert said == [122, 244, 244, 366]
    found, said = told(site, log(site, logs.combined(other)[:-200], "copy.log"))
    assert (found["visits"], "more of this log is known already" in said) == (366, True)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
@pytest.mark.parametrize("damage", ["cut", "spoilt", "followed by something else"])
def test_what_a_packed_log_holds_before_it_is_damaged_is_read(site, pack, damage):
    text, truth = logs.generated(20000, 3)
    data = pack(text.encode())
    half = len(data) // 2
    spoilt = {"cut": data[:half], "spoilt": data[:half] + bytes(99) + data[half + 99 :]}.get(damage, data + b"garbage")
    found, said = told(site, log(site, spoilt))
    assert "damaged or ends too early" in said
    assert found["visits"] > sum(n for key, n in truth.items() if key[0] == "visit") // 4
    assert "damaged" not in told(site, log(site, data, "whole.log"))[1]


def test_a_packed_log_may_end_with_zeros_as_archives_on_tape_do(site):
    said = told(site, log(site, gzip.compress(logs.combined().encode()) + bytes(512)))[1]
    assert "9 lines; 3 visits, 1 clicks, 2 by bots\n" in said


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_an_export_may_be_packed_and_may_break_off(tmp_path, pack):
    site = site_with(tmp_path, {})
    text = EXPORTS["plausible-pages"][0] + "2026-11-20,shelves.example,/,1,1,1,0,0\n" * 20000
    found, said = told(site, log(site, pack(text.encode()), "export.csv.gz"))
    assert (found["visits"], "damaged" in said) == (20005, False)
    found, said = told(site, log(site, pack(text.encode())[:-9], "cut.csv.gz"))
    assert "damaged or ends too early" in said


def test_what_a_killed_import_has_unpacked_goes_with_the_next(site):
    """It holds addresses of visitors, so it may not lie around."""
    text, _ = logs.generated(20000, 3)
    cut = log(site, gzip.compress(text.encode() * 20, 1)[:-9], "cut.log.gz")
    command = [sys.executable, "-m", "storefront", "report", "clicks", "--root", str(site), str(cut)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None and not list(site.glob("measured/hits/*/unpacked")):
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert list(site.glob("measured/hits/*/unpacked"))
    told(site, log(site, text))
    assert {path.suffix for path in (site / "measured/hits").iterdir()} == {".parquet"}


def test_nothing_of_visitors_is_kept(site):
    told(site, log(site, logs.combined()))
    (file,) = (site / "measured/hits").glob("*.parquet")
    columns = [row[0] for row in duckdb.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()]
    assert columns == [
        "at", "kind", "path", "status", "creator", "page", "slot", "product", "merchant", "campaign", "channel",
        "referrer", "bot", "count",
    ]  # fmt: skip
    values = {str(value) for row in duckdb.execute(f"SELECT * FROM '{file}'").fetchall() for value in row}
    assert not any("203.0.113" in value or "Mozilla" in value or "stories" in value for value in values)
    assert (site / "measured/.gitignore").read_text().endswith("*\n")
    assert sorted(path.name for path in (site / "measured/hits").iterdir()) == [file.name]


def test_nothing_is_written_where_it_would_be_published(site):
    result = run(site, log(site, logs.combined()), "--format", "csv", "--output", site / "site/clicks.csv")
    assert result.exit_code == 1
    assert "site/, which is published" in result.output
    assert not (site / "measured").exists()


def test_it_says_what_is_missing_without_duckdb(site):
    code = (
        "import sys; sys.modules['duckdb'] = None; from storefront.cli import main; sys.argv[0] = 'storefront'; main()"
    )
    command = [sys.executable, "-c", code, "report", "clicks", str(log(site, logs.combined())), "--root", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert 'pip install "storefront[measure]"' in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_help_loads_no_database():
    code = (
        "import sys; from click.testing import CliRunner; from storefront.cli import group; "
        "assert CliRunner().invoke(group, ['report', 'clicks', '--help']).exit_code == 0; "
        "assert not {'duckdb', 'crawleruseragents', 'pyarrow'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_options_name_all_there_is():
    assert sorted(known_formats()) == FORMATS
    assert tuple(BY) == DIMENSIONS


EXPORTS = {
    "plausible-pages": (
        (
            "date,hostname,page,visits,visitors,pageviews,total_scroll_depth,total_scroll_depth_visits\n"
            "2026-11-20,shelves.example,/maya/,3,2,4,0,0\n"
            "2026-11-20,shelves.example,/maya/lists/kit/?s=ig,1,1,1,0,0\n"
            "2026-11-21,shelves.example,/maya/,torn\n"
        ),
        [("/maya/", None, 4, 0), ("/maya/lists/kit/", "ig", 1, 0)],
    ),
    "plausible-events": (
        (
            "date,name,link_url,path,visitors,events\n"
            '2026-11-20,Outbound Link: Click,"{url}",/,2,3\n'
            "2026-11-20,Outbound Link: Click,https://elsewhere.example/,/,1,1\n"
            "2026-11-20,Signup,,/,9,9\n"
        ),
        [("/maya/lists/kit/", None, 0, 3)],
    ),
    "umami": (
        (
            "website_id,event_id,hostname,url_path,url_query,referrer_domain,event_type,event_name,created_at\n"
            "w,1,shelves.example,/maya/,s=ig,instagram.com,1,,2026-11-20 09:30:00\n"
            "w,2,shelves.example,/maya/lists/kit/,,,2,outbound-link-click,2026-11-20 09:31:00\n"
            "w,3,shelves.example,/maya/,,,2,scrolled,2026-11-20 09:31:00\n"
        ),
        [("/maya/lists/kit/", None, 0, 1), ("/maya/", "ig", 1, 0)],
    ),
    "goatcounter": (
        (
            "2Path,Title,Event,UserAgent,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date\n"
            "/maya/,Maya,false,,abc,0,https://blog.example/x,h,,GB,true,2026-11-20T09:30:00Z\n"
            "/maya/,Maya,false,,abc,3,,,,GB,true,2026-11-20T09:30:00Z\n"
            '"{url}",,true,,abc,0,,,,GB,false,2026-11-20T09:31:00Z\n'
            "newsletter,,true,,abc,0,,,,GB,false,2026-11-20T09:31:00Z\n"
        ),
        [("/maya/lists/kit/", None, 0, 1), ("/maya/", None, 1, 0)],
    ),
    "matomo-pages": (
        (
            "date,label,nb_visits,nb_hits,sum_time_spent,entry_nb_visits,metadata_url\n"
            "2026-11-20,/maya/,2,5,40,1,https://shelves.example/maya/\n"
        ),
        [("/maya/", None, 5, 0)],
    ),
    "matomo-outlinks": (
        'date,label,nb_visits,nb_hits,metadata_url\n2026-11-20,nordshop.example,1,2,"{url}"\n',
        [("/maya/lists/kit/", None, 0, 2)],
    ),
}


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_export_of_a_counter_is_read(tmp_path, form, encoding):
    site = site_with(tmp_path, {})
    text, rows = EXPORTS[form]
    link = "https://www.awin1.com/cread.php?awinmid=1234&awinaffid=77&clickref=maya_kit_merino-tee"
    link += "&ued=https%3A%2F%2Fnordshop.example%2Fmerino-tee"
    file = log(site, text.replace("{url}", link).encode(encoding), "export.csv")
    found, said = told(site, file, "--by", "page", "--by", "channel")
    assert known_formats()[form].name in said
    assert [tuple(row.values()) for row in found["rows"]] == rows
    assert ("1 skipped" in said) == (form == "plausible-pages")


def test_a_click_on_a_thing_of_a_campaign_counts_for_it(site):
    frost = "title: Frost\nbrand: fjell\nwindow: {from: 2026-11-01}\ndisclosure: paid\n"
    write(site, {"content/campaigns/frost.yaml": frost})
    edit(
        site / "content/influencers/maya/lists/kit.yaml",
        "product: merino-tee",
        "product: merino-tee\n    campaign: frost",
    )
    found, _ = told(site, log(site, logs.LOGS["combined"]()), "--by", "campaign")
    assert found["rows"] == [
        {"campaign": "frost", "visits": 0, "clicks": 1},
        {"campaign": None, "visits": 3, "clicks": 0},
    ]


def test_clickhouse_gives_the_same_report(site):
    file = log(site, logs.LOGS["combined"]())
    here, _ = told(site, file, "--by", "page", "--by", "source")
    there, _ = told(site, file, "--by", "page", "--by", "source", "--engine", CLICKHOUSE)
    assert there == here


BELOW = {**GO_SITE, "content/site.yaml": GO_SITE["content/site.yaml"].replace(".example\n", ".example/my_shop/\n", 1)}


@pytest.mark.parametrize("form", ["combined", "caddy", "cloudfront"])
def test_of_a_site_below_a_path_only_what_is_below_it_counts(tmp_path, form, monkeypatch):
    site = site_with(tmp_path, BELOW)
    below = [(minute, f"/my_shop{target}", *rest) for minute, target, *rest in logs.REQUESTS]
    referrer = "https://shelves.example/my_shop/maya/lists/kit/?s=ig"
    below[3] = (3, f"/my_shop{logs.GO}", 302, referrer, logs.BROWSER)
    other = [
        (minute, f"{base}{target}", *rest)
        for base in ("", "/blog", "/my_shopping", "/my-shop")
        for minute, target, *rest in logs.REQUESTS
    ]
    searched = (9, f"/my_shop{logs.GO}", 302, "https://shelves.example/?s=boots", logs.BROWSER)
    monkeypatch.setattr(logs, "REQUESTS", [*below, *other, searched])
    text = logs.combined(logs.REQUESTS) if form == "combined" else logs.LOGS[form]()
    found, said = told(site, log(site, text), "--by", "page", "--by", "channel", "--by", "source")
    assert [tuple(row.values()) for row in found["rows"]] == [
        ("/maya/lists/kit/", None, "click", 0, 1),
        ("/maya/lists/kit/", "ig", "click", 0, 1),
        ("/maya/", None, "probably shared privately", 1, 0),
        ("/maya/", "ig", "share code", 1, 0),
        ("/maya/lists/kit/", None, "other site", 1, 0),
    ]
    assert "3 visits, 2 clicks, 2 by bots" in said


@pytest.mark.parametrize("form", ["cloudfront", "cloudfront-json"])
@pytest.mark.parametrize("encode", [str, quote])  # as it was sent, or by somebody on the way
def test_cloudfront_s_encoding_hides_no_bot(site, form, encode, monkeypatch):
    programs = [
        "Mozilla/5.0 (compatible; Yahoo Link Preview; https://help.yahoo.com/kb)",
        "Screaming Frog SEO Spider/22.0",
        "Amazon CloudFront",
        logs.BROWSER,
        "Mozilla/5.0 (100%; Zw\xf6lf) Gecko/20100101",
    ]
    monkeypatch.setattr(logs, "REQUESTS", [(0, "/maya/", 200, "-", encode(each)) for each in programs])
    _, said = told(site, log(site, logs.LOGS[form]()))
    assert "2 visits, 0 clicks, 3 by bots" in said


@pytest.mark.parametrize("form", ["combined", "cloudfront", "cloudfront-json"])
def test_a_click_that_a_beacon_told_is_led_back_whatever_wrote_the_log(tmp_path, form, monkeypatch):
    site = site_with(tmp_path, {})
    edit(site / "content/site.yaml", "markets:", "beacon: https://count.example/c\nmarkets:")
    link = "https://www.awin1.com/cread.php?awinmid=1234&awinaffid=77&clickref=maya_kit_merino-tee"
    link += "&ued=https%3A%2F%2Fnordshop.example%2Fmerino-tee"
    target = f"/c?{urlencode({'l': link, 'p': '/maya/lists/kit/', 's': 'ig'})}"
    monkeypatch.setattr(logs, "REQUESTS", [(0, target, 204, "-", logs.BROWSER)])
    text = logs.combined(logs.REQUESTS) if form == "combined" else logs.LOGS[form]()
    found, _ = told(site, log(site, text), "--by", "page", "--by", "slot", "--by", "channel")
    assert [tuple(row.values()) for row in found["rows"]] == [("/maya/lists/kit/", "kit", "ig", 0, 1)]


ODD = (
    ("GET", "/maya/?x=/?y", 200, True),
    ("GET", "/maya/index.html?s=ig", 304, True),
    ("GET", "/assets/main.css?from=https://shelves.example/", 200, False),
    ("GET", "/assets/main.css?x=/?y", 200, False),
    ("GET", "/media/maya/", 200, False),
    ("GET", "/assets/?x", 200, False),
    ("GET", "/search?in=/index.html", 200, False),
    ("GET", f"{logs.GO}/", 200, False),
    ("GET", f"{logs.GO}?x=/?y", 200, False),
    ("POST", "/maya/", 200, False),
    ("OPTIONS", "/c?l=/go/maya/merino-tee", 204, False),
    ("POST", "/c?l=/go/maya/merino-tee", 204, True),
    ("GET", "/c?p=/maya/", 204, False),
)


def asked(method, target, status, form):
    """A request that is none of the usual ones, as a log of a form."""
    if form == "combined":
        return logs.combined([(0, target, status, "-", logs.BROWSER)]).replace('"GET ', f'"{method} ')
    record = json.loads(logs.cloudflare().splitlines()[0])
    record |= {"ClientRequestMethod": method, "ClientRequestURI": target, "EdgeResponseStatus": status}
    return json.dumps(record) + "\n"


@pytest.mark.parametrize("form", ["combined", "cloudflare"])
def test_only_pages_redirects_and_what_the_beacon_was_told_count(site, form):
    edit(site / "content/site.yaml", "route: go", "route: go\nbeacon: https://count.example/c")
    found, said = told(site, log(site, "".join(asked(*each[:3], form) for each in ODD)), "--by", "page")
    assert f"{len(ODD)} lines; 2 visits, 1 clicks, 0 by bots" in said
    assert found["rows"] == [
        {"page": "/maya/lists/kit/", "visits": 0, "clicks": 1},
        {"page": "/maya/", "visits": 2, "clicks": 0},
    ]


@pytest.mark.parametrize(
    ("host", "hits"),
    [
        ("http://shelves.example", "3 visits, 1 clicks, 2 by bots"),
        ("HTTPS://Shelves.Example:8443", "3 visits, 1 clicks, 2 by bots"),
        ("http://other.example", "0 visits, 0 clicks, 0 by bots"),
        ("http://shelves.example.other.example", "0 visits, 0 clicks, 0 by bots"),
    ],
)
@pytest.mark.parametrize("form", ["combined", "s3"])
def test_what_is_asked_for_by_its_whole_address_is_that_of_its_path(site, form, host, hits):
    """As Varnish writes it; what was asked of another host is none of ours."""
    _, said = told(site, log(site, logs.LOGS[form]().replace('"GET /', f'"GET {host}/')))
    assert hits in said


def test_more_pages_than_a_closed_list_holds_are_counted_too(site):
    """A server that answers 200 to whatever a program tries has no end of pages."""
    many = 100_010
    line = logs.combined([(0, "/maya/", 200, "-", logs.BROWSER)])
    file = log(site, "".join(line.replace("/maya/", f"/{number}/") for number in range(many)))
    found, said = told(site, file, "--by", "creator", "--by", "source")
    assert f"{many:,} lines; {many:,} visits, 0 clicks" in said
    assert [(row["creator"], row["visits"]) for row in found["rows"]] == [(None, many)]


@pytest.mark.parametrize("form", ["combined", "cloudflare"])
def test_a_beacon_at_the_root_takes_no_visit_of_the_first_page(site, form):
    edit(site / "content/site.yaml", "route: go", "route: go\nbeacon: https://count.example")
    requests = [("GET", "/?s=ig", 200), ("GET", "/?s=ig", 304), ("POST", "/?p=/maya/&l=/go/maya/merino-tee", 204)]
    found, _ = told(site, log(site, "".join(asked(*each, form) for each in requests)))
    assert (found["visits"], found["clicks"]) == (2, 1)


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://blog.example?token=secret", "blog.example"),
        ("https://jo:secret@blog.example#me@secret", "blog.example"),
        ("shelf/of/secret", None),
        ("android-app://com.example.mail/", "com.example.mail"),
        ("https://blog.example:8080/secret", "blog.example:8080"),
    ],
)
def test_of_a_referrer_the_host_alone_is_kept(site, referrer, host):
    found, _ = told(site, log(site, logs.combined([(0, "/maya/", 200, referrer, logs.BROWSER)])), "--by", "referrer")
    assert found["rows"] == [{"referrer": host, "visits": 1, "clicks": 0}]


def test_of_a_bucket_only_what_its_website_answered_counts(site):
    behind = logs.s3().replace("WEBSITE.GET.OBJECT", "REST.GET.OBJECT")
    fetched = logs.s3().replace(logs.BROWSER, "Amazon CloudFront")
    assert "18 lines; 0 visits, 0 clicks, 6 by bots" in told(site, log(site, behind + fetched))[1]
    found, _ = told(site, log(site, behind + logs.s3(), "other.log"))
    assert (found["visits"], found["clicks"]) == (3, 1)


HEADINGS = "date,hostname,page,visits,visitors,pageviews,total_scroll_depth,total_scroll_depth_visits\n"
SOUND = "2026-11-20,shelves.example,/maya/,3,2,4,0,0\n"
SPANNING = '2026-11-20,"shelves\n\r\n.exa""mple",/maya/,3,2,4,0,0\n'
UNSOUND = {
    "a quote that is open": '2026-11-20,"shelves.example,/maya/,3,2,4,0,0\n',
    "a quote that is open before one in a cell": '2026-11-20,"shelves.example,/maya/,3,2,4,0,0\n' + SPANNING,
    "a quote that is closed too early": '2026-11-20,"shelves".example,/maya/,3,2,4,0,0\n',
    "a row with too much": "2026-11-20,shelves.example,/maya/,3,2,4,0,0,5\n",
    "a row with too little": "2026-11-20,shelves.example,/maya/,3,2,4,0\n",
    "a giant cell": f"2026-11-20,{'x' * 3_000_000},/maya/,3,2,4,0,0\n",
    "a giant cell in quotes": f'2026-11-20,"{"x" * 3_000_000}",/maya/,3,2,4,0,0\n',
    "no number": "2026-11-20,shelves.example,/maya/,3,2,many,0,0\n",
    "more than can be": f"2026-11-20,shelves.example,/maya/,3,2,{2**63 - 1},0,0\n",
    "a day without end": "infinity,shelves.example,/maya/,3,2,4,0,0\n",
    "the first day": "0001-01-01,shelves.example,/maya/,3,2,4,0,0\n",
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_row_of_an_export_that_is_none_is_skipped_and_spoils_no_other(tmp_path, name):
    site = site_with(tmp_path, {})
    spanning = 1 if SPANNING in UNSOUND[name] else 0
    text = HEADINGS + SOUND + SPANNING + "\n" + UNSOUND[name] + SOUND * 30 + SPANNING
    found, said = told(site, log(site, text, "export.csv"))
    assert f"{34 + spanning} lines, 1 skipped" in said
    assert found["visits"] == 4 * (33 + spanning)
    assert found["rows"] == [{"page": "/maya/", "visits": 4 * (33 + spanning), "clicks": 0}]


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_file_that_is_damaged_at_its_beginning_is_named(site, pack):
    for data in (pack(b"x")[:4], pack(b"x")[:4] + b"\xff" * 99):
        file = log(site, data)
        result = run(site, file)
        assert result.exit_code == 1
        assert f"{file}: unreadable: this file is packed with" in result.output
        assert "Fetch it again" in result.output
    assert "the file holds no line" in run(site, log(site, pack(b""))).output


@pytest.mark.parametrize("line", [b"A", b'{"', b"[", b'date,"', b"#Fields: ", b"\0"])
def test_a_giant_first_line_is_of_no_format(site, line):
    result = run(site, log(site, line * 3_000_000))
    assert result.exit_code == 1
    assert "access.log:1:1: unknown-log: the line " in result.output
    assert len(result.output) < 2000


def test_a_damaged_file_of_the_store_is_named_with_what_to_do(site):
    file = log(site, logs.combined())
    told(site, file)
    (stored,) = (site / "measured/hits").iterdir()
    whole = stored.read_bytes()
    for data in (b"", whole[:200], b"no Parquet" * 99):
        stored.write_bytes(data)
        for arguments in ([], [file]):
            result = run(site, *arguments)
            assert result.exit_code == 1
            assert f"{stored}: unreadable: " in result.output
            assert "Delete it, and import again" in result.output
    stored.write_bytes(whole[:4] + b"\xff" * 400 + whole[404:])
    result = run(site, "--by", "page", "--by", "referrer")
    assert result.exit_code == 3
    assert "delete it and import again" in result.output


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: gzip.compress(data)[:-9]])
def test_a_full_disk_is_no_fault_of_the_log(site, pack):
    file = log(site, logs.combined())
    told(site, file)
    (stored,) = (site / "measured/hits").iterdir()
    stored.unlink()
    stored.with_suffix(".new").symlink_to("/dev/full")
    result = run(site, log(site, pack(logs.combined().encode())))
    assert (result.exit_code, result.stderr) == (3, f"storefront: No space left on device: {stored.parent}\n")


def test_a_file_of_the_store_that_another_program_wrote_anew_stays(site):
    file = log(site, logs.combined())
    told(site, file)
    (stored,) = (site / "measured/hits").iterdir()
    pq.write_table(pq.ParquetFile(stored).read().replace_schema_metadata(None), stored)
    found, _ = told(site, file)
    assert (found["visits"], found["clicks"]) == (6, 2)


def test_a_damaged_export_of_the_store_is_named_by_the_next(tmp_path):
    site = site_with(tmp_path, {})
    told(site, log(site, HEADINGS + SOUND, "export.csv"))
    (stored,) = (site / "measured/hits").iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(whole[:4] + b"\xff" * 400 + whole[404:])
    result = run(site, log(site, HEADINGS + SOUND.replace("-20", "-21"), "export.csv"))
    assert result.exit_code == 3
    assert "delete it and import again" in result.output


def test_a_report_is_not_written_among_what_it_is_made_of(site):
    told(site, log(site, logs.combined()))
    result = run(site, "--format", "parquet", "--output", site / "measured/hits/told.parquet")
    assert result.exit_code == 1
    assert "measured/, where figures are kept" in result.output
    assert len(list((site / "measured/hits").iterdir())) == 1


def test_it_says_what_is_missing_without_pyarrow(site):
    code = (
        "import sys; sys.modules['pyarrow'] = None; from storefront.cli import main; sys.argv[0] = 'storefront'; main()"
    )
    for file in (log(site, logs.combined()), log(site, zstd(logs.combined().encode()), "access.zst")):
        command = [sys.executable, "-c", code, "report", "clicks", str(file), "--root", str(site)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 3
        assert 'pip install "storefront[measure]"' in done.stdout + done.stderr


@pytest.mark.parametrize("engine", ["", CLICKHOUSE])
def test_logs_may_be_many(site, engine):
    """As networks and buckets write them: a file for every few minutes."""
    told(site, log(site, logs.combined()))
    (stored,) = (site / "measured/hits").iterdir()
    for number in range(119):
        shutil.copy(stored, stored.with_name(f"{number}-0.parquet"))
    found, _ = told(site, *(["--engine", engine] if engine else []))
    assert (found["visits"], found["clicks"]) == (360, 120)


@pytest.mark.parametrize("name", [b"\xff\xfe.log", b"a*[1]?{b}.log", b"quo'te\"\n.log", "lög 中.log".encode()])
def test_a_log_may_have_any_name(site, name):
    whole = gzip.compress(logs.combined().encode())
    for data, said in ((logs.combined(), "9 lines;"), (whole, "9 lines;"), (whole[:-9], "ends too early")):
        assert said in told(site, log(site, data, os.fsdecode(name)))[1]
