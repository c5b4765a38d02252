"""Small parts of the page 报告: its buttons and what asks once more."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, icon


def does(said: str, do: str, kind: str = "", mark: str = "", **more: str) -> Component:
    """Return a button that the page's script acts on; `more` are its data attributes."""
    body = ([icon(mark)] if mark else []) + [html.Span(said)]
    data = {f"data_{name}": value for name, value in more.items()}
    return html.Button(body, className=f"button {kind}".strip(), **attrs(data_report=do, **data))


def asked(said: str, question: str, sure: Component) -> Component:
    """Return a word that opens a card in which `sure` does it."""
    body: list[Any] = [html.P(question), sure]
    return html.Details(
        [html.Summary(said, className="link"), html.Div(body, className="confirm-card")],
        className="confirm",
    )
