"""The decay of distance, fitted to the commute that is observed (METHODS 2).

Each family is a gravity model (see gravity) with the terms

    gaussian c²/2    exponential c    power ln c    tanner ln c and c        c in km

and its parameters follow from the coefficients: s = (-theta)^-1/2, -1/theta; p = -theta. A family
whose distance term does not fall is rejected: a Tanner function with a positive one grows without
bound. Between the rest a hold-out decides, and the AIC between equals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from talentmap.analysis.decay import Decay
from talentmap.analysis.gravity import Gravity, NoFitError, fit_gravity

Floats = npt.NDArray[np.float64]

FAMILIES = ("gaussian", "exponential", "power", "tanner")
_LEAST_Z = 2.0  # a distance term within so many standard errors of 0 is no decay
_HELD_OUT = 0.2  # of the persons
_SAME = 1e-3  # hold-outs nearer than this share to the least are as good


@dataclass(frozen=True, slots=True)
class DecayFit:
    """One family, fitted.

    theta, error: coefficients of the family's terms (per km², per km, of ln km) and their standard
    errors. mean_km: as fitted; exponential and Tanner meet the observed mean exactly. held_out:
    mean Poisson deviance per pair of a fifth of the persons, who were not used in that fit.
    """

    decay: Decay
    theta: tuple[float, ...]
    error: tuple[float, ...]
    log_likelihood: float
    aic: float
    mean_km: float
    held_out: float


@dataclass(frozen=True, slots=True)
class DecayChoice:
    """The families that fit, the best first, and why others were rejected ({family: reason})."""

    fits: tuple[DecayFit, ...]
    rejected: dict[str, str]

    @property
    def best(self) -> DecayFit | None:
        """The fit to use; None where the commute tells of no decay (one cell, flows at random)."""
        return self.fits[0] if self.fits else None


def choose_decay(
    flows: Floats, km: Floats, *, families: Sequence[str] = FAMILIES, seed: int = 0
) -> DecayChoice:
    """Fit the families and order them; nothing raises for thin data, the reasons are told.

    flows: persons, homes × works. km: distances above 0, also of a place to itself (see
    reach.own_km). Some 1500 places take seconds and a gigabyte; take a coarser level beyond.
    """
    kept, held = _thin(flows, seed)
    fits: list[DecayFit] = []
    rejected: dict[str, str] = {}
    for family in families:
        try:
            fits.append(_fit(family, flows, km, kept, held))
        except NoFitError as reason:
            rejected[family] = str(reason)
    least = min((fit.held_out for fit in fits), default=0.0) * (1 + _SAME)
    fits.sort(key=lambda fit: (max(fit.held_out, least), fit.aic))
    return DecayChoice(tuple(fits), rejected)


def _fit(family: str, flows: Floats, km: Floats, kept: Floats, held: Floats) -> DecayFit:
    terms = _terms(family, km)
    found = fit_gravity(flows, terms)
    decay = _decay(family, found)
    part = fit_gravity(kept, terms)
    _decay(family, part)
    return DecayFit(
        decay=decay,
        theta=tuple(found.theta.tolist()),
        error=tuple(found.error.tolist()),
        log_likelihood=found.log_likelihood,
        aic=found.aic,
        mean_km=float((found.expected * km).sum() / found.expected.sum()),
        held_out=_deviance(held, part.expected * (_HELD_OUT / (1 - _HELD_OUT))),
    )


def _terms(family: str, km: Floats) -> Floats:
    """Return the terms of a family, the distance term last."""
    if family == "gaussian":
        return np.stack([km**2 / 2])
    if family == "exponential":
        return np.stack([km])
    if family == "power":
        return np.stack([np.log(km)])
    return np.stack([np.log(km), km])


def _decay(family: str, found: Gravity) -> Decay:
    """Return the function with the fitted parameters; raise where it does not fall."""
    term, error = float(found.theta[-1]), float(found.error[-1])
    if term > -_LEAST_Z * error:
        raise NoFitError(f"its distance term does not fall: {term:.3g} ± {error:.2g}")
    if family == "gaussian":
        return Decay(family, scale_km=(-term) ** -0.5)
    if family == "exponential":
        return Decay(family, scale_km=-1 / term)
    if family == "power":
        return Decay(family, power=-term)
    return Decay(family, scale_km=-1 / term, power=-float(found.theta[0]))


def _thin(flows: Floats, seed: int) -> tuple[Floats, Floats]:
    """Split persons at random into those to fit with and those held out.

    A thinned Poisson count gives two independent ones, so the second tests the fit of the first.
    """
    persons = np.rint(flows).astype(np.int64)
    held = np.random.default_rng(seed).binomial(persons, _HELD_OUT)
    return (persons - held).astype(np.float64), held.astype(np.float64)


def _deviance(persons: Floats, expected: Floats) -> float:
    """Return the mean Poisson deviance over the pairs that expect anybody."""
    seen = expected > 0
    t, mu = persons[seen], expected[seen]
    return float(2 * (xlogy(t, t / mu) - t + mu).mean())
