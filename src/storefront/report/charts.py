"""Charts as SVG: drawn when the report is made, with no script and no font of their own, in colours that a page sets.

A colour in the picture is a name: the page's stylesheet says for each of them what it is, in light, dark and print.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from storefront.report.cells import UNKNOWN, shown
from storefront.report.table import Chart, Column, Form, Table, Unit, Value

WIDTH, HEIGHT = 300, 170  # of the plot: with its names it is as wide as a phone
ROW, LEAST = 22, 14  # pixels for a row with one bar, and for each bar of several
LABEL = 130
ROOM = 16  # on both sides: a browser's letters may be wider than those that were reckoned with
POINTS = 62  # days; a point on each of more hides the line
INK, FAINT, RULE = "#101010", "#5a5a5a", "#d0d0d0"
SERIES = ("#0a5fb4", "#b4500a", "#0a7d4b", "#7d0a6e")
DASHES = ([1, 0], [6, 3], [2, 3], [8, 3, 2, 3])  # lines are told apart without their colours too


def svg(table: Table, chart: Chart) -> str:
    """The picture. Rows without any figure have the word for it in the place of bars."""
    import altair as alt
    import vl_convert

    series = [table.columns[table.at(key)] for key in chart.values]
    data = list(_data(table, chart))
    made = _lines(data, series) if chart.form is Form.LINES else _bars(data, series, len(table.rows))
    whole = made.properties(width=WIDTH).configure(
        background="transparent",
        font="sans-serif",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK,
            titleColor=FAINT,
            domainColor=RULE,
            tickColor=RULE,
            gridColor=RULE,
            labelFontSize=11,
            titleFontSize=12,
            titleFontWeight="normal",
            labelLimit=LABEL,
        ),
        legend=alt.LegendConfig(
            labelColor=INK, titleColor=FAINT, labelFontSize=11, orient="top", title=None, columnPadding=20
        ),
        text=alt.MarkConfig(color=INK, fontSize=12),
    )
    return _bare(str(vl_convert.vegalite_to_svg(whole.to_dict())))


def _data(table: Table, chart: Chart) -> Iterator[dict[str, Any]]:
    named = table.at(chart.label)
    for order, row in enumerate(table.rows):
        for place, key in enumerate(chart.values):
            column, value = table.columns[table.at(key)], row[table.at(key)]
            yield {
                "name": shown(table.columns[named], row[named]),
                "order": order,
                "place": place,
                "series": column.title,
                "value": _number(column, value),
                "words": shown(column, value),
            }


def _number(column: Column, value: Value) -> float | None:
    if not isinstance(value, Decimal | int):
        return None
    return float(value) * (100 if column.unit is Unit.SHARE else 1)


def _bars(data: list[dict[str, Any]], series: list[Column], rows: int) -> Any:
    import altair as alt

    names = [each.title for each in series]
    axis = _axis(series[0])
    base = alt.Chart(alt.InlineData(data)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=list(dict.fromkeys(each["name"] for each in data)),
            axis=alt.Axis(ticks=False, domain=False),
        ),
    )
    if len(series) > 1:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=names))
    bars = base.mark_bar().encode(
        x=alt.X("value:Q", title=axis, axis=alt.Axis(format=",~f", tickCount=4, tickMinStep=1)),
        color=alt.Color(
            "series:N",
            scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
            legend=alt.Legend() if len(names) > 1 else None,
        ),
    )
    words = (
        base.mark_text(align="left", dx=4)
        .encode(x=alt.X("at:Q"), text="words:N")
        .transform_calculate(at="isValid(datum.value) ? max(datum.value, 0) : 0")
    )
    return (bars + words).properties(height=rows * (ROW if len(series) == 1 else LEAST * len(series) + 8))


def _lines(data: list[dict[str, Any]], series: list[Column]) -> Any:
    import altair as alt

    names = [each.title for each in series]
    chart = alt.Chart(alt.InlineData([each for each in data if each["words"] != UNKNOWN]))
    point = alt.OverlayMarkDef(size=18) if len(data) <= POINTS * len(series) else False
    return (
        chart.mark_line(point=point, strokeWidth=1.5)
        .encode(
            x=alt.X(
                "name:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%d %b", grid=False, labelOverlap=True, tickCount=5),
            ),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format=",~f", tickCount=5, tickMinStep=1)),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
                legend=alt.Legend() if len(names) > 1 else None,
            ),
            strokeDash=alt.StrokeDash(
                "series:N", scale=alt.Scale(domain=names, range=list(DASHES[: len(names)])), legend=None
            ),
        )
        .properties(height=HEIGHT)
    )


def _axis(column: Column) -> str | None:
    return {Unit.MONEY: column.currency, Unit.SHARE: "%", Unit.DAYS: "days"}.get(column.unit)


def _bare(picture: str) -> str:
    """The picture as a part of a page: as wide as there is room, hidden from those who hear the table instead."""
    start = picture.index("<svg")
    end = picture.index(">", start)
    head = picture[start:end]
    left, top, width, height = map(float, head.partition('viewBox="')[2].partition('"')[0].split())
    box = f"{left - ROOM:g} {top:g} {width + 2 * ROOM:g} {height:g}"
    return f'<svg viewBox="{box}" aria-hidden="true" focusable="false">{picture[end + 1 :]}'
