"""The page 地图 without a word or a number in it."""

from __future__ import annotations

from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs


class Ids(StrEnum):
    """Ids of the page."""

    OVER = "map-over"
    STRIP = "map-strip"
    TOP = "map-top"
    TAB = "map-tab"
    BREAKDOWN = "map-breakdown"
    LIST = "map-list"
    FOOT = "map-foot"
    LIST_TAB = "map-list-tab"
    SHEET = "map-sheet"


def skeleton() -> list[Component]:
    """Return the cards over the map, the time strip and the panel, all empty."""
    return [
        dcc.Store(id=Ids.TAB),
        dcc.Store(id=Ids.LIST_TAB),
        html.Div(id=Ids.OVER, className="over"),
        html.Div(id=Ids.SHEET, className="sheet"),
        html.Div(id=Ids.STRIP, className="strip"),
        html.Aside(
            [
                html.Button(className="grip", **attrs(data_grip="", aria_label="⋯")),
                html.Div(_blocks(), id=Ids.TOP, className="panel-top"),
                html.Div(id=Ids.BREAKDOWN, className="panel-part grow breakdown"),
                html.Div(id=Ids.LIST, className="panel-part grow list"),
                html.Div(id=Ids.FOOT, className="panel-foot"),
            ],
            className="panel",
        ),
    ]


def _blocks() -> list[Component]:
    """Grey blocks of the height of the first numbers, shown until they come."""
    return [html.Div(className=f"block block-{i}") for i in range(5)]
