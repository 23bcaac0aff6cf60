"""A report as JSON: every table with its columns, rows, total and notes; what is not known is null."""

import json
from typing import Any

from storefront.report.cells import plain
from storefront.report.table import Report, Table


def written(report: Report) -> str:
    """The whole report."""
    data = {
        "report": report.id,
        "title": report.title,
        "facts": dict(report.facts),
        "notes": list(report.notes),
        "tables": [_table(table) for table in report.tables],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "columns": [
            {"key": each.key, "title": each.title, "unit": str(each.unit)}
            | ({"currency": each.currency} if each.currency else {})
            for each in table.columns
        ],
        "rows": [[plain(value) for value in row] for row in table.rows],
        "total": [plain(value) for value in table.total] if table.total else None,
        "notes": list(table.notes),
    }
