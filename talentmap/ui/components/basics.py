"""The smallest parts: icons of the local sprite, links that only change the URL, buttons, notes."""

from __future__ import annotations

import re
from typing import Any

from dash import html
from dash.development.base_component import Component

SPRITE = "/assets/icons/sprite.svg"

# A clause ends behind its comma or semicolon; the comma inside a number has no space behind it.
_CLAUSE = re.compile(r"(?<=[，；、])|(?<=[,;] )")
_SCRIPTS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])")


def attrs(**given: str) -> dict[str, Any]:
    """Return `data-` and `aria-` attributes from names written with underscores."""
    return {name.replace("_", "-"): value for name, value in given.items()}


def icon(name: str, size: int = 16) -> Component:
    """Return an icon of the sprite in the colour of its text; decoration, so a reader skips it."""
    drawing = f"url({SPRITE}#{name})"
    style = {
        "maskImage": drawing,
        "WebkitMaskImage": drawing,
        "width": f"{size}px",
        "height": f"{size}px",
    }
    return html.Span(className="icon", style=style, **attrs(aria_hidden="true"))


def phrases(said: str) -> list[Any]:
    """Return a text that breaks its lines between clauses, so that no lone character is left over.

    Latin names inside Chinese get the space they need to be read.
    """
    clauses = [part for part in _CLAUSE.split(_SCRIPTS.sub(" ", said)) if part]
    parts: list[Any] = []
    for clause in clauses:
        parts.append(html.Span(clause.strip(), className="phrase"))
        if clause.endswith(" "):
            parts.append(" ")
    return parts


def go(children: Any, href: str, kind: str = "", **more: Any) -> Component:
    """Return a link that changes the URL in place: the page's script handles class `go`."""
    return html.A(children, href=href, className=f"go {kind}".strip(), **more)


def current(is_current: bool) -> dict[str, Any]:
    """Return the attribute that marks the chosen one of several links."""
    return attrs(aria_current="true") if is_current else {}


def segmented(options: list[tuple[str, str, bool]], label: str) -> Component:
    """Return a row of links of which one is current; options are (words, href, is current)."""
    links = [go(words, href, "segment", **current(on)) for words, href, on in options]
    return html.Nav(links, className="segments", **attrs(aria_label=label))


def tabs(
    store: str, options: list[tuple[str, str]], chosen: str, label: str, narrow: str = ""
) -> Component:
    """Return tabs that put their value into a Store; options are (value, words).

    The tab named `narrow` is offered on a phone only. One tab is in the order of the Tab key; the
    arrow keys go to the others (`assets/60-ui-links.js`).
    """
    buttons = [
        html.Button(
            words,
            className="tab-word narrow" if value == narrow else "tab-word",
            role="tab",
            tabIndex="0" if value == chosen else "-1",
            **attrs(data_set=store, data_value=value, aria_selected=str(value == chosen).lower()),
        )
        for value, words in options
    ]
    return html.Div(buttons, className="tab-words", role="tablist", **attrs(aria_label=label))
