"""The panel of the page 职住: numbers, in and out, distance and direction, the other ends."""

from __future__ import annotations

from functools import partial

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import OK
from talentmap.ui import text
from talentmap.ui.components import cards
from talentmap.ui.components.about import about, note
from talentmap.ui.components.basics import current, go, icon, segmented
from talentmap.ui.components.inout import Part, in_out
from talentmap.ui.components.kpi import kpi
from talentmap.ui.components.rose import RoseWords, bands, rose, table_lines
from talentmap.ui.components.states import absent, nothing
from talentmap.ui.components.table import listing, section
from talentmap.ui.components.twin import twin
from talentmap.ui.draw.commute import Flows
from talentmap.ui.draw.facts import Row, only_row
from talentmap.ui.draw.numbers import figure, interval, status_words
from talentmap.ui.draw.rose import RINGS, Sector
from talentmap.ui.draw.sankey import Flow
from talentmap.ui.draw.scale import LinearAxis
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.visit import Visit

_MOST = 120


def head(visit: Visit) -> list[Component]:
    """Return name and kind, the direction, and three numbers with their change."""
    directions = [
        (visit.say(said), visit.href(at=at, metric=asking.METRIC), visit.question.at == at)
        for at, said in words.DIRECTIONS.items()
    ]
    label = visit.say(words.VIEWS["flow"])
    return [
        cards.panel_head(visit, cards.selected_name(visit), cards.kind_line(visit)),
        html.Div(segmented(directions, label), className="directions"),
        html.Div(_numbers(visit), className="kpi-three"),
    ]


def is_long(visit: Visit) -> bool:
    """Tell whether the list has the panel to itself."""
    return visit.choices.get("all") == "1"


def _numbers(visit: Visit) -> list[Component]:
    metrics, at = visit.desk.metrics, visit.question.at
    asked = [("supply", at), ("jobs_housing_ratio", ""), ("commute_km", "")]
    found = []
    for name, side in asked:
        if name not in metrics:
            continue
        changes = {"metric": name, **({"at": side} if side else {})}
        row, before = only_row(visit.here(**changes)), only_row(visit.then(visit.here, **changes))
        box = kpi(visit, metrics[name], row, before)
        found.append(_named(box, visit, at) if side else box)
    return found


def _named(box: Component, visit: Visit, at: str) -> Component:
    """Talent is counted on one side here: the box is named after it."""
    name = visit.say(text.JOBS if at == "work" else text.RESIDENTS)
    title = html.Div(
        [html.Span(name), about(visit.desk.metrics["supply"], visit)], className="kpi-name"
    )
    box.children = [title, *box.children[1:]]
    return box


def flows(visit: Visit) -> Component:
    """Return the bar of who comes in, stays and goes out, with the two shares."""
    found = asking.flows(visit)
    title = visit.say(text.IN_OUT)
    why = [
        (visit.say(text.FLOW_IN), visit.say(text.FLOW_IN_WHY)),
        (visit.say(text.FLOW_STAY), visit.say(text.FLOW_STAY_WHY)),
        (visit.say(text.FLOW_OUT), visit.say(text.FLOW_OUT_WHY)),
        (visit.say(words.CONTAINMENT), visit.say(words.CONTAINED_WHY)),
        (visit.say(words.SUFFICIENCY), visit.say(words.SUFFICIENT_WHY)),
        (visit.say(text.MIND), visit.say(text.BOTH_ENDS)),
    ]
    if not found.parts:
        body: Component = _open(visit)
    else:
        body = html.Div([in_out(_parts(visit, found), visit.language), _shares(visit, found)])
    return section([title, note(title, why, visit)], body)


def _open(visit: Visit) -> Component:
    """What stands for numbers that hidden flows leave open: each its range, or its state."""
    named = (text.FLOW_IN, text.FLOW_STAY, text.FLOW_OUT)
    lines = []
    for name, row in zip(named, asking.flow_rows(visit), strict=True):
        span = interval(row.low, row.high, "count", visit.language)
        shown = str(figure(row.number, "count", visit.language)) if row.ok else span
        said: Component | str = shown or absent(row.status, visit.language)
        label = html.Span(visit.say(name), className="note")
        lines.append(html.Div([label, html.Div(said)], className="num"))
    why = html.P(visit.say(words.RANGE_WHY), className="note")
    return html.Div([html.Div(lines, className="flow-words"), why])


