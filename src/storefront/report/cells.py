"""Cells as people and programs read them. What is not known is said so, and never a nought or a gap."""

from datetime import date
from decimal import Decimal

from storefront.money import minor_units
from storefront.report.table import Column, Unit, Value

UNKNOWN = "unknown"


def shown(column: Column, value: Value) -> str:
    """A cell for people."""
    match value:
        case None:
            return UNKNOWN
        case Decimal() if column.unit is Unit.SHARE:
            return f"{value * 100:.1f} %"
        case Decimal() if column.unit is Unit.MONEY:
            return f"{value:,.{minor_units(column.currency)}f}"
        case Decimal() | int():
            return f"{value:,}"
        case _:
            return str(value)


def plain(value: Value) -> str | int | None:
    """A cell for programs: amounts and shares as exact text, days as in ISO 8601."""
    return str(value) if isinstance(value, Decimal | date) else value


def right(column: Column) -> bool:
    """Whether a column holds figures, which stand under each other."""
    return column.unit not in {Unit.TEXT, Unit.DAY}
