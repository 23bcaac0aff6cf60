"""The one model of every report: tables of typed columns, in which what is not known is None and never nought."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, structs

Value = str | int | Decimal | date | None


class Unit(StrEnum):
    """What a column holds: words, things counted, money of one currency, a share of one, days, a day, a number."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    DAYS = "days"
    DAY = "day"


class Column(Struct, frozen=True, kw_only=True):
    """A column: `key` names it for programs, `title` for people. Money is of one currency (ISO 4217) in all rows."""

    key: str
    title: str
    unit: Unit = Unit.TEXT
    currency: str = ""


class Form(StrEnum):
    """How a chart is drawn: bars, one row of the table each, or lines over days."""

    BARS = "bars"
    LINES = "lines"


class Chart(Struct, frozen=True, kw_only=True):
    """A picture of a table: the column that names its rows, and those of one unit that are drawn."""

    label: str
    values: tuple[str, ...]
    form: Form = Form.BARS


class Table(Struct, frozen=True, kw_only=True):
    """A table. `total` is a last row of its own; `notes` say how columns are counted and what is not known.

    `ids` are what content calls the rows; there are none where their names are their ids. `most` is how many rows
    people are shown; programs have all of them, and the total is of all.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    ids: tuple[str, ...] = ()
    most: int | None = None

    def for_people(self) -> "Table":
        """The table with no more rows than people are shown, and a note on the others."""
        left = len(self.rows) - (self.most or len(self.rows))
        if left <= 0:
            return self
        note = f"These are the first {self.most}; {left} more are in the sum, and in CSV, JSON and Parquet."
        return structs.replace(self, rows=self.rows[: self.most], notes=(*self.notes, note))

    def for_programs(self) -> "Table":
        """The table with the ids of its rows in a last column, where they have any."""
        if not self.ids:
            return self
        rows = tuple((*row, name) for row, name in zip(self.rows, self.ids, strict=True))
        total = (*self.total, "") if self.total else None
        columns = (*self.columns, Column(key="id", title="Id"))
        return structs.replace(self, columns=columns, rows=rows, total=total, ids=())

    def at(self, key: str) -> int:
        """Where a column stands."""
        return next(index for index, column in enumerate(self.columns) if column.key == key)


class Report(Struct, frozen=True, kw_only=True):
    """A report: what is true of all of it as words and values, and its tables, the most telling first."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
