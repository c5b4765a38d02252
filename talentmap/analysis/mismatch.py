"""Mismatch: how far openings and people lie apart over categories (METHODS 3).

v_i openings and u_i seekers of category i (an occupation, a specialty × education …):

    M(α)   = 1 - Σ (v_i/v)^α (u_i/u)^(1-α)                    share of hires lost
    M_φ(α) = 1 - Σ (φ_i/φ̄) (v_i/v)^α (u_i/u)^(1-α)            where φ̄ = (Σ φ_i^(1/α) v_i/v)^α
    D      = ½ Σ |v_i/v - u_i/u|                              share who would have to change

α: elasticity of hires in openings, φ_i: matching efficiency of category i. Sources: Şahin, Song,
Topa and Violante 2014 (M, M_φ); Duncan and Duncan 1955 (D, the simple public number). 0: nothing
is lost; 1: no opening meets anybody. NaN where there are no openings or no seekers at all.

Sparse tables look mismatched by chance alone, so M is corrected by the mean M of tables in which
openings and seekers are dealt out at random from the same pool: (M - M_0) / (1 - M_0), not below
0. The correction is ours; a difference of joint and margin is only meaningful corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ALPHA = 0.5


@dataclass(frozen=True, slots=True)
class Corrected:
    """M as counted, what chance alone makes (mean), M corrected, and P(chance makes as much)."""

    raw: float
    chance: float
    value: float
    p: float


@dataclass(frozen=True, slots=True)
class Joint:
    """Mismatch over the whole table and on each of its margins, corrected.

    only_joint: per margin, what the joint table shows and that margin does not (M_joint - M).
    """

    joint: Corrected
    margins: dict[str, Corrected]
    only_joint: dict[str, float]


@dataclass(frozen=True, slots=True)
class Levels:
    """Least shares (0 to 1) over ordered levels, at the best allocation there is.

    under: of openings for which nobody is left who is qualified enough. over: of seekers for whom
    no opening of their level or above is left.
    """

    over: float
    under: float


def mismatch(openings: Floats, seekers: Floats, alpha: float = ALPHA) -> float:
    """Return M(α) over all categories, whatever the shape of the two tables; 0 < α < 1."""
    v, u = _shares(openings, seekers)
    return _lost(float((v**alpha * u ** (1 - alpha)).sum()))


def mismatch_weighted(
    openings: Floats, seekers: Floats, efficiency: Floats, alpha: float = ALPHA
) -> float:
    """Return M_φ(α): losses where matches succeed more often weigh more.

    efficiency: φ per category, hires per (openings^α seekers^(1-α)), not below 0; only its
    proportions count.
    """
    v, u = _shares(openings, seekers)
    best = (efficiency ** (1 / alpha) * v).sum() ** alpha
    if not best > 0:
        return float("nan")
    return _lost(float((efficiency * v**alpha * u ** (1 - alpha)).sum() / best))


def duncan(openings: Floats, seekers: Floats) -> float:
    """Return D: the least share of seekers who would have to change category."""
    v, u = _shares(openings, seekers)
    return float(np.abs(v - u).sum() / 2)


def mismatch_by_chance(
    openings: Floats, seekers: Floats, alpha: float = ALPHA, *, draws: int = 200, seed: int = 0
) -> Corrected:
    """Return M corrected for what a table of this size and sparseness shows by chance.

    Each draw deals the pooled openings and seekers out again at random (to whole persons), so
    that category says nothing of which side one is on.
    """
    raw = mismatch(openings, seekers, alpha)
    if np.isnan(raw):
        return Corrected(raw, raw, raw, raw)
    tables = _deal(np.rint(openings).ravel(), np.rint(seekers).ravel(), draws, seed)
    if tables is None:
        return Corrected(raw, float("nan"), float("nan"), float("nan"))
    v, u = (table / table.sum(axis=1, keepdims=True) for table in tables)
    lost = 1 - (v**alpha * u ** (1 - alpha)).sum(axis=1)
    chance = float(lost.mean())
    value = max(0.0, (raw - chance) / (1 - chance)) if chance < 1 else 0.0
    p = float((1 + (lost >= raw - 1e-12).sum()) / (1 + draws))
    return Corrected(raw, chance, value, p)


def margins_and_joint(
    openings: Floats,
    seekers: Floats,
    names: tuple[str, ...],
    alpha: float = ALPHA,
    *,
    draws: int = 200,
    seed: int = 0,
) -> Joint:
    """Return M on the joint table and on each margin; one axis of the tables per name."""
    joint = mismatch_by_chance(openings, seekers, alpha, draws=draws, seed=seed)
    margins: dict[str, Corrected] = {}
    for axis, name in enumerate(names):
        others = tuple(i for i in range(len(names)) if i != axis)
        v, u = openings.sum(axis=others), seekers.sum(axis=others)
        margins[name] = mismatch_by_chance(v, u, alpha, draws=draws, seed=seed)
    return Joint(joint, margins, _only_joint(joint, margins))


def qualification(openings: Floats, seekers: Floats) -> Levels:
    """Return over- and under-qualified shares; the levels in rising order along one axis.

    An opening asks for its level at least. Of the openings of some level or above, those beyond
    the seekers of that level or above stay without; the worst level counts (Strassen 1965: the
    one-sided Kolmogorov distance of the shares). Both 0 where the two are spread alike.
    """
    v, u = _shares(openings, seekers)
    above = (v - u)[::-1].cumsum()
    if np.isnan(above).any():
        return Levels(float("nan"), float("nan"))
    return Levels(over=max(0.0, float(-above.min())), under=max(0.0, float(above.max())))


def _shares(openings: Floats, seekers: Floats) -> tuple[Floats, Floats]:
    """Return the two as shares; NaN in both where either is empty."""
    v, u = openings.sum(), seekers.sum()
    if not (v > 0 and u > 0):
        return np.full(openings.shape, np.nan), np.full(seekers.shape, np.nan)
    return openings / v, seekers / u


def _lost(kept: float) -> float:
    """Return 1 - kept; a hair below 0, from rounding, is 0."""
    return float(np.clip(1 - kept, 0.0, 1.0))


def _deal(openings: Floats, seekers: Floats, draws: int, seed: int) -> tuple[Floats, Floats] | None:
    """Return openings and seekers dealt out again, draws × categories; None if one rounds to 0."""
    pool = (openings + seekers).astype(np.int64)
    wanted = int(openings.sum())
    if not 0 < wanted < pool.sum():
        return None
    pool = pool[pool > 0]
    rng = np.random.default_rng(seed)
    v = rng.multivariate_hypergeometric(pool, wanted, size=draws, method="marginals")
    return v.astype(np.float64), (pool - v).astype(np.float64)


def _only_joint(joint: Corrected, margins: Mapping[str, Corrected]) -> dict[str, float]:
    return {name: joint.value - margin.value for name, margin in margins.items()}
