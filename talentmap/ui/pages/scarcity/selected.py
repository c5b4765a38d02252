"""The selected one: its numbers, why it is scarce, its lines over the months, its mismatch."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import Answer
from talentmap.model.errors import UserError
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components import states
from talentmap.ui.components.about import note
from talentmap.ui.components.basics import go, icon
from talentmap.ui.components.gap_lines import GapWords, gap_lines, short_month
from talentmap.ui.components.kpi import delta
from talentmap.ui.components.matrix import matrix
from talentmap.ui.components.stars import stars
from talentmap.ui.components.states import absent
from talentmap.ui.components.twin import twin
from talentmap.ui.components.waterfall import signed, waterfall_chart, written
from talentmap.ui.draw.facts import NOTHING, Row, by_value, only_row, rows_of
from talentmap.ui.draw.gap import Gap
from talentmap.ui.draw.mismatch import Cell, Mismatch
from talentmap.ui.draw.numbers import change, figure, interval, status_words
from talentmap.ui.draw.scarcity import Detail, details_of
from talentmap.ui.draw.waterfall import Step, waterfall
from talentmap.ui.pages.scarcity import questions, words
from talentmap.ui.pages.scarcity.caption import caption
from talentmap.ui.sentence import labels, place_name
from talentmap.ui.visit import Visit

_GRID = {"public": "cell7", "internal": "cell8", "authorised": "cell8"}


def head(visit: Visit, row: Row, detail: Detail | None, answer: Answer) -> list[Component]:
    """Return name and stars, the numbers, the caption, the advice and the way to the map."""
    name = html.Div(
        [html.H1(row.name, title=row.name), stars(detail.stars if detail else None)],
        className="supply-name",
    )
    if not row.ok or detail is None:
        why = html.Div(absent(row.status, visit.language, why=True), className="supply-said")
        return [name, why, _actions(visit, None)]
    said = html.P(caption(row, detail, visit.language), className="supply-said")
    return [name, *_numbers(visit, row, detail, answer), said, _actions(visit, detail)]


def nothing_selected(visit: Visit) -> list[Component]:
    """Return the prompt to choose one, with the first of the ranking as a way."""
    ranked = questions.dimension(visit)
    rows = [row for row in by_value(rows_of(questions.ranking(visit, ranked))) if row.ok]
    what = visit.say(words.DIMENSIONS[ranked])
    parts: list[Component] = [html.H1(place_name(visit) or visit.say_plain(visit.info.city))]
    said: list[Any] = [visit.say(words.CHOOSE, what=what)]
    if rows:
        way = visit.say(words.CHOOSE_WAY, name=rows[0].name)
        said.append(go(way, visit.href(**{ranked: rows[0].id}), "link"))
    return [
        html.Div(parts, className="supply-name"),
        html.P(said, className="supply-said ways"),
        _actions(visit, None),
    ]


def no_why(visit: Visit) -> list[Component]:
    """Return the title of the why and, where nothing is selected, what it waits for."""
    what = visit.say(words.DIMENSIONS[questions.dimension(visit)])
    said = html.P(visit.say(words.CHOOSE, what=what), className="note")
    return [title(visit, words.WHY, ""), said]


def why(visit: Visit, row: Row, detail: Detail | None) -> list[Component]:
    """Return the waterfall of the contributions, its coverage and its table."""
    heading = title(visit, words.WHY, visit.say(words.WHY_NOTE))
    if detail is None or not detail.known:
        status = row.status if not row.ok else "insufficient"
        return [heading, html.Div(absent(status, visit.language, why=True), className="state")]
    drawn = waterfall(detail)
    names = {key: visit.say(name) for key, name in words.COMPONENTS.items()}
    score = "" if detail.score is None else visit.say(words.SCORED, score=f"{detail.score:.1f}")
    chart = waterfall_chart(
        drawn, names, visit.say(words.NO_COMPONENT), visit.say(words.TOTAL), score
    )
    heads = [visit.say(w) for w in (words.COMPONENT, words.WEIGHT, words.Z, words.CONTRIBUTION)]
    lines = [
        [names.get(step.part.id, step.part.id), *_step_values(visit, step)] for step in drawn.steps
    ]
    lines.append([visit.say(words.TOTAL), "", "", written(drawn.total, 3)])
    have, of = detail.coverage or (len(detail.known), len(detail.contributions))
    foot = visit.say(words.COVERAGE, have=have, of=of)
    table = twin(visit.say(words.TABLE), heads, lines)
    return [heading, html.Div([table, chart], className="twinned"), _foot(foot)]


def trend(visit: Visit, drawn: Gap) -> list[Component]:
    """Return openings against those an average city would have, month by month."""
    about_it = note(
        visit.say(words.TREND), [(visit.say(words.AS_OPENINGS), visit.say(words.TREND_FOOT))], visit
    )
    counted = visit.say(words.TREND_NOTE, count=len(drawn.months))
    heading = title(visit, words.TREND, counted, about_it)
    if not drawn.known:
        return [heading, html.Div(absent("missing", visit.language, why=True), className="state")]
    named = GapWords(
        visit.say(words.OPENINGS),
        visit.say(words.AS_OPENINGS),
        _gap_words(visit, drawn),
        visit.language,
    )
    heads = [visit.say(w) for w in (words.MONTH, words.OPENINGS, words.AS_OPENINGS)]
    lines = [
        [short_month(month, visit.language), *(_count(visit, v) for v in values)]
        for month, *values in zip(drawn.months, drawn.openings, drawn.expected, strict=True)
    ]
    table = twin(visit.say(words.TABLE), heads, lines[::-1])
    chart = html.Div([table, gap_lines(drawn, named)], className="twinned")
    return [heading, chart, _foot(visit.say(words.TREND_FOOT))]


def crossed(visit: Visit, drawn: Mismatch, index: dict[str, float | None]) -> list[Component]:
    """Return the matrix, what its frame holds, and the share that would have to change."""
    key = [
        html.Span(visit.say(words.OPENINGS), className="key demand"),
        html.Span(visit.say(words.PEOPLE), className="key supply"),
    ]
    heading = title(visit, words.MATRIX, key)
    if not drawn.rows or not drawn.columns:
        return [heading, states.nothing(visit.say(words.NO_MATRIX), "")]
    chart = matrix(drawn, visit.language, visit.say(words.OPENINGS), visit.say(words.PEOPLE))
    heads = [visit.say(w) for w in (words.CELL, words.OPENINGS, words.PEOPLE, words.GAP)]
    columns = [name for _, name in drawn.columns]
    lines = [
        [f"{name}，{column}" if visit.language == "zh" else f"{name}, {column}"]
        + _cell_values(visit, cell)
        for (_, name), cells in zip(drawn.rows, drawn.cells, strict=True)
        for column, cell in zip(columns, cells, strict=True)
    ]
    table = twin(visit.say(words.TABLE), heads, lines)
    said = _matrix_words(visit, drawn, index)
    return [heading, html.Div([table, chart], className="twinned"), _foot(said)]


def _numbers(visit: Visit, row: Row, detail: Detail, answer: Answer) -> list[Component]:
    language = visit.language
    span = interval(row.low, row.high, "ratio", language)
    shown = [_number(visit, words.INDEX, str(figure(row.number, "ratio", language)), span)]
    if detail.before is not None:
        then = visit.say(words.CHANGE, then=labels(visit)["versus"] or visit.say(text.YEAR_AGO))
        moved = change(row.number, detail.before, "ratio", "up", language)
        shown.append(_number(visit, then, delta(moved)))
    seekers = _openings_ratio(visit)
    if seekers.ok:
        value = str(figure(seekers.number, "ratio", language))
        shown.append(_number(visit, words.SEEKERS, value, visit.say(words.SEEKERS_ONLY)))
    openings, people = _count(visit, detail.openings), _count(visit, detail.people)
    volume = words.VOLUME_REACHED if questions.reached(visit) else words.VOLUME
    shown.append(_number(visit, volume, openings, f"/ {people}"))
    if detail.score is not None:
        shown.append(
            _number(visit, words.SCORE, f"{detail.score:.1f}", _rank(visit, detail, answer))
        )
    return shown


def _openings_ratio(visit: Visit) -> Row:
    """The official number beside ours; absent where this crossing is not published."""
    if "openings_ratio" not in visit.desk.metrics:
        return NOTHING
    try:
        return only_row(visit.here(metric="openings_ratio"))
    except UserError:
        return NOTHING


def _rank(visit: Visit, detail: Detail, answer: Answer) -> str:
    """The place by composite score, and where it moves under other weights."""
    if detail.rank is None or detail.total is None:
        return ""
    totals = [d.total for d in details_of(answer).values() if d.total is not None]
    place = 1 + sum(total > detail.total for total in totals)
    return visit.say(words.RANKED, rank=place, low=detail.rank[0], high=detail.rank[1])


def _number(visit: Visit, name: Words | str, value: Any, more: str = "") -> Component:
    words_of = name if not isinstance(name, Words) else visit.say(name)
    return html.Div(
        [
            html.Div(words_of, className="note"),
            html.Div([html.Strong(value, className="num"), html.Span(more, className="note num")]),
        ],
        className="supply-number",
    )


def _actions(visit: Visit, detail: Detail | None) -> Component:
    parts: list[Component] = []
    if detail is not None and detail.action != "none":
        action = visit.say(words.ACTIONS[detail.action])
        kind = f"action {detail.action}"
        parts.append(html.Span(visit.say(words.ADVICE, action=action), className=kind))
    level = _GRID[visit.viewer.tier]
    href = visit.href("/", metric=questions.METRIC, level=level, by="")
    parts.append(go([icon("map"), html.Span(visit.say(words.TO_MAP))], href, "button"))
    return html.Div(parts, className="supply-actions")


def _gap_words(visit: Visit, drawn: Gap) -> str:
    if drawn.last is None:
        return ""
    more = round(drawn.last[0]) - round(drawn.last[1])
    if not more:
        return visit.say(words.EVEN)
    said = words.MORE if more > 0 else words.FEWER
    return visit.say(said, n=f"{abs(more):,}")


def _matrix_words(visit: Visit, drawn: Mismatch, index: dict[str, float | None]) -> str:
    said = []
    if drawn.framed:
        share = f"{100 * drawn.share:.0f}%"
        said.append(visit.say(words.FRAMED, count=drawn.framed, share=share))
    duncan = index.get("duncan")
    if duncan is not None:
        said.append(visit.say(words.DUNCAN, share=f"{100 * duncan:.1f}%"))
    if drawn.hidden:
        said.append(visit.say(words.HIDDEN_CELLS))
    return ("；" if visit.language == "zh" else "; ").join(said)


def _step_values(visit: Visit, step: Step) -> list[str]:
    part = step.part
    if step.value is None or part.z is None or part.weight is None:
        return ["", "", visit.say(words.NO_COMPONENT)]
    return [f"{part.weight:.2f}", written(part.z, 2), signed(step.value, 3)]


def _cell_values(visit: Visit, cell: Cell) -> list[str]:
    if not cell.ok:
        return [status_words(cell.status, visit.language), "", ""]
    return [_count(visit, cell.openings), _count(visit, cell.people), signed(cell.gap, 0)]


def _count(visit: Visit, value: float | None) -> str:
    return "—" if value is None else str(figure(value, "count", visit.language))


def title(visit: Visit, name: Words, more: Any = "", info: Component | None = None) -> Component:
    """Return the head of a part: its name with an "i", and a note at its right."""
    named = [html.Span(visit.say(name)), *([info] if info is not None else [])]
    return html.Div([html.H3(named), html.Span(more, className="note")], className="tile-head")


def _foot(said: str) -> Component:
    return html.Div(html.Span(said, className="note", title=said), className="tile-foot")
