"""The page 职住: what each part asks the desk, and which drawing shows it."""

from __future__ import annotations

from dash import Output, html
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.states import elsewhere
from talentmap.ui.draw.facts import by_value, rows_of
from talentmap.ui.export import sheet_text
from talentmap.ui.page import Page
from talentmap.ui.pages.commute import (
    asking,
    controls,
    documents,
    foot,
    headline,
    panel,
)
from talentmap.ui.pages.commute.brief import brief
from talentmap.ui.pages.commute.layout import Ids, skeleton
from talentmap.ui.pages.commute.mapping import spec
from talentmap.ui.pages.commute.strip import shuttle_strip
from talentmap.ui.pages.commute.wide import wide as wide_view
from talentmap.ui.visit import Desk, Viewer, Visit, default_question

METRICS = ("commute_od", "supply", "jobs_housing_ratio", "self_containment", "commute_km")
_FILTERS = "[，限 {education}][，{title}][，{age}][，{occupation}][，{specialty}][，{wage}]"
_FILTERS_EN = "[, {education}][, {title}][, {age}][, {occupation}][, {specialty}][, {wage}]"
_FLOWS = Words(
    "在 {where} {does} 的人{goes}：{industry}" + _FILTERS + "，{month}[，较 {versus}]",
    "Where those who {does} in {where} {goes}: {industry}"
    + _FILTERS_EN
    + ", {month}[, against {versus}]",
)
_COUNTS = Words(
    "{city}[ {place}] {industry} 的人才，按 {at} 统计" + _FILTERS + "，{month}[，较 {versus}]",
    "Talent of {industry} in [{place}, ]{city}, by {at}"
    + _FILTERS_EN
    + ", {month}[, against {versus}]",
)
_SHARES = Words(
    "{city}[ {place}] {industry} 的{metric}" + _FILTERS + "，{month}[，较 {versus}]",
    "{metric} of {industry} in [{place}, ]{city}" + _FILTERS_EN + ", {month}[, against {versus}]",
)


def template(visit: Visit) -> str:
    """Return the sentence of the view shown: people, flows, or a ratio."""
    sentences = {"supply": _COUNTS, asking.METRIC: _FLOWS}
    return visit.say_plain(sentences.get(visit.question.metric, _SHARES))


def default(desk: Desk, viewer: Viewer) -> Question:
    """Return the opening question: flows to the district with the most people coming in."""
    question = default_question(desk, viewer, "city").but(metric=asking.METRIC, industry="")
    if not desk.info.places.get("district") or "inflow" not in desk.metrics:
        return question
    asked = question.but(metric="inflow", level="district", versus="")
    known = {place.code for place in desk.info.places["district"]}
    rows = [r for r in by_value(rows_of(desk.ask(asked, viewer, "zh"))) if r.ok and r.id in known]
    return question.but(place=f"district:{rows[0].id}" if rows else "")


def refers(visit: Visit) -> Component | None:
    """Return the card for what the page has no numbers of: other metrics, single enterprises."""
    if visit.question.metric not in METRICS:
        what = visit.say_plain(visit.metric.name)
        ways = [(visit.say(text.OPEN_MAP), visit.href("/"))]
        title = visit.say(text.ON_THE_MAP, what=what)
        return elsewhere(title, visit.say(text.ON_THE_MAP_WHY), ways)
    if visit.question.place_parts()[0] != "enterprise":
        return None
    ways = [
        (visit.say(text.SEE_CITY), visit.href(place="")),
        (visit.say(text.OPEN_MAP), visit.href("/", metric="supply", level="")),
    ]
    return elsewhere(visit.say(text.FIRM_FLOWS), visit.say(text.FIRM_FLOWS_WHY), ways)


PAGE = Page(
    id="commute",
    path="/commute",
    name=Words("职住", "Commute"),
    icon="house",
    sentence=template,
    default=default,
    skeleton=skeleton,
    chips=("education", "place", "title", "age", "versus"),
    metrics=lambda desk: [m for m in METRICS if m in desk.metrics],
    spec=spec,
    refers=refers,
    order=30,
    selects=True,
)


