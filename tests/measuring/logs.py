"""Logs with a known truth: the same few requests as each program writes them, and many at random."""

import json
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
GO = "/go/maya/merino-tee"
# Each request as (minutes after START, target, status, referrer, program): a visit that was perhaps shared privately,
# one by a share code, one from elsewhere, a click, a bot's visit and click, and what is neither visit nor click.
REQUESTS = (
    (0, "/maya/", 200, "-", BROWSER),
    (1, "/maya/?s=ig", 200, "https://www.instagram.com/stories/", BROWSER),
    (2, "/maya/lists/kit/", 200, "https://blog.example/best?of=all", BROWSER),
    (3, GO, 302, "https://shelves.example/maya/lists/kit/?s=ig", BROWSER),
    (4, "/maya/", 200, "-", BOT),
    (5, GO, 302, "-", BOT),
    (6, "/assets/main.css", 200, "https://shelves.example/maya/", BROWSER),
    (7, "/maya/lists/none/", 404, "-", BROWSER),
    (8, "/maya", 301, "-", BROWSER),
)


def combined(requests=REQUESTS, zone="+0000"):
    return "".join(
        f'203.0.113.{minute % 250} - - [{_stamp(minute, zone)}] "GET {target} HTTP/1.1" {status} 512 "{referrer}" '
        f'"{program}"\n'
        for minute, target, status, referrer, program in requests
    )


def _stamp(minute, zone="+0000"):
    shift = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    return (START + timedelta(minutes=minute) + shift).strftime(f"%d/%b/%Y:%H:%M:%S {zone}")


def s3():
    return "".join(
        f"79a59df900b949e5 shelves.example [{_stamp(minute)}] 192.0.2.3 - 3E57427F33A59F07 WEBSITE.GET.OBJECT "
        f'{target.strip("/") or "index.html"} "GET {target} HTTP/1.1" {status} - 113 - 7 - "{referrer}" "{program}" - '
        "s9lzHYrFp76ZVxRcpX9= - ECDHE-RSA - shelves.example TLSv1.2 - -\n"
        for minute, target, status, referrer, program in REQUESTS
    )


def _lines(record):
    return "".join(json.dumps(record(*request)) + "\n" for request in REQUESTS)


def _at(minute):
    return START + timedelta(minutes=minute)


def _given(referrer):
    return "" if referrer == "-" else referrer


def caddy():
    return _lines(
        lambda minute, target, status, referrer, program: {
            "level": "info",
            "ts": _at(minute).timestamp() + 0.25,
            "logger": "http.log.access.log0",
            "msg": "handled request",
            "request": {
                "remote_ip": "192.0.2.3",
                "method": "GET",
                "host": "shelves.example",
                "uri": target,
                "headers": {"User-Agent": [program]} | ({} if referrer == "-" else {"Referer": [referrer]}),
            },
            "status": status,
        }
    )


def cloudflare():
    return _lines(
        lambda minute, target, status, referrer, program: {
            "ClientIP": "192.0.2.3",
            "ClientRequestHost": "shelves.example",
            "ClientRequestMethod": "GET",
            "ClientRequestURI": target,
            "ClientRequestReferer": _given(referrer),
            "ClientRequestUserAgent": program,
            "EdgeStartTimestamp": int(_at(minute).timestamp()) * 10**9,
            "EdgeResponseStatus": status,
        }
    )


def vercel():
    """One array in a line, as a drain of type JSON posts it, after a record of a build."""
    records = [{"id": "1", "deploymentId": "dpl_1", "source": "build", "timestamp": 1, "message": "Building"}] + [
        {
            "id": "2",
            "deploymentId": "dpl_1",
            "source": "static",
            "timestamp": int(_at(minute).timestamp() * 1000),
            "proxy": {
                "timestamp": int(_at(minute).timestamp() * 1000),
                "method": "GET",
                "host": "shelves.example",
                "path": target,
                "statusCode": status,
                "referer": _given(referrer),
                "userAgent": [program],
                "clientIp": "192.0.2.3",
            },
        }
        for minute, target, status, referrer, program in REQUESTS
    ]
    return json.dumps(records[:4]) + "\n" + json.dumps(records[4:]) + "\n"


