"""The page 数据: what each part asks the office, and which drawing shows it."""

from __future__ import annotations

from typing import Any

from dash import Input, Output
from dash.development.base_component import Component

from talentmap.answers.office import Office
from talentmap.model import months
from talentmap.model.question import Question
from talentmap.ui.components.states import nothing
from talentmap.ui.page import Page
from talentmap.ui.pages.data import batches, coverage, intake, words
from talentmap.ui.pages.data.layout import Ids, skeleton
from talentmap.ui.visit import Desk, Viewer, Visit


def default(desk: Desk, _viewer: Viewer) -> Question:
    """Return the question the page's address stands for: the city as it is."""
    return Question(metric="supply", month=months.to_text(desk.info.month))


PAGE = Page(
    id="data",
    path="/data",
    name=words.NAME,
    icon="database",
    sentence=lambda visit: visit.say_plain(words.SENTENCE),
    default=default,
    skeleton=skeleton,
    order=90,
)
_STATE = Input(Ids.STATE, "data")


def office_of(visit: Visit) -> Office | None:
    """Return the office behind the desk, None where there is none; NotAllowed for the public."""
    make = getattr(visit.desk, "office", None)
    if make is None:
        return None
    office: Office = make(visit.viewer)
    office.check()
    return office


@PAGE.shows(Output(Ids.INTAKE, "children"), _STATE, main=True)
def taking(visit: Visit, state: dict[str, Any] | None) -> Component | list[Component]:
    """A file on its way in: where to drop it, its columns, its report."""
    office = office_of(visit)
    if office is None:
        return nothing(visit.say(words.NOT_HERE), visit.say(words.NOT_HERE_WHY))
    return intake.steps(visit, office, str((state or {}).get("upload", "")))


@PAGE.shows(Output(Ids.BATCHES, "children"), _STATE)
def listed(visit: Visit, _state: dict[str, Any] | None) -> Component | list[Component]:
    """The batches, each with its undo."""
    office = office_of(visit)
    return [] if office is None else batches.listed(visit, office)


@PAGE.shows(Output(Ids.BUILD, "children"), _STATE)
def built(visit: Visit, _state: dict[str, Any] | None) -> Component | list[Component]:
    """The release that is served, and the build of the next."""
    office = office_of(visit)
    return [] if office is None else batches.build(visit, office)


@PAGE.shows(Output(Ids.COVERAGE, "children"), _STATE)
def placed(visit: Visit, _state: dict[str, Any] | None) -> Component | list[Component]:
    """How closely the records are placed, by district."""
    office = office_of(visit)
    return [] if office is None else coverage.coverage(visit, office)
