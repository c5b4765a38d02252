"""What a report is called and about, in words; why one failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dash.development.base_component import Component

from talentmap.answers.jobs import JobState
from talentmap.model import months
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.reports.room import Room
from talentmap.reports.shelf import Order
from talentmap.ui.components.forms import trouble
from talentmap.ui.pages.reports import words
from talentmap.ui.sentence import plain
from talentmap.ui.visit import Visit, check_known

_UNIT_BYTES = 1000


def kind_name(visit: Visit, room: Room, kind: str) -> str:
    """Return the name of a kind; the id of one that is no longer there."""
    return visit.say_plain(room.kinds[kind].name) if kind in room.kinds else kind


def scope(visit: Visit, order: Order) -> str:
    """Return place, filters and month of an order as words."""
    try:
        question = Question.from_query(order.query)
        check_known(visit.desk, question)
    except UserError:
        return visit.say(words.SCOPE_GONE)
    said = plain(visit.say_plain(words.SCOPE), replace(visit, question=question))
    if not question.month:
        return visit.say(words.SCOPE_NEWEST, scope=said)
    month = months.to_words(months.to_index(question.month), visit.language)
    return visit.say(words.SCOPE_MONTH, scope=said, month=month)


def query_of(visit: Visit) -> str:
    """Return the question of the page's address as a report is ordered by it: month and scope."""
    question = visit.question.but(metric="scarcity", level="city", versus="", reach="")
    return question.but(month=months.to_text(visit.month)).to_query()


def moment(text: str) -> str:
    """Return a moment as the clock of this machine shows it."""
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


def size(amount: float) -> str:
    """Return a size in the unit that fits it: 312 B, 1.4 MB."""
    unit = "B"
    for larger in ("KB", "MB", "GB"):
        if amount < _UNIT_BYTES:
            break
        amount, unit = amount / _UNIT_BYTES, larger
    return f"{amount:.0f} B" if unit == "B" else f"{amount:.1f} {unit}"


def step(visit: Visit, room: Room, name: str) -> str:
    """Return what a report's making is at."""
    if name in room.formats:
        return visit.say(words.STEP_FORMAT, format=visit.say_plain(room.formats[name].name))
    return visit.say(words.STEPS.get(name, words.STEPS[""]))


def failure(visit: Visit, job: JobState) -> Component:
    """Return why the making of a report failed."""
    number = visit.say(words.INCIDENT, number=job.incident) if job.incident else ""
    return trouble(reason(visit, job.error) or visit.say(words.FAILED), _line(visit, job), number)


def reason(visit: Visit, error: str) -> str:
    """Return what a line of the program means, '' where nobody has said so."""
    return next((visit.say(said) for part, said in words.REASONS if part in error), "")


def _line(visit: Visit, job: JobState) -> str:
    """Return the program's own line, in the order's language, where there are no better words."""
    return "" if job.incident or reason(visit, job.error) else job.error
