"""The page 报告: what each part asks the room, and which drawing shows it."""

from __future__ import annotations

from typing import Any

from dash import Input, Output
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.question import Question
from talentmap.reports.room import Room
from talentmap.ui.components.states import nothing
from talentmap.ui.page import Page
from talentmap.ui.pages.reports import history, order, preview, schedules, words
from talentmap.ui.pages.reports.layout import Ids, skeleton
from talentmap.ui.visit import Desk, Viewer, Visit


def default(desk: Desk, _viewer: Viewer) -> Question:
    """Return the scope of an address that names none: the whole city, newest month."""
    return order.default_question(months.to_text(desk.info.month))


PAGE = Page(
    id="reports",
    path="/reports",
    name=words.NAME,
    icon="file-text",
    sentence=lambda visit: visit.say_plain(words.SENTENCE),
    default=default,
    skeleton=skeleton,
    chips=("place", "chain", "education", "occupation"),
    order=80,
)
_STATE, _TICK = Input(Ids.STATE, "data"), Input(Ids.TICK, "data")
Parts = Component | list[Component]


def room_of(visit: Visit) -> Room | None:
    """Return the room behind the desk, None where there is none."""
    make = getattr(visit.desk, "reports", None)
    if make is None:
        return None
    room: Room = make(visit.viewer)
    return room


@PAGE.shows(Output(Ids.ORDER, "children"), _STATE, main=True)
def ordered(visit: Visit, state: dict[str, Any] | None) -> Parts:
    """A new report."""
    room = room_of(visit)
    if room is None:
        return nothing(visit.say(words.NOT_HERE), visit.say(words.NOT_HERE_WHY))
    return order.order(visit, room, state or {})


@PAGE.shows(Output(Ids.SCHEDULES, "children"), _TICK)
def scheduled(visit: Visit, _tick: dict[str, Any] | None) -> Parts:
    """The schedules."""
    room = room_of(visit)
    return [] if room is None else schedules.schedules(visit, room)


@PAGE.shows(Output(Ids.PREVIEW, "children"), _TICK)
def previewed(visit: Visit, tick: dict[str, Any] | None) -> Parts:
    """The preview."""
    room = room_of(visit)
    return [] if room is None else preview.preview(visit, room, str((tick or {}).get("open", "")))


@PAGE.shows(Output(Ids.HISTORY, "children"), _TICK)
def made(visit: Visit, _tick: dict[str, Any] | None) -> Parts:
    """The reports made."""
    room = room_of(visit)
    return [] if room is None else history.history(visit, room)
