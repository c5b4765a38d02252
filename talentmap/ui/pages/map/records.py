"""Single records over the map: the question for what, then the rows under a watermark."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from talentmap.model.answer import Answer
from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui import tool_words as words
from talentmap.ui.components import cards
from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.components.states import refused
from talentmap.ui.draw.spec import GRID
from talentmap.ui.visit import Visit

_BOM = "\ufeff"  # spreadsheets read a CSV as UTF-8 only with it
_TILE = (520, 190)  # px of one repetition of the watermark


def record_sheet(visit: Visit) -> list[Component]:
    """Return what lies over the map: nothing, a refusal, the form for the purpose, or records."""
    if visit.question.level != "person":
        return []
    if visit.viewer.tier != "authorised":
        return [_box(visit, [_not_for_tier(visit)])]
    if not visit.viewer.purpose:
        return [_box(visit, [_form(visit)])]
    try:
        answer = visit.desk.records(visit.question, visit.viewer, visit.language, _page(visit))
    except UserError as error:
        return [_box(visit, [refused(error, visit)])]
    return [_box(visit, [_head(visit, answer), _table(visit, answer), _foot(visit, answer)])]


def records_csv(visit: Visit) -> str:
    """Return the page of records shown as CSV; every row ends with who looked, when, what for.

    Raises NotAllowed as the page does; the look is in the audit like any other.
    """
    answer = visit.desk.records(visit.question, visit.viewer, visit.language, _page(visit))
    names = list(words.COLUMN)
    mark = watermark(visit)
    out = io.StringIO()
    head = [visit.say(text.SYNTHETIC)] if answer.synthetic else []
    for line in [*head, mark, visit.say(words.RECORDS_NOTE), answer.month, answer.release]:
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(visit.say(words.COLUMN[name]) for name in names), visit.say(words.MARK)])
    writer.writerows([*row.values(), mark] for row in answer.table.select(names).to_pylist())
    return _BOM + out.getvalue()


def watermark(visit: Visit) -> str:
    """Return who looks, when (of this machine's clock) and what for."""
    now = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    viewer = visit.viewer
    return visit.say(words.WATERMARK, who=viewer.who, time=now, purpose=viewer.purpose)


def _page(visit: Visit) -> int:
    given = visit.choices.get("page", "1")
    return max(int(given), 1) if given.isdigit() else 1


def _box(visit: Visit, parts: list[Component]) -> Component:
    close = visit.say(words.BACK_TO_MAP)
    back = go(
        icon("x"),
        visit.href(level=GRID[visit.viewer.tier], page=""),
        "tool sheet-close",
        title=close,
        **attrs(aria_label=close),
    )
    crumbs = html.Div(cards.crumbs(visit), className="crumbs")
    return html.Section([html.Div([crumbs, back], className="sheet-top"), *parts])


def _not_for_tier(visit: Visit) -> Component:
    tier = visit.viewer.tier
    said = visit.say(
        words.NOT_FOR_TIER,
        tier=visit.say(words.TIERS[tier]),
        sees=visit.say(words.TIER_SEES[tier]),
    )
    title = html.Div([icon("lock"), visit.say(words.RECORDS)], className="state-title")
    return html.Div([title, html.P(said)], className="state")


def _form(visit: Visit) -> Component:
    fields = [("who", words.WHO, 80), ("purpose", words.PURPOSE, 200)]
    inputs = [
        html.Label(
            [
                html.Span(visit.say(label)),
                dcc.Input(name=name, maxLength=most, autoComplete="off", className="text-input"),
            ],
            className="field",
        )
        for name, label, most in fields
    ]
    return html.Div(
        [
            html.H2(visit.say(words.PURPOSE_TITLE)),
            html.P(visit.say(words.PURPOSE_WHY), className="note"),
            *inputs,
            html.Div(
                html.Button(
                    visit.say(words.OPEN_RECORDS),
                    className="button filled",
                    **attrs(data_purpose=""),
                )
            ),
            html.P("", className="form-error", role="alert"),
        ],
        className="purpose-form",
    )


def _head(visit: Visit, answer: Answer) -> Component:
    extra = answer.extra
    count = visit.say(
        words.RECORDS_COUNT,
        total=f"{extra['total']:,}",
        page=f"{extra['page']:,}",
        pages=f"{extra['pages']:,}",
    )
    title = visit.say(words.RECORDS_TITLE, place=cards.selected_name(visit))
    return html.Div(
        [html.H2(title), html.Span(count, className="note num")], className="sheet-head"
    )


def _table(visit: Visit, answer: Answer) -> Component:
    names = list(words.COLUMN)
    head = html.Tr([html.Th(visit.say(words.COLUMN[name]), scope="col") for name in names])
    body = [
        html.Tr([html.Td(row[name]) for name in names])
        for row in answer.table.select(names).to_pylist()
    ]
    mark = {"backgroundImage": f'url("{_tile(watermark(visit))}")'}
    table = html.Table([html.Thead(head), html.Tbody(body)], className="records-table")
    cover = html.Div(className="watermark", style=mark, **attrs(aria_hidden="true"))
    until = attrs(data_until=str(visit.viewer.until))
    return html.Div([html.Div(table, className="records-rows"), cover], className="marked", **until)


def _foot(visit: Visit, answer: Answer) -> Component:
    page, pages = answer.extra["page"], answer.extra["pages"]
    steps = [
        go(visit.say(label), visit.href(page=str(to)), "button")
        for label, to in ((words.EARLIER, page - 1), (words.LATER, page + 1))
        if 1 <= to <= pages
    ]
    close = html.Button(
        visit.say(words.CLOSE_RECORDS), className="button", **attrs(data_purpose_end="")
    )
    file = html.A(
        [icon("download"), visit.say(words.FILES["csv"])],
        href=visit.href("/export/records.csv"),
        className="button",
    )
    note = html.Span(visit.say(words.RECORDS_NOTE), className="note")
    return html.Div([*steps, file, close, note], className="sheet-foot")


def _tile(said: str) -> str:
    """Return one repetition of the watermark as an SVG in an address."""
    width, height = _TILE
    escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<text x="12" y="{height - 40}" transform="rotate(-16 12 {height - 40})" '
        f'font-size="15" font-family="sans-serif" fill="#888" fill-opacity=".32">'
        f"{escaped}</text></svg>"
    )
    return "data:image/svg+xml," + quote(drawn, safe="")
