"""Distance bands and directions, against the compass of the ellipsoid."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest

from talentmap.analysis.bearing import (
    BANDS,
    TURNS,
    UNKNOWN,
    band_of,
    seen_from_work,
    turn_of,
    ways,
)

LON, LAT = 117.0, 36.6


def _one(metres: float, lon: float, lat: float) -> int:
    numbers = (np.array([float(x)]) for x in (metres, LON, LAT, lon, lat))
    return int(ways(*numbers)[0])


@pytest.mark.parametrize(
    ("degrees", "turn"),
    [
        (0, "N"),
        (45, "NE"),
        (90, "E"),
        (135, "SE"),
        (180, "S"),
        (225, "SW"),
        (270, "W"),
        (315, "NW"),
    ],
)
@pytest.mark.parametrize("aside", [-21.5, 0.0, 21.5])
def test_directions(degrees: float, turn: str, aside: float) -> None:
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(LON, LAT, degrees + aside, 8_000)
    code = np.array([_one(8_000, lon, lat)])
    assert TURNS[turn_of(code)[0]] == turn
    assert TURNS[(turn_of(code)[0] + 3) % 8 + 1] == TURNS[seen_from_work(turn_of(code))[0]]


@pytest.mark.parametrize(
    ("metres", "band"),
    [(0, "0-5"), (4999.9, "0-5"), (5000, "5-10"), (14_999, "10-15"), (25_000, "25+"), (9e5, "25+")],
)
def test_bands_hold_their_lower_bound(metres: float, band: str) -> None:
    assert BANDS[band_of(np.array([_one(metres, LON + 0.1, LAT)]))[0]] == band


def test_one_point_has_no_direction() -> None:
    code = np.array([_one(0, LON, LAT)])
    assert (BANDS[band_of(code)[0]], TURNS[turn_of(code)[0]]) == ("0-5", "same")
    assert seen_from_work(turn_of(code))[0] == 0


def test_what_is_not_known_stays_unknown() -> None:
    assert _one(float("nan"), LON + 0.1, LAT) == UNKNOWN
    assert _one(100.0, float("nan"), LAT) == UNKNOWN
