"""What the composite and its stars hold for any numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from talentmap.analysis.bands import SCARCE, stars
from talentmap.analysis.composite import combine, rank_interval, robust_z
from talentmap.analysis.tightness import fit_prior, posterior

Floats = npt.NDArray[np.float64]

_numbers = st.one_of(st.floats(-1e6, 1e6, allow_subnormal=False), st.just(float("nan")))
tables = st.integers(1, 12).flatmap(lambda n: arrays(np.float64, (n, 5), elements=_numbers))
weights = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).dirichlet([1.0] * 5)
)


@settings(deadline=None)
@given(x=tables, w=weights)
def test_contributions_add_up_to_the_composite(x: Floats, w: Floats) -> None:
    z = np.column_stack([robust_z(column) for column in x.T])
    found = combine(z, w)
    known = found.coverage > 0
    assert found.contributions.sum(axis=1)[known] == pytest.approx(found.value[known], abs=1e-12)
    assert known.tolist() == (~np.isnan(x)).any(axis=1).tolist()
    assert np.isfinite(found.contributions).all()
    assert np.all((found.score[known] >= 0) & (found.score[known] <= 100))
    assert np.all(np.abs(found.value[known]) <= 5 + 1e-9)


@settings(deadline=None)
@given(x=tables, w=weights)
def test_a_rank_lies_among_the_items(x: Floats, w: Floats) -> None:
    found = rank_interval(x, w, draws=20)
    some = ~np.isnan(x).all(axis=1)
    assert (found.rank > 0).tolist() == some.tolist()
    assert np.all(found.low[some] >= 1)
    assert np.all(found.high <= some.sum())
    assert np.all(found.low <= found.high)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(3, 40), score=st.floats(0, 100))
def test_an_empty_cell_never_shows_a_scarce_star(seed: int, size: int, score: float) -> None:
    """Neither without people nor without openings, whatever the other components say.

    One huge ample place makes all the others tight: even those without openings then lean on a
    prior well above 1.
    """
    dice = np.random.default_rng(seed)
    people = dice.gamma(1, 5, size)
    openings = np.append(dice.poisson(4 * people[:-1]), 1).astype(float)
    people[-1] = 10_000
    people[0] = openings[0] = openings[1] = 0
    prior = fit_prior(openings, people)
    assert prior is not None
    found = posterior(openings, people, prior)
    given_ = stars(np.full(size, score), found.above_one, found.weight, openings)
    assert given_[0] == 0
    assert given_[1] < SCARCE
