"""Tightness of a labour market, shrunk towards the city (METHODS: scarcity).

V openings and S people in a place × industry; E = rho·S, rho = sum V / sum S over everything, so
that 1 is the city's average. V ~ Poisson(lambda·E), lambda ~ Gamma(alpha, beta); alpha and beta by
maximum marginal likelihood (a negative binomial). Source: empirical-Bayes disease mapping, Clayton
and Kaldor 1987; here applied to openings over people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammainc, gammaincinv, gammaln, polygamma

Floats = npt.NDArray[np.float64]

# Below this weight the prior says more than the place itself: no value is shown.
LEAST_WEIGHT = 0.3
_BOUNDS = (-6.0, 9.0)  # of log alpha and log beta: a flat prior to a point mass
_MOST_ROUNDS, _MOST_HALVINGS = 100, 30
_LONGEST_STEP, _CLOSE = 2.0, 1e-8


@dataclass(frozen=True, slots=True)
class Prior:
    """rho (openings per person of the month) and the Gamma prior of the relative tightness."""

    rho: float
    alpha: float
    beta: float


@dataclass(frozen=True)
class Tightness:
    """The posterior Gamma by shape and rate; mean, 90 % interval, weight of own data."""

    shape: Floats
    rate: Floats
    low: Floats
    high: Floats
    weight: Floats

    @property
    def mean(self) -> Floats:
        """Posterior mean."""
        return self.shape / self.rate

    @cached_property
    def above_one(self) -> Floats:
        """P(lambda > 1); not every reader asks, and it is dear over many cells."""
        return np.asarray(1.0 - gammainc(self.shape, self.rate))


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
    strata = _Strata.of(openings[used], rho * people[used])
    at = np.log([start.alpha, start.beta]) if start else np.zeros(2)
    alpha, beta = np.exp(_climb(strata, at))
    return Prior(rho, float(alpha), float(beta))


def posterior(openings: Floats, people: Floats, prior: Prior) -> Tightness:
    """Return the shrunk tightness of each stratum; arrays of the same shape as the input."""
    shape = openings + prior.alpha
    rate = prior.rho * people + prior.beta
    # Openings are whole numbers and mostly few; the inverse is dear, so once per distinct one.
    distinct, index = np.unique(shape, return_inverse=True)
    low, high = (gammaincinv(distinct, q)[index].reshape(shape.shape) for q in (0.05, 0.95))
    return Tightness(shape, rate, low / rate, high / rate, 1.0 - prior.beta / rate)


@dataclass(frozen=True, slots=True)
class _Strata:
    """Openings and expectations; strata without openings by distinct expectation (few).

    Those need no gamma function, and there are many of them.
    """

    counts: Floats
    expected: Floats
    empty: Floats
    times: Floats

    @classmethod
    def of(cls, counts: Floats, expected: Floats) -> _Strata:
        some = counts > 0
        empty, times = np.unique(expected[~some], return_counts=True)
        return cls(counts[some], expected[some], empty, times.astype(np.float64))

    def log_likelihood(self, logs: Floats) -> float:
        """Marginal log likelihood, but for a constant."""
        alpha, beta = np.exp(logs)
        rates = np.log(self.expected + beta)
        size = len(self.counts) + self.times.sum()
        value = (gammaln(self.counts + alpha) - (self.counts + alpha) * rates).sum()
        value -= len(self.counts) * gammaln(alpha)
        value += alpha * (size * logs[1] - (self.times * np.log(self.empty + beta)).sum())
        return float(value)

    def slopes(self, logs: Floats) -> tuple[Floats, npt.NDArray[np.float64]]:
        """Gradient and Hessian in (log alpha, log beta)."""
        alpha, beta = np.exp(logs)
        rate, empty = self.expected + beta, self.empty + beta
        some, size = len(self.counts), len(self.counts) + self.times.sum()
        d_a = digamma(self.counts + alpha).sum() - some * digamma(alpha) + size * logs[1]
        d_a -= np.log(rate).sum() + (self.times * np.log(empty)).sum()
        inverse = (1 / rate).sum() + (self.times / empty).sum()
        d_b = size * alpha / beta - alpha * inverse - (self.counts / rate).sum()
        d_aa = polygamma(1, self.counts + alpha).sum() - some * polygamma(1, alpha)
        d_ab = size / beta - inverse
        d_bb = -size * alpha / beta**2 + alpha * (self.times / empty**2).sum()
        d_bb += ((self.counts + alpha) / rate**2).sum()
        gradient = np.array([alpha * d_a, beta * d_b])
        cross = alpha * beta * d_ab
        hessian = [[alpha**2 * d_aa + alpha * d_a, cross], [cross, beta**2 * d_bb + beta * d_b]]
        return gradient, np.array(hessian)


def _climb(strata: _Strata, at: Floats) -> Floats:
    """Newton's method with halved steps, inside the bounds.

    About eight rounds from nearby; ten times faster here than a general minimiser, which spends
    its time outside the function.
    """
    value = strata.log_likelihood(at)
    for _ in range(_MOST_ROUNDS):
        step = _step(*strata.slopes(at))
        for _ in range(_MOST_HALVINGS):
            to = np.clip(at + step, *_BOUNDS)
            reached = strata.log_likelihood(to)
            if reached >= value:
                break
            step = step / 2
        else:
            return at
        moved = float(np.abs(to - at).max())
        at, value = to, reached
        if moved < _CLOSE:
            break
    return at


def _step(gradient: Floats, hessian: npt.NDArray[np.float64]) -> Floats:
    """Newton's step where the likelihood is concave, else one up the slope; never a leap."""
    concave = hessian[0, 0] < 0 and np.linalg.det(hessian) > 0
    steepest = max(float(np.abs(gradient).max()), 1e-300)
    step = -np.linalg.solve(hessian, gradient) if concave else gradient / steepest
    longest = float(np.abs(step).max())
    scale = min(1.0, _LONGEST_STEP / max(longest, 1e-300))
    return np.asarray(step * scale, dtype=np.float64)
