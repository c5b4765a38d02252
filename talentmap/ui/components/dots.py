"""A ranking as dots with intervals around 1.0; filled where the interval excludes 1.0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.components.kpi import delta
from talentmap.ui.components.stars import stars
from talentmap.ui.components.states import absent
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import change, figure, interval
from talentmap.ui.draw.scale import LogAxis, ratio_class

# A value far from the others stands at the edge with a mark; it must not squeeze them together.
_LEAST, _MOST = 0.25, 4.0
WIDE = 16.0


@dataclass(frozen=True)
class Dots:
    """Rows in order, stars and earlier values by id; where a click leads; the names of columns."""

    rows: list[Row]
    stars: dict[str, int | None]
    before: dict[str, float | None]
    language: str
    href: Callable[[Row], str]
    chosen: str
    average: str


def axis_around_one(values: list[float], most: float = _MOST) -> LogAxis:
    """Return the axis that holds the values, within a quarter and `most`."""
    low = min([0.7, *(v for v in values if v > 0)])
    high = max([1.4, *values])
    return LogAxis(max(low * 0.95, _LEAST), min(high * 1.05, most))


def certain(row: Row) -> bool:
    """Tell whether the interval of a row excludes 1.0."""
    return row.low is not None and row.high is not None and (row.low > 1 or row.high < 1)


def dots(chart: Dots) -> Component:
    """Return one link a row, and under them the axis; rows without a value say why."""
    known = [v for r in chart.rows if r.ok for v in (r.value, r.low, r.high) if v is not None]
    axis = axis_around_one(known)
    lines = [_line(row, axis, chart) for row in chart.rows]
    style = {"--count": str(len(lines))}
    rows = html.Div(html.Div(lines, className="rows", style=style), className="fit")
    return html.Div([rows, _foot(axis, chart.average)], className="dots chart")


def plot(row: Row, axis: LogAxis) -> list[Component]:
    """Return the shapes of one row: the line at 1.0, the interval, the dot."""
    parts: list[Component] = [html.Span(className="dot-one", style=_left(axis, 1.0))]
    mark = f"var(--mark-{ratio_class(row.number)})"
    if row.low is not None and row.high is not None:
        left, right = axis.at(row.low), axis.at(row.high)
        width = {"left": f"{left}%", "width": f"{max(right - left, 0.6):.2f}%", "--mark": mark}
        parts.append(html.Span(className="dot-span", style=width))
    beyond = "" if axis.low <= row.number <= axis.high else " beyond"
    kind = f"dot{'' if certain(row) else ' open'}{beyond}"
    parts.append(html.Span(className=kind, style={**_left(axis, row.number), "--mark": mark}))
    return parts


def _line(row: Row, axis: LogAxis, chart: Dots) -> Component:
    name = html.Span(row.name, className="dot-name", title=row.name)
    mark = current(row.id == chart.chosen)
    if not row.ok:
        body: list[Component] = [name, absent(row.status, chart.language)]
        return go(body, chart.href(row), "dot-row no-value", **mark)
    then = chart.before.get(row.id)
    moved = None if then is None else change(row.number, then, "ratio", "up", chart.language)
    value = str(figure(row.number, "ratio", chart.language))
    span = interval(row.low, row.high, "ratio", chart.language)
    body = [
        name,
        stars(chart.stars.get(row.id)),
        html.Span(plot(row, axis), className="dot-plot"),
        html.Span(value, className="dot-value num"),
        delta(moved),
    ]
    label = attrs(aria_label=f"{row.name} {value} {span}".strip())
    return go(body, chart.href(row), "dot-row", title=f"{row.name} {value} {span}", **mark, **label)


def _foot(axis: LogAxis, average: str) -> Component:
    one: list[Any] = ["1.0", html.Span(f" {average}", className="average")]
    marks = [
        html.Span(f"{t:g}" if t != 1 else one, className="num", style=_left(axis, t))
        for t in axis.ticks
    ]
    return html.Div(html.Span(marks, className="dot-plot"), className="dot-foot")


def _left(axis: LogAxis, value: float) -> dict[str, str]:
    return {"left": f"{axis.at(value)}%"}
