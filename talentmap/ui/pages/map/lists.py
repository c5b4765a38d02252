"""The list at the foot of the panel: what lies one level below what is selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import NotPublished, UserError
from talentmap.ui import text
from talentmap.ui import tool_words as words
from talentmap.ui.components.basics import attrs, current, go, tabs
from talentmap.ui.components.kpi import delta_of
from talentmap.ui.components.states import refused
from talentmap.ui.components.table import listing, swatch
from talentmap.ui.draw.facts import NOTHING, NOWHERE, Row, by_id, by_value, rows_of
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import ratio_colour
from talentmap.ui.draw.spec import GRID
from talentmap.ui.layers import layer_of_visit
from talentmap.ui.pages.map.layout import Ids
from talentmap.ui.visit import Visit

List = tuple[Component, str]  # the list and the note beside its tabs

_MOST = 60  # rows of a list in the panel; the whole table is in the download


def known_places(visit: Visit, kind: str, rows: list[Row]) -> list[Row]:
    """Return the rows that are places of a kind: without 市外 and 位置不明."""
    known = {place.code for place in visit.info.places.get(kind, ())}
    return [row for row in rows if row.id in known]


def listed(visit: Visit, tab: str | None = None) -> Component | str:
    """Return what lies one level below the selection; empty where there is nothing to list.

    Raises as the panel's head does where the question itself is not published.
    """
    offered = _offered(visit)
    if not offered:
        return ""
    visit.here()
    chosen = tab if tab in offered else offered[0]
    shown = [(name, visit.say(words.LIST_OF[name])) for name in offered]
    head = tabs(Ids.LIST_TAB, shown, chosen, visit.say(words.BELOW))
    try:
        body, note = _LISTS[chosen](visit)
    except UserError as error:
        body, note = refused(error, visit, brief=True), ""
    top = html.Div([head, html.Span(note, className="note")], className="list-top")
    return html.Section([top, body], className="section tabbed")


def _offered(visit: Visit) -> list[str]:
    """Return which lists the selection has, the nearest level first."""
    kind, code = visit.question.place_parts()
    parks = visit.info.places.get("park", ())
    if kind:
        parks = tuple(park for park in parks if kind == "district" and park.parent == code)
    open_ = {
        "park": bool(parks),
        "cell": kind != "cell",
        "enterprise": visit.viewer.tier != "public" and visit.info.counts.get("enterprises", 1) > 0,
    }
    # A district has few parks, but enterprises to fill the panel.
    nearest = ["enterprise", "park", "cell"] if kind else ["park", "cell", "enterprise"]
    return [name for name in nearest if open_[name]]


def _parks(visit: Visit) -> List:
    return _areas(visit, "park", known_places(visit, "park", rows_of(visit.ask(level="park"))))


def _cells(visit: Visit) -> List:
    level = GRID[visit.viewer.tier]
    rows = [row for row in rows_of(visit.ask(level=level)) if row.id not in NOWHERE and row.ok]
    return _areas(visit, level, rows)


def _areas(visit: Visit, level: str, rows: list[Row]) -> List:
    """List places with their openings, value and change, the highest value first."""
    rows = by_value(rows)
    if not rows:
        return _nothing(visit)
    openings = by_id(visit.ask(level=level, metric="demand"))
    before = by_id(visit.then(visit.ask, level=level))
    metric = visit.metric
    kind = "cell" if level.startswith("cell") else level
    lines = [
        [
            _name(visit, row, kind),
            _written(visit, openings.get(row.id, NOTHING), "count"),
            _valued(visit, row),
            delta_of(visit, metric, row, before.get(row.id, NOTHING)),
        ]
        for row in rows[:_MOST]
    ]
    name = visit.say_plain(metric.name)
    demand = visit.say_plain(visit.desk.metrics["demand"].name)
    short = visit.say_plain(layer_of_visit(visit).name) if metric.kind == "ratio" else name
    heads = [visit.say(words.LIST_OF[kind]), demand, short, visit.say(text.COLUMN_CHANGE)]
    note = visit.say(text.SORTED, count=f"{len(rows):,}", by=name)
    if metric.id == "demand":
        heads.pop(1)
        for line in lines:
            line.pop(1)
    if not visit.question.versus:  # nothing to have changed from
        heads.pop()
        for line in lines:
            line.pop()
    return listing(heads, lines, f"columns-{len(heads)}"), note


def _enterprises(visit: Visit) -> List:
    filters, note = {}, text.SORTED_FIRMS
    try:
        answer = visit.ask(level="enterprise", metric="demand")
    except NotPublished:  # a firm is published whole, not by the filters of its people
        filters, note = dict.fromkeys(visit.question.filters(), ""), text.SORTED_ALL_FIRMS
        answer = visit.ask(level="enterprise", metric="demand", **filters)
    rows = [row for row in by_value(rows_of(answer)) if row.ok and row.number > 0]
    if not rows:
        return _nothing(visit)
    people = _people(visit, filters)
    lines = [
        [
            _name(visit, row, "enterprise"),
            _written(visit, row, "count"),
            _written(visit, people.get(row.id, NOTHING), "count"),
        ]
        for row in rows[:_MOST]
    ]
    metrics = visit.desk.metrics
    heads = [
        visit.say(text.LIST_ENTERPRISES),
        visit.say_plain(metrics["demand"].name),
        visit.say_plain(metrics["supply"].name),
    ]
    return listing(heads, lines, "columns-3"), visit.say(note, count=f"{len(rows):,}")


def _people(visit: Visit, filters: dict[str, str]) -> dict[str, Row]:
    """People on record by enterprise; where a crossing is not published, of all of them."""
    asked = {"level": "enterprise", "metric": "supply", "at": "work"}
    try:
        return by_id(visit.ask(**asked, **filters))
    except NotPublished:
        return by_id(visit.ask(**asked, **dict.fromkeys(visit.question.filters(), "")))


def _nothing(visit: Visit) -> List:
    return html.P(visit.say(words.NO_ROWS), className="note quiet"), ""


_LISTS: dict[str, Callable[[Visit], List]] = {
    "park": _parks,
    "cell": _cells,
    "enterprise": _enterprises,
}


def _name(visit: Visit, row: Row, kind: str) -> Component:
    place = f"{kind}:{row.id}"
    here = current(visit.question.place == place)
    # Twice the same click goes into the place on the map (assets/46-tm-view.js).
    drill = attrs(data_drill=place)
    return go(row.name, visit.href(place=place), "row-name", title=row.name, **here, **drill)


def _written(visit: Visit, row: Row, kind: str) -> Any:
    if not row.ok:
        return html.Span(status_words(row.status, visit.language), className="absent-word")
    return str(figure(row.number, kind, visit.language))


def _valued(visit: Visit, row: Row) -> Any:
    if not row.ok or visit.metric.kind != "ratio":
        return _written(visit, row, visit.metric.kind)
    return [swatch(ratio_colour(row.number)), str(figure(row.number, "ratio", visit.language))]
