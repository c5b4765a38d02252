"""The tools at the right of the top bar: find, saved views, and the role of the local profile."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from talentmap.model.words import Words
from talentmap.ui import tool_words as words
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.visit import Viewer


def find_button(language: str) -> Component:
    """Return the button that opens the find box (`assets/52-ui-find.js`)."""
    title = words.FIND_TITLE.in_(language)
    return html.Button(
        icon("search", 18),
        className="tool find-button",
        title=title,
        **attrs(data_find=spoken(words.FIND_SCRIPT, language), aria_label=title),
        **attrs(aria_keyshortcuts="/"),
    )


def views_button(language: str, *, may_change: bool) -> Component:
    """Return the button that opens the saved views (`assets/54-ui-views.js`)."""
    title = words.VIEWS.in_(language)
    said = spoken(words.VIEWS_SCRIPT, language)
    more = attrs(data_may="") if may_change else {}
    return html.Button(
        icon("bookmark", 18),
        className="tool views-button",
        title=title,
        **attrs(data_views=said, aria_label=title, aria_haspopup="dialog"),
        **more,
    )


def account_menu(viewer: Viewer, language: str) -> Component:
    """Return the account's menu: which tier one looks as, and the others one may look as."""
    now = words.TIERS[viewer.tier].in_(language)
    title = words.ACCOUNT.in_(language).format(tier=now)
    choices = [_choice(tier, tier == viewer.tier, language) for tier in reversed(viewer.tiers)]
    card = [
        html.Strong(words.LOOK_AS.in_(language)),
        html.Div(choices, role="group"),
        html.P(words.ROLE_WHY.in_(language), className="note"),
    ]
    lowered = viewer.tier != viewer.tiers[-1]
    mark = html.Span(now, className="role-mark") if lowered else None
    summary = html.Summary(
        [icon("circle-user", 18), mark], className="tool", title=title, **attrs(aria_label=title)
    )
    return html.Details(
        [summary, html.Div(card, className="menu-card role-card")], className="menu account"
    )


def spoken(said: Mapping[str, Words], language: str) -> str:
    """Return words of a script in a language, as JSON for a data attribute."""
    return json.dumps({name: w.in_(language) for name, w in said.items()}, ensure_ascii=False)


def _choice(tier: str, chosen: bool, language: str) -> Component:
    body = [
        html.Span(icon("check"), className="tickbox"),
        html.Span(
            [
                html.Span(words.TIERS[tier].in_(language)),
                html.Span(words.TIER_SEES[tier].in_(language), className="note"),
            ],
            className="role-words",
        ),
    ]
    pressed = str(chosen).lower()
    return html.Button(body, className="menu-item", **attrs(data_role=tier, aria_pressed=pressed))
