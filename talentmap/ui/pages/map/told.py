"""The headline over the map: of what is selected, else of the city's districts."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.ui.components import cards
from talentmap.ui.components.states import refused
from talentmap.ui.draw.facts import only_row, rows_of
from talentmap.ui.draw.story import story
from talentmap.ui.draw.story_here import story_here
from talentmap.ui.pages.map.lists import known_places
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit


def story_card(visit: Visit, grid: str) -> Component:
    """Return the headline over the map: of the selected place, else of the districts.

    The hexagons of `grid` are counted in it, where there is one.
    """
    kind = visit.question.place_parts()[0]
    try:
        if kind:
            return cards.story_card(visit, *_told_of_place(visit, grid if kind != "cell" else ""))
        districts = visit.ask(level="district", place="")
        cells = visit.ask(level=grid, place="") if grid else None
        city = only_row(visit.ask(place=""))
    except UserError as error:
        return html.Div(refused(error, visit, brief=True), className="card story")
    rows = known_places(visit, "district", rows_of(districts))
    ratios = cells if visit.metric.kind == "ratio" else None
    return cards.story_card(visit, *story(visit.metric, rows, city, ratios, visit.language))


def _told_of_place(visit: Visit, grid: str) -> tuple[str, str]:
    if visit.question.place_parts()[0] == "enterprise":
        return _told_of_firm(visit)
    here, city = only_row(visit.here()), only_row(visit.ask(place=""))
    counted = grid and visit.metric.kind == "ratio"
    cells = visit.ask(level=grid) if counted else None
    return story_here(visit.metric, place_name(visit), here, city, cells, visit.language)


def _told_of_firm(visit: Visit) -> tuple[str, str]:
    """Tell the openings of a firm, which is published whole: without the filters of its people."""
    asked = {"metric": "demand", **dict.fromkeys(visit.question.filters(), "")}
    metric, name = visit.desk.metrics["demand"], place_name(visit)
    here, city = only_row(visit.here(**asked)), only_row(visit.ask(place="", **asked))
    return story_here(metric, name, here, city, None, visit.language)
