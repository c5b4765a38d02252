"""The measures of the national commuting report beside what it published, and by place."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import MISSING
from talentmap.model.errors import UserError
from talentmap.ui.components import cards
from talentmap.ui.components.about import note
from talentmap.ui.components.basics import go, icon, segmented
from talentmap.ui.components.states import refused
from talentmap.ui.draw.facts import NOTHING, Row
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import LinearAxis
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.pages.commute.asking import Measure, Measured
from talentmap.ui.visit import Visit

_MEAN, _LEAST = "mean_km", "separation"
_MINUTES = "mean_minutes"


def measures_view(visit: Visit) -> Component:
    """Return the measures of the place beside the published ones, and each district's."""
    return html.Div([_here(visit, asking.measures(visit)), _by(visit)], className="pair measures")


def _here(visit: Visit, found: Measured) -> Component:
    file = html.A(
        [icon("download", 14), visit.say(words.MEASURES_FILE)],
        href=visit.href("/export/commute-measures.csv"),
        className="link",
    )
    name = cards.selected_name(visit)
    about = note(name, [(m.name, m.formula) for m in found.measures], visit)
    head = html.Div([html.H3([name, about]), file], className="section-head spread")
    heads = [visit.say(w) for w in (words.MEASURE, words.HERE, words.PUBLISHED)]
    rows = found.blocks[0][2] if found.blocks else {}
    lines: list[Component] = [
        html.Tr(
            [
                html.Th(measure.name, scope="row"),
                html.Td(_written(visit, measure, rows.get(measure.id, NOTHING)), className="now"),
                html.Td(_published(visit, found, measure.id, measure.kind), className="note num"),
            ]
        )
        for measure in found.measures
    ]
    time = [html.Th(visit.say(words.MEAN_MINUTES), scope="row"), html.Td("—", className="now")]
    said = _published(visit, found, _MINUTES, "")
    lines.append(html.Tr([*time, html.Td(said, className="note num")]))
    minds = [html.P(said, className="note") for said in (*found.notes, visit.say(words.NO_MINUTES))]
    return html.Section([head, _table(heads, lines, ""), *minds], className="section")


def _published(visit: Visit, found: Measured, measure: str, kind: str) -> str:
    """Return the figures of a measure that were published, each with whose and which year."""
    of = [one for one in found.reference if one["id"] == measure]
    said = [
        visit.say(
            words.PUBLISHED_OF, value=_figure(visit, one, kind), name=one["name"], year=one["year"]
        )
        for one in of
    ]
    return visit.say(words.AND_ALSO).join(said) or "—"


def _figure(visit: Visit, one: dict[str, Any], kind: str) -> str:
    if not kind:
        return visit.say(words.MINUTES, value=f"{one['value']:g}")
    return str(figure(one["value"], kind, visit.language, visit.say(words.KM)))


def _table(heads: list[str], lines: list[Component], kind: str) -> Component:
    head = html.Thead(html.Tr([html.Th(h, scope="col") for h in heads]))
    return html.Table([head, html.Tbody(lines)], className=f"measure-table {kind}".strip())


def _by(visit: Visit) -> Component:
    """The same measures a district or an industry, longest mean way first."""
    chosen = visit.by if visit.by in words.MEASURES_BY else "district"
    links = [
        (visit.say(said), visit.href(by="" if name == "district" else name), name == chosen)
        for name, said in words.MEASURES_BY.items()
    ]
    title = visit.say(words.MEASURES_BY[chosen])
    switch = html.Div(segmented(links, title), className="ends-levels")
    head = html.Div([html.H3(title), switch], className="section-head spread")
    try:
        found = asking.measures(visit, chosen)
    except UserError as error:
        return html.Section([head, refused(error, visit, brief=True)], className="section")
    axis = LinearAxis(max((_mean(rows) for *_, rows in found.blocks), default=0.0))
    order = sorted(found.blocks, key=lambda block: -_mean(block[2]))
    lines: list[Component] = [_block(visit, chosen, block, found.measures, axis) for block in order]
    heads = ["", *(visit.say(words.MEASURE_SHORT[m.id]) for m in found.measures)]
    box = html.Div(_table(heads, lines, "by-place"), className="measure-box", tabIndex="0")
    table = html.Div(box, className="fit")
    key = html.P(visit.say(words.SPLIT_BAR), className="note")
    return html.Section([head, table, key], className="section")


def _mean(rows: dict[str, Row]) -> float:
    row = rows.get(_MEAN, NOTHING)
    return row.number if row.ok else 0.0


def _block(
    visit: Visit, kind: str, block: tuple[str, str, dict[str, Row]], measures: list[Measure],
    axis: LinearAxis,
) -> Component:  # fmt: skip
    code, name, rows = block
    known = visit.info.place(kind, code) is not None
    to = visit.href(place=f"{kind}:{code}") if known else visit.href(industry=code, by="")
    least = rows.get(_LEAST, NOTHING)
    ends = [_mean(rows), min(least.number, _mean(rows)) if least.ok else 0.0]
    fills = [
        html.Span(className=kind, style={"width": f"{axis.at(end)}%"})
        for kind, end in zip(("band-fill rest", "band-fill"), ends, strict=True)
    ]
    bar = html.Span(fills, className="band-track split")
    cells = [html.Td(_written(visit, m, rows.get(m.id, NOTHING))) for m in measures]
    return html.Tr([html.Th([go(name, to, "row-name", title=name), bar], scope="row"), *cells])


def _written(visit: Visit, measure: Measure, row: Row) -> Component:
    if not row.ok:
        said = "—" if row.status == MISSING else status_words(row.status, visit.language)
        return html.Span(said, className="absent-word")
    unit = visit.say(words.KM)
    return html.Span(str(figure(row.number, measure.kind, visit.language, unit)), className="num")
