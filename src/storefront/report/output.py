"""Giving a report out: which form, and where it may be written. Never into what is published or built from."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from storefront.content import CONTENT
from storefront.figures import store
from storefront.problems import Place, Problem, ProblemsFound
from storefront.report import columnar, delimited, document, page, terminal
from storefront.report.table import Report
from storefront.sums import FILE as SUMS

# Folders of a site that are published, or looked at by others.
PUBLISHED = ("site", "site.hosting", "preview", "preview.hosting", "styleguide")
TABLES = ("csv", "parquet")  # forms that hold one table
HOME = "index.html"
BESIDE = "A report is private. Write it beside the site, such as to reports/."


def check(root: Path, target: Path, hint: str = BESIDE) -> None:
    """Nothing, when a private file may lie there. Raises `ProblemsFound` for what is published, built from or kept."""
    whole = target.resolve()
    private = [root.resolve() / name for name in (*PUBLISHED, CONTENT)]
    inside = next((folder for folder in private if whole == folder or folder in whole.parents), None)
    inside = inside or next((each for each in (whole, *whole.parents) if _is_published(each)), None)
    if inside:
        message = f"this lies in {inside.name}/, which is published"
        raise ProblemsFound([Problem("output", message, Place(str(target)), hint)])
    measured = store.folder(root).resolve()
    if measured in (whole, *whole.parents):
        message = f"this lies in {measured.name}/, where figures are kept that reports are made of"
        raise ProblemsFound([Problem("output", message, Place(str(target)), hint)])


def _is_published(folder: Path) -> bool:
    """Whether a build made the folder, wherever it lies."""
    return (folder / SUMS).exists() and (folder / HOME).exists()


def text(report: Report, form: str) -> str:
    """The report in a form of text; of `csv` its first table."""
    match form:
        case "csv":
            return delimited.written(report.tables[0].for_programs())
        case "json":
            tables = tuple(table.for_programs() for table in report.tables)
            return document.written(structs.replace(report, tables=tables))
        case "html":
            return page.written(report)
        case _:
            return "".join(f"{line}\n" for line in terminal.lines(report))


def files(report: Report, form: str, target: Path) -> Iterator[tuple[Path, bytes]]:
    """The files of a report: one, or in a form that holds one table, a file for each in the folder `target`."""
    if form not in TABLES:
        yield target, text(report, form).encode()
        return
    for table in (each.for_programs() for each in report.tables):
        made = columnar.written(table) if form == "parquet" else delimited.written(table).encode()
        yield target / f"{report.id}-{table.id}.{form}", made
