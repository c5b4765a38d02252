"""The shapes a report's maps are drawn on, and the maps themselves from answers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from talentmap.model.answer import INSUFFICIENT, MISSING, SUPPRESSED, Answer
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Area, Map
from talentmap.reports.content.rows import Row, rows_of
from talentmap.reports.content.scope import month_words, place_name, sources

RATIO_BREAKS = (0.5, 0.67, 0.83, 1.2, 1.5, 2.0)
_CLASSES = 6
_LEAST_CELLS = 4  # fewer hexagons are no map
_NICE = np.array([1, 2, 5, 10])
_DETAIL = 0.0008  # degrees: bends smaller than this do not show on paper
_WORDS = {
    "north": Words("北", "N"),
    "km": Words("公里", "km"),
    SUPPRESSED: Words("已隐去", "hidden"),
    INSUFFICIENT: Words("数据不足", "too few data"),
    MISSING: Words("无数据", "no data"),
}
_FOOT = Words("{month}，{source}，版本 {release}", "{month}; {source}; release {release}")
_HEX = Words("H3 {res} 级网格", "H3 hexagons, resolution {res}")


def areas(asker: Asker, kind: str) -> tuple[Area, ...]:
    """Return the districts or parks as drawn, in the release's order; none without a boundary."""
    text = asker.desk.release.geojson(kind)
    found = json.loads(text)["features"] if text else []
    shapes = {f["properties"].get("code", ""): f["geometry"] for f in found}
    places = asker.desk.info.places.get(kind, ())
    return tuple(
        Area(p.name.in_(asker.language), p.lon, p.lat, _rings(shape(shapes[p.code])))
        for p in places
        if p.code in shapes
    )


def focus(asker: Asker) -> Area | None:
    """Return the outline of the report's place; None for the whole city or where it has none."""
    kind, code = asker.question.place_parts()
    if kind in ("district", "park"):
        places = [p.code for p in asker.desk.info.places.get(kind, ())]
        drawn = areas(asker, kind)
        at = places.index(code) if len(drawn) == len(places) and code in places else -1
        return drawn[at] if at >= 0 else None
    if not kind or kind == "enterprise":
        return None
    outline = asker.desk.areas.of(asker.question.place, asker.viewer.tier).outline
    centre = outline.centroid
    return Area(place_name(asker), centre.x, centre.y, _rings(outline))


def area_map(asker: Asker, rows: list[Row], kind: str, title: str, name: str, legend: str) -> Map:
    """Return a map of districts or parks in the classes of scarcity.

    `rows` are those of the areas in the order of `areas`.
    """
    drawn = areas(asker, kind)
    by_name = {row.name: row for row in rows}
    kept = [(a, by_name[a.name]) for a in drawn if a.name in by_name]
    return Map(
        title, name, tuple(a for a, _ in kept), (),
        np.array([np.nan if r.number is None else r.number for _, r in kept]),
        tuple(r.status for _, r in kept), "ratio", RATIO_BREAKS, "scarcity", legend,
        _foot(asker, ""), _words(asker), focus(asker),
    )  # fmt: skip


def cell_map(
    asker: Asker, answer: Answer, palette: str, title: str, name: str, legend: str
) -> Map | None:
    """Return a map of hexagons, None where hardly one has a number.

    Classes are those of the index, or of the numbers themselves where they are counts.
    """
    rows = [r for r in rows_of(answer) if r.id[:1].isdigit()]
    values = np.array([np.nan if r.number is None else r.number for r in rows])
    counted = palette != "scarcity"
    if np.isfinite(values).sum() < _LEAST_CELLS:
        return None
    breaks = _count_breaks(values) if counted else RATIO_BREAKS
    res = answer.question.level.removeprefix("cell")
    return Map(
        title, name, areas(asker, "district"), tuple(r.id for r in rows), values,
        tuple(r.status for r in rows), "count" if counted else "ratio", breaks, palette, legend,
        _foot(asker, asker.say(_HEX, res=res)), _words(asker), focus(asker),
    )  # fmt: skip


def _count_breaks(values: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float, ...]:
    """Return round, rising edges that split the cells with somebody into about equal parts."""
    some = values[np.isfinite(values) & (values > 0)]
    if not len(some):
        return (1.0,)
    wanted = np.quantile(some, np.linspace(0, 1, _CLASSES + 1)[1:-1])
    unit = 10.0 ** np.floor(np.log10(np.maximum(wanted, 1)))
    nice = [
        float(u * _NICE[np.abs(_NICE - w / u).argmin()]) for w, u in zip(wanted, unit, strict=True)
    ]
    return tuple(sorted({max(edge, 2.0) for edge in nice}))


def _foot(asker: Asker, grid: str) -> str:
    comma = "，" if asker.language == "zh" else "; "
    told = asker.say(
        _FOOT, month=month_words(asker), source=sources(asker), release=asker.desk.info.name
    )
    return comma.join(filter(None, (grid, told)))


def _words(asker: Asker) -> dict[str, str]:
    return {name: words.in_(asker.language) for name, words in _WORDS.items()}


def _rings(geometry: BaseGeometry) -> tuple[np.ndarray[Any, np.dtype[np.float64]], ...]:
    simple = shapely.simplify(geometry, _DETAIL)
    rings = shapely.get_rings(shapely.get_parts(simple))
    return tuple(shapely.get_coordinates(ring) for ring in rings)
