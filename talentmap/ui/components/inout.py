"""One bar of three lightnesses, in, stay and out, with three columns of words under it."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs
from talentmap.ui.draw.numbers import figure


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: its name, what it means, its persons."""

    name: str
    why: str
    persons: float


def in_out(parts: list[Part], language: str) -> Component:
    """Return the bar and its words; the columns are its table, so it needs no other."""
    whole = sum(part.persons for part in parts) or 1.0
    segments = [
        html.Span(
            className=f"flow-part part-{i}",
            style={"flexGrow": str(round(part.persons / whole, 4))},
            title=f"{part.name} {figure(part.persons, 'count', language)}",
        )
        for i, part in enumerate(parts)
    ]
    columns = [_column(i, part, whole, language) for i, part in enumerate(parts)]
    bar = html.Div(segments, className="flow-bar", **attrs(aria_hidden="true"))
    return html.Div([bar, html.Div(columns, className="flow-words")])


def _column(index: int, part: Part, whole: float, language: str) -> Component:
    persons = str(figure(part.persons, "count", language))
    share = str(figure(part.persons / whole, "share", language))
    number = [html.Strong(persons, className="num"), html.Span(share, className="note num")]
    return html.Div(
        [
            html.Span([html.Span(className=f"swatch part-{index}"), part.name]),
            html.Div(number),
            html.Span(part.why, className="note why"),
        ]
    )
