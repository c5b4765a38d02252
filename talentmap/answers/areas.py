"""Drawn areas: which cells or places one is made of, for which tier, and what lies inside.

An area is a union of whole published places, so that its number is a sum of published numbers and
tells no more than they do: of the cells whose centre is inside a drawn line, or of what was named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from h3ronpy.vector import cells_to_wkb_polygons, coordinates_to_cells
from shapely.geometry.base import BaseGeometry

from talentmap.answers.ids import NOWHERE, Ids, Names, integers
from talentmap.cube.base import UNLOCATED
from talentmap.cube.release import Release
from talentmap.model.area import AREA_KINDS, DRAWN, listed, outline
from talentmap.model.cells import BASE_RESOLUTION, from_hex, parent, resolution_of, to_hex
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import CELL_LEVELS, Question
from talentmap.model.words import Words
from talentmap.privacy.planes import TIER_RULES

Mask = npt.NDArray[np.bool_]

FOLDER = "areas"  # of the workspace: uploaded areas, KEY.geojson
# Up to this size an area is made of the finest cells, where the tier sees them; above, of cell8.
_FINE_KM2 = 12.0
_KM2_PER_DEGREE2 = 111.195**2
_KEPT = 256

_NAMES = {
    "polygon": Words("所画范围", "Drawn area"),
    "circle": Words("圆形范围", "Circle"),
    "ring": Words("环形范围", "Ring"),
    "shape": Words("上传范围", "Uploaded area"),
    "cells": Words("{n} 个网格", "{n} hexagons"),
    "districts": Words("{n} 个区县", "{n} districts"),
    "parks": Words("{n} 个园区", "{n} parks"),
}


@dataclass(frozen=True)
class Area:
    """An area for one tier: the level it is made of and the ids there, ascending."""

    place: str
    level: str
    ids: Ids
    outline: BaseGeometry
    title: str = ""

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        west, south, east, north = self.outline.bounds
        return west, south, east, north

    def name(self, language: str) -> str:
        """Return what it is called: a file's own name, or how it was drawn."""
        kind = self.place.partition(":")[0]
        return self.title or _NAMES[kind].in_(language).format(n=len(self.ids))


