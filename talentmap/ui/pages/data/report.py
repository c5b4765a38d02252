"""What became of the rows of a file: counts by reason and column, examples by row number."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.answers.office import BatchReport, Office
from talentmap.model.words import Words
from talentmap.ui.components.forms import table
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.data import words
from talentmap.ui.visit import Visit


def report(visit: Visit, office: Office, found: BatchReport) -> Component:
    """Return the report of a batch or of a dry run; it names rows and columns, never a value."""
    return html.Div(
        [_totals(visit, found), *_refused(visit, office, found), *_further(visit, office, found)],
        className="report grow",
    )


def _totals(visit: Visit, found: BatchReport) -> Component:
    boxes = [(words.ROWS_IN, found.rows_in, ""), (words.ACCEPTED, found.accepted, "better")]
    boxes.append((words.REFUSED, found.refused, "worse" if found.refused else ""))
    if found.persons:
        boxes.append((words.PERSONS, found.persons, ""))
    return html.Div([_box(visit, *box, found.rows_in) for box in boxes], className="totals")


def _box(visit: Visit, name: Words, count: int, kind: str, of: int) -> Component:
    share = str(figure(count / of, "share", visit.language)) if kind and of else ""
    return html.Div(
        [
            html.Div(visit.say(name), className="note"),
            html.Div(
                [html.Strong(f"{count:,}", className="num"), html.Span(share, className="note num")]
            ),
        ],
        className=f"total {kind}".strip(),
    )


def _refused(visit: Visit, office: Office, found: BatchReport) -> list[Component]:
    if not found.reasons:
        return [html.P(visit.say(words.ALL_GOOD), className="note")]
    ordered = sorted(found.reasons.items(), key=lambda item: -item[1])
    rows = [[*_split(visit, office, text), f"{count:,}"] for text, count in ordered]
    examples = [
        [f"{row:,}", column, office.reason(reason, visit.language)]
        for row, column, reason in found.examples
    ]
    return [
        _titled(visit.say(words.REASONS)),
        table([words.COLUMN, words.REASON, words.ROWS], rows, visit, "numbers"),
        _titled(visit.say(words.EXAMPLES, count=len(examples))),
        table([words.ROW, words.COLUMN, words.REASON], examples, visit, "examples"),
    ]


def _further(visit: Visit, office: Office, found: BatchReport) -> list[Component]:
    parts: list[Component] = []
    if found.mended:
        rows = [[*_split(visit, office, text), f"{n:,}"] for text, n in found.mended.items()]
        heads = [words.COLUMN, words.REASON, words.ROWS]
        parts += [_titled(visit.say(words.MENDED)), table(heads, rows, visit, "numbers")]
    if found.unread:
        rows = [[column, f"{n:,}"] for column, n in found.unread.items()]
        parts += [
            _titled(visit.say(words.UNREAD)),
            table([words.COLUMN, words.ROWS], rows, visit, "numbers"),
        ]
    if found.difference:
        rows = [[visit.say(words.CHANGES[k]), f"{n:,}"] for k, n in found.difference.items()]
        title = visit.say(words.DIFFERENCE, batch=found.compared)
        parts += [_titled(title), table([words.REASON, words.ROWS], rows, visit, "numbers")]
    if found.caveats:
        lines = [html.Li(caveat, lang="en") for caveat in found.caveats]
        parts += [_titled(visit.say(words.MIND)), html.Ul(lines, className="caveats")]
    return parts


def _split(visit: Visit, office: Office, text: str) -> list[str]:
    """Return the column and the reason of `column: reason`; no column for a whole row."""
    column, mark, reason = text.partition(": ")
    if not mark:
        column, reason = "", text
    return [column, office.reason(reason, visit.language)]


def _titled(words_: str) -> Component:
    return html.H3(words_, className="report-title")
