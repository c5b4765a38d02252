"""A report looked at before its files are made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.reports.room import Room
from talentmap.reports.shelf import Entry, NoReport
from talentmap.ui.components.basics import icon
from talentmap.ui.components.forms import head, progress
from talentmap.ui.components.states import nothing
from talentmap.ui.pages.reports import words
from talentmap.ui.pages.reports.order import kind_of
from talentmap.ui.pages.reports.parts import does
from talentmap.ui.pages.reports.scope import failure, kind_name, query_of, scope, step
from talentmap.ui.visit import Visit


def preview(visit: Visit, room: Room, id_: str) -> list[Component]:
    """Return the preview that is open; what it is for where none is."""
    entry = _open(room, id_)
    if entry is None:
        why = nothing(visit.say(words.PREVIEW_EMPTY), visit.say(words.PREVIEW_EMPTY_WHY))
        look = does(visit.say(words.PREVIEW), "preview", "filled", "search")
        paper = html.Div([why, look], className="paper")
        return [head(visit.say(words.PREVIEW)), html.Div(paper, className="paper-room")]
    about = scope(visit, entry.order)
    title = visit.say(words.PREVIEW_OF, what=kind_name(visit, room, entry.order.kind))
    top = head(title, about)
    if entry.state.running:
        said = step(visit, room, entry.state.step)
        return [top, progress(said, entry.state.amount, watch_report=entry.id)]
    if entry.state.error or not entry.files:
        return [top, failure(visit, entry.state)]
    address = f"/api/reports/{entry.id}/files/{entry.files[0][0]}?look=1"
    return [
        html.Div([top, _ways(visit, address)], className="preview-head"),
        *_other(visit, room, entry),
        html.Iframe(
            src=address, title=title, sandbox="allow-same-origin", className="preview-sheet"
        ),
    ]


def _open(room: Room, id_: str) -> Entry | None:
    try:
        return room.get(id_) if id_ else None
    except NoReport:  # an older one makes room for a newer
        return None


def _ways(visit: Visit, address: str) -> Component:
    away = html.A(
        [icon("link", 14), visit.say(words.PREVIEW_OPEN)],
        href=address, target="_blank", rel="noopener", className="link file",
    )  # fmt: skip
    close = does(visit.say(words.PREVIEW_CLOSE), "close", "small")
    return html.Div([away, close], className="preview-ways")


def _other(visit: Visit, room: Room, entry: Entry) -> list[Component]:
    """Say so where the preview is of another order than the one on the page."""
    same = entry.order.kind == kind_of(visit, room) and entry.order.query == query_of(visit)
    return [] if same else [html.P(visit.say(words.PREVIEW_OLD), className="note other")]
