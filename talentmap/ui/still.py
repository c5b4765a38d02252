"""Parts of a page that only show: one component that carries them as HTML.

Every component of the page takes part in each update of the page, so two thousand of them make a
click slow. Links, buttons and folds of this interface are handled on the document, not by Dash;
what has no id for a callback may therefore come as text and be put into place by
`assets/63-ui-still.js`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs

_NAMES = {"className": "class"}
_EMPTY = frozenset(("br", "hr", "img"))
_CAPITAL = re.compile(r"(?=[A-Z])")
_NAMESPACE = "dash_html_components"


def still(part: Any) -> Component:
    """Return one component that shows the part; raise TypeError for what is not HTML or text."""
    return html.Div(className="still", **attrs(data_html=to_html(part)))


def to_html(part: Any) -> str:
    """Return HTML of a component, of a text, or of a list of them; every text is escaped."""
    if part is None:
        return ""
    if isinstance(part, str | int | float):
        return escape(str(part))
    if isinstance(part, list | tuple):
        return "".join(to_html(item) for item in part)
    if isinstance(part, Component) and part._namespace == _NAMESPACE:  # noqa: SLF001
        return _element(part)
    raise TypeError(f"{type(part).__name__} is not HTML")


def _element(part: Component) -> str:
    described = part.to_plotly_json()  # type: ignore[no-untyped-call]
    props = dict(described["props"])
    children = props.pop("children", None)
    tag = str(described["type"]).lower()
    written = "".join(_attribute(name, value) for name, value in props.items())
    if tag in _EMPTY:
        return f"<{tag}{written}>"
    return f"<{tag}{written}>{to_html(children)}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if name == "style":
        value = ";".join(f"{_property(key)}:{item}" for key, item in value.items())
    known = _NAMES.get(name, name.lower())
    return f" {known}" if value is True else f' {known}="{escape(str(value))}"'


def _property(name: str) -> str:
    """Return the name of a CSS property: `maskImage` is `mask-image`."""
    return name if name.startswith("--") else _CAPITAL.sub("-", name).lower()
