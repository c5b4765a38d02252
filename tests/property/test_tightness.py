"""Tightness is relative: what all places share does not show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.analysis.tightness import fit_prior, posterior


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(3, 40), by=st.floats(0.01, 100))
def test_scaling_all_weights_of_persons_leaves_the_index(seed: int, size: int, by: float) -> None:
    dice = np.random.default_rng(seed)
    people = dice.gamma(1, 30, size)
    openings = dice.poisson(dice.gamma(2, 0.5, size) * people + 0.1).astype(float)
    openings[0] += 1
    once, scaled = fit_prior(openings, people), fit_prior(openings, by * people)
    assert once is not None
    assert scaled is not None
    assert scaled.rho * by == pytest.approx(once.rho)
    one, other = posterior(openings, people, once), posterior(openings, by * people, scaled)
    assert other.mean == pytest.approx(one.mean, rel=1e-3)
    assert other.low == pytest.approx(one.low, rel=1e-3)
    assert other.weight == pytest.approx(one.weight, abs=1e-3)
