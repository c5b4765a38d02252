"""Rows of bars with whiskers, and the strip that shows one value with its interval.

Positions are per cent of the width, so the charts follow the panel without being drawn again, and
colours are CSS variables, so they follow the theme.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.components.states import absent
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import figure, interval
from talentmap.ui.draw.scale import BALANCED, LogAxis, axis_of, colour, ratio_colour


@dataclass(frozen=True)
class Bars:
    """What a bar chart shows: rows, how to write and colour them, where a click on one leads."""

    rows: list[Row]
    kind: str
    palette: str
    language: str
    href: Callable[[Row], str]
    chosen: str = ""


def bars(chart: Bars) -> Component:
    """Return the chart: an axis for ratios, then one link a row; hidden rows are not to scale."""
    known = [v for r in chart.rows if r.ok for v in (r.value, r.low, r.high) if v is not None]
    axis = axis_of(known, chart.kind)
    lines = [_bar(row, axis, chart) for row in chart.rows]
    head = [_ticks(axis)] if isinstance(axis, LogAxis) else []
    kind = "bars ratio" if isinstance(axis, LogAxis) else "bars"
    rows = html.Div(html.Div(lines, className="rows"), className="fit")
    # The style sheet gives the chart the height of its rows, or as many whole ones as fit.
    longest = max((_ems(row.name) for row in chart.rows), default=0.0)
    style = {"--count": str(len(lines)), "--longest": f"{longest:.2f}em"}
    return html.Div([*head, rows], className=kind, style=style)


def strip(row: Row, marks: list[tuple[float, str]]) -> Component:
    """Return a ratio on a log axis: the balanced band, the interval, the value as a ringed dot.

    `marks` are (value, words) set above the axis, like the city's value.
    """
    shown = [v for v in (row.value, row.low, row.high, *(m[0] for m in marks)) if v]
    axis = LogAxis(min([0.45, *shown]) * 0.98, max([2.6, *shown]) * 1.02)
    parts: list[Component] = [
        html.Span(className="strip-band", style=_span(axis, *BALANCED)),
        html.Span(className="strip-axis"),
        html.Span(className="strip-one", style=_left(axis, 1.0)),
    ]
    if row.low is not None and row.high is not None:
        parts.append(html.Span(className="strip-interval", style=_span(axis, row.low, row.high)))
    parts += [_mark(axis, value, words) for value, words in marks]
    dot = {**_left(axis, row.number), "background": ratio_colour(row.number)}
    parts.append(html.Span(className="strip-dot", style=dot))
    parts += [
        html.Span(f"{t:g}" if t != 1 else "1.0", className="strip-tick num", style=_left(axis, t))
        for t in axis.ticks
    ]
    return html.Div(parts, className="strip-plot", **attrs(aria_hidden="true"))


def _ems(name: str) -> float:
    """Return about how wide a name is in ems: one a Han character, half a Latin letter."""
    return sum(0.54 if c.isascii() else 1.0 for c in name) + 0.3


def _bar(row: Row, axis: object, chart: Bars) -> Component:
    name = html.Span(row.name, className="bar-name", title=row.name)
    mark = current(row.id == chart.chosen)
    if not row.ok:
        body: list[Component] = [
            name,
            html.Span(absent(row.status, chart.language), className="bar-absent"),
        ]
        return go(body, chart.href(row), "bar", **mark)
    written = str(figure(row.number, chart.kind, chart.language))
    span = interval(row.low, row.high, chart.kind, chart.language)
    body = [
        name,
        html.Span(_shapes(row, axis, chart), className="bar-track"),
        html.Span(written, className="bar-value num"),
        html.Span(span, className="bar-span num"),
    ]
    return go(body, chart.href(row), "bar", **mark)


def _shapes(row: Row, axis: object, chart: Bars) -> list[Component]:
    value = row.number
    fill = {"background": colour(value, chart.kind, chart.palette)}
    if not isinstance(axis, LogAxis):
        width = axis.at(value)  # type: ignore[attr-defined]
        return [html.Span(className="bar-fill", style={"left": "0", "width": f"{width}%", **fill})]
    shapes: list[Component] = [
        html.Span(className="bar-one", style=_left(axis, 1.0)),
        html.Span(
            className="bar-fill", style={**_span(axis, min(value, 1), max(value, 1)), **fill}
        ),
    ]
    if row.low is not None and row.high is not None:
        shapes.append(html.Span(className="bar-whisker", style=_span(axis, row.low, row.high)))
    return shapes


def _ticks(axis: LogAxis) -> Component:
    marks = [
        html.Span(f"{t:g}" if t != 1 else "1.0", className="num", style=_left(axis, t))
        for t in axis.ticks
    ]
    return html.Div(html.Div(marks, className="bar-ticks-track"), className="bar-ticks")


def _mark(axis: LogAxis, value: float, words: str) -> Component:
    side = "right" if axis.at(value) > 60 else ""
    return html.Span(
        html.Span(words, className="num"), className=f"strip-mark {side}", style=_left(axis, value)
    )


def _left(axis: LogAxis, value: float) -> dict[str, str]:
    return {"left": f"{axis.at(value)}%"}


def _span(axis: LogAxis, low: float, high: float) -> dict[str, str]:
    left, right = axis.at(low), axis.at(high)
    return {"left": f"{left}%", "width": f"{max(right - left, 0.6):.2f}%"}
