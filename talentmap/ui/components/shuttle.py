"""Shuttle lines as cards with a thumbnail, and the thumbnail large for the brief."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.draw.shuttle import Frame, Line, frame_of
from talentmap.ui.draw.svg import Point, drawing, hint, line, tag, words


def card(
    number: int, title: str, drawn: Line, href: str, chosen: bool, facts: list[str]
) -> Component:
    """Return the card of a line: thumbnail, number and title, then its facts, the first large."""
    head = html.Div(
        [html.Span(str(number), className="line-number num"), html.Strong(title)],
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
    ground: list[list[tuple[float, float]]] | None = None,
) -> str:  # fmt: skip
    """Return the line as SVG: clusters of homes, the way, its stops, the workplace at its end.

    `ground` are outlines to draw below it, in degrees; `named` puts the names beside the stops.
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
    parts += [_stop(i, at, drawn, named) for i, at in enumerate(stops)]
    return drawing(width, height, *parts, label=label, kind="line-svg")


def _stop(index: int, at: Point, drawn: Line, named: bool) -> str:
    stop, last = drawn.stops[index], index == len(drawn.stops) - 1
    kind = "line-end" if last else "line-stop"
    mark = tag("circle", hint(stop.name), cx=at[0], cy=at[1], r=4.5 if last else 2.8, class_=kind)
    if not named:
        return mark
    above = at[1] - 10 if index % 2 else at[1] + 16
    label = stop.name if last else f"{index + 1} {stop.name}"
    return mark + words(label, at[0], above, "line-label")


def _homes(cluster: tuple[float, float, float], frame: Frame, drawn: Line) -> str:
    """A cluster of homes as a disc whose area is its people."""
    lon, lat, persons = cluster
    most = max(c[2] for c in drawn.clusters) or 1.0
    x, y = frame.at(lon, lat)
    radius = 3 + min(frame.width, frame.height) / 12 * (persons / most) ** 0.5
    return tag("circle", cx=x, cy=y, r=radius, class_="line-homes")
