"""The commute tile: the subject's people and everybody, by bands of distance or by the mean way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import OK
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.ui.components.states import absent
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.screen import asked, captions, words
from talentmap.ui.visit import Visit

_ROOM = 0.055  # a segment smaller than this share has no room for its number

Bands = list[dict[str, Any]]


def body(visit: Visit, called: Callable[[Visit], str]) -> tuple[str, Component]:
    """Return the finding and the bars of the subject (where published) and of the city."""
    city = asked.city(visit)
    mine, everybody = asked.mean_way(visit), asked.mean_way(city)
    if not everybody.ok:
        return visit.say(words.TITLES["commute"]), absent("missing", visit.language, why=True)
    whole = everybody.number
    if not mine.ok or called(visit) == called(city):
        title = visit.say(words.CITY_WAY, km=str(figure(whole, "km", visit.language)))
        return title, _bars(visit, [(called(city), city, whole)])
    title = captions.way_title(called(visit), mine.number, whole, visit.language)
    who = [(called(visit), visit, mine.number), (called(city), city, whole)]
    return title, _bars(visit, who)


def _bars(visit: Visit, who: list[tuple[str, Visit, float]]) -> Component:
    found = [bands(one) for _, one, _ in who]
    longest = max(km for *_, km in who)
    lines = [
        html.Div(
            [
                html.Span(name, className="wall-name", title=name),
                _stack(visit, given) if given else _plain(km / longest),
                html.Strong(f"{figure(km, 'km', visit.language)} {visit.say(words.KILOMETRES)}",
                            className="num"),
            ],
            className="wall-way",
        )
        for (name, _, km), given in zip(who, found, strict=True)
    ]  # fmt: skip
    heads = [_heads(found[0])] if found[0] else []
    return html.Div([*heads, *lines], className="wall-ways")


def bands(visit: Visit) -> Bands:
    """Return the bands of distance of a visit's people; none where they are not published."""
    distances = getattr(visit.desk, "distances", None)
    if distances is None:
        return []
    question = visit.question.but(metric="commute_km")
    try:
        answer = distances(question, visit.viewer, visit.language)
    except (NotPublished, NotAllowed):
        return []
    return [band for band in answer.extra["bands"] if band.get("id") != "unknown"]


def _stack(visit: Visit, given: Bands) -> Component:
    segments = []
    for index, band in enumerate(given):
        share = band.get("share") or 0.0
        if band.get("status") != OK or not share:
            continue
        written = str(figure(share, "share", visit.language)) if share >= _ROOM else ""
        segments.append(
            html.Span(
                html.Span(written, className="num"),
                className=f"wall-band band-{index + 1}",
                style={"flexGrow": f"{share:.5f}"},
                title=f"{band['name']} {figure(share, 'share', visit.language)}",
            )
        )
    return html.Span(segments, className="wall-stack")


def _plain(share: float) -> Component:
    bar = html.Span(className="wall-bar", style={"width": f"{100 * share:.1f}%"})
    return html.Span(bar, className="wall-stack")


def _heads(given: Bands) -> Component:
    """Return the key of the bands: their colours and names."""
    keys = [
        html.Span([html.I(className=f"band-{index + 1}"), str(band["name"])])
        for index, band in enumerate(given)
    ]
    return html.Div(keys, className="wall-keys")
