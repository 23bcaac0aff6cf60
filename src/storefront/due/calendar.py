"""Tasks as a calendar (iCalendar) and as a table (CSV, RFC 4180)."""

import csv
from datetime import datetime
from io import StringIO
from urllib.parse import urlsplit

from storefront import digests, ics
from storefront.due.tasks import Due, Task
from storefront.escaping import cell

COLUMNS = ("day", "overdue", "kind", "what", "creator", "brand", "campaign", "file", "line")


def calendar(due: Due, now: datetime) -> str:
    """A calendar of days. A task keeps its UID from one run to the next, so that a calendar replaces it."""
    host = urlsplit(due.site).hostname or "storefront"
    return ics.document("due", (_event(task, host, now) for task in due.tasks))


def _event(task: Task, host: str, now: datetime) -> ics.Event:
    who = ", ".join(filter(None, (task.creator, task.brand)))
    name = digests.of_value((task.kind.value, task.what, task.creator, task.brand, task.day.isoformat()))
    return ics.Event(
        uid=f"{name}@{host}",
        stamp=now,
        start=task.day,
        summary=f"{task.what} ({who})" if who else task.what,
        description=str(task.place),
        category=task.kind.value.upper(),
    )


def table(due: Due) -> str:
    """CSV with a head. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for task in due.tasks:
        overdue = "yes" if due.overdue(task) else "no"
        what = (task.kind.value, task.what, task.creator, task.brand, task.campaign)
        row = (task.day.isoformat(), overdue, *what, task.place.file, task.place.line)
        writer.writerow(cell(str(each)) for each in row)
    return out.getvalue()
