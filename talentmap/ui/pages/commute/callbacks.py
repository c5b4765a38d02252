"""The page 职住: what each part asks the desk, and which drawing shows it."""

from __future__ import annotations

from typing import Any

from dash import Output
from dash.development.base_component import Component

from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.foot import foot
from talentmap.ui.components.states import elsewhere
from talentmap.ui.draw.facts import by_value, rows_of
from talentmap.ui.draw.spec import map_spec, shown_question
from talentmap.ui.layers import drawable, layer_of_visit
from talentmap.ui.page import Page
from talentmap.ui.pages.commute import parts
from talentmap.ui.pages.commute.layout import Ids, skeleton
from talentmap.ui.visit import Desk, Viewer, Visit, default_question

METRICS = ("commute_od", "supply", "jobs_housing_ratio")
_FILTERS = "[，限 {education}][，{title}][，{age}][，{occupation}][，{specialty}][，{wage}]"
_FILTERS_EN = "[, {education}][, {title}][, {age}][, {occupation}][, {specialty}][, {wage}]"
_FLOWS = Words(
    "在 {where} {does} 的人{goes}：{industry}" + _FILTERS + "，{month}",
    "Where those who {does} in {where} {goes}: {industry}" + _FILTERS_EN + ", {month}",
)
_COUNTS = Words(
    "{city}[ {place}] {industry} 的人才，按 {at} 统计" + _FILTERS + "，{month}",
    "Talent of {industry} in [{place}, ]{city}, by {at}" + _FILTERS_EN + ", {month}",
)
_RATIO = Words(
    "{city}[ {place}] {industry} 的职住比" + _FILTERS + "，{month}",
    "Jobs per resident of {industry} in [{place}, ]{city}" + _FILTERS_EN + ", {month}",
)


def template(visit: Visit) -> str:
    """Return the sentence of the view shown: homes, workplaces, their ratio, or flows."""
    sentences = {"supply": _COUNTS, "jobs_housing_ratio": _RATIO}
    return visit.say_plain(sentences.get(visit.question.metric, _FLOWS))


def default(desk: Desk, viewer: Viewer) -> Question:
    """Return the opening question: flows to the district with the most people coming in."""
    question = default_question(desk, viewer, "city").but(metric="commute_od", industry="")
    if not desk.info.places.get("district") or "inflow" not in desk.metrics:
        return question
    asked = question.but(metric="inflow", level="district", versus="")
    known = {place.code for place in desk.info.places["district"]}
    rows = [r for r in by_value(rows_of(desk.ask(asked, viewer, "zh"))) if r.ok and r.id in known]
    return question.but(place=f"district:{rows[0].id}" if rows else "")


def spec(visit: Visit) -> dict[str, Any]:
    """Return what the map draws."""
    layer = layer_of_visit(visit)
    flows_shown = layer.shape == "arcs"
    metric = visit.desk.metrics["supply"] if flows_shown else visit.metric
    drawn = map_spec(
        visit.info,
        visit.question,
        layer,
        metric,
        visit.language,
        visit.viewer.tier,
        visit.off,
    )
    if flows_shown and not parts.flows_published(visit):
        drawn["arcs"] = None
    return drawable(visit, drawn, shown_question(visit.question, layer))


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
    chips=("education", "place", "title", "age"),
    metrics=lambda desk: [m for m in METRICS if m in desk.metrics],
    spec=spec,
    refers=refers,
    order=30,
)


@PAGE.shows(Output(Ids.OVER, "children"))
def over(visit: Visit) -> list[Component]:
    """The story and the switch of views."""
    return [parts.story_card(visit), parts.view_switch(visit)]


@PAGE.shows(Output(Ids.TOP, "children"), main=True)
def top(visit: Visit) -> list[Component]:
    """Name, direction, the numbers of work and home."""
    return parts.panel_top(visit)


@PAGE.shows(Output(Ids.FLOWS, "children"))
def flows(visit: Visit) -> list[Component]:
    """In, out, live and work; the two shares with their definitions."""
    return parts.flows(visit)


@PAGE.shows(Output(Ids.AREAS, "children"))
def areas(visit: Visit) -> Component:
    """Where the other ends are, most people first."""
    return parts.areas(visit)


@PAGE.shows(Output(Ids.FOOT, "children"))
def downloads(visit: Visit) -> list[Component]:
    """Downloads."""
    return foot(visit, PAGE.id)
