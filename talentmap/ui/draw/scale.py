"""Where a value stands: on an axis in per cent, and in which class of a palette."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import log

# Equal steps as ratios: 1/2, 2/3, 5/6, 6/5, 3/2, 2. The lower edge belongs to the class.
RATIO_BREAKS = (0.5, 0.67, 0.83, 1.2, 1.5, 2.0)
BALANCED = (0.83, 1.2)
_TICKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class LogAxis:
    """A logarithmic axis; positions are per cent of its width, clamped to its ends."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return the position of a value (> 0; smaller ones stand at the left end)."""
        held = min(max(value, self.low), self.high)
        return round(100 * log(held / self.low) / log(self.high / self.low), 2)

    @property
    def ticks(self) -> list[float]:
        """Round numbers on the axis, always with 1; every other one where they would crowd."""
        inside = [tick for tick in _TICKS if self.low <= tick <= self.high]
        one = inside.index(1.0)
        return inside if len(inside) <= _MOST_TICKS else inside[one % 2 :: 2]


@dataclass(frozen=True, slots=True)
class LinearAxis:
    """An axis from zero; positions are per cent of its width."""

    high: float

    def at(self, value: float) -> float:
        """Return the position of a value, 0 for negative ones."""
        return round(100 * min(max(value / self.high, 0.0), 1.0), 2) if self.high > 0 else 0.0


def axis_of(values: list[float], kind: str) -> LogAxis | LinearAxis:
    """Return the axis that holds the values: logarithmic around 1 for ratios, else from zero."""
    if kind != "ratio":
        return LinearAxis(max(values, default=0.0))
    positive = [v for v in values if v > 0]
    low = min([0.5, *positive])
    high = max([2.0, *positive])
    return LogAxis(max(low * 0.9, 0.05), min(high * 1.1, 20.0))


def ratio_class(value: float) -> int:
    """Return the class of a ratio, 1 (least) to 7."""
    return bisect_right(RATIO_BREAKS, value) + 1


def ratio_colour(value: float) -> str:
    """Return the colour variable of a ratio's class."""
    return f"var(--scarcity-{ratio_class(value)})"


def colour(value: float, kind: str, palette: str) -> str:
    """Return the colour of a bar or dot: by class for ratios, one middle shade otherwise."""
    return ratio_colour(value) if kind == "ratio" else f"var(--{palette}-4)"
