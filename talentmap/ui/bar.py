"""The top bar and the rail."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.release import ReleaseInfo
from talentmap.ui import text
from talentmap.ui.account import account_menu, find_button, views_button
from talentmap.ui.components.basics import attrs, current, go, icon
from talentmap.ui.page import Page
from talentmap.ui.sentence import sentence
from talentmap.ui.visit import CHOICES, Viewer, Visit


def bar(
    page: Page | None,
    visit: Visit | None,
    info: ReleaseInfo,
    viewer: Viewer,
    path: str,
    language: str,
) -> list[Component]:
    """Return the top bar: mark, sentence, data month, 合成 mark, and the tools."""
    home = "/" if language == "zh" else f"/?lang={language}"
    product = [html.Span(className="mark"), html.Span(text.PRODUCT.in_(language), className="name")]
    middle = (
        sentence(page.sentence(visit), page.chips, visit)
        if page is not None and visit is not None
        else html.Div(className="sentence-bar")
    )
    return [
        go(product, home, "product", title=text.PRODUCT.in_(language)),
        middle,
        html.Div(_right(visit, info, viewer, path, language), className="bar-right"),
    ]


def rail(
    pages: dict[str, Page], page: Page | None, visit: Visit | None, language: str
) -> list[Component]:
    """Return the rail: an icon and a word for each page there is."""
    return [_stop(stop, stop is page, visit, language) for stop in pages.values() if stop.listed]


def _stop(stop: Page, here: bool, visit: Visit | None, language: str) -> Component:
    href = stop.path if language == "zh" else f"{stop.path}?lang={language}"
    if visit is not None:
        unset = dict.fromkeys(
            ("metric", "at", "level", "occupation", "specialty", "wage", "off", "by", *CHOICES), ""
        )
        href = visit.href(stop.path, **unset)
    body = [icon(stop.icon, 20), html.Span(stop.name.in_(language))]
    return go(body, href, "stop", **current(here))


def _right(
    visit: Visit | None, info: ReleaseInfo, viewer: Viewer, path: str, language: str
) -> list[Component]:
    month = months.to_words(info.month, language)
    parts: list[Component] = [
        html.Span(
            text.DATA_MONTH.in_(language).format(month=month, number=info.number),
            className="release",
            title=info.name,
        )
    ]
    if info.synthetic:
        parts.append(_synthetic(language))
    other = "en" if language == "zh" else ""
    switch = (
        visit.href(lang=other) if visit is not None else path + (f"?lang={other}" if other else "")
    )
    title = text.THEME.in_(language)
    parts += [
        find_button(language),
        views_button(language, may_change=viewer.tier != "public"),
        go(
            text.OTHER_LANGUAGE.in_(language),
            switch,
            "tool",
            title=text.OTHER_LANGUAGE_TITLE.in_(language),
        ),
        html.Button(
            [icon("moon", 18), icon("sun", 18)],
            className="tool theme",
            title=title,
            **attrs(data_theme_switch="", aria_label=title),
        ),
        account_menu(viewer, language),
    ]
    return parts


def _synthetic(language: str) -> Component:
    return html.Span(
        [
            html.Span(text.SYNTHETIC.in_(language), className="full"),
            html.Span(text.SYNTHETIC_SHORT.in_(language), className="brief"),
        ],
        className="synthetic",
        title=text.SYNTHETIC_WHY.in_(language),
    )
