"""The foot of the panel: what can be taken away, and the way to single records."""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui import tool_words as words
from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.draw.spec import table_question
from talentmap.ui.visit import Visit


def foot(visit: Visit, page: str) -> list[Component]:
    """Return the link to the table; nothing where the viewer may not have it."""
    if not _may(visit):
        return []  # the parts above say what is not published
    return [
        html.A(
            [icon("download"), html.Span(visit.say(text.DOWNLOAD))],
            href=visit.href(f"/export/{page}.csv"),
            className="button filled",
            title=visit.say(text.DOWNLOAD_TITLE),
        )
    ]


def map_foot(visit: Visit, page: str, title: str) -> list[Component]:
    """Return the menu of files and the picture, and for the authorised tier the records.

    `title` is the sentence the picture bears.
    """
    parts: list[Component] = [_downloads(visit, page, title)] if _may(visit) else []
    if visit.viewer.tier == "authorised" and visit.question.level != "person":
        body = [icon("user"), html.Span(visit.say(words.RECORDS))]
        address = visit.href(level="person")
        parts.append(go(body, address, "button", title=visit.say(words.SEE_RECORDS)))
    return parts


def _may(visit: Visit) -> bool:
    try:
        visit.desk.ask(table_question(visit.question), visit.viewer, visit.language)
    except UserError:
        return False
    return True


def _downloads(visit: Visit, page: str, title: str) -> Component:
    files = [
        html.A(
            [html.Span(visit.say(name)), html.Span(f".{kind}", className="note")],
            href=visit.href(f"/export/{page}.{kind}"),
            className="menu-item",
            **attrs(data_file=kind),
        )
        for kind, name in words.FILES.items()
    ]
    picture = html.Button(
        [html.Span(visit.say(words.PICTURE)), html.Span(".png", className="note")],
        className="menu-item",
        **attrs(data_picture=_picture_words(visit, title)),
    )
    summary = html.Summary(
        [icon("download"), html.Span(visit.say(words.DOWNLOAD)), icon("chevron-down", 14)],
        className="button filled",
    )
    note = html.P(visit.say(words.FILES_WHY), className="note")
    card = html.Div([note, *files, picture], className="menu-card up")
    return html.Details([summary, card], className="menu downloads")


def _picture_words(visit: Visit, title: str) -> str:
    """Return what the picture says beside the map: title, source, release, mark."""
    info, metric = visit.info, visit.metric
    month = months.to_words(visit.month, visit.language)
    release = visit.say(words.PICTURE_SCRIPT["release"], month=month, number=info.number)
    source = visit.say(words.PICTURE_SCRIPT["sources"], source=visit.say_plain(metric.source))
    said = {"title": title, "release": release, "source": source}
    said["mark"] = visit.say(text.SYNTHETIC) if info.synthetic else ""
    said["failed"] = visit.say(words.PICTURE_SCRIPT["failed"])
    said["file"] = f"talentmap-{visit.question.metric}-{months.to_text(visit.month)}.png"
    return json.dumps(said, ensure_ascii=False)
