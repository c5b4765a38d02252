"""A number with its name, unit, interval and change; and the words that stand in for one."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.metric import Metric
from talentmap.ui import text
from talentmap.ui.components.about import about
from talentmap.ui.components.states import absent
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import Change, change, figure, interval
from talentmap.ui.visit import Visit


def kpi(visit: Visit, metric: Metric, row: Row, before: Row, kind: str = "") -> Component:
    """Return a KPI: name with its "i", number with unit, change since `before`, interval."""
    name = html.Div(
        [html.Span(visit.say_plain(metric.name)), about(metric, visit)], className="kpi-name"
    )
    if not row.ok:
        return html.Div(
            [name, absent(row.status, visit.language, why=True)], className=f"kpi {kind}"
        )
    value = [
        number(visit, row.number, metric),
        delta_of(visit, metric, row, before),
    ]
    span = interval(row.low, row.high, metric.kind, visit.language)
    parts = [name, html.Div(value, className="kpi-value")]
    if span:
        parts.append(html.Div(visit.say(text.INTERVAL, span=span), className="note num"))
    return html.Div(parts, className=f"kpi {kind}")


def number(visit: Visit, value: float, metric: Metric) -> Component:
    """Return digits and unit of a value."""
    written = figure(value, metric.kind, visit.language, visit.say_plain(metric.unit))
    return html.Span(
        [
            html.Span(written.digits, className="digits num"),
            html.Span(written.unit, className="unit"),
        ],
        className="number",
    )


def delta_of(visit: Visit, metric: Metric, row: Row, before: Row) -> Component:
    """Return the change between two rows; an empty span where one of them has no value."""
    if not (row.ok and before.ok):
        return html.Span()
    return delta(change(row.number, before.number, metric.kind, metric.worse, visit.language))


def delta(moved: Change | None) -> Component:
    """Return ▲▼ and a number, coloured only where the change has a direction."""
    if moved is None or not moved.mark:
        return html.Span("" if moved is None else moved.words, className="delta num")
    return html.Span(
        [html.Span(moved.mark, className="triangle"), moved.words],
        className=f"delta num {moved.judgement}".strip(),
    )
