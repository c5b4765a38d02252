"""Coordinates that cannot be right: put right where there is one way, left open or refused else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from talentmap.intake.districts import Districts

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Finding = tuple[str, str, Bools]

ZERO = "the point (0, 0): position left open"
EQUAL = "latitude equal to longitude: position left open"
SWAPPED = "latitude and longitude exchanged: put right"
STRAYED = "a point outside the city the row names: position left open"

_CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north
# How far a point may lie from the city and still not be taken for exchanged, degrees.
_AROUND = 5.0


def mend(
    frame: pl.DataFrame, lon: str, lat: str, districts: Districts
) -> tuple[pl.DataFrame, list[Finding], list[Finding]]:
    """Return the frame with its coordinates mended, what was mended, and what must be refused.

    Findings are (column, reason, rows). (0, 0) and latitude = longitude say nothing and become
    null: the row goes down the ladder of positions. Exchanged degrees are told by a latitude beyond
    90, or by lying far from the city while the exchanged ones do not.
    """
    if lon not in frame.columns or lat not in frame.columns:
        return frame, [], list(_halves(frame, lon, lat))
    x, y = (frame[name].fill_null(np.nan).to_numpy().copy() for name in (lon, lat))
    zero, equal = (x == 0) & (y == 0), (x == y) & (x != 0)
    x[zero | equal] = y[zero | equal] = np.nan
    swapped = _swapped(x, y, _box(districts))
    x[swapped], y[swapped] = y[swapped], x[swapped]
    frame = frame.with_columns(pl.Series(lon, x).fill_nan(None), pl.Series(lat, y).fill_nan(None))
    beyond = np.abs(y) > 90
    mended = [(lat, ZERO, zero), (lat, EQUAL, equal), (lat, SWAPPED, swapped)]
    faults = [(lat, "not a latitude from -90 to 90", beyond), *_halves(frame, lon, lat)]
    return frame, mended, faults


def _halves(frame: pl.DataFrame, lon: str, lat: str) -> Iterator[Finding]:
    def known(name: str) -> Bools:
        if name not in frame.columns:
            return np.zeros(len(frame), np.bool_)
        return frame[name].is_not_null().to_numpy()

    yield lat, "longitude without latitude", known(lon) & ~known(lat)
    yield lon, "latitude without longitude", ~known(lon) & known(lat)


def _swapped(x: Floats, y: Floats, box: tuple[float, float, float, float] | None) -> Bools:
    swapped: Bools = (np.abs(y) > 90) & (np.abs(x) <= 90)
    if box is not None:
        swapped |= ~_inside(x, y, box) & _inside(y, x, box)
    return swapped


def _inside(x: Floats, y: Floats, box: tuple[float, float, float, float]) -> Bools:
    west, south, east, north = box
    inside: Bools = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside


def _box(districts: Districts) -> tuple[float, float, float, float] | None:
    """Return where points of a file can be: China for a city in it, else around the city."""
    if districts.bounds is None:
        return None
    west, south, east, north = districts.bounds
    if _CHINA[0] <= west and _CHINA[1] <= south and east <= _CHINA[2] and north <= _CHINA[3]:
        return _CHINA
    return west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND
