"""Hot spots: where high (or low) values lie together more than chance would have it (METHODS 2).

Getis and Ord's statistic of place i, with weights w of its neighbours (in G* itself among them):

    G*_i = (Σ_j w_ij y_j - ȳ W_i) / (s sqrt((n Σ_j w_ij² - W_i²) / (n-1)))        W_i = Σ_j w_ij

with mean ȳ and standard deviation s of all n places; G_i is the same over the n-1 others. Both
are z-values under random relabelling. Local Moran I_i = z_i Σ_j w_ij z_j tells which kind of
neighbourhood it is; given its own value its distribution is that of G_i. Sources: Getis and Ord
1992; Ord and Getis 1995; Anselin 1995; Sokal, Oden and Thomson 1998.

Many places are tested at once: p-values are adjusted after Benjamini and Hochberg 1995, so that
of the hot spots shown no more than the level (5 %) are expected to be chance.

Tests hold all of it to `esda`, which is not used here: for 20 industries over 25 000 cells its G*
takes 1.2 s where this takes 25 ms, and its import a second more at each start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int8]
Matrix = sparse.csr_array[np.float64]

LEVEL = 0.05
# Local Moran: the place and its neighbours against the mean.
HIGH_HIGH, LOW_HIGH, LOW_LOW, HIGH_LOW = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class HotSpots:
    """Per place: G* as a z-value, the adjusted p (NaN: not tested), 1 hot, -1 cold, 0 neither.

    Not tested are places without a number or without a neighbour that has one.
    """

    z: Floats
    q: Floats
    mark: Marks


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """Per place: I, its z-value, the adjusted p (NaN: not tested) and the kind of neighbourhood.

    kind: 0 where not significant, else HIGH_HIGH, LOW_HIGH, LOW_LOW or HIGH_LOW (itself, around).
    """

    value: Floats
    z: Floats
    q: Floats
    kind: Marks


def getis_ord(y: Floats, weights: Matrix, *, star: bool = True) -> Floats:
    """Return z-values of G* (or of G, without the place itself) in the shape of y.

    y: numbers of n places, or n places × k variables at once, none missing. weights: n × n with an
    empty diagonal (see reach.neighbours); G* gives the place itself the weight 1. 0 where nothing
    varies, or where the neighbours are none or all.
    """
    if not y.size:
        return np.zeros(y.shape)
    columns = _centred(y.reshape(len(y), -1))
    if star:
        w = (weights + sparse.eye_array(len(y))).tocsr()
        z = _standardised(columns, w, columns.mean(axis=0), columns.var(axis=0), len(y))
    else:
        n = max(len(y) - 1, 1)
        mean = (columns.sum(axis=0) - columns) / n
        square = ((columns**2).sum(axis=0) - columns**2) / n
        z = _standardised(columns, weights, mean, square - mean**2, n)
    return z.reshape(y.shape)


def hot_spots(y: Floats, weights: Matrix, level: float = LEVEL) -> HotSpots:
    """Return hot and cold spots; NaN in y: no number is known there, others do without it."""
    tested, y_, w_ = _tested(y, weights)
    z = _over(tested, getis_ord(y_, w_))
    q = false_discovery(_two_sided(z))
    mark = np.where(q <= level, np.sign(z), 0)
    return HotSpots(z, q, mark.astype(np.int8))


def local_moran(y: Floats, weights: Matrix, level: float = LEVEL) -> LocalMoran:
    """Return local Moran with weights that add up to 1 per place; NaN in y as in hot_spots.

    Given the place's own value, I is a multiple of its neighbours' sum, so its z-value is that of
    G, with the sign of the place itself.
    """
    tested, y_, w_ = _tested(y, weights)
    own = _centred(y_[:, None])[:, 0]
    around = (w_ @ own) / w_.sum(axis=1)
    square = own @ own
    value = own * around * len(own) / (square if square > 0 else 1.0)
    z = _over(tested, np.sign(own) * getis_ord(y_, w_, star=False))
    q = false_discovery(_two_sided(z))
    high, beside = own > 0, around > 0
    kinds = np.select(
        [high & beside, ~high & beside, ~high & ~beside], [HIGH_HIGH, LOW_HIGH, LOW_LOW], HIGH_LOW
    )
    kind = np.where(q <= level, _over(tested, kinds.astype(np.float64)), 0)
    return LocalMoran(_over(tested, value), z, q, kind.astype(np.int8))


def false_discovery(p: Floats) -> Floats:
    """Return p-values adjusted after Benjamini and Hochberg; NaN is not a test and stays."""
    q = np.full(len(p), np.nan)
    tests = np.flatnonzero(~np.isnan(p))
    falling = tests[np.argsort(-p[tests], kind="stable")]
    rank = np.arange(len(tests), 0, -1)
    q[falling] = np.minimum(np.minimum.accumulate(p[falling] * len(tests) / rank), 1.0)
    return q


def _centred(columns: Floats) -> Floats:
    """Return columns less their mean; exactly 0 where they differ by rounding only."""
    if not len(columns):
        return columns
    same = np.ptp(columns, axis=0) <= 1e-12 * np.abs(columns).max(axis=0)
    return np.where(same, 0.0, columns - columns.mean(axis=0))


def _standardised(y: Floats, w: Matrix, mean: Floats, variance: Floats, n: int) -> Floats:
    """Return sums over neighbours as z-values, when n values are dealt out at random."""
    lag = np.asarray(w @ y)
    total: Floats = np.asarray(w.sum(axis=1))[:, None]
    square: Floats = np.asarray(w.multiply(w).sum(axis=1))[:, None]
    free = np.maximum(n * square - total**2, 0.0) / max(n - 1, 1)
    deviation = np.sqrt(np.maximum(variance, 0.0))
    error: Floats = deviation * np.sqrt(free)
    z = np.zeros_like(error)
    some = error > 1e-9 * deviation * total  # else the neighbours are none, or all
    np.divide(lag - mean * total, error, out=z, where=some)
    return z


def _tested(y: Floats, weights: Matrix) -> tuple[npt.NDArray[np.bool_], Floats, Matrix]:
    """Return which places have a number and a neighbour with one, and y and weights of those."""
    known = ~np.isnan(y)
    tested = known & (weights @ known.astype(np.float64) > 0)
    keep = np.flatnonzero(tested)
    return tested, y[keep], weights[keep][:, keep]


def _over(tested: npt.NDArray[np.bool_], part: Floats) -> Floats:
    out = np.full(len(tested), np.nan)
    out[tested] = part
    return out


def _two_sided(z: Floats) -> Floats:
    return 2 * ndtr(-np.abs(z))
