"""A matrix with two bars a cell on one scale: openings above, people below."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs
from talentmap.ui.components.states import absent
from talentmap.ui.draw.mismatch import Cell, Mismatch
from talentmap.ui.draw.numbers import figure


def matrix(drawn: Mismatch, language: str, openings: str, people: str) -> Component:
    """Return the matrix; the bar of the people is what they would mean in openings."""
    style = {"--columns": str(len(drawn.columns)), "--count": str(len(drawn.rows))}
    heads = [html.Span(), *(html.Span(name, title=name) for _, name in drawn.columns)]
    head = html.Div(heads, className="cell-row heads")
    names = [name for _, name in drawn.columns]
    lines = [
        html.Div(
            [html.Span(name, className="cell-name", title=name)]
            + [
                _cell(cell, drawn.largest, language, (f"{name}, {column}", openings, people))
                for cell, column in zip(cells, names, strict=True)
            ],
            className="cell-row",
        )
        for (_, name), cells in zip(drawn.rows, drawn.cells, strict=True)
    ]
    rows = html.Div(html.Div(lines, className="rows"), className="fit")
    return html.Div([head, rows], className="cells chart", style=style)


def _cell(cell: Cell, largest: float, language: str, words: tuple[str, str, str]) -> Component:
    where, openings, people = words
    if not cell.ok:
        mark = absent(cell.status, language)
        return html.Span(mark, className=f"cell away {cell.status}", title=where)
    wanted = str(figure(cell.openings, "count", language))
    present = str(figure(cell.people, "count", language))
    title = f"{where}: {openings} {wanted}, {people} {present}"
    bars = [
        _bar("demand", cell.openings, largest, wanted),
        _bar("supply", cell.expected, largest, present),
    ]
    kind = f"cell tint-{cell.tint}{' framed' if cell.framed else ''}"
    return html.Span(bars, className=kind, title=title, **attrs(aria_label=title))


def _bar(kind: str, value: float, largest: float, written: str) -> Component:
    width = 100 * value / largest if largest > 0 else 0.0
    bar = html.Span(className=f"cell-bar {kind}", style={"width": f"{width:.1f}%"})
    return html.Span(
        [html.Span(bar, className="cell-track"), html.Span(written, className="num")],
        className="cell-line",
    )
