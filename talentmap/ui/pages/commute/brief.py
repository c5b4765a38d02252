"""One page on one shuttle line, to print: picture, stops, assumptions, where the numbers are from.

A page of its own without scripts from the frame; its few styles stand in it, so that it can be
saved as one file.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.ui import text
from talentmap.ui.components.shuttle import picture
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.shuttle import Line
from talentmap.ui.pages.commute import words
from talentmap.ui.pages.commute.asking import Suggestion, outlines
from talentmap.ui.pages.commute.documents import line_named
from talentmap.ui.sentence import place_name
from talentmap.ui.still import to_html
from talentmap.ui.visit import Visit

_WIDTH, _HEIGHT = 680.0, 380.0
Ring = list[tuple[float, float]]
_STYLE = """
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; padding: 24px 0; color: #1a232b; background: #fff;
  font: 13px/20px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  font-feature-settings: "tnum" 1; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
h1 { font-size: 22px; line-height: 30px; margin: 4px 0 2px; font-weight: 600; }
h2 { font-size: 14px; line-height: 20px; margin: 16px 0 6px; font-weight: 600; }
p, ul { margin: 0; } ul { padding-left: 18px; }
.note { color: #66727d; font-size: 12px; line-height: 18px; }
.mark { border: 1px solid #c6cdd3; border-radius: 4px; padding: 0 7px; font-size: 12px; white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(5, 1fr); margin: 12px 0; border: solid #e3e7ea; border-width: 1px 0; }
.facts div { padding: 8px 0 8px 12px; border-left: 1px solid #e3e7ea; }
.facts div:first-child { padding-left: 0; border-left: 0; }
.facts strong { display: block; font-size: 20px; line-height: 26px; font-weight: 600; }
.map svg { width: 100%; height: auto; display: block; background: #f8f9f7; border: 1px solid #e3e7ea; border-radius: 4px; }
.line-ground { fill: none; stroke: #c9d0d3; stroke-width: 1; }
.line-homes { fill: #659bc8; fill-opacity: .35; }
.line-case { fill: none; stroke: #fff; stroke-width: 6; stroke-linejoin: round; }
.line-way { fill: none; stroke: #1a232b; stroke-width: 2.4; stroke-linejoin: round; stroke-linecap: round; }
.line-stop { fill: #fff; stroke: #1a232b; stroke-width: 1.8; }
.line-end { fill: #5b3fa8; stroke: #fff; stroke-width: 1.5; }
.line-scale { fill: none; stroke: #47535e; stroke-width: 1.2; }
.line-label { font-size: 12px; fill: #1a232b; text-anchor: middle; paint-order: stroke; stroke: #f8f9f7; stroke-width: 3.5px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th { text-align: left; font-weight: 400; color: #66727d; font-size: 12px; border-bottom: 1px solid #c6cdd3; padding: 3px 0; }
td { border-bottom: 1px solid #e3e7ea; padding: 4px 0; }
th:last-child, td:last-child { text-align: right; }
th:first-child, td:first-child { width: 40px; }
footer { margin-top: 16px; padding-top: 8px; border-top: 1px solid #c6cdd3; }
@media print { body { padding: 0; } }
@media (max-width: 640px) { body { padding: 16px; } .facts { grid-template-columns: 1fr 1fr; } }
"""  # noqa: E501 - one rule a line, as in the style sheets


def brief(visit: Visit) -> str:
    """Return the page as HTML; raise UserError for a place without a line."""
    line, found = line_named(visit)
    language = "en" if visit.language == "en" else "zh-CN"
    title = visit.say(words.BRIEF_TITLE, name=line.name)
    body = to_html([_head(visit, line, found), _facts(visit, line)])
    rest = to_html([_stops(visit, line), _limits(visit, found), _foot(visit, found)])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{to_html(title)}</title><style>{_STYLE}</style></head><body>"
        f'{body}<div class="map">{_map(visit, line)}</div>{rest}</body></html>\n'
    )


def _head(visit: Visit, line: Line, found: Suggestion) -> Component:
    mark = visit.say(text.SYNTHETIC) if found.answer.synthetic else ""
    where = f"{visit.say_plain(visit.info.city)} · {visit.say(text.PRODUCT)}"
    top = [html.Span(where, className="note"), html.Span(mark, className="mark") if mark else ""]
    title = html.H1(visit.say(words.BRIEF_TITLE, name=line.name))
    asked = visit.say(words.BRIEF_OF, place=place_name(visit))
    return html.Div([html.Header(top), title, html.P(asked, className="note")])


def _facts(visit: Visit, line: Line) -> Component:
    language, persons, km = visit.language, visit.say(words.PERSONS), visit.say(words.KM)
    values = {
        "served": figure(line.served, "count", language, persons),
        "riders": figure(line.riders, "count", language, persons),
        "km": figure(line.km, "km", language, km),
        "stops": len(line.stops),
        "saved": figure(line.saved_km, "count", language),
    }
    return html.Div(
        [
            html.Div([html.Span(visit.say(words.FACTS[n]), className="note"), html.Strong(str(v))])
            for n, v in values.items()
        ],
        className="facts",
    )


def _map(visit: Visit, line: Line) -> str:
    ground = _rings(json.loads(found)) if (found := outlines(visit)) else []
    label = visit.say(words.MAP_OF)
    return picture(line, _WIDTH, _HEIGHT, label, named=True, ground=ground, km=visit.say(words.KM))


def _rings(collection: dict[str, Any]) -> list[Ring]:
    """Return the outer and inner rings of the districts, in degrees."""
    rings: list[Ring] = []
    for feature in collection["features"]:
        shape = feature["geometry"]
        many = shape["type"] == "MultiPolygon"
        for part in shape["coordinates"] if many else [shape["coordinates"]]:
            rings += [[(p[0], p[1]) for p in ring] for ring in part]
    return rings


def _stops(visit: Visit, line: Line) -> Component:
    heads = [visit.say(w) for w in (words.STOP_NO, words.STOP, words.STOP_PERSONS)]
    lines = []
    for number, stop in enumerate(line.stops, start=1):
        persons = (
            str(figure(stop.persons, "count", visit.language))
            if stop.persons
            else visit.say(words.STOP_END)
        )
        lines.append(html.Tr([html.Td(str(number)), html.Td(stop.name), html.Td(persons)]))
    table = html.Table([html.Thead(html.Tr([html.Th(h) for h in heads])), html.Tbody(lines)])
    return html.Div([html.H2(visit.say(words.FACTS["stops"])), table])


def _limits(visit: Visit, found: Suggestion) -> Component:
    said = [*found.assumptions, visit.say(words.LIMITS)]
    listed = html.Ul([html.Li(one) for one in said])
    return html.Div([html.H2(visit.say(words.ASSUMPTIONS)), listed])


def _foot(visit: Visit, found: Suggestion) -> Component:
    answer = found.answer
    mark = [visit.say(text.SYNTHETIC_WHY)] if answer.synthetic else []
    month = months.to_words(months.to_index(answer.month), visit.language)
    pairs = [
        (text.MONTH, month),
        (text.RELEASE, answer.release),
        (text.SOURCE, answer.source),
        (words.TIER, visit.say(words.TIERS[answer.tier])),
        (words.DATE, date.today().isoformat()),  # noqa: DTZ011 - the day of this machine
    ]
    said = " · ".join([*(f"{visit.say(name)} {value}" for name, value in pairs), *mark])
    return html.Footer(html.P(said, className="note"))
