"""Coordinate systems and cells."""

from __future__ import annotations

import h3
import numpy as np
import pytest

from talentmap.intake.crs import (
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)
from talentmap.intake.positions import base_cells

WGS, GCJ, BD = (117.0209, 36.6612), (117.02683097, 36.66152103), (117.03331128, 36.66757854)
Pair = tuple[float, float]


def one(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    return np.array([pair[0]]), np.array([pair[1]])


def test_reference_vectors() -> None:
    assert np.concatenate(wgs84_to_gcj02(*one(WGS))) == pytest.approx(GCJ, abs=5e-9)
    assert np.concatenate(gcj02_to_bd09(*one(GCJ))) == pytest.approx(BD, abs=1e-8)
    assert np.concatenate(gcj02_to_wgs84(*one(GCJ))) == pytest.approx(WGS, abs=1e-8)
    assert np.concatenate(bd09_to_wgs84(*one(BD))) == pytest.approx(WGS, abs=1e-8)


def test_there_and_back_is_less_than_a_millimetre() -> None:
    dice = np.random.default_rng(1)
    lon, lat = dice.uniform(74, 134, 2000), dice.uniform(19, 53, 2000)
    millimetre = 1e-3 / 111_000
    gcj = wgs84_to_gcj02(lon, lat)
    for back in (gcj02_to_wgs84(*gcj), bd09_to_wgs84(*gcj02_to_bd09(*gcj))):
        assert np.abs(back[0] - lon).max() < millimetre
        assert np.abs(back[1] - lat).max() < millimetre


def test_outside_china_and_nan_pass() -> None:
    lon, lat = np.array([-71.4, np.nan]), np.array([41.8, np.nan])
    found = to_wgs84("gcj02", lon, lat)
    np.testing.assert_array_equal(found[0], lon)
    np.testing.assert_array_equal(found[1], lat)


def test_cells_are_those_of_h3() -> None:
    lon, lat = np.array([117.0209, np.nan, -71.4]), np.array([36.6612, 1.0, 41.8])
    expected = [h3.str_to_int(h3.latlng_to_cell(lat[i], lon[i], 9)) for i in (0, 2)]
    cells = base_cells(lon, lat).to_list()
    assert [cells[0], cells[2]] == expected
    assert cells[1] is None
