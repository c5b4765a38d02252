"""The foot of the panel: the table behind the page, to take away."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui.components.basics import icon
from talentmap.ui.draw.spec import table_question
from talentmap.ui.visit import Visit


def foot(visit: Visit, page: str) -> list[Component]:
    """Return the link to the table; nothing where the viewer may not have it."""
    try:
        visit.desk.ask(table_question(visit.question), visit.viewer, visit.language)
    except UserError:
        return []  # the parts above say what is not published
    return [
        html.A(
            [icon("download"), html.Span(visit.say(text.DOWNLOAD))],
            href=visit.href(f"/export/{page}.csv"),
            className="button filled",
            title=visit.say(text.DOWNLOAD_TITLE),
        )
    ]
