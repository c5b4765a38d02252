"""The catalogue at the foot of the page: sortable, filterable, whole rows, no column cut."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError
from talentmap.ui.components import states
from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.components.dots import WIDE, axis_around_one, plot
from talentmap.ui.components.kpi import delta
from talentmap.ui.components.stars import stars
from talentmap.ui.components.waterfall import signed
from talentmap.ui.draw.numbers import change, figure, interval, status_words
from talentmap.ui.draw.scale import LogAxis
from talentmap.ui.draw.scarcity import NAMED
from talentmap.ui.pages.scarcity import questions, words
from talentmap.ui.pages.scarcity.entries import (
    DOWN,
    FIRST,
    KEYS,
    UP,
    Entry,
    entries,
    matching,
    ordered,
    read_sort,
)
from talentmap.ui.pages.scarcity.layout import Ids
from talentmap.ui.sentence import labels
from talentmap.ui.visit import Visit

PAGE_ROWS = 40
_WAN = 10_000
_NUMBERS = ("openings", "people", "open_days", "wage", "change")


def catalogue(
    visit: Visit, answer: Answer, sort: str | None, shown: str | None, text: str | None
) -> list[Component]:
    """Return the catalogue as chosen: its head, the table, a button for more rows."""
    everything = entries(answer)
    if not everything:
        return [_head(visit, 0, 0, ""), _empty(visit)]
    column, way = read_sort(sort)
    found = ordered(matching(everything, text, visit.language), column, way)
    title = _head(visit, len(found), len(everything), column)
    if not found:
        return [title, states.nothing(visit.say(words.NO_ROWS), visit.say(words.NO_MATCH))]
    limit = int(shown) if shown and shown.isdecimal() else PAGE_ROWS
    listed = found[:limit]
    known = [v for e in found if e.row.ok for v in (e.row.value, e.row.low, e.row.high) if v]
    axis = axis_around_one(known, WIDE)
    lines: list[Component] = [_line(visit, entry, axis) for entry in listed]
    if len(found) > limit:
        lines.append(_more(visit, limit, min(PAGE_ROWS, len(found) - limit)))
    rows = html.Div(html.Div(lines, className="rows"), className="fit")
    return [title, html.Div([_heads(visit, column, way), rows], className="posts", role="table")]


def _head(visit: Visit, shown: int, count: int, column: str) -> Component:
    kept = [labels(visit)[name] for name in NAMED]
    comma = "，" if visit.language == "zh" else ", "
    what = comma.join(filter(None, kept)) or visit.say(words.ALL_POSTS)
    by = visit.say(words.COLUMNS[column or FIRST])
    said = words.CATALOGUE_NOTE if shown == count else words.MATCHING
    export = html.A(
        [icon("download", 14), html.Span(visit.say(words.DOWNLOAD))],
        href=visit.href("/export/scarcity.csv"),
        className="link export",
    )
    return html.Div(
        [
            html.H2(visit.say(words.CATALOGUE)),
            html.Span(
                visit.say(said, what=what, shown=f"{shown:,}", count=f"{count:,}", by=by),
                className="note",
            ),
            export,
        ],
        className="tile-head",
    )


def _heads(visit: Visit, column: str, way: str) -> Component:
    cells: list[Component] = [html.Span(role="columnheader")]
    for name, said in words.COLUMNS.items():
        label = visit.say(said)
        kind = "right" if name in _NUMBERS else ""
        if name not in KEYS:
            cells.append(html.Span(label, className=kind, role="columnheader"))
            continue
        active = name == column or (not column and name == FIRST)
        turned = UP if active and way == DOWN else DOWN
        mark = html.Span("▼" if way == DOWN else "▲", className="triangle") if active else ""
        button = html.Button(
            [label, mark],
            title=visit.say(words.SORT, what=label),
            **attrs(data_set=Ids.SORT, data_value=f"{name}:{turned}"),
        )
        order = attrs(aria_sort="descending" if way == DOWN else "ascending") if active else {}
        cells.append(html.Span(button, className=kind, role="columnheader", **order))
    return html.Div(cells, className="post heads", role="row")


def _line(visit: Visit, entry: Entry, axis: LogAxis) -> Component:
    cells = [html.Span(entry.rank or "", className="num rank"), *_cells(visit, entry, axis)]
    return html.Div(cells, className="post", role="row")


def _cells(visit: Visit, entry: Entry, axis: LogAxis) -> list[Component]:
    detail = entry.detail
    comma = "，" if visit.language == "zh" else ", "
    any_level = visit.say(words.ANY_LEVEL)
    profile = comma.join(name or any_level for name in detail.names[1:])
    shown: dict[str, Any] = {
        "occupation": html.Strong(entry.occupation, title=entry.occupation),
        "profile": html.Span(profile, title=profile),
        "stars": stars(detail.stars),
        "value": _index(visit, entry, axis),
        "openings": _count(visit, detail.openings),
        "people": _count(visit, detail.people),
        "fill_rate": _filled(visit, detail.fill_rate),
        "open_days": _days(visit, detail.open_days),
        "wage": _wage(visit, detail.wage),
        "reasons": _reasons(visit, entry),
        "action": _action(visit, detail.action),
        "change": _changed(visit, entry),
    }
    return [
        html.Span(
            part,
            className=f"post-{name} num right" if name in _NUMBERS else f"post-{name}",
            role="cell",
            **attrs(data_label=visit.say(words.COLUMNS[name])),
        )
        for name, part in shown.items()
    ]


def _index(visit: Visit, entry: Entry, axis: LogAxis) -> list[Component]:
    row = entry.row
    if not row.ok:
        return [states.absent(row.status, visit.language)]
    value = str(figure(row.number, "ratio", visit.language))
    span = interval(row.low, row.high, "ratio", visit.language)
    return [
        html.Span(plot(row, axis), className="dot-plot"),
        html.Strong(value, className="num"),
        html.Span(span, className="note num"),
    ]


def _filled(visit: Visit, share: float | None) -> list[Component] | str:
    if share is None:
        return "—"
    bar = html.Span(className="filled-part", style={"width": f"{100 * min(share, 1):.1f}%"})
    written = str(figure(share, "share", visit.language))
    return [html.Span([bar, html.Span(className="filled-line")], className="filled-bar",
                      title=visit.say(words.FILL_LINE)),
            html.Span(written, className="num")]  # fmt: skip


def _days(visit: Visit, days: float | None) -> str:
    return "—" if days is None else visit.say(words.DAYS, n=f"{days:.0f}")


def _wage(visit: Visit, wage: float | None) -> str:
    if wage is None:
        return "—"
    return f"{wage / _WAN:.2f}" if visit.language == "zh" else f"{wage / 1000:.1f}"


def _reasons(visit: Visit, entry: Entry) -> str:
    comma = "，" if visit.language == "zh" else ", "
    return comma.join(
        f"{visit.say(words.SHORT_COMPONENTS[part.id])} {signed(value, 2)}"
        for part, value in entry.drivers
    )


def _action(visit: Visit, action: str) -> Component | str:
    if action == "none":
        return "—"
    return html.Span(visit.say(words.ACTIONS[action]), className=f"action {action}")


def _changed(visit: Visit, entry: Entry) -> Component | str:
    if entry.detail.change == "new":
        return visit.say(words.NEW)
    if not entry.row.ok or entry.detail.before is None:
        return status_words("ok", visit.language)
    moved = change(entry.row.number, entry.detail.before, "ratio", "up", visit.language)
    return delta(moved)


def _count(visit: Visit, value: float | None) -> str:
    return "—" if value is None else str(figure(value, "count", visit.language))


def _more(visit: Visit, limit: int, count: int) -> Component:
    return html.Button(
        visit.say(words.MORE_ROWS, count=count),
        className="post more link",
        **attrs(data_set=Ids.SHOWN, data_value=str(limit + PAGE_ROWS)),
    )


def _empty(visit: Visit) -> Component:
    """Say that nothing matches, and the first word without which something does."""
    ways = []
    narrowing = {n: c for n, c in visit.question.filters().items() if n in NAMED}
    for name, code in narrowing.items():
        try:
            count = len(entries(questions.catalogue(visit, **{name: ""})))
        except UserError:
            continue  # without this word the crossing is not published either
        if count:
            what = code_table(name).name(code, visit.language, short=True)
            words_of = visit.say(words.NO_ROWS_WAY, what=what, count=count)
            ways.append(go(words_of, visit.href(**{name: ""}), "link"))
            break
    state = states.nothing(visit.say(words.NO_ROWS), "")
    return html.Div([state, html.P(ways, className="ways")], className="state-box")
