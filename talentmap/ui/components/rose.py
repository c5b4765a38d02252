"""The rose of distance and direction as a drawing whose sectors are links, and its bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import SUPPRESSED
from talentmap.ui.components.basics import attrs
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.rose import DIRECTIONS, Rose, Sector, outline
from talentmap.ui.draw.scale import LinearAxis
from talentmap.ui.draw.svg import Point, drawing, hint, line, tag, words

_SIZE = 200.0
_RADIUS = 82.0
_DOTS = tag(
    "defs",
    tag(
        "pattern",
        tag("circle", cx=2.5, cy=2.5, r=1.05, class_="rose-dot"),
        id="rose-dots", width=5, height=5, patternUnits="userSpaceOnUse",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class RoseWords:
    """The words of a rose: its name, the points of the compass, what a sector says, its link."""

    label: str
    compass: Mapping[str, str]
    says: Callable[[Sector], str]
    href: Callable[[Sector], str]


def rose(drawn: Rose, chosen: str, said: RoseWords) -> Component:
    """Return the drawing; a click or Enter on a sector with people follows its link."""
    centre: Point = (_SIZE / 2, _SIZE / 2)
    # What is outlined is drawn last, so that no neighbour covers its line.
    order = sorted(drawn.sectors, key=lambda s: (s.id == chosen, s == drawn.largest))
    sectors = [_sector(s, centre, drawn, chosen, said) for s in order]
    signs = [
        words(said.compass[name], centre[0] + x, centre[1] + y, "rose-sign")
        for name, x, y in (("N", 0, -91), ("E", 91, 0), ("S", 0, 91), ("W", -91, 0))
    ]
    picture = drawing(_SIZE, _SIZE, _DOTS, *sectors, *signs, label=said.label, kind="rose-svg")
    return html.Div(className="still rose", **attrs(data_html=picture))


def _sector(sector: Sector, centre: Point, drawn: Rose, chosen: str, said: RoseWords) -> str:
    state = f"rose-{sector.klass}" if sector.persons is not None else f"rose-{sector.status}"
    marks = ["rose-most"] if sector == drawn.largest else []
    marks += ["rose-chosen"] if sector.id == chosen else []
    spoken = said.says(sector)
    kind = " ".join(["rose-sector", state, *marks])
    shape = tag("path", hint(spoken), d=line(outline(sector, centre, _RADIUS), True), class_=kind)
    if not sector.persons:
        return shape
    current = "true" if sector.id == chosen else ""
    return tag(
        "a", shape, href=said.href(sector), class_="go", aria_label=spoken, aria_current=current
    )


def bands(rows: list[Row], names: Mapping[str, str], language: str) -> Component:
    """Return the distance bands: name, share and a bar each; `value` of a row is its share."""
    axis = LinearAxis(max((row.number for row in rows if row.ok), default=0.0))
    return html.Div([_band(row, names, axis, language) for row in rows], className="bands")


def _band(row: Row, names: Mapping[str, str], axis: LinearAxis, language: str) -> Component:
    if not row.ok:
        mark = "suppressed" if row.status == SUPPRESSED else row.status
        share = html.Span(status_words(row.status, language), className="absent-word")
        fill = html.Span(className=f"absent absent-{mark}")
    else:
        share = html.Span(str(figure(row.number, "share", language)), className="num")
        fill = html.Span(className="band-fill", style={"width": f"{axis.at(row.number)}%"})
    head = html.Div([html.Span(names.get(row.id, row.name)), share], className="band-head")
    return html.Div([head, html.Div(fill, className="band-track")], className="band")


def table_lines(
    cells: Mapping[str, Row], band_ids: list[str], compass: Mapping[str, str], language: str
) -> list[list[str]]:
    """Return the rose as a table: a row a direction, a column a band of the desk."""
    return [
        [compass[name], *(_written(cells.get(f"{band}-{name}"), language) for band in band_ids)]
        for name in DIRECTIONS
    ]


def _written(row: Row | None, language: str) -> str:
    if row is None:
        return "—"
    if not row.ok:
        return status_words(row.status, language)
    return str(figure(row.number, "count", language))
