"""The page 供需: what each part asks the desk, and which drawing shows it."""

from __future__ import annotations

from collections.abc import Callable

from dash import Input, Output
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui.components.states import refused
from talentmap.ui.draw import mismatch
from talentmap.ui.page import Page
from talentmap.ui.pages.scarcity import catalogue, entries, questions, ranking, selected, words
from talentmap.ui.pages.scarcity.layout import Ids, skeleton
from talentmap.ui.sheet import Sheet
from talentmap.ui.visit import Desk, Viewer, Visit, default_question


def template(visit: Visit) -> str:
    """Return the sentence of the page in the visit's language."""
    return visit.say_plain(words.SENTENCE)


def default(desk: Desk, viewer: Viewer) -> Question:
    """Return the scarcity of the city's default industry."""
    return default_question(desk, viewer, "city").but(metric=questions.METRIC)


def sheet(visit: Visit) -> Sheet:
    """Return the whole catalogue for a download."""
    answer = questions.catalogue(visit)
    columns = (*entries.FILE_COLUMNS, *entries.COMPONENTS)
    return Sheet(answer, columns, entries.file_lines(entries.entries(answer)))


PAGE = Page(
    id="scarcity",
    path="/supply",
    name=words.NAME,
    icon="scale",
    sentence=template,
    default=default,
    skeleton=skeleton,
    chips=("education", "place", "title", "specialty", "versus"),
    metrics=lambda desk: [m for m in (questions.METRIC,) if m in desk.metrics],
    order=20,
    sheet=sheet,
)


@PAGE.shows(Output(Ids.HEAD, "children"), main=True, still=True)
def head(visit: Visit) -> list[Component]:
    """The numbers of the selected one, in words, and what they advise."""
    if not questions.selected(visit)[0]:
        return selected.nothing_selected(visit)
    return selected.head(visit, *questions.explained(visit))


@PAGE.shows(Output(Ids.RANKING, "children"), still=True)
def ranked(visit: Visit) -> list[Component]:
    """The ranking; the switch stays when one of its dimensions is not published."""
    name = questions.dimension(visit)
    title = ranking.head(visit, name)
    try:
        return [title, *ranking.body(visit, name, questions.ranking(visit, name))]
    except UserError as error:
        return [title, refused(error, visit)]


@PAGE.shows(Output(Ids.WHY, "children"), still=True)
def why(visit: Visit) -> list[Component]:
    """The contributions of the selected one."""
    if not questions.selected(visit)[0]:
        return selected.no_why(visit)
    return _titled(visit, words.WHY, lambda: selected.why(visit, *questions.explained(visit)[:2]))


@PAGE.shows(Output(Ids.TREND, "children"), still=True)
def trend(visit: Visit) -> list[Component]:
    """Openings against the average over the months."""
    return _titled(visit, words.TREND, lambda: selected.trend(visit, questions.over_months(visit)))


@PAGE.shows(Output(Ids.MATRIX, "children"), still=True)
def crossed(visit: Visit) -> list[Component]:
    """Specialty × education, wanted against present."""

    def show() -> list[Component]:
        answer = questions.mismatch(visit)
        return selected.crossed(visit, mismatch.mismatch(answer), answer.extra.get("index", {}))

    return _titled(visit, words.MATRIX, show)


@PAGE.shows(
    Output(Ids.CATALOGUE, "children"),
    Input(Ids.SORT, "data"),
    Input(Ids.SHOWN, "data"),
    Input(Ids.FILTER, "value"),
    still=True,
)
def listed(visit: Visit, sort: str | None, shown: str | None, text: str | None) -> list[Component]:
    """The catalogue, as sorted, filtered and unrolled."""

    def show() -> list[Component]:
        return catalogue.catalogue(visit, questions.catalogue(visit), sort, shown, text)

    return _titled(visit, words.CATALOGUE, show)


@PAGE.shows(Output(Ids.FILTER, "placeholder"))
def placeholder(visit: Visit) -> str:
    """What the filter of the catalogue takes."""
    return visit.say(words.SEARCH)


def _titled(visit: Visit, name: Words, show: Callable[[], list[Component]]) -> list[Component]:
    """Return a part, or under its title why it is not shown: a part never disappears."""
    try:
        return show()
    except UserError as error:
        return [selected.title(visit, name), refused(error, visit, brief=True)]
