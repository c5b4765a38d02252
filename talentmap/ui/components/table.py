"""A short list as a table of whole rows."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component


def listing(heads: list[str], lines: list[list[Any]], kind: str = "") -> Component:
    """Return a table whose first column is names and the others numbers, right-aligned."""
    head = html.Div([html.Span(h) for h in heads], className="list-row list-head", role="row")
    body = [
        html.Div([html.Span(c) for c in line], className="list-row", role="row") for line in lines
    ]
    rows = html.Div(html.Div(body, className="rows"), className="fit")
    return html.Div([head, rows], className=f"listing {kind}".strip(), role="table")


def swatch(colour: str) -> Component:
    """Return a small square of a class colour, set before a number."""
    return html.Span(className="swatch", style={"background": colour})


def section(title: Any, body: Any, note: Any = "", kind: str = "") -> Component:
    """Return a titled section of the panel."""
    head = html.Div([html.H3(title), html.Span(note, className="note")], className="section-head")
    return html.Section([head, body], className=f"section {kind}".strip())
