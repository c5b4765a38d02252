"""GCJ-02 and BD-09, the shifted systems of Chinese maps, to WGS-84. Degrees in, degrees out.

WGS-84 and CGCS2000 (EPSG:4490) are the same at this scale. The shift has a published forward form
only; the inverse is its fixed point, three iterations being good to less than a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from talentmap.model.errors import unknown

Floats = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]

SYSTEMS = ("wgs84", "gcj02", "bd09")
AUTO = "auto"  # to be found out from the rows (see autocrs)
_AXIS_METRES = 6378137.0
_ECCENTRICITY2 = 0.00669342162296594323
_ITERATIONS = 4
# Outside this box the shift is not applied.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_BD_STEP = np.pi * 3000 / 180
_BD_LON, _BD_LAT = 0.0065, 0.006


def wgs84_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    """Return GCJ-02 degrees of WGS-84 degrees; points outside China pass unchanged."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    short = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (short + _waves(y, 20, 40, 160, 320)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (short + _waves(x, 20, 40, 150, 300)) * 2 / 3
    phi = np.radians(lat)
    magic = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    meridian = _AXIS_METRES * (1 - _ECCENTRICITY2) / magic**1.5
    parallel = _AXIS_METRES / np.sqrt(magic) * np.cos(phi)
    inside = (lon > _WEST) & (lon < _EAST) & (lat > _SOUTH) & (lat < _NORTH)
    return (
        lon + np.where(inside, np.degrees(east / parallel), 0),
        lat + np.where(inside, np.degrees(north / meridian), 0),
    )


def gcj02_to_bd09(lon: Floats, lat: Floats) -> Pair:
    """Return BD-09 degrees of GCJ-02 degrees."""
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _BD_STEP)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _BD_STEP)
    return radius * np.cos(angle) + _BD_LON, radius * np.sin(angle) + _BD_LAT


def gcj02_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    """Return WGS-84 degrees of GCJ-02 degrees; NaN stays NaN."""
    return _inverse(wgs84_to_gcj02, lon, lat)


def bd09_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    """Return WGS-84 degrees of BD-09 degrees; NaN stays NaN."""
    return gcj02_to_wgs84(*_inverse(gcj02_to_bd09, lon, lat))


def to_wgs84(system: str, lon: Floats, lat: Floats) -> Pair:
    """Return WGS-84 degrees of degrees in one of SYSTEMS."""
    if system == "wgs84":
        return lon, lat
    return gcj02_to_wgs84(lon, lat) if system == "gcj02" else bd09_to_wgs84(lon, lat)


def check_system(system: str) -> str:
    """Return the system if it is one of SYSTEMS or auto; raise UserError otherwise."""
    if system not in (*SYSTEMS, AUTO):
        raise unknown("crs", system, (*SYSTEMS, AUTO))
    return system


def _waves(v: Floats, a: int, b: int, c: int, d: int) -> Floats:
    """Return the long waves of the published form along one axis."""
    middle = a * np.sin(np.pi * v) + b * np.sin(np.pi * v / 3)
    waves: Floats = middle + c * np.sin(np.pi * v / 12) + d * np.sin(np.pi * v / 30)
    return waves


def _inverse(forward: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    x, y = lon, lat
    for _ in range(_ITERATIONS):
        to_x, to_y = forward(x, y)
        x, y = x + (lon - to_x), y + (lat - to_y)
    return x, y
