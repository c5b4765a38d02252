"""The schedules: what is made when, how the last one went; run now, remove."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.answers.jobs import JobState
from talentmap.reports.room import Room
from talentmap.reports.schedules import MONTHLY, Schedule
from talentmap.reports.shelf import NoReport
from talentmap.ui.components.forms import head
from talentmap.ui.components.states import nothing
from talentmap.ui.pages.reports import words
from talentmap.ui.pages.reports.parts import asked, does
from talentmap.ui.pages.reports.scope import failure, kind_name, moment, scope
from talentmap.ui.visit import Visit


def schedules(visit: Visit, room: Room) -> list[Component]:
    """Return the list of schedules."""
    found = room.schedules()
    if not found:
        why = nothing(visit.say(words.NO_SCHEDULES), visit.say(words.NO_SCHEDULES_WHY))
        return [head(visit.say(words.SCHEDULES)), why]
    note = visit.say(words.SCHEDULES_NOTE, count=len(found))
    lines = [_schedule(visit, room, one) for one in found]
    return [head(visit.say(words.SCHEDULES), note), html.Div(lines, className="grow", role="list")]


def _schedule(visit: Visit, room: Room, one: Schedule) -> Component:
    when = (
        visit.say(words.MONTHLY_ON, day=one.day)
        if one.when == MONTHLY
        else visit.say(words.WHENS[one.when])
    )
    formats = "、" if visit.language == "zh" else ", "
    named = formats.join(name.upper() for name in one.order.formats)
    about = scope(visit, one.order)
    last, failed = _last(visit, room, one)
    sure = does(visit.say(words.UNSCHEDULE_SURE), "unschedule", "danger", "trash", id=one.id)
    return html.Div(
        [
            html.Div(
                [
                    html.Strong(f"{kind_name(visit, room, one.order.kind)} · {when}"),
                    html.Span(about, className="note", title=about),
                    html.Span(f"{named} · {one.folder} · {last}", className="note"),
                    *failed,
                ],
                className="schedule-words",
            ),
            html.Div(
                [
                    does(visit.say(words.RUN_NOW), "run", "small", id=one.id),
                    asked(visit.say(words.UNSCHEDULE), visit.say(words.UNSCHEDULE_ASK), sure),
                ],
                className="schedule-ways",
            ),
        ],
        className="schedule",
        role="listitem",
    )


def _last(visit: Visit, room: Room, one: Schedule) -> tuple[str, list[Component]]:
    """Return when it last ran, and why that failed."""
    if one.error:
        failed = JobState(state="failed", error=one.error)
        return visit.say(words.LAST_FAILED), [failure(visit, failed)]
    if not one.report:
        return visit.say(words.NEVER), []
    try:
        entry = room.get(one.report)
    except NoReport:  # deleted since
        return visit.say(words.LAST, when=moment(one.last)), []
    if entry.state.running:
        return visit.say(words.RUNNING), []
    said = visit.say(words.LAST, when=moment(entry.asked))
    return said, [failure(visit, entry.state)] if entry.state.error else []
