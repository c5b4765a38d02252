"""Enterprises in a window of the map: gathered at low zoom, single ones further in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.model.errors import UserError

SINGLES_FROM_ZOOM = 14
_MOST_SINGLES = 600
_CLUSTER_PIXELS = 64
_TILE = 256


@dataclass(frozen=True, slots=True)
class Window:
    """West, south, east, north in degrees, and the zoom."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @classmethod
    def parse(cls, bbox: str, zoom: str) -> Window:
        """Read the window from the request; raise UserError naming the parameter."""
        try:
            west, south, east, north = (float(part) for part in bbox.split(","))
        except ValueError:
            raise UserError(f"bbox: {bbox!r} is not west,south,east,north") from None
        try:
            return cls(west, south, east, north, float(zoom))
        except ValueError:
            raise UserError(f"zoom: {zoom!r} is not a number") from None


def inside(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], window: Window
) -> npt.NDArray[np.int64]:
    """Return the positions of the points in the window."""
    mask = (lon >= window.west) & (lon <= window.east)
    mask &= (lat >= window.south) & (lat <= window.north)
    return np.flatnonzero(mask)


def clustered(rows: npt.NDArray[np.int64], window: Window) -> bool:
    """Tell whether so many points at this zoom are shown gathered."""
    return window.zoom < SINGLES_FROM_ZOOM or len(rows) > _MOST_SINGLES


def clusters(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    openings: npt.NDArray[np.float64],
    zoom: float,
) -> list[list[float]]:
    """Gather points by a grid of about 64 pixels; rows [lon, lat, enterprises, openings]."""
    if len(lon) == 0:
        return []
    size = _TILE * 2.0 ** np.floor(zoom)
    x = (lon + 180) / 360 * size
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * size
    grid = np.stack([x // _CLUSTER_PIXELS, y // _CLUSTER_PIXELS]).astype(np.int64)
    index = np.unique(grid, axis=1, return_inverse=True)[1].reshape(-1)
    count = np.bincount(index)
    middle = [np.bincount(index, weights=w) / count for w in (lon, lat)]
    wanted = np.bincount(index, weights=openings)
    rows = np.stack([*middle, count, wanted], axis=1)
    return [[round(a, 5), round(b, 5), int(n), int(o)] for a, b, n, o in rows.tolist()]
