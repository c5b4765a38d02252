"""Classes of counts that differ by powers: equal steps as ratios, at round numbers."""

from __future__ import annotations

from bisect import bisect_right
from math import exp, floor, log, log10

CLASSES = 6  # of the ramp of people
_ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_SPAN = 200  # of the largest: what is smaller stands in the lowest class


def breaks_of(values: list[float], classes: int = CLASSES) -> list[float]:
    """Return rising edges between classes for counts above 0; fewer where they are close together.

    The lower edge belongs to the class, as on the map.
    """
    known = [value for value in values if value > 0]
    if not known:
        return []
    most = max(known)
    least = max(min(known), most / _SPAN, 1.0)
    step = log(most / least) / classes if most > least else 0.0
    edges = [_rounded(least * exp(step * i)) for i in range(1, classes)]
    return sorted({edge for edge in edges if least < edge <= most})


def class_of(value: float, breaks: list[float], classes: int = CLASSES) -> int:
    """Return the class of a count, 1 to `classes`; 0 for nobody."""
    if value <= 0:
        return 0
    place = bisect_right(breaks, value)
    return 1 + round(place * (classes - 1) / len(breaks)) if breaks else classes


def round_count(value: float) -> int:
    """Return a count near a value that is easily said, at least 2."""
    return max(2, int(_rounded(max(value, 1.0))))


def _rounded(value: float) -> float:
    unit = 10.0 ** floor(log10(value))
    return float(min((digit * unit for digit in _ROUND), key=lambda v: abs(v - value)))
