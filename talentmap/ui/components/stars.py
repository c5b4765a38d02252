"""One to five stars; nothing where there is no rating."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs

_MOST = 5


def stars(count: int | None) -> Component:
    """Return the stars with their number for a reader."""
    if count is None:
        return html.Span(className="stars none")
    label = f"{count} / {_MOST}"
    return html.Span(
        className="stars",
        title=label,
        role="img",
        style={"--stars": str(count)},
        **attrs(aria_label=label),
    )
