"""How closely the records of each district are placed, as a table and a small map."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from talentmap.answers.office import Office
from talentmap.answers.outlines import WIDTH, Outline
from talentmap.ui.components.basics import attrs, segmented
from talentmap.ui.components.forms import head, table
from talentmap.ui.components.states import nothing
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.data import words
from talentmap.ui.visit import Visit

Counts = dict[str, int]
_TO_CELL = ("exact", "place")
_CLASSES = 6
_FEW = 5  # persons; fewer are not told to the internal tier
_OF_PERSONS = ("home", "work")


def coverage(visit: Visit, office: Office) -> list[Component]:
    """Return the table of one side and its map; the switch between the sides there are."""
    found = office.coverage()
    sides = [side for side in words.SIDES if found.get(side)]
    title = head(visit.say(words.COVERAGE), visit.say(words.COVERAGE_NOTE))
    if not sides:
        return [title, nothing(visit.say(words.NO_COVERAGE), visit.say(words.NO_BATCHES_WHY))]
    side = visit.by if visit.by in sides else sides[0]
    options = [(visit.say(words.SIDES[s]), visit.href(by=s), s == side) for s in sides]
    shapes = office.outlines()
    drawn = [_pictured(visit, shapes, found[side])] if shapes else []
    body = html.Div([_table(visit, side, found[side], shapes), *drawn], className="covered grow")
    return [title, segmented(options, visit.say(words.COVERAGE)), body]


def _table(visit: Visit, side: str, places: dict[str, Counts], shapes: list[Outline]) -> Component:
    names = {shape.code: visit.say_plain(shape.name) for shape in shapes}
    names |= {p.code: visit.say_plain(p.name) for p in visit.info.places.get("district", ())}
    names |= {place: visit.say(name) for place, name in words.ELSEWHERE.items()}
    last = [place for place in words.ELSEWHERE if place in places]
    ordered = sorted(set(places) - set(last), key=lambda place: -sum(places[place].values()))
    rows = []
    for place in [*ordered, *last]:
        counts = places[place]
        cells = [_count(visit, side, counts.get(name, 0)) for name in words.PRECISION]
        total = _count(visit, side, sum(counts.values()))
        rows.append([names.get(place, place), total, *cells, _share(visit, counts)])
    heads = [words.DISTRICT, words.RECORDS, *words.PRECISION.values(), words.TO_CELL]
    return table(heads, rows, visit, "numbers covered-table")


def _count(visit: Visit, side: str, count: int) -> str:
    few = 0 < count < _FEW and side in _OF_PERSONS and visit.viewer.tier == "internal"
    return visit.say(words.FEW) if few else str(figure(count, "count", visit.language))


def _share(visit: Visit, counts: Counts) -> Component:
    share = _to_cell(counts)
    words_ = str(figure(share, "share", visit.language))
    fill = html.Span(className="share-fill", style={"width": f"{100 * share:.1f}%"})
    return html.Span([html.Span(fill, className="share-bar"), words_], className="share")


def _pictured(visit: Visit, shapes: list[Outline], places: dict[str, Counts]) -> Component:
    """Return the map with its legend."""
    ramp = [html.Span(className=f"class-{i + 1}") for i in range(_CLASSES)]
    legend = html.Div(
        ["0%", html.Span(ramp, className="mini-ramp"), "100%"], className="mini-legend"
    )
    title = html.Div(visit.say(words.SHARE_TO_CELL), className="note")
    return html.Div([_map(shapes, places), legend, title], className="mini-box")


def _map(shapes: list[Outline], places: dict[str, Counts]) -> Component:
    """Return the districts in classes of their share: a mask for each, in the colour of its class.

    Masks, because colours of an image would not follow the theme.
    """
    box = f"0 0 {WIDTH:.0f} {shapes[0].height:.0f}"
    layers = [_layer(box, shapes, "lines", outlined=True)]
    for index in range(_CLASSES):
        within = [s for s in shapes if s.code in places and _class(places[s.code]) == index]
        if within:
            layers.insert(0, _layer(box, within, f"class-{index + 1}"))
    ratio = {"aspectRatio": f"{WIDTH:.0f} / {shapes[0].height:.0f}"}
    return html.Div(layers, className="mini-map", style=ratio, **attrs(aria_hidden="true"))


def _layer(box: str, shapes: list[Outline], kind: str, *, outlined: bool = False) -> Component:
    paint = "fill='none' stroke='#000' stroke-width='5'" if outlined else "fill='#000'"
    paths = "".join(f"<path d='{shape.path}' {paint}/>" for shape in shapes)
    image = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}'>{paths}</svg>"
    mask = f'url("data:image/svg+xml,{quote(image)}")'
    return html.Span(className=f"mini {kind}", style={"maskImage": mask, "WebkitMaskImage": mask})


def _class(counts: Counts) -> int:
    return min(int(_to_cell(counts) * _CLASSES), _CLASSES - 1)


def _to_cell(counts: Counts) -> float:
    total = sum(counts.values())
    return sum(counts.get(name, 0) for name in _TO_CELL) / total if total else 0.0
