"""METHODS, scarcity: the reference numbers of the shrunk tightness."""

import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes

from talentmap.analysis.tightness import Prior, fit_prior, posterior

OPENINGS = np.array([12, 3, 0, 25, 7, 1, 40, 2], dtype=float)
PEOPLE = np.array([20, 2, 5, 30, 15, 4, 25, 0.5])
PRIOR = fit_prior(OPENINGS, PEOPLE)


def test_prior() -> None:
    assert PRIOR is not None
    assert PRIOR.rho == pytest.approx(0.8867, abs=5e-5)
    assert PRIOR.alpha == pytest.approx(2.7634, abs=5e-5)
    assert PRIOR.beta == pytest.approx(2.9245, abs=5e-5)


@pytest.mark.parametrize(
    ("row", "mean", "low", "high", "above", "weight"),
    [
        (0, 0.7146, 0.439, 1.046, 0.073, 0.858),
        (2, 0.3756, 0.095, 0.807, 0.017, 0.603),
        (6, 1.7043, 1.299, 2.154, 0.999, 0.883),
        (7, 1.4144, 0.541, 2.621, 0.712, 0.132),
    ],
)
def test_posterior(
    row: int, mean: float, low: float, high: float, above: float, weight: float
) -> None:
    assert PRIOR is not None
    found = posterior(OPENINGS, PEOPLE, PRIOR)
    assert found.mean[row] == pytest.approx(mean, abs=5e-5)
    assert found.low[row] == pytest.approx(low, abs=5e-4)
    assert found.high[row] == pytest.approx(high, abs=5e-4)
    assert found.above_one[row] == pytest.approx(above, abs=5e-4)
    assert found.weight[row] == pytest.approx(weight, abs=5e-4)


def test_nothing_to_fit() -> None:
    assert fit_prior(np.zeros(3), np.ones(3)) is None
    assert fit_prior(np.ones(3), np.zeros(3)) is None


def test_a_start_nearby_changes_nothing() -> None:
    again = fit_prior(OPENINGS, PEOPLE, start=Prior(1.0, 9.0, 9.0))
    assert again is not None
    assert again.alpha == pytest.approx(2.7634, abs=1e-3)


def test_it_agrees_with_the_smoother_of_marshall() -> None:
    """Another estimate of the same, by moments instead of likelihood: near, not equal."""
    assert PRIOR is not None
    theirs = Empirical_Bayes(OPENINGS, PEOPLE).r.ravel() / PRIOR.rho
    expected = (0.6503, 1.0828, 0.4076, 0.8400, 0.5595, 0.5782, 1.4963, 1.2141)
    assert theirs * PRIOR.rho == pytest.approx(expected, abs=5e-5)
    ours = posterior(OPENINGS, PEOPLE, PRIOR).mean
    assert ours == pytest.approx(theirs, abs=0.1)
