"""How far and which way somebody goes to work: a distance band and one of eight directions.

A band is of the record's own straight-line distance; a direction is that of the line from home to
work on a plane laid through their middle latitude, so that the way back is exactly the opposite
(over 30 km it differs from a great circle by less than a quarter of a degree).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]

BANDS = ("0-5", "5-10", "10-15", "15-20", "20-25", "25+")  # km; a band holds its lower bound
BAND_KM = 5.0
TURNS = ("same", "N", "NE", "E", "SE", "S", "SW", "W", "NW")  # same: home and work are one point
UNKNOWN = 0  # a way whose length is not known


def ways(
    metres: Floats, home_lon: Floats, home_lat: Floats, work_lon: Floats, work_lat: Floats
) -> Codes:
    """Return the way from home to work as a code; UNKNOWN where the distance is NaN.

    metres: straight line; degrees WGS-84. See `band_of` and `turn_of` for what a code holds.
    """
    north = work_lat - home_lat
    east = (work_lon - home_lon) * np.cos(np.radians((home_lat + work_lat) / 2))
    known = np.isfinite(metres) & np.isfinite(north) & np.isfinite(east)
    eighth = np.round(np.arctan2(np.where(known, east, 0), np.where(known, north, 0)) / (np.pi / 4))
    turn = np.where((north == 0) & (east == 0), 0, eighth % 8 + 1)
    band = np.minimum(np.where(known, metres, 0) / (1000 * BAND_KM), len(BANDS) - 1)
    return np.where(known, code_of(band.astype(np.int64), turn), UNKNOWN).astype(np.int16)


def code_of(band: npt.NDArray[np.int64], turn: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the code of a band (place in BANDS) and a turn (place in TURNS)."""
    return np.asarray(1 + band * len(TURNS) + turn, dtype=np.int64)


def band_of(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the band of codes above UNKNOWN, as place in BANDS."""
    return (codes - 1) // len(TURNS)


def turn_of(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the direction of codes above UNKNOWN, as place in TURNS, seen from home."""
    return (codes - 1) % len(TURNS)


def seen_from_work(turns: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return in which direction homes lie from work: the opposite one."""
    return np.where(turns == 0, 0, (turns - 1 + 4) % 8 + 1)
