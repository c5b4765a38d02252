"""What a record's way to work is like: how far and where to, and whether rail is near its ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.analysis import bearing
from talentmap.analysis.reach import nearest_km
from talentmap.cube.base import Trips
from talentmap.cube.geography import cell_points
from talentmap.model.release import Place

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WALK_KM = 0.8  # to a station, as the national commuting report has it
# Which ends of a way a station is near: not known (one end has no cell, or no stations are known).
RAIL_UNKNOWN, RAIL_BOTH, RAIL_HOME, RAIL_WORK, RAIL_NEITHER = range(5)
RAILS = ("unknown", "both", "home", "work", "neither")


def trip_functions(stations: Sequence[Place]) -> Trips:
    """Return both; without stations every `rail` is RAIL_UNKNOWN."""
    points = np.array([(s.lon, s.lat) for s in stations], dtype=float).reshape(-1, 2)

    def way(metres: Any, lon: Any, lat: Any, work_lon: Any, work_lat: Any) -> Any:
        columns = [_numbers(c) for c in (metres, lon, lat, work_lon, work_lat)]
        return pa.array(bearing.ways(*columns))

    def rail(home: Any, work: Any) -> Any:
        first, second = (np.asarray(c.to_numpy(zero_copy_only=False)) for c in (home, work))
        return pa.array(rails(first, second, points))

    return Trips(
        ibis.udf.scalar.pyarrow(way, name="way_of", signature=(("float64",) * 5, "int16")),
        ibis.udf.scalar.pyarrow(rail, name="rail_of", signature=(("int64",) * 2, "int16")),
    )


def rails(home: Ints, work: Ints, stations: Floats) -> npt.NDArray[np.int16]:
    """Return which ends (base cells; below 0: not known) lie within WALK_KM of a station."""
    cells, at = np.unique(np.concatenate([home, work]), return_inverse=True)
    near = np.zeros(len(cells), dtype=bool)
    if len(stations):
        near[cells > 0] = nearest_km(*cell_points(cells[cells > 0]), stations) <= WALK_KM
    first, second = near[at.reshape(2, -1)]
    code = np.select(
        [first & second, first, second], [RAIL_BOTH, RAIL_HOME, RAIL_WORK], RAIL_NEITHER
    )
    known = (home > 0) & (work > 0) & bool(len(stations))
    return np.where(known, code, RAIL_UNKNOWN).astype(np.int16)


def _numbers(column: Any) -> Floats:
    """Return a column of the engine as numbers, NaN where it is null."""
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=float)
