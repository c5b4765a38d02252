"""The page 报告 without a word or a number in it."""

from __future__ import annotations

from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component


class Ids(StrEnum):
    """Ids of the page."""

    STATE = "reports-state"
    TICK = "reports-tick"
    ORDER = "reports-order"
    SCHEDULES = "reports-schedules"
    PREVIEW = "reports-preview"
    HISTORY = "reports-history"
    FOLDER = "reports-folder"


def skeleton() -> list[Component]:
    """Return the four parts, empty.

    The stores hold what is chosen and what is looked at, never data. They are two, so that a report
    that gets on does not draw the order anew under the hands of somebody who fills it in.
    """
    columns = [
        [
            (Ids.ORDER, "data-tile order"),
            (Ids.HISTORY, "data-tile history"),
            (Ids.SCHEDULES, "data-tile schedules"),
        ],
        [(Ids.PREVIEW, "data-tile preview")],
    ]
    return [
        dcc.Store(id=Ids.STATE, storage_type="session"),
        dcc.Store(id=Ids.TICK, storage_type="session"),
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
