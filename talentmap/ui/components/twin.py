"""The table behind a chart: a small switch in its head puts the table in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, icon


def twin(words: str, heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> Component:
    """Return the switch, named `words`, and the table: first column names, the others numbers.

    It stands beside the chart in one `.twinned` box; the style sheet shows one of the two.
    """
    head = html.Tr([html.Th(h, scope="col") for h in heads])
    body = [
        html.Tr([html.Th(line[0], scope="row"), *(html.Td(c, className="num") for c in line[1:])])
        for line in lines
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="twin-table")
    summary = html.Summary(icon("table", 14), title=words, **attrs(aria_label=words))
    return html.Details([summary, html.Div(table, className="twin-box")], className="twin")
