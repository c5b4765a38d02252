"""Excess commuting: how much of the way to work follows from where homes and jobs are (METHODS 4).

    T = Σ F_ij d_ij / N          Tmin, Tmax: the same homes and jobs, paired best and worst
    excess = (T − Tmin) / T      capacity used = (T − Tmin) / (Tmax − Tmin)

Tmin is 职住分离度 of the national commuting report: the shortest mean way the city's homes and jobs
allow. Sources: White 1988; Horner 2002; Charron 2007 for Trand. The two pairings are transport
problems, solved exactly by the network simplex of POT; HiGHS finds the same but takes a hundred
times as long at 120 zones and does not end at a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.analysis.reach import EARTH_KM

Floats = npt.NDArray[np.float64]

_PIVOTS = 50_000_000  # of the network simplex; 1500 zones take some hundred thousand
_BALANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Excess:
    """Mean ways in km: observed, best, worst and by chance; NaN where there is nobody."""

    observed: float
    least: float
    most: float
    random: float

    @property
    def excess(self) -> float:
        """Share of the observed way that other pairings would save; NaN for a way of 0."""
        return (self.observed - self.least) / self.observed if self.observed > 0 else float("nan")

    @property
    def capacity_used(self) -> float:
        """How far between best and worst the city is; NaN where the two are one."""
        span = self.most - self.least
        return (self.observed - self.least) / span if span > 0 else float("nan")


def excess_commuting(flows: Floats, km: Floats) -> Excess:
    """Return T, Tmin, Tmax and Trand of flows (persons, homes × works) over distances in km."""
    homes, works, persons = flows.sum(axis=1), flows.sum(axis=0), float(flows.sum())
    if persons <= 0:
        return Excess(*(float("nan"),) * 4)
    far = float(km.max())
    return Excess(
        float((flows * km).sum() / persons),
        paired_km(homes, works, km),
        far - paired_km(homes, works, far - km),
        float(homes @ km @ works / persons**2),
    )


def paired_km(homes: Floats, works: Floats, km: Floats) -> float:
    """Return the mean km of the cheapest pairing of homes with works; NaN where nobody is.

    Raises ValueError where homes and works are not equally many: somebody would have no pair.
    """
    from ot.lp import emd2  # noqa: PLC0415 - takes as long to load as all else a page needs

    persons = float(homes.sum())
    if abs(persons - float(works.sum())) > _BALANCE * max(persons, 1.0):
        raise ValueError(f"{persons:g} homes for {works.sum():g} jobs: not the same people")
    if persons <= 0:
        return float("nan")
    rows, columns = homes > 0, works > 0
    cost = np.ascontiguousarray(km[np.ix_(rows, columns)])
    found, log = emd2(
        homes[rows] / persons, works[columns] / persons, cost,
        numItermax=_PIVOTS, log=True, center_dual=False,
    )  # fmt: skip
    if log["warning"] is not None:
        raise ArithmeticError(f"the transport problem has no answer: {log['warning']}")
    return float(found)


def zone_km(lon: Floats, lat: Floats, inside_km: Floats) -> Floats:
    """Return great-circle km between the middles of zones; on the diagonal `inside_km`, never 0.

    Somebody who works in the zone they live in still travels: as far as the radius of a circle of
    the zone's area (`own_km`).
    """
    x, y = np.radians(lon), np.radians(lat)
    half = np.sin((y[:, None] - y) / 2) ** 2
    half += np.cos(y)[:, None] * np.cos(y) * np.sin((x[:, None] - x) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    km[np.diag_indices(len(km))] = inside_km
    return np.asarray(km, dtype=np.float64)
