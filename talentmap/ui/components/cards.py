"""Cards over the map and the head of the panel, shared by the pages with a map."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.cells import from_hex, resolution_of
from talentmap.model.errors import UserError
from talentmap.model.release import Place
from talentmap.ui import text, tool_words
from talentmap.ui.components.basics import attrs, go, icon, phrases
from talentmap.ui.draw.spec import BELOW_PLACES, GRID
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit

# Mean area of a hexagon, km², by resolution (h3geo.org, table of cell statistics).
_CELL_KM2 = {7: "5.2", 8: "0.74", 9: "0.11"}


def story_card(visit: Visit, headline: str, evidence: str) -> Component:
    """Return breadcrumb, one sentence, one line of evidence."""
    return html.Div(
        [
            html.Div(crumbs(visit), className="crumbs"),
            html.H1(phrases(headline), className="headline"),
            html.P(phrases(evidence), className="evidence"),
        ],
        className="card story",
    )


def panel_head(visit: Visit, name: str, kind: str | Component) -> Component:
    """Return the panel's head: the name, its kind, and the tools link and close."""
    copy = visit.say(text.COPY_LINK)
    tools: list[Component] = [
        html.Button(
            icon("link"),
            className="tool",
            title=copy,
            **attrs(data_copy="", data_done=visit.say(text.COPIED), aria_label=copy),
        )
    ]
    if visit.question.place:
        drill = visit.say(tool_words.DRILL)
        into = attrs(data_drill=visit.question.place, aria_label=drill)
        tools.insert(0, html.Button(icon("map"), className="tool", title=drill, **into))
        close = visit.say(text.CLOSE_PLACE)
        tools.append(go(icon("x"), up(visit, ""), "tool", title=close, **attrs(aria_label=close)))
    head = html.Div(
        [html.H2(name, title=name), html.Div(tools, className="tools")], className="panel-name"
    )
    # The name below is the last step; of the city itself there is no way up. Over single records
    # the whole way stands in their sheet.
    steps = crumbs(visit)[: -4 if visit.question.level == "person" else -2]
    way = html.Div(steps, className="crumbs panel-crumbs") if visit.question.place else None
    line = html.Div(kind, className="note kind-line")
    return html.Div([way, head, line], className="panel-head")


def kind_line(visit: Visit) -> str:
    """Return what the selected place is and where: 园区 · 历下区; of a hexagon how large."""
    kind, code = visit.question.place_parts()
    if not kind:
        return _city_line(visit)
    words = visit.say(text.KIND[kind])
    if kind == "cell":
        area = _CELL_KM2.get(resolution_of(from_hex(code)))
        return f"{words} · {visit.say(text.CELL_AREA, area=area)}" if area else words
    above = [visit.say_plain(place.name) for place in _above(visit)]
    return " · ".join([words, *(above or [visit.say_plain(visit.info.city)])])


def district_of(visit: Visit) -> tuple[str, str] | None:
    """Return (place, name) of the district a selected place lies in; None where it is not known."""
    for place in _above(visit):
        if place.kind == "district":
            return f"district:{place.code}", visit.say_plain(place.name)
    return None


def selected_name(visit: Visit) -> str:
    """Return the name of what is selected; the city's where nothing is."""
    return place_name(visit) or visit.say_plain(visit.info.city)


def crumbs(visit: Visit) -> list[Component]:
    """Return the way from the city to what is selected, every step above it a link up."""
    steps: list[tuple[str, str]] = [(visit.say_plain(visit.info.city), "")]
    steps += [(visit.say_plain(p.name), f"{p.kind}:{p.code}") for p in _above(visit)]
    if visit.question.place:
        steps.append((place_name(visit), visit.question.place))
    if visit.question.level == "person":
        steps.append((visit.say(tool_words.RECORDS), visit.question.place))
    parts: list[Component] = []
    for index, (name, place) in enumerate(steps):
        if index:
            parts.append(icon("chevron-right", 12))
        last = index == len(steps) - 1
        parts.append(
            html.Strong(name, title=name) if last else go(name, up(visit, place), title=name)
        )
    return parts


def up(visit: Visit, place: str) -> str:
    """Return the address of a place above: what belongs to single firms or people goes."""
    if visit.question.level in BELOW_PLACES:
        return visit.href(place=place, level=GRID[visit.viewer.tier])
    return visit.href(place=place)


def _above(visit: Visit) -> list[Place]:
    try:
        return visit.desk.above(visit.question.place)
    except UserError:
        return []  # the panel says that there is no such place


def _city_line(visit: Visit) -> str:
    counts = {kind: len(places) for kind, places in visit.info.places.items()}
    districts, parks = counts.get("district", 0), counts.get("park", 0)
    if not districts:
        return visit.say(text.PLAIN_CITY)
    words = text.CITY_LINE if parks else text.NO_PARKS_LINE
    return visit.say(words, districts=districts, parks=parks)
