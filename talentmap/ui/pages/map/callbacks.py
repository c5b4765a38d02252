"""The page 地图: what each part asks the desk, and which drawing shows it."""

from __future__ import annotations

from typing import Any

from dash import Input, Output
from dash.development.base_component import Component

from talentmap.model.errors import NotPublished
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.foot import map_foot
from talentmap.ui.components.layers import layer_card
from talentmap.ui.components.states import elsewhere
from talentmap.ui.draw.spec import GRID, map_level, map_spec, shown_question
from talentmap.ui.layers import drawable, layer_of_visit, page_metrics
from talentmap.ui.page import Page
from talentmap.ui.pages.map import card, parts, told, trend
from talentmap.ui.pages.map.compare import compared
from talentmap.ui.pages.map.layout import Ids, skeleton
from talentmap.ui.pages.map.lists import listed as listed_rows
from talentmap.ui.pages.map.records import record_sheet, records_csv
from talentmap.ui.sentence import plain
from talentmap.ui.visit import Desk, Viewer, Visit, default_question


def template(visit: Visit) -> str:
    """Return the sentence of the page in the visit's language."""
    return visit.say_plain(
        Words(
            "{city}[ {place}] {industry} 的 {metric}，按 {at} 统计[，限 {education}][，{title}]"
            "[，{age}][，{occupation}][，{specialty}][，{wage}]，{month}[，较 {versus}]",
            "{metric} of {industry} in [{place}, ]{city}, by {at}[, {education}][, {title}]"
            "[, {age}][, {occupation}][, {specialty}][, {wage}], {month}[, against {versus}]",
        )
    )


def default(desk: Desk, viewer: Viewer) -> Question:
    """Return the city's opening question on the grid of the viewer's tier."""
    return default_question(desk, viewer, GRID[viewer.tier])


def spec(visit: Visit) -> dict[str, Any]:
    """Return what the map draws."""
    layer = layer_of_visit(visit)
    drawn = map_spec(
        visit.info,
        visit.question,
        layer,
        visit.metric,
        visit.language,
        visit.viewer.tier,
        visit.off,
    )
    shown = shown_question(visit.question, layer)
    return compared(visit, drawable(visit, drawn, shown), shown)


def refers(visit: Visit) -> Component | None:
    """Return the card that leads flows to their own page."""
    if visit.metric.shape == "places":
        return None
    open_it = (visit.say(text.OPEN_COMMUTE), visit.href("/commute", level="city"))
    why = visit.say(text.FLOWS_ELSEWHERE_WHY)
    return elsewhere(visit.say(text.FLOWS_ELSEWHERE), why, [open_it])


PAGE = Page(
    id="map",
    path="/",
    name=Words("地图", "Map"),
    icon="map",
    sentence=template,
    default=default,
    skeleton=skeleton,
    chips=("education", "place", "title", "age", "versus"),
    metrics=page_metrics,
    spec=spec,
    refers=refers,
    order=10,
    selects=True,
)


@PAGE.shows(Output(Ids.OVER, "children"))
def over(visit: Visit) -> list[Component]:
    """The story, the layers, the level switch."""
    grid = GRID[visit.viewer.tier] if map_level(visit.question) == "cell" else ""
    return [
        told.story_card(visit, grid),
        layer_card(visit, PAGE.id),
        parts.level_switch(visit, GRID[visit.viewer.tier]),
    ]


@PAGE.shows(Output(Ids.SHEET, "children"))
def sheet(visit: Visit) -> list[Component]:
    """Single records over the map, where the question is for them."""
    return record_sheet(visit)


@PAGE.shows(Output(Ids.TOP, "children"), main=True)
def top(visit: Visit) -> list[Component]:
    """Name, hero number, the number in words, two more numbers; or what an enterprise is."""
    return card.top(visit) if card.is_firm(visit) else parts.panel_top(visit)


@PAGE.shows(Output(Ids.BREAKDOWN, "children"), Input(Ids.TAB, "data"))
def breakdown(visit: Visit, tab: str | None = None) -> Component:
    """Bars by district, industry, education, title or age; or what an enterprise wants."""
    return card.wants(visit, tab) if card.is_firm(visit) else parts.breakdown(visit, tab)


@PAGE.shows(Output(Ids.LIST, "children"), Input(Ids.TAB, "data"), Input(Ids.LIST_TAB, "data"))
def listed(visit: Visit, tab: str | None = None, below: str | None = None) -> Component | str:
    """What lies one level below; or who lives near an enterprise."""
    return card.nearby(visit, tab) if card.is_firm(visit) else listed_rows(visit, below)


@PAGE.shows(Output(Ids.STRIP, "children"))
def strip(visit: Visit) -> list[Component]:
    """The line over the months; none for an enterprise where it is not published."""
    try:
        return trend.time_strip(visit)
    except NotPublished:
        if card.is_firm(visit):
            return []  # the map gets the room
        raise


@PAGE.shows(Output(Ids.FOOT, "children"))
def downloads(visit: Visit) -> list[Component]:
    """Downloads."""
    return map_foot(visit, PAGE.id, plain(template(visit), visit))


@PAGE.offers("/export/records.csv", "text/csv", "talentmap-records.csv")
def records_file(visit: Visit) -> str:
    """The records of the page shown, each with who looked, when and what for."""
    return records_csv(visit)
