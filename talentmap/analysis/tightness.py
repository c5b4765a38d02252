"""Tightness of a labour market, shrunk towards the city (METHODS: scarcity).

V openings and S people in a place × industry; E = rho·S, rho = sum V / sum S over everything, so
that 1 is the city's average. V ~ Poisson(lambda·E), lambda ~ Gamma(alpha, beta); alpha and beta by
maximum marginal likelihood (a negative binomial). Source: empirical-Bayes disease mapping, Clayton
and Kaldor 1987; here applied to openings over people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import digamma, gammainc, gammaincinv, gammaln

Floats = npt.NDArray[np.float64]

# Below this weight the prior says more than the place itself: no value is shown.
LEAST_WEIGHT = 0.3
_BOUNDS = (-6.0, 9.0)  # of log alpha and log beta: a flat prior to a point mass


@dataclass(frozen=True, slots=True)
class Prior:
    """rho (openings per person of the month) and the Gamma prior of the relative tightness."""

    rho: float
    alpha: float
    beta: float


@dataclass(frozen=True, slots=True)
class Tightness:
    """Posterior mean, 90 % interval, P(lambda > 1) and the weight of the place's own data."""

    mean: Floats
    low: Floats
    high: Floats
    above_one: Floats
    weight: Floats


def fit_prior(
    openings: Floats, people: Floats, *, rho: float = 0.0, start: Prior | None = None
) -> Prior | None:
    """Fit alpha and beta over strata; None where there are no openings or no people at all.

    `rho` is the city's openings per person; 0 takes it from the strata themselves.

    Strata without people carry no information on the spread and are left out of the fit (their
    openings still count in rho). `start` is a nearby fit (last month) to begin from.
    """
    total_people = float(people.sum())
    if openings.sum() <= 0 or total_people <= 0:
        return None
    rho = rho or float(openings.sum()) / total_people
    used = people > 0
    counts, expected = openings[used], rho * people[used]
    first = np.log([start.alpha, start.beta]) if start else np.zeros(2)
    found = minimize(
        _loss,
        first,
        args=_split(counts, expected),
        jac=True,
        method="L-BFGS-B",
        bounds=[_BOUNDS] * 2,
    )
    alpha, beta = np.exp(found.x)
    return Prior(rho, float(alpha), float(beta))


def posterior(openings: Floats, people: Floats, prior: Prior) -> Tightness:
    """Return the shrunk tightness of each stratum; arrays of the same shape as the input."""
    shape = openings + prior.alpha
    rate = prior.rho * people + prior.beta
    return Tightness(
        mean=shape / rate,
        low=gammaincinv(shape, 0.05) / rate,
        high=gammaincinv(shape, 0.95) / rate,
        above_one=1.0 - gammainc(shape, rate),
        weight=1.0 - prior.beta / rate,
    )


def _split(counts: Floats, expected: Floats) -> tuple[Floats, Floats, Floats]:
    """Part the strata with openings from those without: these need no gamma function."""
    some = counts > 0
    return counts[some], expected[some], expected[~some]


def _loss(logs: Floats, counts: Floats, expected: Floats, empty: Floats) -> tuple[float, Floats]:
    """Negative log marginal likelihood and its gradient in (log alpha, log beta)."""
    alpha, beta = np.exp(logs)
    n = len(counts) + len(empty)
    with_rate, empty_rate = expected + beta, empty + beta
    log_rates = np.log(with_rate).sum() + np.log(empty_rate).sum()
    value = (
        (gammaln(counts + alpha) - counts * np.log(with_rate)).sum()
        - len(counts) * gammaln(alpha)
        + alpha * (n * logs[1] - log_rates)
    )
    d_alpha = digamma(counts + alpha).sum() - len(counts) * digamma(alpha) + n * logs[1] - log_rates
    inverse = (1 / with_rate).sum() + (1 / empty_rate).sum()
    d_beta = n * alpha / beta - alpha * inverse - (counts / with_rate).sum()
    return -float(value), -np.array([d_alpha * alpha, d_beta * beta])
