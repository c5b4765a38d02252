"""What the map of the page 职住 draws: arcs, where the other ends are, a line, a sector."""

from __future__ import annotations

from typing import Any

from talentmap.model.errors import UserError
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.rose import wedge
from talentmap.ui.draw.shuttle import Line
from talentmap.ui.draw.spec import map_spec, shown_question
from talentmap.ui.layers import drawable, layer_of_visit
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit


def spec(visit: Visit) -> dict[str, Any]:
    """Return what the map draws."""
    layer = layer_of_visit(visit)
    flows = layer.shape == "arcs"
    metric = visit.desk.metrics["supply"] if flows else visit.metric
    drawn = map_spec(
        visit.info, visit.question, layer, metric, visit.language, visit.viewer.tier, visit.off
    )
    drawn = drawable(visit, drawn, shown_question(visit.question, layer))
    if flows:
        drawn = _with_flows(visit, drawn)
    return {**drawn, "shuttle": _shuttle(visit), "wedge": _wedge(visit) if flows else None}


def _with_flows(visit: Visit, drawn: dict[str, Any]) -> dict[str, Any]:
    """Draw arcs from the least persons on; with a place, colour where the other ends are."""
    least = asking.least(visit)
    said = {"belowDrawn": visit.say(words.LEAST_OF, n=f"{least:,}")} if least else {}
    asked = visit.question.but(metric=asking.METRIC, level="city", versus="").to_query()
    drawn = {**drawn, "words": {**drawn["words"], **said}}
    if not visit.question.place:
        arcs = {"query": asked, "threshold": 0, "least": least}
        # Flows between districts lie over districts: over hexagons neither could be read.
        level = "district" if visit.info.places.get("district") else drawn["level"]
        return {**drawn, "level": level, "arcs": arcs}
    resolutions = _resolutions(visit, drawn["resolutions"])
    if not resolutions:
        return {**drawn, "arcs": None}
    at = visit.question.at
    layer = {
        **drawn["layer"],
        "title": visit.say(words.FIELD[at]),
        "how": visit.say(words.FIELD_HOW[at], place=place_name(visit)),
    }
    threshold = drawn["arcs"]["threshold"]
    arcs = {"query": asked, "least": least, "threshold": threshold if threshold > 1 else 0}
    query = asked.replace("&level=city", "")
    return {**drawn, "layer": layer, "query": query, "resolutions": resolutions, "arcs": arcs}


def _resolutions(visit: Visit, offered: list[int]) -> list[int]:
    """Those at which the other ends of the place are published."""
    kept = []
    for resolution in offered:
        try:
            asking.ends_answer(visit, f"cell{resolution}")
        except UserError:
            continue
        kept.append(resolution)
    return kept


def _shuttle(visit: Visit) -> dict[str, Any] | None:
    """The chosen line of a park or drawn area, drawn under flows only."""
    if visit.question.metric != asking.METRIC or not asking.has_lines(visit):
        return None
    try:
        found = asking.shuttles(visit)
    except UserError:
        return None
    line = asking.chosen_line(visit, found)
    return _drawn(visit, line, found.lines.index(line) + 1) if line else None


def _drawn(visit: Visit, line: Line, number: int) -> dict[str, Any]:
    unit = visit.say(words.PERSONS)
    stops = [
        {
            "lon": stop.lon,
            "lat": stop.lat,
            "name": stop.name,
            "text": str(figure(stop.persons, "count", visit.language, unit))
            if stop.persons
            else visit.say(words.STOP_END),
        }
        for stop in line.stops
    ]
    return {"number": number, "name": line.name, "stops": stops}


def _wedge(visit: Visit) -> dict[str, Any] | None:
    sector = visit.choices.get("sector", "")
    return wedge(sector) if sector and visit.question.place else None
