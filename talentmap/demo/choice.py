"""Draw from many weighted lists at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Choice:
    """Rows of items with weights; `draw` takes one item from each row asked for.

    All rows lie end to end in one cumulative sum, so that a draw is one binary search however many
    rows there are.
    """

    def __init__(self, row: Ints, item: Ints, weight: Floats, rows: int) -> None:
        order = np.argsort(row, kind="stable")
        self._item = item[order]
        counts = np.bincount(row, minlength=rows)
        ends = np.cumsum(counts)
        sums = np.concatenate([[0.0], np.cumsum(weight[order])])
        self._first, self._last = ends - counts, ends - 1
        self._low, self._high = sums[self._first], sums[ends]
        self._sums = sums[1:]

    @classmethod
    def of_matrix(cls, weights: Floats) -> Choice:
        """Make one from a matrix: item = column, one row a row."""
        row, item = np.nonzero(weights > 0)
        return cls(row, item, weights[row, item], len(weights))

    def empty(self) -> npt.NDArray[np.bool_]:
        """Tell for each row whether there is nothing to draw."""
        empty: npt.NDArray[np.bool_] = self._high <= self._low
        return empty

    def draw(self, rng: np.random.Generator, rows: Ints) -> Ints:
        """Return one item for each of `rows`; raise ValueError for a row without weight."""
        if self.empty()[rows].any():
            raise ValueError("a row without weight cannot be drawn from")
        low = self._low[rows]
        aim = low + rng.random(len(rows)) * (self._high[rows] - low)
        place = np.searchsorted(self._sums, aim, side="right")
        # Rounding at the end of a row may reach into the next one.
        drawn: Ints = self._item[np.clip(place, self._first[rows], self._last[rows])]
        return drawn


def pick(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """Return `count` places of a list of weights, drawn with them."""
    one = Choice.of_matrix(np.asarray(weights, dtype=np.float64)[None, :])
    return one.draw(rng, np.zeros(count, dtype=np.int64))
