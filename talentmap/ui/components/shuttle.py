"""Shuttle lines as cards with a thumbnail, and the thumbnail large for the brief."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.draw.facts import short_place
from talentmap.ui.draw.shuttle import KM_PER_DEGREE, Frame, Line, frame_of
from talentmap.ui.draw.svg import Point, drawing, hint, line, tag, words

Box = tuple[float, float, float, float]
_AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
_LENGTHS = (0.5, 1, 2, 5, 10, 20, 50)  # km a bar may stand for
_LEAST_BAR = 60.0  # px


def card(
    number: int, title: str, drawn: Line, href: str, chosen: bool, facts: list[str]
) -> Component:
    """Return the card of a line: thumbnail, number and title, then its facts, the first large."""
    head = html.Div(
        [html.Span(str(number), className="line-number num"), html.Strong(short_place(title))],
        className="line-name",
    )
    first, *rest = facts
    said = [html.Div(first, className="line-first num")]
    said += [html.Div(fact, className="line-fact num") for fact in rest]
    thumb = html.Div(
        className="still line-thumb",
        **attrs(data_html=picture(drawn, 104, 94, drawn.name, named=False)),
    )
    body = html.Div([head, *said], className="line-words")
    return go([thumb, body], href, "line-card", title=drawn.name, **current(chosen))


def picture(
    drawn: Line, width: float, height: float, label: str, *, named: bool,
    ground: list[list[tuple[float, float]]] | None = None, km: str = "km",
) -> str:  # fmt: skip
    """Return the line as SVG: clusters of homes, the way, its stops, the workplace at its end.

    `ground` are outlines to draw below it, in degrees; `named` adds the numbers of the stops, the
    name of the last one and a bar of length in `km`.
    """
    frame = frame_of(
        [(s.lon, s.lat) for s in drawn.stops] + [(c[0], c[1]) for c in drawn.clusters],
        width, height,
    )  # fmt: skip
    stops = [frame.at(stop.lon, stop.lat) for stop in drawn.stops]
    parts = [
        tag("path", d=line([frame.at(*p) for p in ring], True), class_="line-ground")
        for ring in ground or []
    ]
    parts += [_homes(one, frame, drawn) for one in drawn.clusters]
    parts.append(tag("path", d=line(stops), class_="line-case"))
    parts.append(tag("path", d=line(stops), class_="line-way"))
    parts += [_stop(i, at, drawn) for i, at in enumerate(stops)]
    if named:
        parts += [*_labels(stops, drawn), _scale(frame, km)]
    return drawing(width, height, *parts, label=label, kind="line-svg")


def _stop(index: int, at: Point, drawn: Line) -> str:
    stop, last = drawn.stops[index], index == len(drawn.stops) - 1
    kind = "line-end" if last else "line-stop"
    return tag("circle", hint(stop.name), cx=at[0], cy=at[1], r=4.5 if last else 2.8, class_=kind)


def _labels(stops: list[Point], drawn: Line) -> list[str]:
    """The numbers of the stops and the name of the last, each where it meets no other."""
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in stops]
    found = []
    for index in reversed(range(len(stops))):
        last = index == len(stops) - 1
        said = drawn.stops[index].name if last else str(index + 1)
        half = 6.5 * len(said) if last else 4.0 * len(said)
        x, y = stops[index]
        places = [(x + dx * (half + 8), y + dy * 15) for dx, dy in _AROUND]
        boxes = [(px - half, py - 8, px + half, py + 8) for px, py in places]
        free = next((i for i, box in enumerate(boxes) if not _meets(box, taken)), 0)
        taken.append(boxes[free])
        found.append(words(said, *places[free], "line-label"))
    return found


def _meets(box: Box, taken: list[Box]) -> bool:
    return any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken)


def _scale(frame: Frame, km: str) -> str:
    """A bar of a round length in the lower left corner."""
    pixels = frame.scale / KM_PER_DEGREE
    length = next((n for n in _LENGTHS if n * pixels > _LEAST_BAR), _LENGTHS[-1])
    x, y, end = 14.0, frame.height - 14, 14 + length * pixels
    bar = tag("path", d=f"M{x} {y - 5}V{y}H{end:.1f}V{y - 5}", class_="line-scale")
    return bar + words(f"{length:g} {km}", (x + end) / 2, y - 8, "line-label")


def _homes(cluster: tuple[float, float, float], frame: Frame, drawn: Line) -> str:
    """A cluster of homes as a disc whose area is its people."""
    lon, lat, persons = cluster
    most = max(c[2] for c in drawn.clusters) or 1.0
    x, y = frame.at(lon, lat)
    radius = 3 + min(frame.width, frame.height) / 12 * (persons / most) ** 0.5
    return tag("circle", cx=x, cy=y, r=radius, class_="line-homes")
