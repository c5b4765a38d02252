"""Protected planes: what each tier's published numbers leave out. Pure rules on arrays.

Below the authorised tier nothing is computed from true data when somebody asks: the build writes a
plane per tier with these rules, and the desk reads the viewer's plane only. A hidden number is
HIDDEN in the plane; the true one is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

HIDDEN = -1.0


@dataclass(frozen=True, slots=True)
class Tier:
    """The rules of one tier.

    `least` persons behind a number and at least `enterprises` of them; `round_to` 0 for none;
    `levels` what geography it sees; `zero_shows` whether zero may be told from a hidden number.
    """

    id: str
    least: int
    enterprises: int
    round_to: int
    levels: tuple[str, ...]
    zero_shows: bool


_DOWN_TO_7 = ("city", "district", "park", "cell7")
_FINE = ("cell8", "cell9", "enterprise", "person")
TIER_RULES = {
    "public": Tier("public", 10, 3, 5, _DOWN_TO_7, zero_shows=False),
    "internal": Tier("internal", 5, 0, 0, (*_DOWN_TO_7, "cell8", "enterprise"), zero_shows=True),
    "authorised": Tier("authorised", 0, 0, 0, (*_DOWN_TO_7, *_FINE), zero_shows=True),
}


def too_few(values: Matrix, tier: Tier) -> Mask:
    """Mark counts of persons below the threshold; zero only where zero may not show."""
    small = values < tier.least
    return small if not tier.zero_shows else small & (values > 0)


def too_few_or_rest(part: Matrix, whole: Matrix, tier: Tier) -> Mask:
    """Mark a part whose own count or whose remainder (whole − part) is too small to show."""
    return too_few(part, tier) | too_few(whole - part, tier)


def complement(values: Matrix, hidden: Mask, groups: npt.NDArray[np.int64]) -> Mask:
    """Hide a second number where exactly one of a group with a known total is hidden.

    `values` and `hidden` are k × m, `groups` k group numbers (>= 0). In each column the smallest
    number above zero that still shows goes with the lonely one, else a zero: then the difference to
    the total no longer is the hidden number. Returns the widened mask.
    """
    if len(values) == 0:
        return hidden
    widened = hidden.copy()
    count = int(groups.max()) + 1
    for column in range(values.shape[1]):
        lonely = np.bincount(groups, weights=hidden[:, column], minlength=count) == 1
        candidates = np.flatnonzero(lonely[groups] & ~hidden[:, column])
        if len(candidates) == 0:
            continue
        size = values[candidates, column]
        size = np.where(size > 0, size, np.inf)
        order = np.lexsort([size, groups[candidates]])
        first = np.unique(groups[candidates][order], return_index=True)[1]
        widened[candidates[order][first], column] = True
    return widened


def publish(values: Matrix, hidden: Mask, tier: Tier) -> Matrix:
    """Return the numbers of the plane: HIDDEN where hidden, rounded where the tier rounds."""
    shown = values
    if tier.round_to:
        shown = np.floor(values / tier.round_to + 0.5) * tier.round_to
    return np.where(hidden, HIDDEN, shown)
