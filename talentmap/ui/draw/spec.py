"""What the map draws, as one JSON object; the drawing itself is in `assets/`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from talentmap.model.layer import Layer
from talentmap.model.metric import Metric
from talentmap.model.question import Question
from talentmap.model.release import ReleaseInfo
from talentmap.model.words import Words
from talentmap.ui import text

# A flow of fewer persons than this is not drawn below the authorised tier.
FLOW_THRESHOLD = {"public": 10, "internal": 5, "authorised": 1}
RESOLUTIONS = {"public": [7], "internal": [7, 8], "authorised": [7, 8, 9]}
# The hexagons a tier starts with, and the levels that are no map.
GRID = {"public": "cell7", "internal": "cell8", "authorised": "cell8"}
BELOW_PLACES = ("enterprise", "person")
_OTHER = {"work": "home", "home": "work"}


def map_spec(
    info: ReleaseInfo,
    question: Question,
    layer: Layer,
    metric: Metric,
    language: str,
    tier: str,
    off: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return the map spec of a question on a layer for a tier; `off` names what is switched off."""
    flows = layer.shape == "arcs"
    shown = shown_question(question, layer)
    return {
        "release": info.name,
        "number": info.number,
        "language": language,
        "query": shown.but(place="", level="city", versus="").to_query().replace("&level=city", ""),
        "level": "cell" if flows else map_level(question),
        "resolutions": RESOLUTIONS[tier],
        "layer": _layer(layer, metric, shown, language),
        "heat": flows,
        "place": question.place,
        "arcs": _arcs(question, tier) if flows else None,
        "points": "points" not in off and not flows,
        "parks": "parks" not in off,
        "bounds": list(info.bounds),
        "busy_bounds": list(info.busy_bounds),
        "words": {name: words.in_(language) for name, words in _words(metric).items()},
    }


def map_level(question: Question) -> str:
    """Return what is coloured: district, park, or hexagons for any other level."""
    return question.level if question.level in ("district", "park") else "cell"


def table_question(question: Question) -> Question:
    """Return the question of the table behind a page: every row of the map, or a place's flows.

    Districts where the question names no level.
    """
    level = question.level if question.level not in ("city", "person") else "district"
    place = question.place if question.metric == "commute_od" else ""
    return replace(question, level=level, place=place, versus="")


def shown_question(question: Question, layer: Layer) -> Question:
    """Return the question whose values colour the map: under flows, where the other end is."""
    if layer.shape == "arcs":
        return replace(question, metric="supply", at=_OTHER[question.at])
    return replace(question, at=layer.at or question.at)


def layer_of(question: Question, metric: Metric, layers: dict[str, Layer]) -> Layer:
    """Return the layer of a question: the one of its metric and side, else plain hexagons."""
    for layer in layers.values():
        if layer.metric == question.metric and layer.at in ("", question.at):
            return layer
    return Layer(metric.id, metric.name, "cells", metric.id, "supply")


def _layer(layer: Layer, metric: Metric, shown: Question, language: str) -> dict[str, Any]:
    per_cell = metric.kind == "count" and map_level(shown) == "cell"
    unit = metric.unit.in_(language)
    ends = {"scarcity": text.ENDS_SCARCITY, "openings_ratio": text.ENDS_SCARCITY}.get(metric.id)
    ends = text.ENDS_RATIO if metric.id == "jobs_housing_ratio" else ends
    return {
        "id": layer.id,
        "shape": "cells" if layer.shape == "arcs" else layer.shape,
        "palette": layer.palette,
        "title": _title(layer, metric, shown, language),
        "unit": text.PER_CELL.in_(language).format(unit=unit) if per_cell else unit,
        "how": text.HOW.get(metric.id, metric.formula).in_(language),
        "ends": [words.in_(language) for words in ends] if ends else None,
        "breaks": list(layer.breaks),
    }


def _title(layer: Layer, metric: Metric, shown: Question, language: str) -> str:
    """Name what is coloured; under flows that is where the other ends are."""
    if layer.shape == "arcs":
        return text.OTHER_ENDS[shown.at].in_(language)
    return layer.name.in_(language) if layer.at else metric.name.in_(language)


def _arcs(question: Question, tier: str) -> dict[str, Any] | None:
    if not question.place:
        return None
    asked = question.but(metric="commute_od", level="city", versus="")
    return {"query": asked.to_query(), "threshold": FLOW_THRESHOLD[tier]}


def _words(metric: Metric) -> dict[str, Words]:
    return {**text.MAP_WORDS, "zero": text.ZERO_OF.get(metric.id, text.ZERO_PERSONS)}
