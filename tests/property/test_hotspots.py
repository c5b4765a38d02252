"""A hot spot is relative: units and the order of places do not matter, noise is not hot."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.analysis.hotspots import false_discovery, getis_ord, hot_spots, local_moran
from talentmap.analysis.reach import neighbours

Floats = npt.NDArray[np.float64]

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 40)


def _places(seed: int, size: int) -> tuple[Floats, Floats, Floats]:
    """Places within some 20 km; numbers of which some are missing and many are equal."""
    dice = np.random.default_rng(seed)
    y = dice.poisson(1.5, size).astype(float)
    y[dice.random(size) < 0.1] = np.nan
    return 117 + dice.uniform(0, 0.2, size), 36.6 + dice.uniform(0, 0.2, size), y


@settings(deadline=None)
@given(seed=seeds, size=sizes, by=st.floats(0.01, 100), plus=st.floats(-100, 100))
def test_units_do_not_matter(seed: int, size: int, by: float, plus: float) -> None:
    lon, lat, y = _places(seed, size)
    near = neighbours(lon, lat, 4.0)
    once, again = hot_spots(y, near), hot_spots(by * y + plus, near)
    assert again.z == pytest.approx(once.z, abs=1e-6, nan_ok=True)
    moran, other = local_moran(y, near), local_moran(by * y + plus, near)
    assert other.value == pytest.approx(moran.value, abs=1e-6, nan_ok=True)
    assert set(np.unique(once.mark)) <= {-1, 0, 1}


@settings(deadline=None)
@given(seed=seeds, size=sizes)
def test_the_order_of_places_does_not_matter(seed: int, size: int) -> None:
    lon, lat, y = _places(seed, size)
    order = np.random.default_rng(seed).permutation(size)
    once = hot_spots(y, neighbours(lon, lat, 4.0))
    again = hot_spots(y[order], neighbours(lon[order], lat[order], 4.0))
    assert again.z == pytest.approx(once.z[order], abs=1e-9, nan_ok=True)
    assert again.q == pytest.approx(once.q[order], abs=1e-9, nan_ok=True)


@settings(deadline=None)
@given(seed=seeds, size=sizes, star=st.booleans())
def test_variables_at_once_are_each_alone(seed: int, size: int, star: bool) -> None:
    lon, lat, _ = _places(seed, size)
    near = neighbours(lon, lat, 4.0)
    y = np.random.default_rng(seed).gamma(1, size=(size, 3))
    together = getis_ord(y, near, star=star)
    for k in range(3):
        alone = getis_ord(y[:, k], near, star=star)
        assert together[:, k] == pytest.approx(alone, abs=1e-9)


@settings(deadline=None)
@given(p=st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_are_larger_and_in_the_same_order(p: list[float]) -> None:
    given_ = np.array(p)
    found = false_discovery(given_)
    assert np.all((found >= given_ - 1e-12) & (found <= 1))
    assert np.all(np.diff(found[np.argsort(given_, kind="stable")]) >= 0)