def _parts(visit: Visit, found: Flows) -> list[Part]:
    named = (text.FLOW_IN, text.FLOW_STAY, text.FLOW_OUT)
    whys = (text.FLOW_IN_WHY, text.FLOW_STAY_WHY, text.FLOW_OUT_WHY)
    return [
        Part(visit.say(name), visit.say(why), value)
        for name, why, value in zip(named, whys, found.parts, strict=True)
    ]


def _shares(visit: Visit, found: Flows) -> Component:
    contained = _share(visit, found.stay, found.jobs)
    sufficient = _share(visit, found.stay, found.residents)
    said = visit.say(words.IN_OUT_NOTE, contained=contained, sufficient=sufficient)
    return html.P(said, className="note num shares")


def _share(visit: Visit, part: float | None, whole: float | None) -> str:
    return str(figure(part / whole, "share", visit.language)) if part is not None and whole else "—"


def distances(visit: Visit) -> Component:
    """Return the rose with its bands and its table."""
    found = asking.distances(visit)
    title = visit.say(words.ROSE)
    why = [
        (visit.say(text.FORMULA), visit.say(words.ROSE_WHY)),
        (visit.say(text.MIND), visit.say(words.LIMITS)),
    ]
    at = visit.say(words.ROSE_OF[visit.question.at] if visit.question.place else words.ROSE_CITY)
    head = html.Div(
        [html.H3([title, note(title, why, visit)]), html.Span(at, className="note")],
        className="section-head spread",
    )
    if found.rose.largest is None:
        empty = nothing(visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY))
        return html.Section([head, empty], className="section")
    chart = html.Div([_rose(visit, found), _beside(visit, found)], className="rose-row chart")
    body = html.Div([_twin(visit, found), chart], className="twinned")
    return html.Section([head, body], className="section rose-section")


def _rose(visit: Visit, found: asking.Distances) -> Component:
    chosen = visit.choices.get("sector", "")
    said = RoseWords(
        visit.say(words.ROSE),
        {name: visit.say(word) for name, word in words.COMPASS.items()},
        partial(_sector_says, visit),
        lambda sector: visit.href(sector="" if sector.id == chosen else sector.id),
    )
    return rose(found.rose, chosen, said)


def _sector_name(visit: Visit, sector: Sector) -> str:
    ring, direction = RINGS[sector.ring][0], sector.id.rpartition("-")[2]
    named = visit.say(words.COMPASS[direction])
    return visit.say(words.SECTOR, direction=named, band=visit.say(words.BANDS[ring]))


def _sector_says(visit: Visit, sector: Sector) -> str:
    persons = (
        status_words(sector.status, visit.language)
        if sector.persons is None
        else str(figure(sector.persons, "count", visit.language, visit.say(words.PERSONS)))
    )
    return visit.say(words.SECTOR_SAYS, sector=_sector_name(visit, sector), persons=persons)


def _beside(visit: Visit, found: asking.Distances) -> Component:
    """The bands, and in words the sector that is chosen, else the largest."""
    names = {name: visit.say(word) for name, word in words.BANDS.items()}
    chosen = found.rose.find(visit.choices.get("sector", ""))
    sector = chosen or found.rose.largest
    said: list[Component] = []
    if sector is not None:
        name = _sector_name(visit, sector)
        title = name if chosen else visit.say(words.MOST_IN, sector=name)
        said = [html.Strong(title), html.Span(_sector_number(visit, sector, found))]
        if chosen:
            said.append(go(visit.say(words.CLEAR_SECTOR), visit.href(sector=""), "link"))
    shown = bands(found.bands, names, visit.language)
    return html.Div([shown, html.P(said, className="rose-words num")], className="rose-beside")


def _sector_number(visit: Visit, sector: Sector, found: asking.Distances) -> str:
    if sector.persons is None:
        return status_words(sector.status, visit.language)
    persons = str(figure(sector.persons, "count", visit.language, visit.say(words.PERSONS)))
    share = str(figure(sector.persons / found.rose.whole, "share", visit.language))
    return visit.say(words.SECTOR_PERSONS, persons=persons, share=share)


