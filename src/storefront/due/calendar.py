"""Tasks as a calendar (iCalendar, RFC 5545) and as a table (CSV, RFC 4180)."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import StringIO
from urllib.parse import urlsplit

from storefront import digests
from storefront.due.tasks import Due, Task
from storefront.escaping import cell

OCTETS = 75  # in a line, its break not counted (RFC 5545, 3.1)
COLUMNS = ("day", "overdue", "kind", "what", "creator", "brand", "file", "line")


def ics(due: Due, now: datetime) -> str:
    """A calendar of days. A task keeps its UID from one run to the next, so that a calendar replaces it."""
    host = urlsplit(due.site).hostname or "storefront"
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//storefront//due//EN"]
    for task in due.tasks:
        lines += _event(task, host, stamp)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(task: Task, host: str, stamp: str) -> Iterable[str]:
    who = ", ".join(filter(None, (task.creator, task.brand)))
    name = digests.of_value((task.kind.value, task.what, task.creator, task.brand, task.day.isoformat()))
    return (
        "BEGIN:VEVENT",
        f"UID:{name}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{task.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{task.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{task.what} ({who})' if who else task.what)}",
        f"DESCRIPTION:{_text(str(task.place))}",
        f"CATEGORIES:{task.kind.value.upper()}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _text(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut where it is too long, never inside a character; what follows begins with a space."""
    cut, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > OCTETS:
            cut, size = f"{cut}\r\n ", 1
        cut, size = cut + character, size + width
    return cut


def table(due: Due) -> str:
    """CSV with a head. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for task in due.tasks:
        overdue = "yes" if due.overdue(task) else "no"
        what = (task.kind.value, task.what, task.creator, task.brand)
        row = (task.day.isoformat(), overdue, *what, task.place.file, task.place.line)
        writer.writerow(cell(str(each)) for each in row)
    return out.getvalue()