class Areas:
    """The drawn areas of one release."""

    def __init__(self, release: Release, names: Names) -> None:
        self._release, self._names = release, names
        self._folder = release.folder.parent.parent / FOLDER
        self.of = lru_cache(_KEPT)(self._of)
        self._drawn = lru_cache(_KEPT)(self._read)

    def _of(self, place: str, tier: str) -> Area:
        """Return an area as a tier sees it.

        Raises UserError for one outside the city, an unknown code or an uploaded area that is gone,
        NotAllowed for cells finer than the tier's.
        """
        kind, _, code = place.partition(":")
        if kind in DRAWN:
            shape, title = self._drawn(kind, code)
            level = _level_for(shape, tier)
            ids = self._names.level(level).ids
            ids = ids[self._centres_inside(shape, level)]
            return Area(place, level, ids, shape, title)
        level = self._level_of_list(kind, code)
        if level not in TIER_RULES[tier].levels:
            raise NotAllowed(f"level {level} is not open to the {tier} tier")
        ids = np.array(sorted({self._names.find(level, c) for c in listed(code)}), dtype=np.int64)
        return Area(place, level, ids, self._outline(level, ids))

    def inside(self, question: Question) -> Mask | None:
        """Mark the ids of the question's level inside its place; None where it names none.

        Cells and enterprises belong to the district most of their people are in. Raises
        NotPublished where the level is no part of such a place.
        """
        kind, code = question.place_parts()
        if kind in DRAWN:
            return self._inside_shape(self._drawn(kind, code)[0], question.level)
        if kind in AREA_KINDS:
            return self._inside_list(kind, code, question.level)
        if kind == "cell" and question.level in (*CELL_LEVELS, "enterprise"):
            return self._inside_list("cells", code, question.level)
        if kind == "park" and question.level in CELL_LEVELS:
            outline = self._outline("park", self._ids("park", [code]))
            return self._inside_shape(outline, question.level)
        return self._names.inside(question)

    def _inside_shape(self, shape: BaseGeometry, level: str) -> Mask:
        if level in CELL_LEVELS:
            return self._centres_inside(shape, level)
        if level == "enterprise":
            lon, lat = self._enterprise_points()
            return self._padded(shapely.contains_xy(shape, lon, lat))
        raise NotPublished(f"place: a drawn area is made of cells; level {level} cannot be limited")

    def _inside_list(self, kind: str, code: str, level: str) -> Mask:
        own = self._level_of_list(kind, code)
        ids = self._ids(own, listed(code))
        if own == level:
            return np.isin(self._names.level(level).ids, ids)
        if own in CELL_LEVELS and (level in CELL_LEVELS or level == "enterprise"):
            return self._inside_cells(CELL_LEVELS[own], ids, level)
        found = np.zeros(len(self._names.level(level).ids), dtype=bool)
        for one in listed(code):
            asked = Question(level=level, place=f"{kind.removesuffix('s')}:{one}")
            found |= np.asarray(self.inside(asked))
        return found

    def _inside_cells(self, resolution: int, ids: Ids, level: str) -> Mask:
        if level == "enterprise":
            return self._padded(np.isin(parent(self._enterprise_cells(), resolution), ids))
        if CELL_LEVELS[level] < resolution:
            raise NotPublished(f"place: {level} is coarser than the cells named")
        return np.isin(parent(self._names.level(level).ids, resolution), ids)

    def _centres_inside(self, shape: BaseGeometry, level: str) -> Mask:
        cells = self._names.cells(CELL_LEVELS[level])
        lon, lat = cells["lon"].to_numpy(), cells["lat"].to_numpy()
        return self._padded(shapely.contains_xy(shape, lon, lat))

    def _padded(self, inside: Mask) -> Mask:
        """Put the nowheres of the level before its places: no area holds them."""
        return np.concatenate([np.zeros(len(NOWHERE), dtype=bool), inside])

    def _ids(self, level: str, codes: list[str]) -> Ids:
        return np.array(sorted({self._names.find(level, c) for c in codes}), dtype=np.int64)

    def _level_of_list(self, kind: str, code: str) -> str:
        if kind == "cells":
            return f"cell{resolution_of(from_hex(listed(code)[0]))}"
        return kind.removesuffix("s")

    def _outline(self, level: str, ids: Ids) -> BaseGeometry:
        """Return the union of the shapes of cells or places."""
        if level in CELL_LEVELS:
            return shapely.union_all(cell_shapes(ids))
        wanted = set(self._names.codes(level, ids))
        shapes = [
            shapely.from_geojson(json.dumps(feature["geometry"]))
            for feature in json.loads(self._release.geojson(level) or b'{"features":[]}')[
                "features"
            ]
            if feature["properties"]["code"] in wanted
        ]
        if not shapes:
            raise NotPublished(f"place: this release has no outlines of level {level}")
        return shapely.union_all(shapes)

    def _read(self, kind: str, code: str) -> tuple[BaseGeometry, str]:
        """Return a drawn shape and its own name; raise UserError where it misses the city."""
        shape, title = (
            read_area(self._folder, code) if kind == "shape" else (outline(kind, code), "")
        )
        if not shape.intersects(shapely.box(*self._release.info.bounds)):
            raise UserError("place: the drawn area lies outside the city")
        return shape, title

    def _enterprise_points(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        table = self._release.table("enterprises")
        lon, lat = (table[c].to_numpy(zero_copy_only=False).astype(float) for c in ("lon", "lat"))
        return lon, lat

    def _enterprise_cells(self) -> Ids:
        """Base cell of every enterprise, UNLOCATED where its position is not known."""
        lon, lat = self._enterprise_points()
        known = np.isfinite(lon) & np.isfinite(lat)
        found = np.full(len(lon), UNLOCATED, dtype=np.int64)
        cells = coordinates_to_cells(pa.array(lat[known]), pa.array(lon[known]), BASE_RESOLUTION)
        found[known] = pa.array(cells).to_numpy().astype(np.int64)
        return found

    def districts_of(self, level: str, ids: Ids) -> Ids:
        """District index of cells, UNLOCATED where it is not known; nowheres stay what they are."""
        cells = self._names.cells(CELL_LEVELS[level])
        known = cells["id"].to_numpy()
        at = np.searchsorted(known, ids).clip(max=max(len(known) - 1, 0))
        return np.where(ids < 0, ids, integers(cells, "district")[at])


def read_area(folder: Path, key: str) -> tuple[BaseGeometry, str]:
    """Return the shape and the name of an uploaded area; raise UserError where it is gone."""
    file = folder / f"{key}.geojson"
    if not file.is_file():
        raise UserError("place: the uploaded area is no longer kept; upload it again")
    feature = json.loads(file.read_text("utf-8"))
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    return shape, str(feature["properties"].get("name", ""))


def cell_shapes(ids: Ids) -> npt.NDArray[Any]:
    """Return the polygons of cells."""
    wkb = pa.array(cells_to_wkb_polygons(pa.array(ids.astype(np.uint64))))
    return np.asarray(shapely.from_wkb(np.array(wkb.to_pylist(), dtype=object)))


def described(area: Area, hidden: int) -> dict[str, Any]:
    """Return what an answer says of its area: level, cells (or codes) it used, how many hidden."""
    ids = [to_hex(i) for i in area.ids.tolist()] if area.level in CELL_LEVELS else []
    return {"level": area.level, "cells": ids, "hidden": hidden, "bbox": list(area.bbox)}


def _level_for(shape: BaseGeometry, tier: str) -> str:
    """Return the cells an area is made of: the tier's finest, above some size not the base ones."""
    open_ = [level for level in CELL_LEVELS if level in TIER_RULES[tier].levels]
    fine = max(open_, key=lambda level: CELL_LEVELS[level])
    km2 = shape.area * _KM2_PER_DEGREE2 * np.cos(np.radians(shape.centroid.y))
    return "cell8" if fine == "cell9" and km2 > _FINE_KM2 else fine
