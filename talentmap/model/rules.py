"""How scarcity is weighed and banded: the city's own choice, in `[scarcity]` of its profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from talentmap.model.errors import UserError, unknown

COMPONENTS = ("tightness", "unfilled", "open_days", "wage_growth", "demand_growth")
_WEIGHTS = (0.35, 0.25, 0.15, 0.10, 0.15)
_ADDS_UP = 1e-6
# Scores (0 to 100, 50 is the city's middle) from which on there are 2, 3, 4 and 5 stars.
_STARS = (20.0, 40.0, 60.0, 80.0)


@dataclass(frozen=True, slots=True)
class ScarcityRules:
    """Weights of the components, in their order, and the scores where the stars begin."""

    weights: tuple[float, ...] = field(default=_WEIGHTS)
    stars: tuple[float, ...] = field(default=_STARS)


def read_rules(data: dict[str, Any], file: Path) -> ScarcityRules:
    """Read `[scarcity]`; raise UserError naming the file and what is wrong with it.

    `weights` names components and their weights, which add up to one; `stars` are four ascending
    scores. What is not given stays as shipped.
    """
    given = data.get("weights", dict(zip(COMPONENTS, _WEIGHTS, strict=True)))
    for name in given:
        if name not in COMPONENTS:
            raise unknown(f"{file}: [scarcity] weights", name, COMPONENTS)
    try:
        weights = tuple(float(given.get(name, 0.0)) for name in COMPONENTS)
        stars = tuple(float(score) for score in data.get("stars", _STARS))
    except (TypeError, ValueError):
        raise UserError(f"{file}: [scarcity] weights and stars must be numbers") from None
    wrong = next((w for w in weights if not 0 <= w <= 1), None)  # not a number is none of these
    if wrong is not None:
        raise UserError(f"{file}: [scarcity] weights are between 0 and 1, not {wrong:g}")
    if abs(sum(weights) - 1) > _ADDS_UP:
        raise UserError(f"{file}: [scarcity] weights add up to {sum(weights):g}, not 1")
    if len(stars) != len(_STARS) or any(not a < b for a, b in pairwise(stars)):
        raise UserError(f"{file}: [scarcity] stars must be four ascending scores")
    return ScarcityRules(weights, stars)
