"""Homes by workplaces as a table coloured by class: headings stay in view while it scrolls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, go
from talentmap.ui.draw.facts import NOWHERE, short_place
from talentmap.ui.draw.heat import Heat, Pair
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.still import still

_WIDE = 24  # beyond so many ends the numbers are in the tooltips only


@dataclass(frozen=True)
class HeatWords:
    """The words round the table: its corner, and where the name of an end leads ('' nowhere)."""

    corner: str
    href: Callable[[str], str]
    language: str
    chosen: str


def heat_matrix(drawn: Heat, said: HeatWords) -> Component:
    """Return the table; numbers stand in the cells where there is room, always in the tooltip."""
    dense = len(drawn.ends) > _WIDE
    corner = html.Th(said.corner, className="heat-corner")
    heads = [_head(end, said, "col") for end in drawn.ends]
    lines = [
        html.Tr([_head(end, said, "row"), *_cells(i, pairs, drawn, said, dense)])
        for i, (end, pairs) in enumerate(zip(drawn.ends, drawn.rows, strict=True))
    ]
    table = html.Table(
        [html.Thead(html.Tr([corner, *heads])), html.Tbody(lines)],
        className="heat-table dense" if dense else "heat-table",
    )
    return html.Div(still(table), className="heat-box", tabIndex="0", **attrs(role="region"))


def _head(end: tuple[str, str], said: HeatWords, scope: str) -> Component:
    code, name = end
    href = "" if code in NOWHERE else said.href(code)
    written = short_place(name)
    body = go(written, href) if href else written
    kind = f"heat-{scope}{' beside' if code in NOWHERE else ''}"
    kind += " chosen" if code == said.chosen else ""
    return html.Th(html.Span(body), scope=scope, className=kind, title=name)


def _cells(
    row: int, pairs: list[Pair], drawn: Heat, said: HeatWords, dense: bool
) -> list[Component]:
    home, names = drawn.ends[row], [name for _, name in drawn.ends]
    found: list[Component] = []
    for column, pair in enumerate(pairs):
        code = drawn.ends[column][0]
        beside = home[0] in NOWHERE or code in NOWHERE
        kind = _kind(pair, column == row and not beside, beside)
        words = _words(pair, said.language)
        shown = words if pair.persons and not dense else ""
        found.append(html.Td(shown, className=kind, title=f"{home[1]} → {names[column]}: {words}"))
    return found


def _kind(pair: Pair, stays: bool, beside: bool) -> str:
    state = f"heat-{pair.klass}" if pair.persons is not None else f"heat-{pair.status}"
    return f"{state}{' stays' if stays else ''}{' beside' if beside else ''}"


def _words(pair: Pair, language: str) -> str:
    if pair.persons is None:
        return status_words(pair.status, language)
    return str(figure(pair.persons, "count", language))
