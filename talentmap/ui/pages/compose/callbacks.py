"""The page that composes the wall: which tiles and numbers, what turns, how fast."""

from __future__ import annotations

from dash import Output, html
from dash.development.base_component import Component

from talentmap.model.composition import Composition
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.ui.page import Page
from talentmap.ui.pages.compose import words
from talentmap.ui.pages.compose.form import form
from talentmap.ui.pages.screen.asked import desk_of
from talentmap.ui.visit import Desk, Viewer, Visit

_FORM = "compose-form"


def template(visit: Visit) -> str:
    """Return the sentence of the page."""
    return visit.say_plain(words.SENTENCE)


def default(_desk: Desk, _viewer: Viewer) -> Question:
    """Return a plain question: the page shows no number."""
    return Question("supply")


def skeleton() -> list[Component]:
    """Return the place of the form."""
    return [html.Div(html.Div(className="block block-0"), id=_FORM)]


PAGE = Page(
    id="compose",
    path="/compose",
    name=words.NAME,
    icon="layers",
    sentence=template,
    default=default,
    skeleton=skeleton,
    listed=False,
    order=6,
)


@PAGE.shows(Output(_FORM, "children"), main=True, still=True)
def shown(visit: Visit) -> Component:
    """The form with what the file says, or what is shipped where the file cannot be read."""
    try:
        return form(visit, desk_of(visit).composition(), "")
    except UserError as error:
        return form(visit, Composition(), str(error))