@PAGE.shows(Output(Ids.OVER, "children"))
def over(visit: Visit) -> list[Component]:
    """The story and the switches."""
    story, tabs = headline.story_card(visit), controls.tab_switch(visit)
    if asking.tab(visit):
        return [story, tabs]
    row = html.Div([tabs, controls.filters(visit, _strongest(visit))], className="over-row")
    return [story, row, controls.layer_switch(visit)]


def _strongest(visit: Visit) -> float:
    """Persons of the strongest flow that may be drawn; 0 where none is published."""
    try:
        if not visit.question.place:
            flows = asking.matrix(visit, "district").flows()
            return flows[0].persons if flows else 0.0
        rows = asking.ends(visit, "cell7").rows
    except UserError:
        return 0.0
    return rows[0].number if rows else 0.0


@PAGE.shows(Output(Ids.WIDE, "children"))
def wide(visit: Visit) -> list[Component]:
    """The matrix or the measures, over the map."""
    shown = wide_view(visit)
    return [shown] if shown is not None else []


@PAGE.shows(Output(Ids.TOP, "children"), main=True)
def top(visit: Visit) -> list[Component]:
    """Name, direction, the numbers of work and home."""
    asking.check(visit)
    return panel.head(visit)


@PAGE.shows(Output(Ids.FLOWS, "children"))
def flows(visit: Visit) -> list[Component]:
    """In, out, live and work, with the two shares."""
    return [] if panel.is_long(visit) else [panel.flows(visit)]


@PAGE.shows(Output(Ids.ROSE, "children"))
def rose(visit: Visit) -> list[Component]:
    """Distance and direction."""
    return [] if panel.is_long(visit) else [panel.distances(visit)]


@PAGE.shows(Output(Ids.AREAS, "children"))
def areas(visit: Visit) -> Component:
    """Where the other ends are, most people first."""
    return panel.ends(visit)


@PAGE.shows(Output(Ids.STRIP, "children"))
def strip(visit: Visit) -> list[Component]:
    """Suggested shuttle lines."""
    return shuttle_strip(visit)


@PAGE.shows(Output(Ids.FOOT, "children"))
def downloads(visit: Visit) -> list[Component]:
    """Downloads."""
    return foot.foot(visit)


_CSV, _GEOJSON = "text/csv", "application/geo+json"


@PAGE.offers("/export/commute-ends.csv", _CSV, "talentmap-commute-ends.csv")
def ends_file(visit: Visit) -> str:
    """The other ends of the place, or every pair."""
    return sheet_text(PAGE, visit, documents.ends_sheet(visit))


@PAGE.offers("/export/commute-distances.csv", _CSV, "talentmap-commute-distances.csv")
def distances_file(visit: Visit) -> str:
    """Persons by distance and direction."""
    return sheet_text(PAGE, visit, documents.rose_sheet(visit))


@PAGE.offers("/export/commute-inout.csv", _CSV, "talentmap-commute-inout.csv")
def inout_file(visit: Visit) -> str:
    """In, out, live and work."""
    return sheet_text(PAGE, visit, documents.inout_sheet(visit))


@PAGE.offers("/export/commute-matrix.csv", _CSV, "talentmap-commute-matrix.csv")
def matrix_file(visit: Visit) -> str:
    """Homes by workplaces."""
    return sheet_text(PAGE, visit, documents.matrix_sheet(visit))


@PAGE.offers("/export/commute-measures.csv", _CSV, "talentmap-commute-measures.csv")
def measures_file(visit: Visit) -> str:
    """The city's measures."""
    return sheet_text(PAGE, visit, documents.measures_sheet(visit))


@PAGE.offers("/export/commute-line.geojson", _GEOJSON, "talentmap-shuttle.geojson")
def line_file(visit: Visit) -> str:
    """The chosen shuttle line."""
    return documents.line_file(visit)


@PAGE.offers("/commute/brief", "text/html")
def line_brief(visit: Visit) -> str:
    """One page on the chosen shuttle line, to print."""
    return brief(visit)
