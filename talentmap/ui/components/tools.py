"""The toolbox of the selection, and what the panel says of the hexagons an answer used.

The drawing itself is in `assets/35` to `39`; here are its words, in the language of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from talentmap.model.area import AREA_KINDS, DRAWN
from talentmap.model.errors import UserError
from talentmap.model.question import CELL_LEVELS
from talentmap.model.words import Words
from talentmap.ui.components.basics import icon
from talentmap.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Tool:
    """A button of the toolbox: its id, its name, its key (a capital letter, '' for none)."""

    id: str
    name: Words
    key: str = ""


TOOLS = (
    Tool("pick", Words("点选，按住 Ctrl 加选", "Pick; with Ctrl add or remove"), "V"),
    Tool("rectangle", Words("矩形", "Rectangle"), "R"),
    Tool("polygon", Words("多边形", "Polygon"), "P"),
    Tool("circle", Words("圆", "Circle"), "C"),
    Tool("ring", Words("环", "Ring"), "O"),
    Tool("upload", Words("上传范围（GeoJSON）", "Upload an area (GeoJSON)"), "U"),
    Tool("clear", Words("清除选择，也可按 Esc", "Clear the selection; Esc does too")),
)

WORDS = {
    "map": Words(
        "地图。方向键在地点之间移动，回车选中，Ctrl 加回车加选，"
        "Shift 加方向键移动地图，加减号缩放。",
        "Map. Arrow keys go from place to place, Enter selects, Ctrl and Enter adds, Shift and an "
        "arrow moves the map, plus and minus zoom.",
    ),
    "tools": Words("选择范围", "Select an area"),
    "apply": Words("完成", "Done"),
    "cancel": Words("取消", "Cancel"),
    "undoCorner": Words("退一个点", "Undo a corner"),
    "draw_rectangle_first": Words(
        "按住拖出矩形，或先后点两个角。", "Drag a rectangle, or click two corners."
    ),
    "draw_rectangle_next": Words("再点对角。", "Now click the opposite corner."),
    "draw_polygon_first": Words(
        "逐点点击；拖动可移图。", "Click corner after corner; drag to move the map."
    ),
    "draw_polygon_next": Words(
        "点回起点、双击或回车完成，退格键退一个点。",
        "Click the first corner, double-click or Enter to finish; Backspace undoes one.",
    ),
    "draw_circle_first": Words(
        "按住圆心向外拖；只点一下可填半径。",
        "Drag outwards from the centre; or click it and type the radius.",
    ),
    "draw_circle_next": Words("填好半径后完成。", "Set the radius, then finish."),
    "draw_ring_first": Words(
        "按住中心向外拖；只点一下可填内外半径。",
        "Drag outwards from the centre; or click it and type both radii.",
    ),
    "draw_ring_next": Words("填好内外半径后完成。", "Set both radii, then finish."),
    "radiusKm": Words("半径（公里）", "Radius (km)"),
    "innerKm": Words("内半径（公里）", "Inner (km)"),
    "outerKm": Words("外半径（公里）", "Outer (km)"),
    "drawFew": Words("点太少：至少要三个不同的点。", "Too few corners: at least three."),
    "drawMany": Words("点太多：最多 400 个，请改为上传。", "Too many corners: upload it instead."),
    "drawCrosses": Words(
        "边线互相交叉了。请退一个点，或换个位置再点。",
        "The sides cross. Undo a corner, or click somewhere else.",
    ),
    "drawOutside": Words("所画范围在城市之外。", "The area lies outside the city."),
    "drawNoCentre": Words("请先点出中心。", "Click the centre first."),
    "drawRadius": Words("半径应在 0.05 至 200 公里之间。", "A radius is 0.05 to 200 km."),
    "drawInner": Words("内半径要小于外半径。", "The inner radius must be the smaller one."),
    "fileReading": Words("正在读取文件…", "Reading the file…"),
    "fileRefused": Words("这个文件不能用作范围", "This file cannot be used as an area"),
    "fileOther": Words("换一个文件", "Another file"),
    "fileKind": Words("文件不是 GeoJSON。", "It is not GeoJSON."),
    "fileEmpty": Words("文件里没有多边形。", "There is no polygon in it."),
    "fileLarge": Words("文件超过 5 MB，请先简化。", "It is larger than 5 MB; simplify it first."),
    "fileDegrees": Words("坐标不是 WGS-84 经纬度。", "Its coordinates are not degrees (WGS-84)."),
    "fileUnread": Words("文件里的范围不完整或有误。", "The area in it is broken or incomplete."),
    "fileOffline": Words(
        "暂时连不上服务，请稍后再试。", "The service cannot be reached; try again."
    ),
}

_USED = Words("由 {n} 个{size}网格汇总", "Sum of {n} hexagons of {size}")
_USED_PLACES = Words("由 {n} 个{what}汇总", "Sum of {n} {what}")
_HIDDEN = Words("，其中 {n} 个已隐去、未计入", ", {n} of them hidden and left out")
_CENTRES = Words("中心在范围内的网格才计入。", "A hexagon counts where its centre is inside.")
_NONE = Words("范围内没有可汇总的网格", "No hexagon lies inside")
_LIST = Words("网格清单", "List of hexagons")
_SIZE = {
    "cell7": Words("约 5 平方公里的", "about 5 km²"),
    "cell8": Words("约 0.7 平方公里的", "about 0.7 km²"),
    "cell9": Words("约 0.1 平方公里的", "about 0.1 km²"),
}
_WHAT = {"district": Words("区县", "districts"), "park": Words("园区", "parks")}


def selectable(visit: Visit, spec: dict[str, Any]) -> dict[str, Any]:
    """Return a map spec with the toolbox and its words."""
    tools = [{"id": t.id, "name": visit.say(t.name), "key": t.key} for t in TOOLS]
    words = {name: visit.say(said) for name, said in WORDS.items()}
    return {**spec, "tools": tools, "words": {**words, **spec["words"]}}


def used_cells(visit: Visit) -> Component | None:
    """Return the line on what a drawn selection's numbers are made of, with the list to download.

    None where the selection is no area.
    """
    if visit.question.place_parts()[0] not in AREA_KINDS:
        return None
    try:
        answer = visit.here()
    except UserError:
        return None  # the panel says what is wrong
    area = answer.extra["area"]
    count = len(area["cells"])
    if area["level"] not in CELL_LEVELS:
        n = len(visit.question.place_parts()[1].split(","))
        said = visit.say(_USED_PLACES, n=n, what=visit.say(_WHAT[area["level"]]))
        return html.Span(said)
    if not count:
        return html.Span(visit.say(_NONE))
    said = visit.say(_USED, n=f"{count:,}", size=visit.say(_SIZE[area["level"]]))
    if area["hidden"]:
        said += visit.say(_HIDDEN, n=f"{area['hidden']:,}")
    drawn = visit.question.place_parts()[0] in DRAWN
    why = visit.say(_CENTRES) if drawn else None
    query = urlencode({"place": visit.question.place, "lang": visit.language}, safe=":,;")
    href = f"/api/area/{visit.info.name}/cells.csv?{query}"
    link = html.A([icon("download", 12), visit.say(_LIST)], href=href, className="link")
    return html.Span([html.Span(said, title=why), link], className="used-cells")
