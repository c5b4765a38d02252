"""METHODS 4: excess commuting against its reference numbers, and against another solver."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack

from talentmap.analysis.areas import cell_areas_km2
from talentmap.analysis.excess import excess_commuting, paired_km, zone_km
from talentmap.analysis.reach import own_km

AT_KM = np.array([0.0, 5.0, 12.0])
FLOWS = np.array([[30.0, 20, 10], [5, 25, 10], [15, 5, 30]])


def _km() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    km = np.abs(AT_KM[:, None] - AT_KM)
    np.fill_diagonal(km, 1.0)
    return np.asarray(km)


def test_reference() -> None:
    found = excess_commuting(FLOWS, _km())
    assert found.observed == pytest.approx(4.1)
    assert found.least == pytest.approx(1.266667, abs=5e-7)
    assert found.most == pytest.approx(8.6)
    assert found.random == pytest.approx(5.777778, abs=5e-7)
    assert found.excess == pytest.approx(0.691057, abs=5e-7)
    assert found.capacity_used == pytest.approx(0.386364, abs=5e-7)


def test_another_solver_finds_the_same() -> None:
    dice = np.random.default_rng(3)
    at = dice.normal(0, 12, (40, 2))
    km = np.hypot(*(at[:, None] - at).transpose(2, 0, 1)) + 0.3
    flows = dice.poisson(0.8, (40, 40)).astype(float)
    homes, works = flows.sum(axis=1), flows.sum(axis=0)
    rows = csr_array(kron(eye_array(40), np.ones((1, 40))))
    columns = csr_array(kron(np.ones((1, 40)), eye_array(40)))
    totals = np.concatenate([homes, works])
    solved = linprog(
        km.ravel(), A_eq=vstack([rows, columns]).toarray(), b_eq=totals, method="highs"
    )
    assert paired_km(homes, works, km) == pytest.approx(solved.fun / homes.sum(), rel=1e-9)


def test_nobody_has_no_way() -> None:
    found = excess_commuting(np.zeros((3, 3)), _km())
    assert np.isnan([found.observed, found.least, found.most, found.random, found.excess]).all()


def test_homes_and_jobs_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="40 homes for 30 jobs"):
        paired_km(np.array([10.0, 30]), np.array([30.0, 0]), np.ones((2, 2)))


def test_one_zone_has_no_span() -> None:
    found = excess_commuting(np.array([[7.0]]), np.array([[0.8]]))
    assert (found.observed, found.least, found.most) == pytest.approx((0.8, 0.8, 0.8))
    assert found.excess == pytest.approx(0)
    assert np.isnan(found.capacity_used)


def test_a_way_within_a_zone_is_the_radius_of_its_circle() -> None:
    cell = np.array([0x872D42CD4FFFFFF], dtype=np.int64)
    inside = own_km(cell_areas_km2(cell))
    km = zone_km(np.array([117.0]), np.array([36.6]), inside)
    assert km[0, 0] == inside[0] > 1.0
