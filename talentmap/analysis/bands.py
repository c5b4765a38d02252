"""Stars and bands: a scarcity score in words, with the action it suggests (METHODS 1).

Five stars by cut-offs of the score. Four or five ask for near certainty that the place is tighter
than the city, P(λ > 1) ≥ .9; without it there are three at most. None (0, insufficient) where the
place's own data weigh less than .3 against the prior, or nothing is known. The cut-offs stand in
the city profile; they are ours, not official.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from talentmap.analysis.tightness import LEAST_WEIGHT
from talentmap.model.errors import UserError

Floats = npt.NDArray[np.float64]
Stars = npt.NDArray[np.int8]

CUT_OFFS = (20.0, 40.0, 60.0, 80.0)
# By stars, 0 to 5: nothing can be said; none needed; watch; share talents between employers and
# places; train; recruit.
ACTIONS = ("", "none", "watch", "share", "train", "recruit")
INSUFFICIENT = 0
SCARCE = 4  # from here on the band says scarce, and has to be sure

_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Rule:
    """How scores become stars: four rising cut-offs, the sureness of 4 and 5, the least weight."""

    cut_offs: tuple[float, ...] = CUT_OFFS
    sure: float = _SURE
    least_weight: float = LEAST_WEIGHT

    def __post_init__(self) -> None:
        """Raise UserError for cut-offs that do not rise from above 0 to below 100."""
        edges = (0.0, *self.cut_offs, 100.0)
        if len(self.cut_offs) != len(CUT_OFFS) or not _rises(edges):
            shown = ", ".join(f"{cut:g}" for cut in self.cut_offs)
            raise UserError(f"cut_offs: four rising scores between 0 and 100 wanted, not {shown}")
        if not 0 <= self.sure <= 1:
            raise UserError(f"sure: a probability between 0 and 1 wanted, not {self.sure:g}")
        if not 0 <= self.least_weight <= 1:
            raise UserError(f"least_weight: between 0 and 1 wanted, not {self.least_weight:g}")


def stars(
    score: Floats, above_one: Floats, weight: Floats, openings: Floats, rule: Rule | None = None
) -> Stars:
    """Return 1 to 5 stars, 0 where insufficient.

    score: 0 to 100, NaN where nothing is known. above_one: P(λ > 1). weight: of the place's own
    data, 0 to 1; an empty place has none and never shows a star. openings: a place that looks for
    nobody is not scarce, whatever the other components say.
    """
    rule = rule or Rule()
    given = 1 + np.searchsorted(rule.cut_offs, score, side="right")
    unsure = ~(above_one >= rule.sure) | ~(openings > 0)
    capped = np.where(unsure, np.minimum(given, SCARCE - 1), given)
    thin = np.isnan(score) | ~(weight >= rule.least_weight) | (weight <= 0)
    return np.where(thin, INSUFFICIENT, capped).astype(np.int8)


def actions(given: Stars) -> list[str]:
    """Return the action each band suggests: a word of ACTIONS, '' where insufficient."""
    return [ACTIONS[star] for star in given]


def _rises(edges: Sequence[float]) -> bool:
    return all(low < high for low, high in pairwise(edges))
