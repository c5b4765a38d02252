"""Openings over the months against those at the city's average, with the gap in words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.gap_lines import short_month
from talentmap.ui.draw.gap import Gap, ticks
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.svg import tag
from talentmap.ui.pages.scarcity import words as supply_words
from talentmap.ui.still import to_html
from talentmap.ui.visit import Visit

_YEAR = 12
_APART = 20.0  # per cent of the height two labels of two lines need

Points = list[tuple[float, float]]


def chart(drawn: Gap, visit: Visit) -> str:
    """Return the HTML of the chart; ask only for a Gap with at least one number."""
    marks = ticks(min(drawn.known), max(drawn.known))
    low, high = marks[0], marks[-1]

    def y(value: float) -> float:
        return 100.0 * (high - value) / (high - low)

    last = max(len(drawn.months) - 1, 1)
    lines = {
        kind: [[(100.0 * i / last, y(v)) for i, v in run] for run in _runs(values)]
        for kind, values in (("supply", drawn.expected), ("demand", drawn.openings))
    }
    grid = [
        html.Span(
            html.Span(str(figure(mark, "count", visit.language)), className="num"),
            className="wall-grid",
            style={"top": f"{y(mark):.2f}%"},
        )
        for mark in marks
    ]
    ends = _ends(drawn, y, visit)
    months = [
        html.Span(
            short_month(drawn.months[i], visit.language),
            className="num last" if i == len(drawn.months) - 1 else "num",
            style={"left": f"{100.0 * i / last:.2f}%"},
        )
        for i in range(len(drawn.months) - 1, -1, -_YEAR)
    ]
    plot = f'<div class="wall-plot">{to_html(grid)}{_svg(lines, drawn)}{to_html(ends)}</div>'
    labels = to_html(html.Div(months, className="wall-months"))
    return f'<div class="wall-trend">{plot}{labels}</div>'


def _runs(values: list[float | None]) -> list[list[tuple[int, float]]]:
    """Return the unbroken runs of months as (index, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is not None:
            runs[-1].append((index, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _svg(lines: dict[str, list[Points]], drawn: Gap) -> str:
    """Return both lines and the space between them, where both are known throughout."""
    parts = []
    if None not in drawn.openings and None not in drawn.expected:
        outline = [*lines["demand"][0], *reversed(lines["supply"][0])]
        parts.append(tag("path", d=f"{_path(outline)}Z", class_="wall-between"))
    parts += [
        tag("path", d=_path(run), class_=f"wall-line {kind}")
        for kind, runs in lines.items()
        for run in runs
    ]
    return tag("svg", *parts, viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true")


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _ends(drawn: Gap, y: object, visit: Visit) -> list[Component]:
    """Return dots, names and full numbers at the right end, and the gap in words."""
    if drawn.last is None or not callable(y):
        return []
    openings, expected = (round(v) for v in drawn.last)
    heights = [y(v) for v in drawn.last]
    middle, apart = sum(heights) / 2, max(abs(heights[0] - heights[1]), _APART)
    up = -1 if heights[0] <= heights[1] else 1
    tops = [middle + up * apart / 2, middle - up * apart / 2]
    shift = max(0.0, 8.0 - min(tops)) - max(0.0, max(tops) - 92.0)
    parts: list[Component] = []
    for kind, said, value, height, top in zip(
        ("demand", "supply"),
        (supply_words.OPENINGS, supply_words.AS_OPENINGS),
        (openings, expected),
        heights,
        tops,
        strict=True,
    ):
        parts.append(html.Span(className=f"wall-dot {kind}", style={"top": f"{height:.2f}%"}))
        label = [html.Span(visit.say(said)), html.Strong(f"{value:,}", className="num")]
        parts.append(
            html.Span(label, className=f"wall-end {kind}", style={"top": f"{top + shift:.2f}%"})
        )
    return [*parts, html.Span(_gap(openings - expected, visit), className="wall-gap num")]


def _gap(more: int, visit: Visit) -> str:
    if not more:
        return visit.say(supply_words.EVEN)
    said = supply_words.MORE if more > 0 else supply_words.FEWER
    return visit.say(said, n=f"{abs(more):,}")
