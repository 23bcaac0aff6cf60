"""Building a table of measures: a row for each of some names, a column for each measure, of money for each currency."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from storefront.report.table import Chart, Column, Table, Unit, Value

Amounts = Mapping[
    str, Decimal | None
]  # by currency, never added up across two; None where there is one of unknown size
Figure = int | Decimal | Amounts | str | frozenset[str] | None
KNOWN = "Known"
NOTHING = Decimal(0)
MOST = 40  # rows of a picture; the table has all of them


class Measure(Struct, frozen=True, kw_only=True):
    """A figure of each name; None, or no entry, where it is not known. Shares and the like are not added up.

    A set of names is counted, and what stands in the sets of several rows is in the sum once. Of `lacking` names a part
    is not known, and not in the figure.
    """

    key: str
    title: str
    values: Mapping[str, Figure]
    unit: Unit = Unit.COUNT
    adds: bool = True
    lacking: frozenset[str] = frozenset()


def tabled(
    table: str,
    title: str,
    label: tuple[str, str],
    names: Mapping[str, str],
    measures: Sequence[Measure],
    *,
    notes: Iterable[str] = (),
    chart: Sequence[str] = (),
    most: int | None = None,
) -> Table:
    """The table of measures, with what they come to and what is not known. `chart` names measures to be drawn.

    People are shown `most` rows of it.
    """
    columns = [Column(key=label[0], title=label[1])]
    cells: list[list[Value]] = [list(names.values())]
    sums: list[Value] = []
    drawn: list[str] = []
    currency = _usual(measures, chart)
    for measure in measures:
        for column, values, total in _columns(measure, names):
            columns.append(column)
            cells.append(values)
            sums.append(total if measure.adds else "")
            drawn += [column.key] if measure.key in chart and column.currency in {"", currency} else []
    rows = tuple(zip(*cells, strict=True))
    whole = len(rows) > 1 and any(measure.adds for measure in measures)
    return Table(
        id=table,
        title=title,
        columns=tuple(columns),
        rows=rows,
        total=(KNOWN, *sums) if whole else None,
        notes=(*notes, *_unknown(measures, names)),
        chart=Chart(label=label[0], values=tuple(drawn)) if _can_be_drawn(columns, rows, drawn) else None,
        ids=tuple(names) if list(names) != list(names.values()) else (),
        most=most,
    )


def _can_be_drawn(columns: Sequence[Column], rows: Sequence[Sequence[Value]], drawn: Sequence[str]) -> bool:
    """Whether there is anything to see in a picture, and no more than can be seen."""
    places = [place for place, column in enumerate(columns) if column.key in drawn]
    return len(rows) <= MOST and any(row[place] is not None for row in rows for place in places)


def _columns(measure: Measure, names: Iterable[str]) -> Iterator[tuple[Column, list[Value], Value]]:
    given = [measure.values.get(name) for name in names]
    if measure.unit is not Unit.MONEY:
        column = Column(key=measure.key, title=measure.title, unit=measure.unit)
        yield column, [single(each) for each in given], added(given)
        return
    currencies = sorted({currency for each in given if isinstance(each, Mapping) for currency in each}) or [""]
    for currency in currencies:
        key = f"{measure.key}_{currency.lower()}" if currency else measure.key
        values = [each.get(currency, NOTHING) if isinstance(each, Mapping) else None for each in given]
        yield Column(key=key, title=measure.title, unit=Unit.MONEY, currency=currency), [*values], added(values)


def single(value: Figure) -> Value:
    """A figure as a cell."""
    if isinstance(value, frozenset):
        return len(value)
    return None if isinstance(value, Mapping) else value


def added(figures: Iterable[Figure]) -> int | Decimal | None:
    """What is known of figures, added up; None where nothing is."""
    given = list(figures)
    if sets := [each for each in given if isinstance(each, frozenset)]:
        return len(frozenset().union(*sets))
    known = [each for each in given if isinstance(each, int | Decimal)]
    return sum(known[1:], known[0]) if known else None


def _usual(measures: Sequence[Measure], chart: Sequence[str]) -> str:
    """The currency that most of the amounts to be drawn are in: a picture has one."""
    found: Counter[str] = Counter()
    for measure in measures:
        if measure.key in chart:
            for each in measure.values.values():
                if isinstance(each, Mapping):
                    found.update(currency for currency, amount in each.items() if amount)
    return max(sorted(found), key=lambda currency: found[currency], default="")


def _unknown(measures: Sequence[Measure], names: Mapping[str, str]) -> Iterator[str]:
    """Whose figures are not known, for each measure."""
    for measure in measures:
        lacking = [name for name in names if _is_unknown(measure.values.get(name))]
        if lacking and len(lacking) == len(names):
            yield f"{measure.title}: unknown."
        elif lacking:
            left = ", and not in the sum" if measure.adds else ""
            yield f"{measure.title}: unknown for {len(lacking)} of {len(names)}{left}."
        partly = [name for name in names if name in measure.lacking and name not in lacking]
        if partly:
            yield f"{measure.title}: known in part for {len(partly)} of {len(names)}; the other part is in no figure."


def _is_unknown(figure: Figure) -> bool:
    return figure is None or (isinstance(figure, Mapping) and bool(figure) and set(figure.values()) == {None})


def named(people: Mapping[str, str]) -> dict[str, str]:
    """Creators by handle, two of one name told apart."""
    names = Counter(people.values())
    return {handle: name if names[name] == 1 else f"{name} ({handle})" for handle, name in people.items()}


def amounts(pairs: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal | None]:
    """What is known of amounts added up, each currency for itself; None for one of which nothing is."""
    found: dict[str, Decimal | None] = {}
    for currency, amount in pairs:
        known = found.get(currency)
        found[currency] = amount if known is None else known + (amount or NOTHING)
    return found
