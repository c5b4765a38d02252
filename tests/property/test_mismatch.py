"""Mismatch lies between 0 and 1, looks at shares only, and merging never raises it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from talentmap.analysis.mismatch import duncan, mismatch, mismatch_by_chance, qualification

Floats = npt.NDArray[np.float64]

counts = st.one_of(st.just(0.0), st.integers(1, 5000).map(float), st.floats(0.01, 1e4))
sides = st.integers(2, 9).flatmap(lambda n: arrays(np.float64, (2, n), elements=counts))
alphas = st.floats(0.05, 0.95)


def _both(table: Floats) -> tuple[Floats, Floats]:
    assume(table.sum(axis=1).min() > 0)
    return table[0], table[1]


@settings(deadline=None)
@given(table=sides, alpha=alphas, seed=st.integers(0, 2**32 - 1))
def test_merging_categories_never_raises_mismatch(table: Floats, alpha: float, seed: int) -> None:
    v, u = _both(table)
    into = np.random.default_rng(seed).integers(0, max(1, len(v) - 1), len(v))
    merged_v, merged_u = (np.bincount(into, side).astype(np.float64) for side in (v, u))
    assert mismatch(merged_v, merged_u, alpha) <= mismatch(v, u, alpha) + 1e-12
    assert duncan(merged_v, merged_u) <= duncan(v, u) + 1e-12


@settings(deadline=None)
@given(table=sides, cut=st.integers(1, 8))
def test_merging_levels_never_raises_over_or_under(table: Floats, cut: int) -> None:
    v, u = _both(table)
    edges = sorted({0, min(cut, len(v) - 1)})
    fine = qualification(v, u)
    rough = qualification(np.add.reduceat(v, edges), np.add.reduceat(u, edges))
    assert rough.over <= fine.over + 1e-12
    assert rough.under <= fine.under + 1e-12


@settings(deadline=None)
@given(table=sides, alpha=alphas, by=st.floats(0.001, 1000))
def test_only_shares_count(table: Floats, alpha: float, by: float) -> None:
    v, u = _both(table)
    assert mismatch(by * v, u / by, alpha) == pytest.approx(mismatch(v, u, alpha), abs=1e-12)
    assert duncan(by * v, u / by) == pytest.approx(duncan(v, u), abs=1e-12)
    assert 0 <= mismatch(v, u, alpha) <= 1
    assert mismatch(v, u, alpha) == pytest.approx(mismatch(u, v, 1 - alpha), abs=1e-12)
    assert mismatch(v, v, alpha) == pytest.approx(0, abs=1e-12)


@settings(deadline=None)
@given(table=arrays(np.float64, (2, 6), elements=st.integers(0, 40).map(float)))
def test_the_correction_never_adds(table: Floats) -> None:
    v, u = _both(table)
    found = mismatch_by_chance(v, u, draws=30)
    assert 0 <= found.value <= found.raw + 1e-12
    assert 0 < found.p <= 1


@settings(deadline=None)
@given(table=sides)
def test_over_and_under_are_those_of_the_best_allocation(table: Floats) -> None:
    """The closed form is the optimum of the transport of seekers to openings."""
    v, u = _both(table)
    v, u = v / v.sum(), u / u.sum()
    n, level = len(v), np.arange(len(v))
    rows = np.kron(np.eye(n), np.ones(n)), np.kron(np.ones(n), np.eye(n))
    found = qualification(v, u)
    for cost, share in (
        (level[:, None] > level, found.over),
        (level[:, None] < level, found.under),
    ):
        best = linprog(
            cost.astype(float).ravel(), A_eq=np.vstack(rows), b_eq=np.concatenate([u, v])
        )
        assert share == pytest.approx(best.fun, abs=1e-7)
