"""The list at the foot of the panel: parks of the city, or enterprises of a district or park."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.ui import text
from talentmap.ui.components.basics import current, go
from talentmap.ui.components.kpi import delta_of
from talentmap.ui.components.table import listing, section, swatch
from talentmap.ui.draw.facts import NOTHING, Row, by_id, by_value, rows_of
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import ratio_colour
from talentmap.ui.layers import layer_of_visit
from talentmap.ui.visit import Visit

_MOST = 60  # rows of a list in the panel; the whole table is in the download


def known_places(visit: Visit, kind: str, rows: list[Row]) -> list[Row]:
    """Return the rows that are places of a kind: without 市外 and 位置不明."""
    known = {place.code for place in visit.info.places.get(kind, ())}
    return [row for row in rows if row.id in known]


def listed(visit: Visit) -> Component | str:
    """Return the list that belongs to the selection; empty where there is nothing to list."""
    kind, _ = visit.question.place_parts()
    if kind in ("district", "park"):
        try:
            return _enterprises(visit)
        except (NotAllowed, NotPublished):
            return _parks(visit)  # this release or tier has no enterprises to show
    return _parks(visit) if visit.info.places.get("park") else ""


def _parks(visit: Visit) -> Component | str:
    rows = by_value(known_places(visit, "park", rows_of(visit.ask(level="park", place=""))))
    openings = by_id(visit.ask(level="park", place="", metric="demand"))
    before = by_id(visit.then(visit.ask, level="park", place=""))
    metric = visit.metric
    if not rows:
        return ""
    lines = [
        [
            _name(visit, row, "park"),
            _written(visit, openings.get(row.id, NOTHING), "count"),
            _valued(visit, row),
            delta_of(visit, metric, row, before.get(row.id, NOTHING)),
        ]
        for row in rows[:_MOST]
    ]
    name = visit.say_plain(metric.name)
    demand = visit.say_plain(visit.desk.metrics["demand"].name)
    short = visit.say_plain(layer_of_visit(visit).name) if metric.kind == "ratio" else name
    heads = [visit.say(text.LIST_PARKS), demand, short, visit.say(text.COLUMN_CHANGE)]
    note = visit.say(text.SORTED, count=len(rows), by=name)
    if metric.id == "demand":
        heads.pop(1)
        for line in lines:
            line.pop(1)
    return section(visit.say(text.LIST_PARKS), listing(heads, lines, f"columns-{len(heads)}"), note)


def _enterprises(visit: Visit) -> Component | str:
    filters, note = {}, text.SORTED_FIRMS
    try:
        answer = visit.ask(level="enterprise", metric="demand")
    except NotPublished:  # a firm is published whole, not by the filters of its people
        filters, note = dict.fromkeys(visit.question.filters(), ""), text.SORTED_ALL_FIRMS
        answer = visit.ask(level="enterprise", metric="demand", **filters)
    rows = [row for row in by_value(rows_of(answer)) if row.ok and row.number > 0]
    if not rows:
        return _parks(visit)
    people = by_id(visit.ask(level="enterprise", metric="supply", at="work", **filters))
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
    return section(
        visit.say(text.LIST_ENTERPRISES),
        listing(heads, lines, "columns-3"),
        visit.say(note, count=f"{len(rows):,}"),
    )


def _name(visit: Visit, row: Row, kind: str) -> Component:
    place = f"{kind}:{row.id}"
    here = current(visit.question.place == place)
    return go(row.name, visit.href(place=place), "row-name", title=row.name, **here)


def _written(visit: Visit, row: Row, kind: str) -> Any:
    if not row.ok:
        return html.Span(status_words(row.status, visit.language), className="absent-word")
    return str(figure(row.number, kind, visit.language))


def _valued(visit: Visit, row: Row) -> Any:
    if not row.ok or visit.metric.kind != "ratio":
        return _written(visit, row, visit.metric.kind)
    return [swatch(ratio_colour(row.number)), str(figure(row.number, "ratio", visit.language))]
