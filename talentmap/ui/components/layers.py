"""The card of the layers: which one colours the map, how it is drawn, what lies over it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.layer import Layer
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, current, go, icon
from talentmap.ui.draw.look import Look
from talentmap.ui.layers import layer_of_visit, layers_of, look_of
from talentmap.ui.visit import Visit

_GROUPS = (
    ("supply", Words("人才与岗位", "Talent and openings")),
    ("balance", Words("供需", "Supply and demand")),
    ("commute", Words("职住", "Commuting")),
)
_OVER = Words("叠加", "On top")
_BELOW = Words("底图", "Base map")  # filled by the script, which knows the sources
_DRAWN = Words("画法", "Drawn as")
_HEXAGONS, _SMOOTH = Words("网格", "Hexagons"), Words("平滑", "Smooth")
_SMOOTH_WHY = Words(
    "按距离把邻近网格平均成连续的面，数量仍是每网格；隐去和不足的网格不参与。",
    "Neighbouring hexagons averaged by distance into a surface, counts still per hexagon; hidden "
    "ones and those with too few data take no part.",
)
_OPACITY = Words("不透明度", "Opacity")
_TO_VIEW = Words("按视野重设", "Rescale to view")
_TO_VIEW_WHY = Words(
    "分级按视野内的网格重设，移动地图时颜色会变；不选则全市固定，可跨月比较。",
    "Classes from what is in view, so colours change as the map moves; otherwise fixed for the "
    "whole city, so that months compare.",
)
_OVERLAYS = (("points", text.POINTS_LAYER), ("parks", text.PARKS_LAYER))


def layer_card(visit: Visit, page: str) -> Component:
    """Return the folded card of a page's layers; every choice in it is a link or a slider."""
    shown = layer_of_visit(visit)
    name = visit.say_plain(shown.name)
    summary = html.Summary(
        [
            icon("layers"),
            html.Span(visit.say(text.LAYERS), className="layers-word"),
            html.Span(name, className="note"),
            icon("chevron-right", 14),
        ],
        **attrs(aria_label=f"{visit.say(text.LAYERS)} {name}"),
    )
    below = html.Div(className="layer-group", **attrs(data_basemaps=visit.say(_BELOW)))
    body = [*_coloured(visit, page, shown), *_look(visit), *_overlays(visit), below]
    return html.Details([summary, html.Div(body, className="layer-list")], className="card layers")


def _coloured(visit: Visit, page: str, shown: Layer) -> list[Component]:
    offered = layers_of(page, visit.desk)
    parts: list[Component] = []
    for group, words in _GROUPS:
        lines = [_layer(visit, x, x.id == shown.id) for x in offered if x.group == group]
        if lines:
            parts.append(_section(visit.say(words), lines))
    return parts


def _layer(visit: Visit, layer: Layer, on: bool) -> Component:
    side = {"at": layer.at} if layer.at else {}
    level = {"level": layer.level} if layer.level else {}
    return _line(visit.say_plain(layer.name), visit.href(metric=layer.metric, **side, **level), on)


def _look(visit: Visit) -> list[Component]:
    look = look_of(visit)
    ways = [
        _segment(visit, _HEXAGONS, look.but(smooth=False), not look.smooth, ""),
        _segment(visit, _SMOOTH, look.but(smooth=True), look.smooth, visit.say(_SMOOTH_WHY)),
    ]
    drawn = html.Div(
        [html.Span(visit.say(_DRAWN)), html.Div(ways, className="segments")], className="look-row"
    )
    opacity = html.Div(
        # Filled by the script: a slider acts at once, the address follows when it is let go.
        html.Span(visit.say(_OPACITY)),
        className="look-row",
        **attrs(data_opacity=look.to_text(), data_label=visit.say(_OPACITY)),
    )
    rescale = _href(visit, look.but(to_view=not look.to_view))
    to_view = _line(visit.say(_TO_VIEW), rescale, look.to_view, visit.say(_TO_VIEW_WHY))
    return [html.Div([drawn, opacity, to_view], className="layer-group")]


def _segment(visit: Visit, words: Words, look: Look, on: bool, why: str) -> Component:
    title = {"title": why} if why else {}
    return go(visit.say(words), _href(visit, look), "segment", **title, **current(on))


def _overlays(visit: Visit) -> list[Component]:
    lines = []
    for name, words in _OVERLAYS:
        href = visit.href(off=",".join(sorted(visit.off ^ {name})))
        lines.append(_line(visit.say(words), href, name not in visit.off))
    return [_section(visit.say(_OVER), lines)]


def _section(name: str, lines: list[Component]) -> Component:
    listed = html.Div(lines, className="layer-lines")
    return html.Div([html.Div(name, className="layer-head"), listed], className="layer-group")


def _line(words: str, href: str, on: bool, why: str = "") -> Component:
    title = {"title": why} if why else {}
    body = [html.Span(icon("check"), className="tickbox"), words]
    return go(body, href, "layer", **title, **current(on))


def _href(visit: Visit, look: Look) -> str:
    return visit.href(look=look.to_text())
