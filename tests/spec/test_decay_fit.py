"""The gravity fit is the Poisson GLM, and finds the decay that made the flows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm

from talentmap.analysis.decay import Decay
from talentmap.analysis.decay_fit import choose_decay
from talentmap.analysis.gravity import NoFitError, fit_gravity

Floats = npt.NDArray[np.float64]

TERMS: dict[str, Callable[[Floats], Floats]] = {
    "km": np.copy,
    "km2": lambda km: km**2 / 2,
    "ln": np.log,
}


def _zones(n: int, seed: int = 3) -> Floats:
    """Distances in km between places in a city of 40 km; 1 km to itself."""
    at = np.random.default_rng(seed).uniform(0, 40, (n, 2))
    gap = at[:, None] - at
    return np.asarray(np.hypot(gap[..., 0], gap[..., 1]) + np.eye(n))


def _commute(km: Floats, decay: Decay, persons: float, seed: int = 5) -> Floats:
    """Flows of a known decay between places of unequal size."""
    dice = np.random.default_rng(seed)
    expected = np.outer(dice.gamma(2, size=len(km)), dice.gamma(1, size=len(km)))
    expected *= decay.weight(km)
    return np.asarray(dice.poisson(expected * persons / expected.sum()), dtype=np.float64)


@pytest.mark.parametrize("names", [("km",), ("km2",), ("ln",), ("ln", "km")])
def test_it_is_the_generalized_linear_model(names: tuple[str, ...]) -> None:
    km = _zones(14)
    flows = _commute(km, Decay("tanner", 6.0, 0.4), 20_000)
    flows[3] = 0  # nobody lives there: a dummy of minus infinity, left out of the GLM
    terms = np.stack([TERMS[name](km) for name in names])
    found = fit_gravity(flows, terms)
    kept = np.delete(np.arange(14), 3)
    home, work = np.repeat(kept, 14), np.tile(np.arange(14), 13)
    dummies = [home == i for i in kept] + [work == j for j in range(13)]
    design = np.column_stack([*dummies, *[t[kept].ravel() for t in terms]]).astype(float)
    glm = sm.GLM(flows[kept].ravel(), design, family=sm.families.Poisson()).fit(tol=1e-14)
    assert found.theta == pytest.approx(glm.params[-len(terms) :], rel=1e-7)
    assert found.error == pytest.approx(glm.bse[-len(terms) :], rel=1e-6)
    assert found.log_likelihood == pytest.approx(glm.llf, rel=1e-10)
    assert found.aic == pytest.approx(glm.aic, rel=1e-10)
    assert found.expected[kept].ravel() == pytest.approx(glm.fittedvalues, rel=1e-5, abs=1e-9)
    assert found.expected[3].sum() == 0


@pytest.mark.parametrize(
    "truth",
    [
        Decay("gaussian", 7.0),
        Decay("exponential", 5.0),
        Decay("power", power=1.8),
        Decay("tanner", 4.0, -1.2),
    ],
    ids=lambda d: d.family,
)
def test_the_decay_that_made_the_flows_is_found(truth: Decay) -> None:
    km = _zones(50)
    best = choose_decay(_commute(km, truth, 60_000), km).best
    assert best is not None
    assert best.decay.family == truth.family
    if truth.family != "power":
        assert best.decay.scale_km == pytest.approx(truth.scale_km, rel=0.05)
    if truth.family in ("power", "tanner"):
        assert best.decay.power == pytest.approx(truth.power, rel=0.08)


def test_the_totals_and_the_mean_distance_are_met() -> None:
    km = _zones(30)
    flows = _commute(km, Decay("gaussian", 9.0), 5000)
    found = fit_gravity(flows, np.stack([km]))
    assert found.expected.sum(axis=0) == pytest.approx(flows.sum(axis=0), abs=1e-4)
    assert found.expected.sum(axis=1) == pytest.approx(flows.sum(axis=1), abs=1e-4)
    assert (found.expected * km).sum() == pytest.approx((flows * km).sum(), rel=1e-8)


def test_a_rising_tanner_term_is_rejected() -> None:
    """Near a power law with a few very long ways the distance term turns positive."""
    km = _zones(40)
    dice = np.random.default_rng(8)
    expected = np.outer(dice.gamma(2, size=40), dice.gamma(2, size=40)) * km**-2 * np.exp(km / 15)
    flows = dice.poisson(expected * 40_000 / expected.sum()).astype(float)
    found = choose_decay(flows, km)
    assert "distance term does not fall" in found.rejected["tanner"]
    assert found.best is not None
    assert found.best.decay.family == "power"


@pytest.mark.parametrize(
    "flows", [np.ones((1, 1)), np.zeros((5, 5)), np.diag(np.full(6, 50.0)), np.full((6, 6), 9.0)]
)
def test_flows_that_tell_nothing_have_a_reason(flows: Floats) -> None:
    found = choose_decay(flows, _zones(len(flows)))
    assert found.best is None
    assert len(found.rejected) == 4
    assert all(found.rejected.values())


def test_a_place_alone_cannot_be_fitted() -> None:
    with pytest.raises(NoFitError, match="too few places"):
        fit_gravity(np.ones((1, 1)), np.ones((1, 1, 1)))


def test_the_same_seed_gives_the_same_choice() -> None:
    km = _zones(20)
    flows = _commute(km, Decay("exponential", 5.0), 4000)
    assert choose_decay(flows, km, seed=4) == choose_decay(flows, km, seed=4)
