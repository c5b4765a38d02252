"""The features of a collection: rows with a geometry, cut to a page, a window and a system."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from pyproj import Transformer

from talentmap.answers.desk import Desk
from talentmap.answers.shapes import Shapes, outlines, shapes
from talentmap.answers.viewer import Viewer
from talentmap.api.ogc_collections import Collection
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
# Each with the axes in the order the authority gives them: EPSG:4326 is latitude first.
SYSTEMS = {CRS84: "OGC:CRS84", f"{_EPSG}4326": "EPSG:4326", f"{_EPSG}3857": "EPSG:3857"}
_DIGITS = {CRS84: 7, f"{_EPSG}4326": 7, f"{_EPSG}3857": 2}
_WHOLE = (-180.0, -90.0, 180.0, 90.0)

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Features:
    """All features of a question: their columns (`code` first) and geometries, aligned."""

    table: pa.Table
    shapes: Shapes

    @cached_property
    def _bounds(self) -> npt.NDArray[np.float64]:
        return np.asarray(shapely.bounds(self.shapes), dtype=np.float64)

    def find(self, code: str) -> Rows:
        """Return the row of a feature's id; none where there is no such feature."""
        return np.flatnonzero(self.table["code"].to_numpy(zero_copy_only=False) == code)

    def within(self, window: tuple[float, float, float, float] | None) -> Rows:
        """Return the rows whose geometry meets a window in degrees; all for None."""
        if window is None:
            return np.arange(self.table.num_rows)
        west, south, east, north = window
        if self.table.num_rows == 0:
            return np.arange(0)
        low_x, low_y, high_x, high_y = self._bounds.T
        across = (high_x >= west) & (low_x <= east)
        if west > east:  # over the date line
            across = (high_x >= west) | (low_x <= east)
        near = np.flatnonzero(across & (high_y >= south) & (low_y <= north))
        if west > east:
            return near
        meets = shapely.intersects(self.shapes[near], shapely.box(west, south, east, north))
        return np.asarray(near[meets], dtype=np.int64)

    def written(self, rows: Rows, crs: str) -> list[str]:
        """Return the rows as GeoJSON features in a system, one text each."""
        found = projected(self.shapes[rows], crs)
        found = shapely.set_precision(found, 10.0 ** -_DIGITS[crs], mode="pointwise")
        geometries = shapely.to_geojson(found)
        kept = self.table.take(rows).to_pylist()
        return [_feature(row, geometry) for row, geometry in zip(kept, geometries, strict=True)]


def features(
    desk: Desk, collection: Collection, question: Question | None, viewer: Viewer, language: str
) -> Features:
    """Return the features of a collection; a layer's are the rows the desk answers with.

    `code` is the row's id: some clients keep the name `id` for themselves.
    """
    if question is None:
        return _places(desk, collection.level, language)
    answer = desk.ask(question, viewer, language)
    names = ["code" if n == "id" else n for n in answer.table.column_names]
    return Features(answer.table.rename_columns(names), shapes(answer, desk))


def projected(found: Shapes, crs: str) -> Shapes:
    """Return geometries in a system, its axes in its own order."""
    if crs == CRS84:
        return found
    to = Transformer.from_crs("OGC:CRS84", SYSTEMS[crs])

    def moved(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(to.transform(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(found, moved))


def system(name: str, parameter: str) -> str:
    """Return the URI of a system; raise UserError for one that is not offered."""
    if name not in SYSTEMS:
        raise unknown(parameter, name, SYSTEMS)
    return name


def window(text: str, crs: str) -> tuple[float, float, float, float]:
    """Read a bbox of 4 or 6 numbers in a system and return it in degrees."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise UserError(f"bbox: {text!r} is not numbers with commas") from None
    if len(numbers) == 6:  # heights say nothing here
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not np.isfinite(numbers).all():
        raise UserError(f"bbox: {text!r} is not 4 or 6 numbers")
    back = Transformer.from_crs(SYSTEMS[crs], "OGC:CRS84")
    x, y = back.transform([numbers[0], numbers[2]], [numbers[1], numbers[3]])
    # A window beyond the edge of a projection is one up to the edge of the world.
    west, south, east, north = (
        float(v) if np.isfinite(v) else edge
        for v, edge in zip((x[0], y[0], x[1], y[1]), _WHOLE, strict=True)
    )
    if south > north:
        raise UserError(f"bbox: {text!r} has its lower edge above the upper one")
    return west, south, east, north


def _places(desk: Desk, kind: str, language: str) -> Features:
    known = outlines(kind, desk)
    if kind == "city":
        rows = [{"code": desk.info.city_code, "name": desk.info.city.in_(language),
                 "name_en": desk.info.city.en, "parent": None}]  # fmt: skip
    else:
        rows = [
            {"code": p.code, "name": p.name.in_(language), "name_en": p.name.en,
             "parent": p.parent or None}
            for p in desk.info.places[kind]
        ]  # fmt: skip
    columns = pa.schema([(name, pa.string()) for name in ("code", "name", "name_en", "parent")])
    found = np.full(len(rows), None, dtype=object)
    found[:] = [known.get(str(row["code"])) for row in rows]
    return Features(pa.Table.from_pylist(rows, schema=columns), found)


def _feature(row: dict[str, Any], geometry: str | None) -> str:
    body = json.dumps(row, ensure_ascii=False, allow_nan=False)
    name = json.dumps(row["code"], ensure_ascii=False)
    return (
        f'{{"type": "Feature", "id": {name}, "geometry": {geometry or "null"}, '
        f'"properties": {body}}}'
    )
