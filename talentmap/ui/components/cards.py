"""Cards over the map and the head of the panel, shared by the pages with a map."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.cells import from_hex, resolution_of
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, current, go, icon, phrases
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit

# Mean area of a hexagon, km², by resolution (h3geo.org, table of cell statistics).
_CELL_KM2 = {7: "5.2", 8: "0.74", 9: "0.11"}


def story_card(visit: Visit, headline: str, evidence: str) -> Component:
    """Return breadcrumb, one sentence, one line of evidence."""
    return html.Div(
        [
            html.Div(_crumbs(visit), className="crumbs"),
            html.H1(phrases(headline), className="headline"),
            html.P(phrases(evidence), className="evidence"),
        ],
        className="card story",
    )


def layer_card(visit: Visit, active: str, options: list[tuple[str, str, bool]]) -> Component:
    """Return the folded layer list; options are (words, href, is shown)."""
    lines = [
        go([html.Span(icon("check"), className="tickbox"), words], href, "layer", **current(on))
        for words, href, on in options
    ]
    summary = html.Summary(
        [
            icon("layers"),
            html.Span(visit.say(text.LAYERS), className="layers-word"),
            html.Span(active, className="note"),
            icon("chevron-right", 14),
        ]
    )
    return html.Details([summary, html.Div(lines, className="layer-list")], className="card layers")


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
        close = visit.say(text.CLOSE_PLACE)
        tools.append(
            go(icon("x"), visit.href(place=""), "tool", title=close, **attrs(aria_label=close))
        )
    head = html.Div(
        [html.H2(name, title=name), html.Div(tools, className="tools")], className="panel-name"
    )
    return html.Div([head, html.Div(kind, className="note kind-line")], className="panel-head")


def kind_line(visit: Visit) -> str:
    """Return what the selected place is and where: 园区 · 历下区; of a hexagon how large."""
    kind, code = visit.question.place_parts()
    if not kind:
        return _city_line(visit)
    words = visit.say(text.KIND[kind])
    if kind == "cell":
        area = _CELL_KM2.get(resolution_of(from_hex(code)))
        return f"{words} · {visit.say(text.CELL_AREA, area=area)}" if area else words
    district = district_of(visit)
    where = district[1] if district and kind != "district" else visit.say_plain(visit.info.city)
    return f"{words} · {where}"


def district_of(visit: Visit) -> tuple[str, str] | None:
    """Return (place, name) of the district a selected park lies in; None where it is not known."""
    kind, code = visit.question.place_parts()
    place = visit.info.place(kind, code) if kind else None
    home = visit.info.place("district", place.parent) if place and place.parent else None
    return (f"district:{home.code}", visit.say_plain(home.name)) if home else None


def selected_name(visit: Visit) -> str:
    """Return the name of what is selected; the city's where nothing is."""
    return place_name(visit) or visit.say_plain(visit.info.city)


def _crumbs(visit: Visit) -> list[Component]:
    steps: list[tuple[str, str]] = [(visit.say_plain(visit.info.city), "")]
    home = district_of(visit)
    if home:
        steps.append((home[1], home[0]))
    if visit.question.place:
        steps.append((place_name(visit), visit.question.place))
    parts: list[Component] = []
    for index, (name, place) in enumerate(steps):
        if index:
            parts.append(icon("chevron-right", 12))
        last = index == len(steps) - 1
        parts.append(html.Strong(name) if last else go(name, visit.href(place=place)))
    return parts


def _city_line(visit: Visit) -> str:
    counts = {kind: len(places) for kind, places in visit.info.places.items()}
    districts, parks = counts.get("district", 0), counts.get("park", 0)
    if not districts:
        return visit.say(text.PLAIN_CITY)
    words = text.CITY_LINE if parks else text.NO_PARKS_LINE
    return visit.say(words, districts=districts, parks=parks)
