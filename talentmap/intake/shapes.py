"""Geometries of places: from WKT, WKB or a point to two-dimensional valid WKB in WGS-84."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from talentmap.intake.crs import to_wgs84

Shapes = npt.NDArray[np.object_]


def shapes_of(frame: pl.DataFrame, system: str) -> Shapes:
    """Return the shape of each row, None where it has none that can be read.

    `frame` may have `wkt` (String or Binary WKB) and `lon`, `lat`; degrees in `system` (see crs).
    """
    shapes: Shapes = np.full(len(frame), None, dtype=object)
    if "wkt" in frame.columns:
        cells = np.asarray(frame["wkt"].to_list(), dtype=object)
        read = shapely.from_wkb if frame["wkt"].dtype == pl.Binary else shapely.from_wkt
        shapes = read(cells, on_invalid="ignore")
    if {"lon", "lat"} <= set(frame.columns):
        lon, lat = (frame[name].fill_null(np.nan).to_numpy() for name in ("lon", "lat"))
        bare = shapely.is_missing(shapes) & ~np.isnan(lon) & ~np.isnan(lat)
        shapes[bare] = shapely.points(lon[bare], lat[bare])
    shapes = shapely.force_2d(shapes)
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    shapes[~_on_earth(shapes)] = None
    return _converted(shapes, system)


def as_wkb(shapes: Shapes) -> pl.Series:
    """Return shapes as WKB (Binary), null where there is none."""
    return pl.Series(shapely.to_wkb(shapes).tolist(), dtype=pl.Binary)


def _on_earth(shapes: Shapes) -> npt.NDArray[np.bool_]:
    west, south, east, north = shapely.bounds(shapes).T
    on_earth: npt.NDArray[np.bool_] = (
        (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
    )
    return on_earth & ~shapely.is_empty(shapes)


def _converted(shapes: Shapes, system: str) -> Shapes:
    def convert(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(to_wgs84(system, points[:, 0], points[:, 1]))

    return shapes if system == "wgs84" else shapely.transform(shapes, convert)
