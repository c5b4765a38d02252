"""Nobody is lost or made by the catchment; no pair in range is missed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.analysis.decay import Decay
from talentmap.analysis.reach import (
    EARTH_KM,
    catchment,
    offered,
    own_km,
    pairs_within,
    reach_matrix,
    three_stage,
)

Floats = npt.NDArray[np.float64]

DECAYS = (
    Decay("gaussian", 5.0),
    Decay("exponential", 4.0),
    Decay("power", power=1.7),
    Decay("tanner", 6.0, -0.4),
    Decay("step", 7.0),
)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 60)
decays = st.sampled_from(DECAYS)
ranges = st.floats(0.5, 80.0)


def _city(seed: int, size: int) -> tuple[Floats, Floats, Floats]:
    """Cells within about 50 km, some at the same spot; longitude, latitude, km inside."""
    dice = np.random.default_rng(seed)
    lon, lat = 117 + dice.normal(0, 0.25, size), 36.6 + dice.normal(0, 0.2, size)
    lon[size // 2] = lon[0]
    lat[size // 2] = lat[0]
    return lon, lat, own_km(dice.uniform(0.1, 5.0, size))


def _counts(seed: int, size: int) -> tuple[Floats, Floats]:
    """Supply and demand of four industries: common, rare, nobody wanted, all in one place."""
    dice = np.random.default_rng([seed, 1])
    supply = dice.poisson((20, 0.5, 3, 0), (size, 4)).astype(float)
    demand = dice.poisson((8, 0.2, 0, 2), (size, 4)).astype(float)
    supply[0, 3] = 1000
    return supply, demand


@settings(deadline=None)
@given(seed=seeds, size=sizes, decay=decays, range_km=ranges, stages=st.sampled_from([2, 3]))
def test_conservation(seed: int, size: int, decay: Decay, range_km: float, stages: int) -> None:
    lon, lat, inside = _city(seed, size)
    supply, demand = _counts(seed, size)
    reach = reach_matrix(lon, lat, inside, decay, range_km)
    found = catchment(supply, demand, reach if stages == 2 else three_stage(reach))
    reachable = supply.sum(axis=0) - found.unreachable.sum(axis=0)
    assert (demand * found.access).sum(axis=0) == pytest.approx(reachable, rel=1e-9, abs=1e-9)
    assert found.effective.sum(axis=0) == pytest.approx(reachable, rel=1e-9, abs=1e-9)
    assert np.isfinite(found.access).all()
    assert offered(supply, reach).sum(axis=0) == pytest.approx(supply.sum(axis=0), rel=1e-9)


@settings(deadline=None)
@given(seed=seeds, size=sizes, decay=decays, factor=st.floats(0.01, 100))
def test_scaling_all_persons_scales_the_access(
    seed: int, size: int, decay: Decay, factor: float
) -> None:
    """Ratios of places to each other stay, and so does the order."""
    lon, lat, inside = _city(seed, size)
    supply, demand = _counts(seed, size)
    reach = reach_matrix(lon, lat, inside, decay, 20.0)
    once, scaled = (catchment(s, demand, reach).access for s in (supply, factor * supply))
    assert scaled == pytest.approx(factor * once, rel=1e-12)


@settings(deadline=None)
@given(seed=seeds, size=sizes, decay=decays)
def test_all_industries_at_once_are_each_alone(seed: int, size: int, decay: Decay) -> None:
    lon, lat, inside = _city(seed, size)
    supply, demand = _counts(seed, size)
    reach = reach_matrix(lon, lat, inside, decay, 15.0)
    together = catchment(supply, demand, reach).access
    for k in range(supply.shape[1]):
        alone = catchment(supply[:, k], demand[:, k], reach).access
        assert together[:, k] == pytest.approx(alone, rel=1e-12)


@settings(deadline=None)
@given(seed=seeds, size=sizes, range_km=ranges)
def test_no_pair_in_range_is_lost(seed: int, size: int, range_km: float) -> None:
    lon, lat, _ = _city(seed, size)
    east, north = np.radians(lon), np.radians(lat)
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    expected = {(i, j) for i, j in np.argwhere(km <= range_km) if i < j}
    first, second, found = pairs_within(lon, lat, range_km)
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == expected
    assert len(first) == len(expected)
    assert found == pytest.approx(km[first, second], abs=1e-6)
    assert np.all(first < second)