def netlify():
    return _lines(
        lambda minute, target, status, referrer, program: {
            "timestamp": _at(minute).isoformat(),
            "log_type": "traffic",
            "method": "GET",
            "url": f"https://shelves.example{target}",
            "status_code": status,
            "referrer": _given(referrer),
            "user_agent": program,
            "client_ip": "192.0.2.3",
        }
    )


def fastly():
    return _lines(
        lambda minute, target, status, referrer, program: {
            "timestamp": _at(minute).strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "client_ip": "192.0.2.3",
            "host": "shelves.example",
            "url": target,
            "request_method": "GET",
            "request_referer": _given(referrer),
            "request_user_agent": program,
            "response_status": status,
        }
    )


def _encoded(text):
    """As CloudFront writes a value."""
    return re.sub(r'[\x00-\x20\x7f-\uffff<>"#%{|}\\^~\[\]`]', lambda found: quote(found[0], safe=""), text)


def cloudfront():
    head = (
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
        "cs(Referer) cs(User-Agent) cs-uri-query\n"
    )
    rows = []
    for minute, target, status, referrer, program in REQUESTS:
        stem, _, query = target.partition("?")
        at = _at(minute)
        rows.append(
            f"{at:%Y-%m-%d}\t{at:%H:%M:%S}\tFRA2\t512\t192.0.2.3\tGET\td1.cloudfront.net\t{_encoded(stem)}\t{status}\t"
            f"{_encoded(referrer)}\t{_encoded(program)}\t{_encoded(query) or '-'}\n"
        )
    return head + "".join(rows)


def cloudfront_json():
    def record(minute, target, status, referrer, program):
        stem, _, query = target.partition("?")
        return {
            "date": f"{_at(minute):%Y-%m-%d}",
            "time": f"{_at(minute):%H:%M:%S}",
            "cs-method": "GET",
            "cs-uri-stem": _encoded(stem),
            "cs-uri-query": _encoded(query) or "-",
            "sc-status": str(status),
            "cs(Referer)": _encoded(referrer),
            "cs(User-Agent)": _encoded(program),
        }

    return _lines(record)


LOGS = {
    "combined": combined,
    "s3": s3,
    "caddy": caddy,
    "cloudflare": cloudflare,
    "vercel": vercel,
    "netlify": netlify,
    "fastly": fastly,
    "cloudfront": cloudfront,
    "cloudfront-json": cloudfront_json,
}


def generated(count, seed):
    """A combined log at random, and its truth: how often each (kind, path, source, channel) came up."""
    roll = random.Random(seed)
    truth, lines = Counter(), []
    pages = ["/", "/maya/", "/maya/lists/kit/", "/products/merino-tee/"]
    links = [GO, f"{GO}/posts/first-frost"]
    for number in range(count):
        kind = roll.choices(["visit", "click", "asset", "missing", "torn", "head"], [30, 10, 50, 4, 3, 3])[0]
        code = roll.choice(["", "", "ig", "yt-9"])
        referrer = roll.choice(["-", "-", "https://www.instagram.com/", "https://shelves.example/maya/"])
        bot = roll.random() < 0.3
        path = {"visit": roll.choice(pages), "click": roll.choice(links)}.get(kind, "/media/a.avif")
        target = f"{path}?s={code}" if kind == "visit" and code else path
        status = {"click": 302, "missing": 404}.get(kind, 200)
        verb = "HEAD" if kind == "head" else "GET"
        if kind == "head":
            target = "/maya/"
        program = BOT.replace("2.1", f"2.{roll.randrange(50)}") if bot else f"{BROWSER}.{roll.randrange(200)}"
        line = (
            f'198.51.100.{roll.randrange(250)} - - [{_stamp(number // 50)}] "{verb} {target} HTTP/1.1" {status} 5 '
            f'"{referrer}" "{program}"'
        )
        if kind == "torn":
            line = line[: roll.randrange(60, len(line) - len(program) - 3)]
            truth["skipped"] += 1
        elif kind in {"visit", "click"} and bot:
            truth["bots"] += 1
        elif kind in {"visit", "click"}:
            truth[kind, path, _source(kind, code, referrer), code if kind == "visit" else ""] += 1
        lines.append(line + "\n")
    return "".join(lines), truth


def _source(kind, code, referrer):
    if kind == "click":
        return "click"
    if code:
        return "share code"
    if referrer == "-":
        return "probably shared privately"
    return "this site" if "shelves.example" in referrer else "other site"
