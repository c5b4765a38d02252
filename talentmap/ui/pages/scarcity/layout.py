"""The page 供需 without a word or a number in it."""

from __future__ import annotations

from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component


class Ids(StrEnum):
    """Ids of the page."""

    RANKING = "supply-ranking"
    HEAD = "supply-head"
    WHY = "supply-why"
    TREND = "supply-trend"
    MATRIX = "supply-matrix"
    CATALOGUE = "supply-catalogue"
    SORT = "supply-sort"
    SHOWN = "supply-shown"
    FILTER = "supply-filter"


def skeleton() -> list[Component]:
    """Return the ranking, the selected one in three columns and the catalogue, all empty."""
    columns = [
        html.Div(_blocks(4), id=part, className="supply-column")
        for part in (Ids.WHY, Ids.TREND, Ids.MATRIX)
    ]
    search = dcc.Input(
        id=Ids.FILTER, type="text", debounce=0.3, autoComplete="off", className="supply-filter"
    )
    return [
        dcc.Store(id=Ids.SORT),
        dcc.Store(id=Ids.SHOWN),
        html.Section(_blocks(8), id=Ids.RANKING, className="tile ranking"),
        html.Section(
            [
                html.Div(_blocks(1), id=Ids.HEAD, className="supply-head"),
                html.Div(columns, className="supply-columns"),
            ],
            className="tile selected",
        ),
        html.Section(
            [search, html.Div(_blocks(6), id=Ids.CATALOGUE, className="catalogue-body")],
            className="tile catalogue",
        ),
    ]


def _blocks(count: int) -> list[Component]:
    """Grey blocks shown until the numbers come, if that takes a while."""
    return [html.Div(className=f"block block-{i % 5}") for i in range(count)]
