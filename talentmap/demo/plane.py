"""Kilometres around Jinan and back: flat enough for a city of 150 km."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LON, _LAT = 117.0, 36.65
_KM_PER_DEGREE = 111.195
_KM_PER_LON = _KM_PER_DEGREE * float(np.cos(np.radians(_LAT)))


def to_km(lonlat: Floats) -> Floats:
    """Return east and north in km of points in degrees, one row a point."""
    km: Floats = (np.asarray(lonlat) - (_LON, _LAT)) * (_KM_PER_LON, _KM_PER_DEGREE)
    return km


def to_degrees(km: Floats) -> Floats:
    """Return longitude and latitude of points in km, one row a point."""
    degrees: Floats = np.asarray(km) / (_KM_PER_LON, _KM_PER_DEGREE) + (_LON, _LAT)
    return degrees


def distances(a: Floats, b: Floats) -> Floats:
    """Return the matrix of distances in km from every point of `a` to every point of `b` (km)."""
    gap = a[:, None, :] - b[None, :, :]
    km: Floats = np.hypot(gap[..., 0], gap[..., 1])
    return km
