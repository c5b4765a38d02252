"""Where the rows of an answer lie: a polygon, point or line a row, in WGS-84 degrees."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely
from h3ronpy.vector import cells_to_wkb_polygons

from talentmap.answers.desk import Desk
from talentmap.model.answer import Answer
from talentmap.model.area import AREA_KINDS
from talentmap.model.cells import from_hex, resolution_of
from talentmap.model.question import CELL_LEVELS

Shapes = npt.NDArray[Any]

PAIR = ">"  # between the two ends in the id of a pair


def shapes(answer: Answer, desk: Desk) -> Shapes:
    """Return one shapely geometry a row, in the order of the rows; None where none is known.

    Hexagons, districts, parks and the city are polygons, enterprises points, pairs lines from home
    to work; candidate lines of a shuttle run through their stops.
    """
    ids: list[str] = answer.table["id"].to_pylist()
    if "lines" in answer.extra:
        return _stops(ids, answer.extra["lines"])
    if answer.question.level == "area":
        return _area(ids, answer, desk)
    pairs = np.array([PAIR in i for i in ids], dtype=bool)
    found = np.full(len(ids), None, dtype=object)
    if pairs.any():
        found[pairs] = _lines([i for i, pair in zip(ids, pairs, strict=True) if pair], answer, desk)
    if not pairs.all():
        alone = [i for i, pair in zip(ids, pairs, strict=True) if not pair]
        found[~pairs] = _places(alone, answer.question.level, desk)
    return found


def hexagons(codes: list[str]) -> Shapes:
    """Return the polygons of H3 cells written as hex; None for a code that is no cell."""
    cells = [from_hex(code) if code[:1].isdigit() else 0 for code in codes]
    known = np.array([cell > 0 for cell in cells], dtype=bool)
    found = np.full(len(codes), None, dtype=object)
    real = np.array([cell for cell in cells if cell > 0], dtype=np.uint64)
    wkb = pa.array(cells_to_wkb_polygons(pa.array(real)))
    found[known] = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False))
    return found


def outlines(kind: str, desk: Desk) -> dict[str, Any]:
    """Return {code: polygon} of the city, its districts or its parks, as far as they are known."""
    text = desk.release.geojson(kind)
    features = json.loads(text)["features"] if text else []
    found = {
        f["properties"].get("code", ""): shapely.from_geojson(json.dumps(f["geometry"]))
        for f in features
    }
    return {desk.info.city_code: found[""]} if "" in found else found


def points(level: str, desk: Desk) -> pd.DataFrame:
    """Return lon and lat by code of what stands at a level; no row where nothing is known."""
    if level in CELL_LEVELS:
        cells = desk.names.cells(CELL_LEVELS[level]).select(["id", "lon", "lat"]).to_pandas()
        index = pd.Index([f"{i:x}" for i in cells["id"]])
        return pd.DataFrame(cells[["lon", "lat"]].to_numpy(), index, columns=["lon", "lat"])
    if level == "enterprise":
        table = desk.release.table("enterprises").select(["code", "lon", "lat"]).to_pandas()
        known = table.dropna().drop_duplicates("code")
        return pd.DataFrame(
            known[["lon", "lat"]].to_numpy(), pd.Index(known["code"]), columns=["lon", "lat"]
        )
    places = [(p.code, p.lon, p.lat) for p in desk.info.places.get(level, ())]
    return pd.DataFrame(places, columns=["code", "lon", "lat"]).set_index("code")


def place_level(kind: str, code: str) -> str:
    """Return the level a place stands at: the city for none, a cell's by its resolution."""
    return f"cell{resolution_of(from_hex(code))}" if kind == "cell" else kind or "city"


def _places(ids: list[str], level: str, desk: Desk) -> Shapes:
    if level in CELL_LEVELS:
        return hexagons(ids)
    if level == "enterprise":
        return _points(points(level, desk).reindex(ids))
    known = outlines(level, desk)
    return _column(known.get(i) for i in ids)


def _area(ids: list[str], answer: Answer, desk: Desk) -> Shapes:
    """Return the outline of the question's own place, the one row of level area."""
    kind, code = answer.question.place_parts()
    if kind not in AREA_KINDS:
        return _places(ids, place_level(kind, code), desk)
    cells = answer.extra.get("area", {}).get("cells", [])
    whole = shapely.union_all(hexagons(cells)) if cells else _outline(answer, desk)
    return _column([whole] * len(ids))


def _outline(answer: Answer, desk: Desk) -> Any:
    return desk.areas.of(answer.question.place, answer.tier).outline


def _points(at: pd.DataFrame) -> Shapes:
    known = at.notna().all(axis=1).to_numpy()
    found = np.full(len(at), None, dtype=object)
    found[known] = shapely.points(at["lon"].to_numpy()[known], at["lat"].to_numpy()[known])
    return found


def _lines(ids: list[str], answer: Answer, desk: Desk) -> Shapes:
    """Return straight lines from home to work; None where an end is not known or both are one."""
    known = _ends(answer, desk)
    ends = [i.split(PAIR, 1) for i in ids]
    home, work = (known.reindex([end[k] for end in ends]) for k in (0, 1))
    apart = np.array([end[0] != end[1] for end in ends], dtype=bool)
    both = apart & home.notna().all(axis=1).to_numpy() & work.notna().all(axis=1).to_numpy()
    found = np.full(len(ids), None, dtype=object)
    track = np.stack([home.to_numpy(dtype=float)[both], work.to_numpy(dtype=float)[both]], axis=1)
    found[both] = shapely.linestrings(track)
    return found


def _ends(answer: Answer, desk: Desk) -> pd.DataFrame:
    """Return lon and lat of all that may stand at an end of a pair, by code."""
    question = answer.question
    kind, code = question.place_parts()
    if kind in AREA_KINDS:
        centre = _outline(answer, desk).representative_point()
        own = pd.DataFrame({"lon": [centre.x], "lat": [centre.y]}, index=["area"])
        return pd.concat([points(question.level, desk), own])
    levels = dict.fromkeys([question.level, place_level(kind, code)])
    return pd.concat([points(level, desk) for level in levels])


def _stops(ids: list[str], lines: list[dict[str, Any]]) -> Shapes:
    tracks = {line["id"]: [(s["lon"], s["lat"]) for s in line["stops"]] for line in lines}
    return _column(
        shapely.LineString(tracks[i]) if len(tracks.get(i, ())) > 1 else None for i in ids
    )


def _column(found: Iterable[Any]) -> Shapes:
    """Return geometries as a column; numpy would take a list of them apart."""
    listed = list(found)
    column = np.full(len(listed), None, dtype=object)
    column[:] = listed
    return column
