"""The months of the page 地图: the strip below the map, and the tab 走势 on a phone."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.components.kpi import delta_of
from talentmap.ui.components.states import absent
from talentmap.ui.components.timeline import Timeline, timeline
from talentmap.ui.draw.facts import NOTHING, Row, only_row, rows_of
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.map.compare import compare_controls
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit

_MONTHS = Words("月份：左右方向键逐月，按住拖动预览", "Months: arrow keys step, drag to look along")


def time_strip(visit: Visit) -> list[Component]:
    """Return the month in words with its value, and the line of all months."""
    if len(visit.info.months) < 2:
        return []  # one month is no line
    try:
        rows = rows_of(visit.series())
    except (NotAllowed, NotPublished):
        note = html.Span(visit.say(text.NO_SERIES), className="note")
        return [_now(visit, only_row(visit.here()), NOTHING), note]
    at = {row.id: row for row in rows}
    now, before = at.get(_month(visit), NOTHING), at.get(visit.question.versus, NOTHING)
    controls = compare_controls(visit)
    line = [_play(visit), _now(visit, now, before), _line(visit, rows)]
    return [*line, controls] if controls is not None else line


def trend(visit: Visit) -> Component:
    """Return the line of all months by itself; raises where the months are not published."""
    return html.Div(_line(visit, rows_of(visit.series())), className="trend")


def _line(visit: Visit, rows: list[Row]) -> Component:
    known = [row for row in rows if row.ok]
    if not known:
        return absent(rows[-1].status, visit.language)
    line = Timeline(
        rows,
        visit.metric.kind,
        visit.language,
        _month(visit),
        visit.question.versus,
        lambda month: visit.href(month=month, versus=_same_distance(visit, month)),
        guide=1.0 if visit.metric.kind == "ratio" else None,
        label=visit.say(_MONTHS),
    )
    return timeline(line)


def _now(visit: Visit, now: Row, before: Row) -> Component:
    place = place_name(visit) or visit.say_plain(visit.info.city)
    value = str(figure(now.number, visit.metric.kind, visit.language)) if now.ok else "—"
    said = [
        html.Span(place, className="time-place", title=place),
        html.Span(value),
        delta_of(visit, visit.metric, now, before),
    ]
    month = html.Strong(months.to_words(visit.month, visit.language))
    return html.Div([month, html.Span(said, className="note num")], className="time-now")


def _play(visit: Visit) -> Component:
    play = visit.say(text.PLAY)
    return html.Button(
        [icon("play"), icon("pause")],
        className="play",
        title=play,
        **attrs(data_play="", aria_label=play),
    )


def _month(visit: Visit) -> str:
    return months.to_text(visit.month)


def _same_distance(visit: Visit, month: str) -> str:
    if not visit.question.versus:
        return ""
    apart = visit.month - months.to_index(visit.question.versus)
    then = months.to_index(month) - apart
    return months.to_text(then) if then in visit.info.months else ""
