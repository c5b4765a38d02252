"""Round numbers so that what is printed adds up."""

from __future__ import annotations

from math import floor


def adding_up(parts: list[float], places: int) -> tuple[list[float], float]:
    """Return the parts and their sum, rounded to `places`, such that the parts give the sum.

    The largest remainder method: each part is rounded down and the units that are left go to the
    parts that lost most. No part is off by a whole unit of the last place.
    """
    unit = 10**places
    # The small number keeps 0.07 × 1000, a hair below 70 in binary, from losing a unit.
    floors = [floor(part * unit + 1e-9) for part in parts]
    whole = round(sum(parts) * unit)
    lost = sorted(range(len(parts)), key=lambda i: floors[i] - parts[i] * unit)
    for i in lost[: whole - sum(floors)]:
        floors[i] += 1
    return [value / unit for value in floors], whole / unit
