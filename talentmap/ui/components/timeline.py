"""The line of a value over the months; each month is a link that sets the month in question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.answer import MISSING
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import figure, status_words

_WIDTH, _HEIGHT, _TOP = 1000, 100, 8
_ROOM = 4  # months from one label to the next, at least
# The least span of the axis, so that noise is not drawn as a mountain: of a count a share of it.
_LEAST_SPAN = {"ratio": 0.5, "share": 0.1, "km": 1.0}
_LEAST_SHARE = 0.2


@dataclass(frozen=True)
class Timeline:
    """Rows with ids YYYY-MM, ascending; the chosen and the compared month; a guide at `guide`.

    `label` is what a screen reader calls the row of months.
    """

    rows: list[Row]
    kind: str
    language: str
    chosen: str
    compared: str
    href: Callable[[str], str]
    guide: float | None = None
    label: str = ""


def timeline(line: Timeline) -> Component:
    """Return the line with gaps where months have no value, month ticks, and their labels."""
    scale = _scale(line)
    drawing = html.Span(className="time-line", style=_mask(_paths(line.rows, scale)))
    dots = [_dot(line, i, scale) for i in range(len(line.rows))]
    ticks = [_tick(line, i) for i in range(len(line.rows))]
    guide = [] if line.guide is None else _guide(line.guide, scale)
    plot = html.Div(
        [drawing, *[dot for dot in dots if dot is not None], *guide], className="time-plot"
    )
    return html.Div(
        [
            plot,
            html.Div(ticks, className="time-ticks", role="group", **attrs(aria_label=line.label)),
            html.Div(_labels(line), className="time-labels"),
        ],
        className="time",
    )


def _scale(line: Timeline) -> Callable[[float], float]:
    known = [r.number for r in line.rows if r.ok] + ([] if line.guide is None else [line.guide])
    lowest, highest = min(known, default=0.0), max(known, default=1.0)
    least = _LEAST_SPAN.get(line.kind, _LEAST_SHARE * abs(highest)) or 1.0
    room = max(highest - lowest, least)
    low = (lowest + highest - room) / 2
    return lambda value: _HEIGHT - _TOP - (value - low) / room * (_HEIGHT - 2 * _TOP)


def _x(index: int, count: int) -> float:
    return (index + 0.5) / count * 100


def _paths(rows: list[Row], scale: Callable[[float], float]) -> list[str]:
    """Return one path for each unbroken run of months."""
    runs: list[list[str]] = [[]]
    for index, row in enumerate(rows):
        if row.ok:
            point = f"{_x(index, len(rows)) / 100 * _WIDTH:.1f} {scale(row.number):.1f}"
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return ["M" + "L".join(run) for run in runs if run]


def _dot(line: Timeline, index: int, scale: Callable[[float], float]) -> Component | None:
    row = line.rows[index]
    kind = {line.chosen: "chosen", line.compared: "compared"}.get(row.id)
    where = {"left": f"{_x(index, len(line.rows)):.2f}%"}
    if row.status == MISSING:
        return html.Span(
            className="time-gap", style={**where, "width": f"{100 / len(line.rows):.2f}%"}
        )
    if kind is None or not row.ok:
        return None
    return html.Span(
        className=f"time-dot {kind}", style={**where, "top": f"{scale(row.number):.1f}%"}
    )


def _tick(line: Timeline, index: int) -> Component:
    row = line.rows[index]
    value = str(figure(row.number, line.kind, line.language)) if row.ok else ""
    words = months.to_words(months.to_index(row.id), line.language)
    title = f"{words}  {value or status_words(row.status, line.language)}"
    kind = "tick compared" if row.id == line.compared else "tick"
    chosen = row.id == line.chosen
    return go(
        "",
        line.href(row.id),
        kind,
        title=title,
        tabIndex="0" if chosen else "-1",  # along the others by the arrow keys
        **current(chosen),
        **attrs(aria_label=title, data_month=row.id),
    )


def _labels(line: Timeline) -> list[Component]:
    """Label the first month, every January, the compared and the chosen month; never overlapping.

    Those with little room are marked, and the style sheet drops them on narrow screens.
    """
    ids = [row.id for row in line.rows]
    wanted = [(i, "chosen") for i, m in enumerate(ids) if m == line.chosen]
    wanted += [(i, "compared") for i, m in enumerate(ids) if m == line.compared]
    wanted += [(i, "year") for i, m in enumerate(ids) if m.endswith("-01")]
    wanted += [(0, "first")] if ids else []
    placed: list[tuple[int, str]] = []
    for index, kind in wanted:
        apart = min((abs(index - other) for other, _ in placed), default=len(ids))
        if apart >= _ROOM * 2:
            placed.append((index, kind))
        elif apart >= _ROOM:
            placed.append((index, f"{kind} tight"))
    return [_label(line, ids[i], i, kind) for i, kind in placed]


def _label(line: Timeline, month: str, index: int, kind: str) -> Component:
    words = months.to_words(months.to_index(month), line.language)
    if kind.startswith("year"):
        words = f"{month[:4]}年" if line.language == "zh" else month[:4]
    if kind.startswith("compared"):
        words = text.COMPARED.in_(line.language).format(month=words)
    edge = "start" if index < 2 else "end" if index > len(line.rows) - 3 else ""
    where = {"left": f"{_x(index, len(line.rows)):.2f}%"}
    return html.Span(words, className=f"num {kind} {edge}".strip(), style=where)


def _guide(value: float, scale: Callable[[float], float]) -> list[Component]:
    where = {"top": f"{scale(value):.1f}%"}
    label = html.Span(f"{value:.1f}", className="time-guide-label num", style=where)
    return [html.Span(className="time-guide", style=where), label]


def _mask(paths: list[str]) -> dict[str, str]:
    """Return the style that cuts the line out of its colour: so it follows the theme."""
    box = f"viewBox='0 0 {_WIDTH} {_HEIGHT}' preserveAspectRatio='none'"
    stroke = "fill='none' stroke='#000' stroke-width='1.6' vector-effect='non-scaling-stroke'"
    drawn = "".join(f"<path d='{d}' {stroke}/>" for d in paths)
    source = f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{drawn}</svg>"
    image = f'url("data:image/svg+xml,{quote(source)}")'
    return {"maskImage": image, "WebkitMaskImage": image}
