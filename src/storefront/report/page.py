"""A report as one HTML file: nothing is loaded, nothing runs, and beside each chart is the table it is drawn from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from storefront.report import charts
from storefront.report.cells import right, shown
from storefront.report.table import Column, Report, Table, Unit, Value

DATA = Path(__file__).parents[1] / "data" / "report"


def written(report: Report) -> str:
    """The page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string((DATA / "page.html").read_text(encoding="utf-8"))
    style = Markup((DATA / "page.css").read_text(encoding="utf-8"))  # noqa: S704  ours
    return (
        template.render(report=report, tables=[_table(table.for_people()) for table in report.tables], style=style)
        + "\n"
    )


def _table(table: Table) -> dict[str, Any]:
    picture = Markup(charts.svg(table, table.chart)) if table.chart and table.rows else ""  # noqa: S704  escapes its text
    return {
        "id": table.id,
        "title": table.title,
        "columns": [{"title": each.title, "currency": each.currency, "right": right(each)} for each in table.columns],
        "rows": [_cells(table.columns, row) for row in table.rows],
        "total": _cells(table.columns, table.total) if table.total else None,
        "notes": table.notes,
        "chart": picture,
    }


def _cells(columns: Sequence[Column], row: Sequence[Value]) -> list[dict[str, Any]]:
    return [
        {"text": shown(column, value), "style": _style(column, value)}
        for column, value in zip(columns, row, strict=True)
    ]


def _style(column: Column, value: Value) -> str:
    styles = {"figure": right(column), "day": column.unit is Unit.DAY, "unknown": value is None}
    return " ".join(style for style, has in styles.items() if has)
