"""Columns of an input table from arrays of places in a short list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from talentmap.model import months

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def words(options: Sequence[str], place: Ints, there: Bools | None = None) -> pa.Array:
    """Return the option at each place; null where not `there`, or where the option is empty."""
    known = np.array([bool(option) for option in options])
    shown = known[place] if there is None else known[place] & there
    return pc.take(pa.array(options, pa.string()), pa.array(place, mask=~shown))


def month_texts(index: Ints, there: Bools | None = None) -> pa.Array:
    """Return month indices as YYYY-MM; null where not `there`."""
    start = int(index.min(initial=0))
    options = [months.to_text(i) for i in range(start, int(index.max(initial=0)) + 1)]
    return words(options, index - start, there)


def degrees(values: Floats, there: Bools | None = None) -> pa.Array:
    """Return coordinates to a tenth of a metre; null where not `there`."""
    return pa.array(np.round(values, 6), mask=None if there is None else ~there)
