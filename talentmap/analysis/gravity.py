"""A doubly constrained Poisson gravity model: commuters by home and work place (METHODS 2).

    T_ij ~ Poisson(exp(a_i + b_j + x_ij·theta))

One effect per home and per work place, so that both totals are met exactly; x are terms of the
distance. Sources: Wilson 1971; Flowerdew and Aitkin 1982.

These are the iterations of a Poisson GLM (Newton's method, which here is Fisher scoring), but the
dummies of the places, 2n columns of n² rows, are never written out: their part of the normal
equations is known in closed form: 100 places take 3 ms, as a GLM with dummies 1.2 s; 1000 take
half a second, there 16 GB. A test holds this and the GLM of statsmodels to the same coefficients,
errors, likelihood and AIC.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]

_MOST_ROUNDS, _MOST_HALVINGS = 60, 40
_CLOSE = 1e-10  # Newton's decrement: about twice what the log likelihood could still gain
_LARGEST_RISE = 3.0  # of the logarithm of a flow in one step: nothing overflows


class NoFitError(ValueError):
    """The model cannot be fitted to these flows; the message is the reason, fit to be shown."""


@dataclass(frozen=True, slots=True)
class Gravity:
    """theta and its standard errors, one per term; expected flows (persons); likelihood, AIC."""

    theta: Floats
    error: Floats
    expected: Floats
    log_likelihood: float
    aic: float


def fit_gravity(flows: Floats, terms: Floats) -> Gravity:
    """Fit by maximum likelihood; raise NoFitError where the flows do not determine theta.

    flows: persons, n homes × m works, zeros are information. terms: p × n × m. Places nobody
    leaves or comes to are met by an effect of minus infinity and expect nobody.
    """
    homes, works = flows.sum(axis=1) > 0, flows.sum(axis=0) > 0
    used = np.ix_(homes, works)
    effects = int(homes.sum() + works.sum()) - 1
    if flows[used].size <= effects + len(terms):
        raise NoFitError("too few places with commuters")
    units = np.abs(terms).mean(axis=(1, 2))  # terms of like size: equations of good condition
    model = _Model(flows[used], (terms / units[:, None, None])[:, *used])
    eta, theta, error = _climb(model)
    expected = np.zeros(flows.shape)
    expected[used] = np.exp(eta)
    likelihood = model.log_likelihood(eta) - float(gammaln(flows[used] + 1).sum())
    aic = 2 * (effects + len(terms)) - 2 * likelihood
    return Gravity(theta / units, error / units, expected, likelihood, aic)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of eta and of theta, its decrement, and the variances of theta."""

    eta: Floats
    theta: Floats
    decrement: float
    variance: Floats


@dataclass(frozen=True, slots=True)
class _Model:
    """Flows and terms of the places that have any; eta is the logarithm of the expected flow."""

    flows: Floats
    terms: Floats

    def start(self) -> Floats:
        """Return the fit without distance: known in closed form."""
        homes, works = self.flows.sum(axis=1), self.flows.sum(axis=0)
        return np.asarray(np.log(homes)[:, None] + np.log(works) - np.log(homes.sum()))

    def log_likelihood(self, eta: Floats) -> float:
        """But for the constant."""
        return float((self.flows * eta - np.exp(eta)).sum())

    def step(self, eta: Floats) -> _Step:
        """Newton's step. Effects of homes first, eliminated: their block is diagonal.

        The effect of the last work place is held at 0, or the effects would not be determined.
        """
        mu, p = np.exp(eta), len(self.terms)
        gap, weighted = self.flows - mu, self.terms * mu
        homes, works = mu.sum(axis=1), mu.sum(axis=0)[:-1]
        border = np.concatenate([mu[:, :-1], weighted.sum(axis=2).T], axis=1)
        block = np.zeros((len(works) + p, len(works) + p))
        block[range(len(works)), range(len(works))] = works
        block[:-p, -p:] = weighted.sum(axis=1)[:, :-1].T
        block[-p:, :-p] = block[:-p, -p:].T
        block[-p:, -p:] = np.einsum("pij,qij->pq", weighted, self.terms)
        block -= border.T @ (border / homes[:, None])
        home_gap = gap.sum(axis=1)
        rest = np.concatenate([gap.sum(axis=0)[:-1], (self.terms * gap).sum(axis=(1, 2))])
        rest_left = rest - border.T @ (home_gap / homes)
        factor = cho_factor(block)
        moved = cho_solve(factor, rest_left)
        own = (home_gap - border @ moved) / homes
        work, theta = np.append(moved[:-p], 0.0), moved[-p:]
        variance = cho_solve(factor, np.eye(len(block))[:, -p:])[-p:].diagonal()
        change = own[:, None] + work + np.tensordot(theta, self.terms, 1)
        return _Step(change, theta, float(own @ home_gap + moved @ rest), variance)


def _climb(model: _Model) -> tuple[Floats, Floats, Floats]:
    """Return eta, theta and the errors of theta where the likelihood is greatest."""
    eta, theta = model.start(), np.zeros(len(model.terms))
    value = model.log_likelihood(eta)
    for _ in range(_MOST_ROUNDS):
        try:
            step = model.step(eta)
        except LinAlgError:
            break
        if step.decrement < _CLOSE:
            return eta, theta, np.sqrt(step.variance)
        share = min(1.0, _LARGEST_RISE / max(float(step.eta.max()), 1e-300))
        for _ in range(_MOST_HALVINGS):
            reached = model.log_likelihood(eta + share * step.eta)
            if reached > value:
                break
            share /= 2
        else:  # as high as numbers of this size can tell
            return eta, theta, np.sqrt(step.variance)
        eta, theta, value = eta + share * step.eta, theta + share * step.theta, reached
    raise NoFitError("the flows do not determine how they fall with distance")
