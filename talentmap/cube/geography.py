"""Places of a release: districts, parks, and words for the cells."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from h3ronpy.vector import cells_to_coordinates

from talentmap.cube.base import ELSEWHERE
from talentmap.model.release import Place
from talentmap.model.words import Words

Floats = npt.NDArray[np.float64]

_SECTORS = (
    Words("中部", "centre"), Words("东部", "east"), Words("东北部", "north-east"),
    Words("北部", "north"), Words("西北部", "north-west"), Words("西部", "west"),
    Words("西南部", "south-west"), Words("南部", "south"), Words("东南部", "south-east"),
)  # fmt: skip
_CENTRAL_SHARE = 0.4  # of the typical distance from the middle: nearer than that is "the centre"
_SIMPLIFY_DEGREES = 0.0004  # about 40 m: invisible at the zooms the map has


@dataclass(frozen=True)
class Geography:
    """Districts and parks with their polygons, in the order of their indices in the cube; stations.

    A station is a point, and nobody's place of the cube.
    """

    districts: tuple[Place, ...]
    parks: tuple[Place, ...]
    stations: tuple[Place, ...]
    shapes: dict[str, dict[str, Any]]  # kind → code → shapely geometry

    def geojson(self, kind: str) -> dict[str, Any]:
        """Return the FeatureCollection of a kind: city (outline), district, park, station."""
        if kind == "station":
            return _points(self.stations)
        if kind == "city":
            return _collection([(_outline(self.shapes["district"]), {"kind": "city"})])
        places = self.districts if kind == "district" else self.parks
        shapes = self.shapes[kind]
        return _collection([(shapes[p.code], _properties(p)) for p in places if p.code in shapes])


def read_geography(
    boundary: Path, place_files: Sequence[Path], named: Mapping[str, str]
) -> Geography:
    """Read districts from the boundary, or (without one) from the names the batches brought.

    `place_files` are the places records; of a code given twice the later row counts.
    """
    districts, shapes = _districts(boundary, named)
    parks, park_shapes = _of_kind("park", place_files, shapes)
    stations = _of_kind("station", place_files, shapes)[0]
    return Geography(districts, parks, stations, {"district": shapes, "park": park_shapes})


def parks_at(geography: Geography, lon: pa.ChunkedArray, lat: pa.ChunkedArray) -> pa.Array:
    """Return the index of the park each point is in, ELSEWHERE outside every park or unknown."""
    x = np.asarray(lon.to_numpy(zero_copy_only=False), dtype=float)
    y = np.asarray(lat.to_numpy(zero_copy_only=False), dtype=float)
    found = np.full(len(x), ELSEWHERE, dtype=np.int32)
    for index, park in enumerate(geography.parks):
        shape = geography.shapes["park"][park.code]
        west, south, east, north = shape.bounds
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        found[near[shapely.contains_xy(shape, x[near], y[near])]] = index
    return pa.array(found)


def park_function(geography: Geography) -> Any:
    """Return `parks_at` as a function of (lon, lat) that an engine can run."""

    def locate(lon: Any, lat: Any) -> Any:
        return parks_at(geography, lon, lat)

    signature = (("float64", "float64"), "int32")
    return ibis.udf.scalar.pyarrow(locate, name="park_of", signature=signature)


def cell_points(cells: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return longitude and latitude of the centres of cells."""
    table = pa.table(cells_to_coordinates(pa.array(cells.astype(np.uint64))))
    return table["lng"].to_numpy(), table["lat"].to_numpy()


def sectors(
    lon: Floats, lat: Floats, district: npt.NDArray[np.int64], weight: Floats
) -> npt.NDArray[np.int8]:
    """Return for each cell where in its district it lies: 0 the centre, 1 east … 8 south-east.

    The middle of a district is the mean of its cells by their people.
    """
    found = np.zeros(len(lon), dtype=np.int8)
    for code in np.unique(district):
        own = np.flatnonzero(district == code)
        w = weight[own] + 1e-9
        east = (lon[own] - np.average(lon[own], weights=w)) * np.cos(np.radians(lat[own].mean()))
        north = lat[own] - np.average(lat[own], weights=w)
        far = np.hypot(east, north)
        turn = np.round(np.arctan2(north, east) / (np.pi / 4)).astype(int) % 8 + 1
        found[own] = np.where(far < _CENTRAL_SHARE * np.sqrt((far**2).mean()), 0, turn)
    return found


def sector_words(sector: int) -> Words:
    """Return the words of a sector number."""
    return _SECTORS[sector]


def _districts(
    boundary: Path, named: Mapping[str, str]
) -> tuple[tuple[Place, ...], dict[str, Any]]:
    if not boundary.exists():
        places = [
            Place("district", code, Words(name, name), 0.0, 0.0)
            for code, name in sorted(named.items())
        ]
        return tuple(places), {}
    rows = pq.read_table(boundary).to_pylist()
    shapes = {row["code"]: shapely.from_wkb(row["geometry"]) for row in rows}
    found = [_place("district", row, row.get("name_en"), shapes[row["code"]], "") for row in rows]
    return tuple(found), shapes


def _of_kind(
    kind: str, files: Sequence[Path], districts: dict[str, Any]
) -> tuple[tuple[Place, ...], dict[str, Any]]:
    """Return the places of a kind by code, each with the district its middle is in."""
    rows: dict[str, dict[str, Any]] = {}
    for file in files:
        for row in pq.read_table(file).to_pylist():
            if row["kind"] == kind and row["geometry"]:
                rows[row["code"]] = row
    shapes = {code: shapely.from_wkb(row["geometry"]) for code, row in rows.items()}
    found = []
    for code in sorted(rows):
        inside = [d for d, shape in districts.items() if shape.contains(shapes[code].centroid)]
        parent = inside[0] if inside else ""
        found.append(_place(kind, rows[code], rows[code].get("name_en"), shapes[code], parent))
    return tuple(found), shapes


def _place(kind: str, row: dict[str, Any], name_en: str | None, shape: Any, parent: str) -> Place:
    point = shape.representative_point()
    return Place(
        kind, row["code"], Words(row["name"], name_en or row["name"]), point.x, point.y, parent
    )


def _outline(shapes: dict[str, Any]) -> Any:
    return shapely.union_all(list(shapes.values())) if shapes else shapely.Polygon()


def _properties(place: Place) -> dict[str, Any]:
    return {
        "code": place.code, "name": place.name.zh, "name_en": place.name.en, "kind": place.kind,
        "lon": place.lon, "lat": place.lat, "parent": place.parent,
    }  # fmt: skip


def _points(places: Sequence[Place]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": _properties(place),
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            }
            for place in places
        ],
    }


def _collection(features: Sequence[tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    shapes = _thin([shape for shape, _ in features])
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": shape}
            for shape, (_, properties) in zip(shapes, features, strict=True)
        ],
    }


def _thin(shapes: Sequence[Any]) -> list[Any]:
    """Simplify for drawing, shared borders alike so that no gaps open, and round to a metre."""
    thin = shapely.coverage_simplify(np.asarray(shapes, dtype=object), _SIMPLIFY_DEGREES)
    return [json.loads(shapely.to_geojson(s)) for s in shapely.set_precision(thin, 1e-5)]
