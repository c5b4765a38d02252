"""Who came and who left in the 36 months, where from and where to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.demo import tables as t
from talentmap.demo.census import SECTIONS
from talentmap.demo.choice import pick
from talentmap.demo.column import month_texts, words
from talentmap.model import months

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LEFT = 0.06  # share of the rows who left within the 36 months
_NEW = 0.085  # and who came within them
_EARLIER = 0.14  # came from elsewhere before
_EARLIEST = months.to_index("2008-01")
_GROWING = "IMQCJ"
_ORIGIN_IF_NEW = 0.92  # for the others the register does not know


def move_columns(
    rng: np.random.Generator, section: Ints, neighbour: Ints, neighbour_codes: list[str]
) -> dict[str, pa.Array]:
    """Return origin, arrived, left and left_to; `neighbour` is -1 for those living in the city."""
    count = len(section)
    growing = np.isin(section, [SECTIONS.index(s) for s in _GROWING])
    dice = rng.random(count)
    new = dice < _NEW * np.where(growing, 1.5, 0.9)
    earlier = ~new & (dice > 1 - _EARLIER)
    span = t.LAST_MONTH - t.FIRST_MONTH + 1
    arrived = t.FIRST_MONTH + pick(rng, _weights(t.ARRIVALS, span), count)
    arrived = np.where(earlier, rng.integers(_EARLIEST, t.FIRST_MONTH, count), arrived)
    left = t.FIRST_MONTH + pick(rng, _weights(t.LEAVERS, span), count)
    gone = rng.random(count) < LEFT * np.where(growing, 0.85, 1.05)
    came = new | earlier
    gone &= ~came | (left > arrived)
    return {
        "origin": _origins(rng, new, earlier, neighbour, neighbour_codes),
        "arrived": month_texts(arrived, came),
        "left": month_texts(left, gone),
        "left_to": _drawn(rng, t.DESTINATIONS, count, gone & (rng.random(count) < 0.85)),
    }


def _origins(
    rng: np.random.Generator, new: Bools, earlier: Bools, neighbour: Ints, codes: list[str]
) -> pa.Array:
    count = len(new)
    known = (new & (rng.random(count) < _ORIGIN_IF_NEW)) | earlier
    options = [*t.ORIGINS, *codes]
    drawn = pick(rng, np.array(list(t.ORIGINS.values()), dtype=np.float64), count)
    place = np.where(neighbour >= 0, len(t.ORIGINS) + neighbour, drawn)
    return words(options, place, known | (neighbour >= 0))


def _drawn(
    rng: np.random.Generator, table: Mapping[str, float], count: int, there: Bools
) -> pa.Array:
    weights = np.array(list(table.values()), dtype=np.float64)
    return words(list(table), pick(rng, weights, count), there)


def _weights(season: Floats, span: int) -> Floats:
    """Return the weight of each month of the span."""
    weights: Floats = season[(t.FIRST_MONTH + np.arange(span)) % 12]
    return weights
