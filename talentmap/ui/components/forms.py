"""Small parts of pages that act: heads, buttons, drop-downs, progress, plain tables, troubles."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.words import Words
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.visit import Visit


def head(title: str, note: str = "") -> Component:
    """Return the head of a tile."""
    return html.Div([html.H2(title), html.Span(note, className="note")], className="data-head")


def act(words: str, do: str, kind: str = "", mark: str = "", **more: str) -> Component:
    """Return a button the page's script acts on; `more` are its data attributes."""
    body = ([icon(mark)] if mark else []) + [html.Span(words)]
    data = {f"data_{name}": value for name, value in more.items()}
    return html.Button(body, className=f"button {kind}".strip(), **attrs(data_do=do, **data))


def choice(label: str, options: list[tuple[str, str]], chosen: str, **more: str) -> Component:
    """Return a drop-down of the browser's own; options are (value, words)."""
    data = {f"data_{name}": value for name, value in more.items()}
    listed = [html.Option(words, value=value, selected=value == chosen) for value, words in options]
    # A new key for another choice: React leaves a drop-down alone that the user has changed.
    return html.Select(
        listed,
        key=f"{chosen}-{len(options)}",
        className="choice",
        **attrs(aria_label=label, **data),
    )


def progress(said: str, share: float | None, **more: str) -> Component:
    """Return a bar; `share` None where nobody knows how long it will take."""
    data = {f"data_{name}": value for name, value in more.items()}
    width = {"width": f"{100 * share:.1f}%"} if share is not None else {}
    bar = html.Div(html.Span(style=width), className=f"meter{' open' if share is None else ''}")
    return html.Div(
        [html.Div(said, className="meter-words"), bar],
        className="waiting",
        role="status",
        **attrs(**data),
    )


def table(heads: list[Words], rows: list[list[Any]], visit: Visit, kind: str = "") -> Component:
    """Return a plain table; cells of the last columns are numbers where `kind` says so."""
    top = html.Thead(html.Tr([html.Th(visit.say(words), scope="col") for words in heads]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows])
    return html.Div(html.Table([top, body], className=f"plain {kind}".strip()), className="scroll")


def trouble(title: str, line: str, number: str = "") -> Component:
    """Return an error: what it means, and the line that says what is wrong."""
    said: list[Component] = [html.Strong([icon("circle-alert"), html.Span(title)])]
    if line:
        said.append(html.Code(line, lang="en"))
    if number:
        said.append(html.Span(number, className="note"))
    return html.Div(said, className="trouble", role="alert")
