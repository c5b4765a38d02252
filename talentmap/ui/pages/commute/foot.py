"""The foot of the panel: every table of the page, to take away."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui import text
from talentmap.ui.components.basics import icon
from talentmap.ui.components.foot import foot as map_table
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.visit import Visit


def foot(visit: Visit) -> list[Component]:
    """Return the link to the table of what is on the map and a small menu of the others."""
    if visit.question.metric != asking.METRIC:
        return map_table(visit, "commute")
    first = html.A(
        [icon("download"), html.Span(visit.say(text.DOWNLOAD))],
        href=visit.href("/export/commute-ends.csv"),
        className="button filled",
        title=visit.say(words.FILES["ends"]),
    )
    others = [
        html.A(visit.say(said), href=visit.href(f"/export/commute-{name}.csv"), className="button")
        for name, said in words.FILES.items()
        if name != "ends"
    ]
    return [first, *others]
