"""The small tables of a release: its cells in words, its enterprises, its polygons."""

from __future__ import annotations

import json
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.cube.base import UNLOCATED
from talentmap.cube.engines.base import Engine
from talentmap.cube.geography import cell_points, parks_at, sectors
from talentmap.cube.inputs import Bases
from talentmap.model.cells import MAP_RESOLUTIONS, parent


def write_tables(engine: Engine, bases: Bases, folder: Path) -> None:
    """Write cells.parquet, enterprises.parquet and places/KIND.geojson."""
    pq.write_table(_cells(engine, bases), folder / "cells.parquet")
    pq.write_table(_enterprise_table(bases), folder / "enterprises.parquet")
    (folder / "places").mkdir()
    for kind in ("city", "district", "park", "station"):
        collection = bases.geography.geojson(kind)
        if collection["features"]:
            text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
            (folder / "places" / f"{kind}.geojson").write_text(text, encoding="utf-8")


def _cells(engine: Engine, bases: Bases) -> pa.Table:
    """Return res, id, lon, lat, district (index or -2), sector, persons for every populated cell.

    A cell belongs to the district most of its people and openings are in. `persons` (residents and
    workers ever counted) weighs the middle of a district; it is not published.
    """
    found = engine.arrow(_populated(bases))
    cells, district = found["cell"].to_numpy(), found["district"].to_numpy()
    persons = found["persons"].to_numpy().astype(float)
    tables = [_resolution(res, cells, district, persons) for res in MAP_RESOLUTIONS]
    return pa.concat_tables(tables)


def _populated(bases: Bases) -> ir.Table:
    parts = [
        rows.select(cell=rows[f"{p}cell"], district=rows[f"{p}district"], persons=rows[weight])
        for rows, p, weight in (
            (bases.people, "home_", "persons"),
            (bases.people, "work_", "persons"),
            (bases.posts, "", "openings"),
        )
    ]
    rows = ibis.union(*parts)
    rows = rows.filter(rows.cell > 0)
    return rows.group_by(["cell", "district"]).agg(persons=rows.persons.sum().cast("int64"))


def _resolution(
    res: int,
    base: npt.NDArray[np.int64],
    district: npt.NDArray[np.int32],
    persons: npt.NDArray[np.float64],
) -> pa.Table:
    up = parent(base, res)
    pairs, index = np.unique(np.stack([up, district.astype(np.int64)]), axis=1, return_inverse=True)
    weights = np.bincount(index.reshape(-1), weights=persons, minlength=pairs.shape[1])
    order = np.lexsort([-weights, pairs[0]])  # most people first
    cells, first = np.unique(pairs[0][order], return_index=True)
    home = pairs[1][order][first]
    total = np.add.reduceat(weights[order], first) if len(first) else np.zeros(0)
    total = total.astype(np.float64)
    lon, lat = cell_points(cells)
    return pa.table(
        {
            "res": pa.array(np.full(len(cells), res, dtype=np.int8)),
            "id": pa.array(cells),
            "lon": pa.array(lon),
            "lat": pa.array(lat),
            "district": pa.array(home),
            "sector": pa.array(sectors(lon, lat, home, total)),
            "persons": pa.array(total),
        }
    )


def _enterprise_table(bases: Bases) -> pa.Table:
    """Return the enterprises in the order of their indices.

    `district` and `park` are indices, below zero where there is none; the park a row
    names counts before the one its point is in.
    """
    rows, geography = bases.enterprises, bases.geography
    districts = {place.code: i for i, place in enumerate(geography.districts)}
    parks = {place.code: i for i, place in enumerate(geography.parks)}
    around = parks_at(geography, rows["lon"], rows["lat"]).to_pylist()
    named = rows["park"].to_pylist()
    kept = rows.select(["code", "name", "industry", "lon", "lat", "scale", "key"])
    columns = {
        "district": [districts.get(code, UNLOCATED) for code in rows["district"].to_pylist()],
        "park": [parks.get(code, near) for code, near in zip(named, around, strict=True)],
    }
    for name, values in columns.items():
        kept = kept.append_column(name, pa.array(values, pa.int64()))
    return kept
