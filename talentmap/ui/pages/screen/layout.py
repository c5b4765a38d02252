"""The wall without a word or a number in it: a frame the script fills turn by turn."""

from __future__ import annotations

from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from talentmap.model.composition import COLUMNS, Composition
from talentmap.ui.components.basics import attrs


class Ids(StrEnum):
    """Ids of the page."""

    FRAME = "wall-frame"


def skeleton() -> list[Component]:
    """Return the place of the frame, filled when the composition is known."""
    return [html.Div(id=Ids.FRAME)]


def frame(composition: Composition, **given: str) -> Component:
    """Return the bands and columns of the wall, every part empty but its place known.

    `given` are data for the script: where to read, how long a story and a pause last, words.
    """
    columns = [
        html.Div([_part(f"tile-{name}", "wall-tile") for name in getattr(composition, column)],
                 className=f"wall-{column}")
        for column in COLUMNS
        if getattr(composition, column)
    ]  # fmt: skip
    bands = [
        html.Header(
            [
                _part("about", "wall-about"),
                html.Div(
                    [_part("headline", "wall-headline"), _part("tabs", "wall-tabs")],
                    className="wall-say",
                ),
            ],
            className="wall-head-band",
        ),
        html.Div(_part("kpis", "wall-kpis"), className="wall-strip"),
    ]
    return html.Div([*bands, *columns], className="wall", **attrs(**given))


def _part(name: str, kind: str) -> Component:
    return html.Div(className=kind, **attrs(data_part=name))
