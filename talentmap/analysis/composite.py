"""The composite scarcity score: several signs of a tight market, and what each adds (METHODS 1).

    C = sum_k w_k z_k         score = 100 Φ(C)         contribution of k = w_k z_k

z is robust against the city: (x - median) / (1.4826 MAD). A component without data is left out
and the weights of the others are divided by their sum, the coverage. The contributions add up to
C, which is what the page shows as the *why*. The formula is ours, not an official one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MAD_TO_SD = 1.4826  # of a normal distribution
_IQR_TO_SD = 0.7413
# A single component is not let farther from the city than this: it would decide alone.
_FARTHEST = 5.0
_INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Composite:
    """Per item: C, score (0 to 100), contributions (items × components), coverage (0 to 1).

    Where nothing is known the coverage and the contributions are 0, C and score are NaN: such an
    item is insufficient. A component without data contributes 0.
    """

    value: Floats
    score: Floats
    contributions: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Rank of each item by the weights as given (1 = scarcest), and its 90 % interval; 0: none."""

    rank: Ints
    low: Ints
    high: Ints


def robust_z(x: Floats, farthest: float = _FARTHEST) -> Floats:
    """Return (x - median) / (1.4826 MAD), within ±`farthest`; NaN stays NaN.

    Where more than half are equal the MAD is 0: then the interquartile range, then the standard
    deviation takes its place; where all are equal nobody stands out and z is 0.
    """
    known = ~np.isnan(x)
    if not known.any():
        return np.full(x.shape, np.nan)
    middle = np.median(x[known])
    z: Floats = np.clip((x - middle) / _spread(x[known], float(middle)), -farthest, farthest)
    return z


def combine(z: Floats, weights: Floats) -> Composite:
    """Combine components; z is items × components, NaN where a component has no data."""
    known = ~np.isnan(z)
    coverage = known @ weights
    some = coverage > 0
    share = np.divide(
        known * weights, coverage[:, None], where=some[:, None], out=np.zeros(z.shape)
    )
    contributions = share * np.where(known, z, 0.0)
    value = np.where(some, contributions.sum(axis=1), np.nan)
    return Composite(value, 100 * ndtr(value), contributions, coverage)


def rank_interval(
    z: Floats, weights: Floats, *, draws: int = 400, sureness: float = 50.0, seed: int = 0
) -> RankInterval:
    """Return how far the ranks move when the weights do: Dirichlet draws around them.

    `sureness` is the sum of the Dirichlet's parameters: at 50 a weight of .35 varies by ±.07 (one
    standard deviation), one of .10 by ±.04. A weight of 0 stays 0. Items: some thousands.
    """
    used = weights > 0
    drawn = np.random.default_rng(seed).dirichlet(sureness * weights[used], draws)
    scores = _scores(z[:, used], np.vstack([weights[used], drawn]))
    lowest = -scores.T
    ranks = np.array([1 + np.searchsorted(np.sort(draw), draw) for draw in lowest]).T
    ranks[np.isnan(scores[:, 0])] = 0
    low, high = np.quantile(ranks, _INTERVAL, axis=1, method="nearest")
    return RankInterval(ranks[:, 0], low, high)


def _spread(x: Floats, middle: float) -> float:
    """Return the first measure of spread that is not 0, scaled to a standard deviation; else 1."""
    mad = _MAD_TO_SD * float(np.median(np.abs(x - middle)))
    low, high = np.quantile(x, (0.25, 0.75))
    return mad or _IQR_TO_SD * float(high - low) or float(x.std()) or 1.0


def _scores(z: Floats, weights: Floats) -> Floats:
    """Return C of items × draws of weights; NaN where an item has no component."""
    known = ~np.isnan(z)
    coverage = known @ weights.T
    total = np.where(known, z, 0.0) @ weights.T
    score: Floats = np.full(total.shape, np.nan)
    return np.divide(total, coverage, where=coverage > 0, out=score)
