"""The page 数据 without a word or a number in it."""

from __future__ import annotations

from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component


class Ids(StrEnum):
    """Ids of the page."""

    STATE = "data-state"
    INTAKE = "data-intake"
    BATCHES = "data-batches"
    BUILD = "data-build"
    COVERAGE = "data-coverage"


def skeleton() -> list[Component]:
    """Return the four parts, empty. The store holds which upload is open, never data."""
    columns = [
        [(Ids.INTAKE, "data-tile intake"), (Ids.COVERAGE, "data-tile coverage")],
        [(Ids.BUILD, "data-tile build"), (Ids.BATCHES, "data-tile batches")],
    ]
    return [
        dcc.Store(id=Ids.STATE, storage_type="session"),
        *[
            html.Div(
                [html.Section(_blocks(), id=id_, className=kind) for id_, kind in column],
                className="data-column",
            )
            for column in columns
        ],
    ]


def _blocks() -> list[Component]:
    """Grey blocks shown until the words come, if that takes a while."""
    return [html.Div(className=f"block block-{i}") for i in range(3)]