def _twin(visit: Visit, found: asking.Distances) -> Component:
    ids = [row.id for row in found.bands if row.id in words.BANDS and row.id != "unknown"]
    compass = {name: visit.say(word) for name, word in words.COMPASS.items()}
    heads = [visit.say(words.DIRECTION_HEAD), *(visit.say(words.BANDS[i]) for i in ids)]
    lines = table_lines(found.cells, ids, compass, visit.language)
    return twin(visit.say(words.ROSE_TABLE), heads, lines)


def ends(visit: Visit) -> Component:
    """Return the other ends of the place, or the strongest pairs of districts of the city."""
    if not visit.question.place:
        return _pairs(visit)
    level = asking.ends_level(visit)
    found = asking.ends(visit, level)
    links = [
        (visit.say(said), visit.href(by="" if name == "district" else name), name == level)
        for name, said in words.LEVELS.items()
        if name == "cell7" or visit.info.places.get(name)
    ]
    if not found.rows and not found.beside:
        empty = nothing(visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY))
        return html.Section([_ends_head(visit, links, 0), empty], className="section")
    whole = sum(row.number for row in [*found.rows, *found.beside] if row.ok)
    axis = LinearAxis(max((row.number for row in found.rows), default=0.0))
    kind = "cell" if level.startswith("cell") else level
    lines = [_line(visit, row, whole, axis, kind) for row in found.rows[:_MOST]]
    lines += [_line(visit, row, whole, axis, "") for row in found.beside]
    heads = [visit.say(text.COLUMN_AREA), visit.say(text.COLUMN_PERSONS), ""]
    table = listing([*heads, visit.say(text.COLUMN_SHARE)], lines, "columns-flow")
    parts: list[Component] = [_ends_head(visit, links, len(found.rows)), table]
    if found.hidden:
        parts.append(html.P(visit.say(words.HIDDEN_ROWS, n=found.hidden), className="note"))
    return html.Section(parts, className="section")


def _ends_head(visit: Visit, links: list[tuple[str, str, bool]], count: int) -> Component:
    name = visit.say(words.ENDS[visit.question.at])
    title = html.H3(name)
    every = is_long(visit)
    more = visit.say(words.SHOW_TOP) if every else visit.say(words.SHOW_ALL, n=count)
    arrow = icon("chevron-right", 12)
    link = go([more, arrow], visit.href(all="" if every else "1"), "link more")
    switch = html.Div(segmented(links, name), className="ends-levels")
    return html.Div([title, switch, link], className="section-head spread")


def _pairs(visit: Visit) -> Component:
    flows_found = asking.matrix(visit, "district").flows()
    rows = [_pair(flow) for flow in flows_found[:_MOST]]
    if not rows:
        return nothing(visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY))
    axis, whole = LinearAxis(rows[0].number), sum(f.persons for f in flows_found)
    lines = [_line(visit, row, whole, axis, "") for row in rows]
    heads = [visit.say(words.PAIRS), visit.say(text.COLUMN_PERSONS), ""]
    title = visit.say(text.TOP_PAIRS)
    return section(
        title, listing([*heads, visit.say(text.COLUMN_SHARE)], lines, "columns-flow"), ""
    )


def _pair(flow: Flow) -> Row:
    (home, home_name), (work, work_name) = flow.home, flow.work
    name, persons = f"{home_name} → {work_name}", flow.persons
    return Row(f"{home}>{work}", name, persons, None, None, persons, OK)


def _line(
    visit: Visit, row: Row, whole: float, axis: LinearAxis, kind: str
) -> list[Component | str]:
    """A row of the list: its name leads to the place, if it is one."""
    place = f"{kind}:{row.id}"
    known = kind == "cell" or (kind and visit.info.place(kind, row.id) is not None)
    here = current(visit.question.place == place)
    name = go(row.name, visit.href(place=place), "row-name", **here) if known else row.name
    if not row.ok:
        state = html.Span(status_words(row.status, visit.language), className="absent-word")
        return [name, state, "", ""]
    fill = html.Span(className="flow-mini-fill", style={"width": f"{axis.at(row.number)}%"})
    share = str(figure(row.number / whole, "share", visit.language)) if whole else ""
    return [
        name,
        str(figure(row.number, "count", visit.language)),
        html.Span(fill if kind or ">" in row.id else "", className="flow-mini"),
        share,
    ]
