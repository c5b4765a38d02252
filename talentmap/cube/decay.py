"""How far people go to work here: the decay of the catchments, fitted from the commute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.analysis.areas import cell_areas_km2
from talentmap.analysis.decay import Decay
from talentmap.analysis.decay_fit import choose_decay
from talentmap.analysis.excess import zone_km
from talentmap.analysis.reach import own_km
from talentmap.cube.engines.base import Engine
from talentmap.cube.geography import cell_points
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import PairNode
from talentmap.cube.rollup import Pairs, roll_pairs

_LEAST_PERSONS = 1_000  # with both ends known; fewer say little about distance
_MOST_PLACES = 250  # the busiest cells of resolution 7 carry nearly all of a commute

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FittedDecay:
    """A decay, where it comes from (`fitted` from the commute, or `default`), and the others tried.

    `tried`: {family: AIC}; `rejected`: {family: reason}.
    """

    decay: Decay
    origin: str
    tried: dict[str, float] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return a plain object for the manifest."""
        return {
            "family": self.decay.family,
            "scale_km": self.decay.scale_km,
            "power": self.decay.power,
            "origin": self.origin,
            "aic": self.tried,
            "rejected": self.rejected,
        }


def fitted_decay(engine: Engine, bases: Bases) -> FittedDecay:
    """Fit the decay to the observed commute; the default where too few have both ends known."""
    rows = bases.people.filter(bases.people.commuter)
    newest = bases.months[-1]
    rows = rows.filter((rows.month_in <= newest) & (rows.month_out > newest))
    pairs = roll_pairs(engine, rows, PairNode("cell7", "cell7", ()))
    flows, cells = _matrix(pairs)
    if flows.sum() < _LEAST_PERSONS or len(cells) < 3:
        return FittedDecay(Decay(), "default")
    choice = choose_decay(flows, zone_distances(cells))
    tried = {fit.decay.family: fit.aic for fit in choice.fits}
    if choice.best is None:
        return FittedDecay(Decay(), "default", tried, choice.rejected)
    return FittedDecay(choice.best.decay, "fitted", tried, choice.rejected)


def _matrix(pairs: Pairs) -> tuple[Floats, Ints]:
    """Return persons home × work between the busiest cells, and these cells."""
    inside = (pairs.home > 0) & (pairs.work > 0)
    home, work, persons = pairs.home[inside], pairs.work[inside], pairs.measures["both"][inside]
    ends = np.concatenate([home, work])
    cells, index = np.unique(ends, return_inverse=True)
    busy = np.bincount(index.reshape(-1), weights=np.tile(persons, 2), minlength=len(cells))
    cells = np.sort(cells[np.argsort(-busy)[:_MOST_PLACES]])
    kept = np.isin(home, cells) & np.isin(work, cells)
    flows = np.zeros((len(cells), len(cells)))
    at = np.searchsorted(cells, home[kept]), np.searchsorted(cells, work[kept])
    np.add.at(flows, at, persons[kept])
    return flows, cells


def zone_distances(cells: Ints) -> Floats:
    """Return great circles in km between all cells; a cell to itself its own radius."""
    return zone_km(*cell_points(cells), own_km(cell_areas_km2(cells)))
