"""The ranking at the left: dots with intervals, stars, the change; a click selects."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.question import FILTERS
from talentmap.ui.components import states
from talentmap.ui.components.about import about
from talentmap.ui.components.basics import go, icon, segmented
from talentmap.ui.components.dots import Dots, dots
from talentmap.ui.components.twin import twin
from talentmap.ui.draw.facts import Row, by_value, rows_of
from talentmap.ui.draw.numbers import figure, interval, status_words
from talentmap.ui.draw.scarcity import Detail, details_of
from talentmap.ui.pages.scarcity import questions, words
from talentmap.ui.visit import Visit


def head(visit: Visit, ranked: str) -> Component:
    """Return the title, its note and the switch of what is ranked."""
    options = [
        (visit.say(words.DIMENSIONS[name]), visit.href(by=name), name == ranked)
        for name in questions.offered(visit)
    ]
    title = [html.Span(visit.say(words.RANKING)), about(visit.desk.metrics["scarcity"], visit)]
    return html.Div(
        [
            html.H2(title),
            html.Span(visit.say(words.RANKING_NOTE), className="note"),
            segmented(options, visit.say(words.BY)),
        ],
        className="tile-head",
    )


def body(visit: Visit, ranked: str, answer: Answer) -> list[Component]:
    """Return the steps up and down, the dots and their table."""
    rows = by_value(rows_of(answer))
    if not rows:
        what = visit.say(words.DIMENSIONS[ranked])
        return [states.nothing(visit.say(words.NONE_RANKED, what=what), "")]
    found = details_of(answer)
    chart = Dots(
        rows,
        {key: detail.stars for key, detail in found.items()},
        {key: detail.before for key, detail in found.items()},
        visit.language,
        lambda row: visit.href(**{ranked: row.id}),
        questions.chosen(visit, ranked),
        visit.say(words.AVERAGE),
    )
    drawn = html.Div([_table(visit, ranked, rows, found), dots(chart)], className="twinned")
    foot = html.Span(visit.say(words.OPEN_DOTS), className="note")
    return [
        drawn,
        html.Div(
            [foot, html.Span(_steps(visit, ranked), className="steps")], className="tile-foot"
        ),
    ]


def _steps(visit: Visit, ranked: str) -> list[Component]:
    """Links to the level above the chosen code and to the one below it."""
    code = questions.chosen(visit, ranked)
    if not code or ranked not in FILTERS:
        return []
    table = code_table(ranked)
    parent = table.codes[code].parent
    steps = []
    if parent:
        name = table.name(parent, visit.language, short=True)
        steps.append(go(name, visit.href(**{ranked: parent}), "link"))
    below = [c for c in visit.info.codes.get(ranked, ()) if table.codes[c].parent == code]
    if below:
        deeper = [html.Span(visit.say(words.DEEPER)), icon("chevron-right", 12)]
        steps.append(go(deeper, visit.href(**{ranked: below[0]}), "link deeper"))
    return steps


def _table(visit: Visit, ranked: str, rows: list[Row], found: dict[str, Detail]) -> Component:
    heads = [
        visit.say(words.DIMENSIONS[ranked]),
        visit.say(words.COLUMNS["stars"]),
        visit.say(words.INDEX),
        visit.say(words.OPENINGS),
        visit.say(words.REACHED if questions.reached(visit) else words.PEOPLE),
    ]
    lines = [[row.name, *_values(visit, row, found.get(row.id))] for row in rows]
    return twin(visit.say(words.TABLE), heads, lines)


def _values(visit: Visit, row: Row, detail: Detail | None) -> list[str]:
    if not row.ok or detail is None:
        return ["", status_words(row.status, visit.language), "", ""]
    value = figure(row.number, "ratio", visit.language)
    span = interval(row.low, row.high, "ratio", visit.language)
    counts = [
        "" if n is None else str(figure(n, "count", visit.language))
        for n in (detail.openings, detail.people)
    ]
    return [str(detail.stars or ""), f"{value} ({span})" if span else str(value), *counts]
