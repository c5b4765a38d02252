"""The reports there are: of what, when, by whom, of which release; to fetch or delete."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.reports.room import Room
from talentmap.reports.shelf import Entry
from talentmap.ui.components.basics import icon
from talentmap.ui.components.forms import head, progress, table
from talentmap.ui.components.states import nothing
from talentmap.ui.pages.reports import words
from talentmap.ui.pages.reports.parts import asked, does
from talentmap.ui.pages.reports.scope import failure, kind_name, moment, scope, size, step
from talentmap.ui.visit import Visit

_SHOWN = 100


def history(visit: Visit, room: Room) -> list[Component]:
    """Return the table of reports, newest first."""
    found = room.history()
    if not found:
        why = nothing(visit.say(words.NO_HISTORY), visit.say(words.NO_HISTORY_WHY))
        return [head(visit.say(words.HISTORY)), why]
    note = visit.say(
        words.HISTORY_NOTE, count=len(found), size=size(sum(entry.size for entry in found))
    )
    heads = [words.REPORT, words.FILES, words.REMOVE]
    rows = [_line(visit, room, entry) for entry in found[:_SHOWN]]
    body = html.Div(table(heads, rows, visit, "history-table"), className="grow")
    return [head(visit.say(words.HISTORY), note), body]


def _line(visit: Visit, room: Room, entry: Entry) -> list[Any]:
    about = scope(visit, entry.order)
    sure = does(visit.say(words.REMOVE_SURE), "remove", "danger", "trash", id=entry.id)
    return [
        html.Span(
            [
                html.Strong(kind_name(visit, room, entry.order.kind)),
                html.Span(about, className="note", title=about),
                html.Span(_whence(visit, entry), className="note num"),
            ]
        ),
        _outcome(visit, room, entry),
        ""
        if entry.state.running
        else asked(visit.say(words.REMOVE), visit.say(words.REMOVE_ASK), sure),
    ]


def _whence(visit: Visit, entry: Entry) -> str:
    """Return when it was made, by whom, for which tier, of which release."""
    by = visit.say(words.BY_SCHEDULE if entry.by else words.BY_HAND)
    tier = visit.say(words.TIERS[entry.order.tier])
    return " · ".join(filter(None, [moment(entry.asked), by, tier, entry.release]))


def _outcome(visit: Visit, room: Room, entry: Entry) -> Component:
    """Return the files, or how far they are, or why there are none."""
    if entry.state.running:
        said = step(visit, room, entry.state.step)
        return progress(said, entry.state.amount, watch_report=entry.id)
    if entry.state.error:
        return failure(visit, entry.state)
    return html.Span([_file(entry, name, bytes_) for name, bytes_ in entry.files],
                     className="files")  # fmt: skip


def _file(entry: Entry, name: str, bytes_: int) -> Component:
    suffix = name.rpartition(".")[2].upper()
    return html.A(
        [icon("download", 14), html.Span(suffix), html.Span(size(bytes_), className="note")],
        href=f"/api/reports/{entry.id}/files/{name}",
        className="link file",
        title=name,
    )
