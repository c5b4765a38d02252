"""The page 职住 without a word or a number in it."""

from __future__ import annotations

from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs


class Ids(StrEnum):
    """Ids of the page."""

    OVER = "commute-over"
    WIDE = "commute-wide"
    STRIP = "commute-strip"
    TOP = "commute-top"
    FLOWS = "commute-flows"
    ROSE = "commute-rose"
    AREAS = "commute-areas"
    FOOT = "commute-foot"


def skeleton() -> list[Component]:
    """Return the cards over the map, the strip of lines and the panel, all empty."""
    return [
        html.Div(id=Ids.WIDE, className="wide-room"),
        html.Div(id=Ids.OVER, className="over"),
        html.Div(id=Ids.STRIP, className="strip lines-strip"),
        html.Aside(
            [
                html.Button(className="grip", **attrs(data_grip="", aria_label="⋯")),
                html.Div(
                    [html.Div(className=f"block block-{i}") for i in range(5)],
                    id=Ids.TOP,
                    className="panel-top",
                ),
                html.Div(id=Ids.FLOWS, className="panel-part"),
                html.Div(id=Ids.ROSE, className="panel-part"),
                html.Div(id=Ids.AREAS, className="panel-part grow list"),
                html.Div(id=Ids.FOOT, className="panel-foot"),
            ],
            className="panel",
        ),
    ]
