"""The tiles beside the map. Each returns its HTML for a turn; a tile never stands empty.

What is not published for the turn's subject is shown for the whole city, and its title says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.ui.components.basics import current, go
from talentmap.ui.components.dots import axis_around_one, plot
from talentmap.ui.components.stars import stars
from talentmap.ui.components.states import absent
from talentmap.ui.draw.facts import Row, rows_of
from talentmap.ui.draw.mismatch import Cell, Mismatch
from talentmap.ui.draw.numbers import figure, interval
from talentmap.ui.draw.scale import LogAxis
from talentmap.ui.draw.scarcity import Detail, details_of
from talentmap.ui.pages.scarcity import questions
from talentmap.ui.pages.screen import asked, captions, commute, trend, words
from talentmap.ui.still import to_html
from talentmap.ui.visit import Visit

_HEAD = 21.5  # characters of a title that stand in a narrow tile
_WIDE_HEAD = 44.0  # and in one as wide as the map
_NOTE = 0.74  # of the size of a title
_APART = (18.0, 42.0)  # per cent of the axis two numbers need, and a number beside the words at 1
_SEEN = 10  # rows the axis is made for; the rest of a long ranking is seldom in sight
_NO_TITLE = "0"  # of data/codes/title.csv


def tile(visit: Visit, name: str) -> str:
    """Return the HTML of a tile; where it is not published at all, why."""
    try:
        return _TILES[name](visit)
    except (NotPublished, NotAllowed):
        state = html.Div(absent("missing", visit.language, why=True), className="wall-state")
        return titled(visit.say(words.TITLES[name], name=asked.subject_name(visit)), "", state)


def titled(title: str, note: str, *body: Component | str, wide: bool = False) -> str:
    """Return a tile: its finding, a note at the right, its body (components or markup).

    The note gives way to a long title.
    """
    room = _WIDE_HEAD if wide else _HEAD
    fits = captions.width(title) + _NOTE * captions.width(note) <= room
    head = html.Div(
        [html.H3(title, title=title), html.Span(note if fits else "", className="wall-note")],
        className="wall-head",
    )
    return to_html(head) + "".join(b if isinstance(b, str) else to_html(b) for b in body)


def _ranking(kind: str) -> Callable[[Visit], str]:
    def show(visit: Visit) -> str:
        rows, details = asked.ranked(visit, kind)
        axis = axis_around_one(_numbers(rows[:_SEEN]))
        chosen = {visit.question.industry, visit.question.chain, visit.question.place_parts()[1]}
        lines = [
            _rank_row(visit, kind, row, details.get(row.id), axis, row.id in chosen) for row in rows
        ]
        title, shown = visit.say(words.TITLES[kind]), html.Div(lines, className="wall-rows")
        if kind == "chains":  # few, with long names
            return titled(title, visit.say(words.CHAIN_NOTE), shown)
        ticks = html.Span(_ticks(visit, axis), className="dot-plot")
        foot = html.Div(ticks, className="wall-rank-foot")
        return titled(title, visit.say(words.RANK_NOTE), shown, foot)

    return show


def _numbers(rows: list[Row]) -> list[float]:
    return [v for r in rows if r.ok for v in (r.value, r.low, r.high) if v is not None]


def _rank_row(
    visit: Visit, kind: str, row: Row, detail: Detail | None, axis: LogAxis, chosen: bool
) -> Component:
    under = [stars(detail.stars)] if detail is not None and detail.stars else []
    name = html.Span(
        [html.Span(row.name, className="wall-name", title=row.name), *under],
        className="wall-rank-name",
    )
    if not row.ok:
        body: list[Component] = [name, absent(row.status, visit.language)]
        return go(body, _drill(visit, kind, row), "wall-rank no-value")
    value = html.Span(
        [
            html.Strong(str(figure(row.number, "ratio", visit.language)), className="num"),
            html.Span(interval(row.low, row.high, "ratio", visit.language), className="num"),
        ],
        className="wall-value",
    )
    drawn = html.Span(plot(row, axis), className="dot-plot")
    kind_of_row = f"wall-rank wall-{kind}"
    return go([name, drawn, value], _drill(visit, kind, row), kind_of_row, **current(chosen))


def _drill(visit: Visit, kind: str, row: Row) -> str:
    """Return the page that explains a row."""
    if kind == "districts":
        place = f"district:{row.id}"
        return visit.href("/", metric="scarcity", level="district", place=place, tab="")
    return visit.href("/supply", tab="", by="", **{asked.WORD[kind]: row.id})


def _ticks(visit: Visit, axis: LogAxis) -> list[Component]:
    def words_at(tick: float) -> str:
        return f"1.0 {visit.say(words.AVERAGE)}" if tick == 1 else f"{tick:g}"

    shown = [1.0]
    for tick in axis.ticks:
        room = [abs(axis.at(tick) - axis.at(t)) - _APART[t == 1] for t in shown]
        if min(room) >= 0:
            shown.append(tick)
    return [
        html.Span(words_at(t), className="num", style={"left": f"{axis.at(t)}%"}) for t in shown
    ]


def _matrix(visit: Visit) -> str:
    drawn, here = asked.matrix(visit), visit
    if drawn is None or asked.largest_gap(drawn, visit.language) is None:
        here = asked.city(visit)
        drawn = asked.matrix(here) or drawn
    if drawn is None:
        raise NotPublished("specialty × education")
    # The headline names the subject; what is about somebody else has to say so.
    title = visit.say(words.TITLES["matrix"] if here is visit else words.CITY_MATRIX)
    heads = [html.Span(), *(html.Span(name, title=name) for _, name in drawn.columns)]
    lines = [_matrix_row(visit, drawn, index) for index in range(len(drawn.rows))]
    style = {"--columns": str(len(drawn.columns))}
    table = html.Div(
        [html.Div(heads, className="wall-cells heads"), html.Div(lines, className="wall-rows")],
        className="wall-matrix",
        style=style,
    )
    foot = html.Div(_matrix_foot(visit, drawn), className="wall-foot")
    return titled(title, visit.say(words.MATRIX_NOTE), table, foot)


def _called(visit: Visit) -> str:
    """Return what a tile is about: the subject, or 全市."""
    named = visit.question.industry or visit.question.chain or visit.question.place
    return asked.subject_name(visit) if named else visit.say(words.CITY)


def _matrix_row(visit: Visit, drawn: Mismatch, index: int) -> Component:
    name = drawn.rows[index][1]
    cells = [_matrix_cell(visit, cell) for cell in drawn.cells[index]]
    return html.Div(
        [html.Span(name, className="wall-name", title=name), *cells], className="wall-cells"
    )


def _matrix_cell(visit: Visit, cell: Cell) -> Component:
    if not cell.ok:
        return html.Span(className=f"wall-cell away absent-{cell.status}")
    gap = round(cell.gap)
    said = words.SHORT if gap > 0 else words.SPARE if gap < 0 else words.EVEN
    kind = f"wall-cell tint-{cell.tint}{' framed' if cell.framed else ''}"
    return html.Span(visit.say(said, n=f"{abs(gap):,}"), className=f"{kind} num")


def _matrix_foot(visit: Visit, drawn: Mismatch) -> str:
    said = []
    if drawn.framed:
        share = f"{100 * drawn.share:.0f}%"
        said.append(visit.say(words.FRAMED, count=drawn.framed, share=share))
    if drawn.hidden:
        said.append(visit.say(words.HIDDEN))
    return ("；" if visit.language == "zh" else "; ").join(said)


def _posts(visit: Visit) -> str:
    """The kinds of posts of the whole city that are scarcest: kept for the city only."""
    answer = questions.catalogue(asked.city(visit))
    rows, details = rows_of(answer), details_of(answer)
    lines = [_post(visit, row, details[row.id]) for row in rows if row.ok and row.id in details]
    note = visit.say(words.POSTS_NOTE, count=f"{len(rows):,}")
    return titled(visit.say(words.TITLES["posts"]), note, html.Div(lines, className="wall-rows"))


def _post(visit: Visit, row: Row, detail: Detail) -> Component:
    comma = "，" if visit.language == "zh" else ", "
    said = comma.join(filter(None, detail.names[:2]))
    profile = comma.join(filter(None, (detail.names[2], _title(row, detail))))
    name = html.Span(
        [
            html.Span(said, className="wall-name", title=said),
            html.Span(profile, className="wall-under", title=profile),
        ],
        className="wall-rank-name",
    )
    value = html.Span(
        [
            html.Strong(str(figure(row.number, "ratio", visit.language)), className="num"),
            html.Span(interval(row.low, row.high, "ratio", visit.language), className="num"),
        ],
        className="wall-value",
    )
    href = visit.href("/supply", tab="", by="", industry="", place="")
    return go([name, stars(detail.stars), value], href, "wall-rank wall-post")


def _title(row: Row, detail: Detail) -> str:
    """Return the title a post asks for; nothing where it asks for none."""
    return "" if row.id.endswith(f"|{_NO_TITLE}") else detail.names[3]


def _trend(visit: Visit) -> str:
    drawn = questions.over_months(visit)
    title = visit.say(words.TITLES["trend"], name=_called(visit))
    note = visit.say(words.TREND_NOTE, count=len(drawn.months))
    if not drawn.known:
        return titled(title, note, html.Div(absent("missing", visit.language, why=True)))
    return titled(title, note, trend.chart(drawn, visit))


def _commute(visit: Visit) -> str:
    title, body = commute.body(visit, _called)
    month = months.to_words(visit.month, visit.language)
    return titled(title, visit.say(words.COMMUTE_NOTE, month=month), body, wide=True)


_TILES: dict[str, Callable[[Any], str]] = {
    **{kind: _ranking(kind) for kind in ("industries", "chains", "districts")},
    "trend": _trend,
    "matrix": _matrix,
    "posts": _posts,
    "commute": _commute,
}
NAMES = tuple(_TILES)
