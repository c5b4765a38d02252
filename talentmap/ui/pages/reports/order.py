"""A new report: its kind, its formats, and what to do with it."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from talentmap.model.question import Question
from talentmap.reports.room import Room
from talentmap.reports.schedules import LAST_DAY, WHENS
from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.components.forms import choice, head
from talentmap.ui.pages.reports import words
from talentmap.ui.pages.reports.layout import Ids
from talentmap.ui.pages.reports.parts import does
from talentmap.ui.pages.reports.scope import query_of
from talentmap.ui.visit import Visit

_USUAL = ("docx",)  # format chosen at first, where there is such a one


def kind_of(visit: Visit, room: Room) -> str:
    """Return the kind the address names; the first one where it names none."""
    return visit.by if visit.by in room.kinds else next(iter(room.kinds))


def chosen_formats(room: Room, state: dict[str, Any]) -> list[str]:
    """Return the formats chosen on the page."""
    kept = [name for name in state.get("formats", _USUAL) if name in room.formats]
    return kept if kept or "formats" in state else [next(iter(room.formats))]


def order(visit: Visit, room: Room, state: dict[str, Any]) -> list[Component]:
    """Return the tile in which a report is put together."""
    kind = kind_of(visit, room)
    said = {"kind": kind, "query": query_of(visit), "language": visit.language}
    can_schedule = visit.viewer.tier != "public"
    ways = [
        does(visit.say(words.MAKE), "make", "filled", "file-text"),
        does(visit.say(words.PREVIEW), "preview", "", "search"),
        *([_schedule(visit)] if can_schedule else []),
    ]
    return [
        head(visit.say(words.NEW), visit.say(words.NEW_NOTE)),
        html.Div([_kind(visit, room, name, name == kind) for name in room.kinds],
                 className="kinds grow", role="list"),
        _formats(visit, room, chosen_formats(room, state)),
        html.Div(ways, className="data-ways", **attrs(**{f"data_{k}": v for k, v in said.items()})),
        html.Div(className="data-note", role="alert", lang="en", key=str(state.get("n", 0))),
    ]  # fmt: skip


def _kind(visit: Visit, room: Room, name: str, on: bool) -> Component:
    found = room.kinds[name]
    body = [
        html.Strong(visit.say_plain(found.name)),
        html.Span(visit.say_plain(found.about), className="note"),
    ]
    return html.Div(
        go(body, visit.href(by=name), "kind", title=visit.say_plain(found.about), **current(on)),
        role="listitem",
        className="kind-box",
    )


def _formats(visit: Visit, room: Room, chosen: list[str]) -> Component:
    buttons = [
        html.Button(
            visit.say_plain(format_.name),
            className="segment",
            **attrs(
                data_report="format", data_value=name, aria_pressed=str(name in chosen).lower()
            ),
        )
        for name, format_ in room.formats.items()
    ]
    label = visit.say(words.FORMATS)
    group = html.Div(buttons, className="segments", role="group", **attrs(aria_label=label))
    note = html.Span(visit.say(words.FORMATS_NOTE), className="note")
    return html.Div([html.Div([html.Span(label, className="note"), group, note])], className="ask")


def _schedule(visit: Visit) -> Component:
    """Return the card in which the order becomes a schedule."""
    whens = [
        html.Button(
            visit.say(words.WHENS[when]),
            className="segment",
            **attrs(
                data_report="when", data_value=when, aria_pressed=str(when == WHENS[0]).lower()
            ),
        )
        for when in WHENS
    ]
    days = [(str(d), visit.say(words.DAY_OF, day=d)) for d in range(1, LAST_DAY + 1)]
    label = visit.say(words.WHEN)
    group = html.Div(whens, className="segments", role="group", **attrs(aria_label=label))
    folder = dcc.Input(
        id=Ids.FOLDER, type="text", value=visit.say(words.FOLDER_NAME), maxLength=40,
        className="choice", debounce=True,
    )  # fmt: skip
    rows = [
        html.P(visit.say(words.SCHEDULE_WHY), className="note"),
        _row(label, group),
        _row(visit.say(words.DAY), choice(visit.say(words.DAY), days, "1", day="1"), "day-row"),
        _row(visit.say(words.FOLDER), folder),
        html.P(visit.say(words.FOLDER_NOTE), className="note"),
        does(visit.say(words.SCHEDULE_SURE), "schedule", "filled"),
    ]
    return html.Details(
        [
            html.Summary(visit.say(words.SCHEDULE), className="button"),
            html.Div(rows, className="confirm-card schedule-card"),
        ],
        className="confirm",
    )


def _row(label: str, body: Component, kind: str = "") -> Component:
    return html.Div([html.Span(label), body], className=f"schedule-row {kind}".strip())


def default_question(month: str) -> Question:
    """Return the question of an address that names none: the whole city, all industries."""
    return Question(metric="scarcity", month=month)
