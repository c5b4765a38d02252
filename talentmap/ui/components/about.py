"""The "i" behind a number: formula, source, month, caveat."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.metric import Metric
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.visit import Visit


def about(metric: Metric, visit: Visit) -> Component:
    """Return the "i" of a metric."""
    rows = [
        (text.FORMULA, visit.say_plain(metric.formula)),
        (text.SOURCE, visit.say_plain(metric.source)),
        (text.MONTH, months.to_words(visit.month, visit.language)),
        (text.RELEASE, visit.info.name),
        (text.MIND, visit.say_plain(metric.note)),
    ]
    return note(visit.say_plain(metric.name), [(visit.say(k), v) for k, v in rows if v], visit)


def note(title: str, rows: list[tuple[str, str]], visit: Visit) -> Component:
    """Return an "i" with label–text rows."""
    label = visit.say(text.ABOUT, what=title)
    listed = [part for k, v in rows for part in (html.Dt(k), html.Dd(v))]
    return html.Details(
        [
            html.Summary(icon("info", 14), title=label, **attrs(aria_label=label)),
            html.Div([html.Strong(title), html.Dl(listed)], className="about-card"),
        ],
        className="about",
    )
