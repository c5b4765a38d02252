"""A waterfall: contributions one after the other, and the sum they add up to."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.ui.draw.adding import adding_up
from talentmap.ui.draw.scarcity import Contribution, Detail

PLACES = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One row: its contribution, the printed value, and where its bar starts and ends.

    Positions are per cent of the width. `value` is None for a component without data: no bar, and
    start and end are where the row before it ended.
    """

    part: Contribution
    value: float | None
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps in the order of the components, the printed sum, and where nought and the sum stand."""

    steps: list[Step]
    total: float
    zero: float
    end: float


def waterfall(detail: Detail) -> Waterfall:
    """Return the waterfall of a detail; its printed values add up to the printed sum."""
    printed, total = adding_up([value for _, value in detail.known], PLACES)
    reached, edges = 0.0, [0.0]
    for one in printed:
        reached += one
        edges.append(reached)
    low, high = min(edges), max(edges)
    span = (high - low) or 1.0

    def at(value: float) -> float:
        return round(100 * (value - low) / span, 2)

    known = dict(zip((part.id for part, _ in detail.known), printed, strict=True))
    steps, here = [], 0.0
    for part in detail.contributions:
        value = known.get(part.id)
        after = here + (value or 0.0)
        steps.append(Step(part, value, at(here), at(after)))
        here = after
    return Waterfall(steps, total, at(0.0), at(total))
