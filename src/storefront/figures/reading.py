"""Reading a table of figures: bytes to rows of one kind, each with its key, and a place for whatever is wrong."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, tzinfo
from functools import partial
from typing import Any

from msgspec import Struct

from storefront.digests import of_value
from storefront.figures import amounts, formats
from storefront.figures.formats import Format
from storefront.figures.kinds import Kind, Status, Type
from storefront.importers import tables, values
from storefront.importers.cells import Cells, known_by
from storefront.importers.tables import Row, Table
from storefront.importers.values import Unfit
from storefront.problems import Place, Problem, shown

Figures = Mapping[str, Any]
TAKEN_OFF = "taken off"


class Options(Struct, frozen=True, kw_only=True):
    """What a table does not say of itself: its day, source, network and currency, and how to read its numbers.

    Days are those of `zone` where the table has moments with a zone of their own. `columns` has the headings of things
    that stand under others than the format's.
    """

    source: str
    as_of: date
    today: date
    zone: tzinfo = UTC
    network: str = ""
    currency: str | None = None
    day_first: bool | None = None
    decimal: str | None = None
    columns: Mapping[str, str] = {}


class Parsed(Struct, frozen=True, kw_only=True):
    """The rows of a table by their keys, what is wrong with others, and the columns that nothing was taken from.

    Of rows with the same number the last one counts, and the others are `repeated`; `left_out` are those that are about
    something else, such as orders without a code. `odd` is the line of each row whose commission is above its sale.
    """

    rows: Mapping[str, Figures]
    problems: tuple[Problem, ...]
    repeated: int
    refused: int
    left_out: int
    odd: tuple[int, ...]
    unread: tuple[str, ...]


def read(kind: Kind, form: Format, data: bytes, file: str, options: Options) -> Parsed:
    """All figures of a table. Raises `ProblemsFound` when it is not in this format, and `formats.NoHeading`."""
    table = tables.read(_without_title(data, form.title), file)
    formats.named(options.columns, table.headings)
    form = formats.with_columns(form, options.columns)
    line = next(number for number, text in enumerate(table.lines, 1) if text.strip())
    formats.settle(kind, form, table.headings, Place(file, line, 1))
    reader = _Reader(kind, form, table, options)
    for row in table.rows:
        reader.read(row)
    return Parsed(
        rows=reader.rows,
        problems=(*table.broken, *reader.problems),
        repeated=reader.repeated,
        refused=reader.refused + len(table.broken),
        left_out=reader.left_out,
        odd=tuple(reader.odd),
        unread=reader.unread(),
    )


def _without_title(data: bytes, title: str) -> bytes:
    """A table without the words above its headings; their line stays, so that lines are counted right."""
    first, feed, rest = data.partition(b"\n")
    words = first.decode("utf-8-sig", errors="replace").strip().strip('"')
    return feed + rest if title and words.startswith(title) and "," not in words.rstrip(",") else data


class _Reader(Cells):
    """Reads row by row and keeps what is wrong."""

    def __init__(self, kind: Kind, form: Format, table: Table, options: Options) -> None:
        super().__init__(table, form.name, form.columns, (), ())
        self.kind, self.form, self.options = kind, form, options
        self.rows: dict[str, Figures] = {}
        self.problems: list[Problem] = []
        self.repeated = self.refused = self.left_out = 0
        self.odd: list[int] = []
        self.alike: Counter[str] = Counter()
        self.said = amounts.currency(options.currency or "")
        readings: dict[Type, Callable[[str], Any]] = {
            Type.TEXT: _text,
            Type.DAY: self.day,
            Type.COUNT: partial(amounts.count, decimal=options.decimal),
            Type.AMOUNT: partial(amounts.amount, decimal=options.decimal),
            Type.CURRENCY: amounts.currency,
            Type.STATUS: self.status,
        }
        self.readings = {field: readings[type_] for field, type_ in kind.fields.items()} | {"code": _code}
        self.meanings = {known_by(each): meaning for each, meaning in form.statuses.items()}
        self.amounts = [field for field, type_ in kind.fields.items() if type_ is Type.AMOUNT]
        self.headed = {
            field: amounts.currencies_of(table.headings[self.at[field]]) for field in self.amounts if field in self.at
        }

    def read(self, row: Row) -> None:
        self.take(row)
        if self.form.skip_without and not self.cell(self.form.skip_without).strip():
            self.left_out += 1
            return
        figures = {field: self.value(field) for field in self.kind.fields}
        self.complete(figures)
        self.needed(figures)
        if self.unfit:
            self.refused += 1
            self.problems += self.unfit
            return
        if 0 < (figures.get("sale") or 0) < (figures.get("commission") or 0):
            self.odd.append(row.line)
        key = self.key(figures)
        self.repeated += key in self.rows
        self.rows[key] = figures

    def value(self, field: str) -> Any:
        return self.taken(field, self.readings[field]) if self.cell(field).strip() else None

    def day(self, text: str) -> date:
        local = values.in_zone(text, self.options.zone)
        return date.fromisoformat(values.day(local, self.options.today, day_first=self.options.day_first))

    def status(self, text: str) -> str | None:
        word = known_by(text)
        if not word:
            return None
        if word not in self.meanings:
            message = f"{values.quoted(text)} is no status that {self.form.name} writes"
            raise Unfit("bad-value", message, f"Known are: {', '.join(sorted(self.form.statuses))}.")
        return str(self.meanings[word])

    def complete(self, figures: dict[str, Any]) -> None:
        """Put in what the table says once for all rows, or only by a sign."""
        fields = self.kind.fields
        figures["source"] = self.options.source
        if figures["as_of"] is None:
            figures["as_of"] = self.options.as_of
        if "network" in fields and figures["network"] is None:
            figures["network"] = self.options.network or self.form.network or None
        if "currency" in fields:
            figures["currency"] = self.currency(figures)
        if "redemptions" in fields and figures["redemptions"] is None and "redemptions" not in self.at:
            figures["redemptions"] = 1
        if "status" in fields:
            figures["status"] = self.outcome(figures)

    def currency(self, figures: Figures) -> str | None:
        """The one currency of the row's amounts: by its cell, else by a sign with them, else by what was said of all.

        An amount with the sign of another is wrong.
        """
        told = {field: amounts.currencies(self.cell(field)) or self.headed.get(field) for field in self.amounts}
        signs = {field: each for field, each in told.items() if each and figures[field] is not None}
        certain = [next(iter(each)) for each in signs.values() if len(each) == 1]
        currency: str | None = figures["currency"] or (certain[0] if certain else self.said)
        for field, meant in signs.items():
            if currency and currency not in meant:
                under = self.table.headings[self.at[field]]
                message = f"{values.quoted(self.cell(field))} under {shown(under)} cannot be in {currency}"
                self.wrong(field, Unfit("bad-money", message, "A row has one currency for all of its amounts."))
        return currency

    def outcome(self, figures: Figures) -> str:
        """What became of an order, where the table does not say: what is below nothing is taken off again.

        A discount is not: tills write it with a minus where something was bought.
        """
        if _is_taken_off(figures) or (
            figures.get("quantity") == 0 and (self.taken("returned", amounts.count) or 0) > 0
        ):
            return Status.RETURNED if figures["status"] != Status.DECLINED else Status.DECLINED
        return figures["status"] or Status.APPROVED

    def needed(self, figures: Figures) -> None:
        """Keep what the row lacks."""
        if self.unfit:
            return
        for field in self.kind.needs:
            if figures[field] is None:
                hint = "Say it for the whole table: --currency GBP." if field == "currency" else "Fill the cell."
                self.wrong(field, Unfit("missing-key", f"this row says nothing of its {field}", hint))
        if self.kind.some and all(figures[field] is None for field in self.kind.some):
            hint = f"One of: {', '.join(self.kind.some)}."
            self.wrong("", Unfit("missing-key", "this row has no figure", hint))

    def key(self, figures: Figures) -> str:
        """What tells the row from all others: its number, else all that it is about and its place among equal ones.

        What is taken off again is a row beside the one that it is taken off from, whose number it may have.
        """
        if number := figures.get(self.kind.number):
            return f"{number} {TAKEN_OFF}" if _is_taken_off(figures) else str(number)
        alike = of_value([str(figures[field] or "") for field in self.kind.else_key])
        self.alike[alike] += 1
        return f"{alike}-{self.alike[alike]}"


def _is_taken_off(figures: Figures) -> bool:
    return any((figures.get(each) or 0) < 0 for each in ("sale", "commission"))


def _text(text: str) -> str | None:
    """One line of text."""
    return values.line(text) or None


def _code(text: str) -> str | None:
    """A code, which is kept in capitals."""
    return values.line(text).upper() or None
