"""How willingness to commute falls with distance: the functions f(c) of the floating catchment.

c is the distance in km, s the scale in km, p the power (no unit):

    gaussian     exp(-(c/s)^2 / 2)
    exponential  exp(-c/s)
    power        c^-p
    tanner       c^-p exp(-c/s)      (Tanner 1961; p < 0 gives a hump: few work next door)
    step         1 up to s, then 0   (Luo and Wang 2003)

A constant factor before f changes no access and no effective supply, so none is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.model.errors import UserError, unknown

Floats = npt.NDArray[np.float64]

_STEPS_PER_KM = 10


def _gaussian(km: Floats, scale: float, _power: float) -> Floats:
    return np.exp(-0.5 * (km / scale) ** 2)


def _exponential(km: Floats, scale: float, _power: float) -> Floats:
    return np.exp(-km / scale)


def _power(km: Floats, _scale: float, power: float) -> Floats:
    return km**-power


def _tanner(km: Floats, scale: float, power: float) -> Floats:
    return km**-power * np.exp(-km / scale)


def _step(km: Floats, scale: float, _power: float) -> Floats:
    return (km <= scale).astype(np.float64)


_FAMILIES: dict[str, Callable[[Floats, float, float], Floats]] = {
    "gaussian": _gaussian,
    "exponential": _exponential,
    "power": _power,
    "tanner": _tanner,
    "step": _step,
}


@dataclass(frozen=True, slots=True)
class Decay:
    """One function with its parameters; those its family does not have are not looked at.

    The default is for a city whose commute is not known: a mean of about 8 km.
    """

    family: str = "gaussian"
    scale_km: float = 6.0
    power: float = 1.0

    def __post_init__(self) -> None:
        """Raise UserError for an unknown family, a scale that is not positive, a rising power."""
        if self.family not in _FAMILIES:
            raise unknown("decay", self.family, _FAMILIES)
        if self.family != "power" and not 0 < self.scale_km < np.inf:
            raise UserError(f"decay: scale_km must be above 0, not {self.scale_km:g}")
        if self.family == "power" and not 0 < self.power < np.inf:
            raise UserError(f"decay: power must be above 0, not {self.power:g}")

    def weight(self, km: Floats) -> Floats:
        """Return f of distances above 0 km."""
        return _FAMILIES[self.family](km, self.scale_km, self.power)

    def range_km(self, least: float = 0.01, longest: float = 60.0) -> float:
        """Return how far one has to look: the last distance where f is `least` of f at 1 km.

        To a tenth of a kilometre, upwards, and not beyond `longest`.
        """
        km = np.arange(1, longest * _STEPS_PER_KM + 1) / _STEPS_PER_KM
        near = float(self.weight(np.ones(1))[0])
        within = km[self.weight(km) >= least * near]
        return float(min(longest, round(within[-1] + 1 / _STEPS_PER_KM, 1)))
