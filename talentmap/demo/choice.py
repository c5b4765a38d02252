"""Draw from many weighted lists at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Their multiples fall most evenly on a circle, and independently of each other.
GOLDEN, SILVER = (5**0.5 - 1) / 2, 2**0.5 - 1


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

    def draw(self, rng: np.random.Generator, rows: Ints, *, even: bool = False) -> Ints:
        """Return one item for each of `rows`; raise ValueError for a row without weight.

        With `even`, the items drawn for a row that is asked for often come as nearly as can be in
        the shares of their weights, and so do runs of items that stand together.
        """
        if self.empty()[rows].any():
            raise ValueError("a row without weight cannot be drawn from")
        low = self._low[rows]
        dice = _even_dice(rng, rows) if even else rng.random(len(rows))
        aim = low + dice * (self._high[rows] - low)
        place = np.searchsorted(self._sums, aim, side="right")
        # Rounding at the end of a row may reach into the next one.
        drawn: Ints = self._item[np.clip(place, self._first[rows], self._last[rows])]
        return drawn


def _even_dice(rng: np.random.Generator, rows: Ints) -> Floats:
    """Return a number from 0 to 1 for each, one in every n-th part for the n of the same row."""
    order = np.lexsort([rng.random(len(rows)), rows])
    counts = np.bincount(rows)
    place = np.arange(len(rows)) - (np.cumsum(counts) - counts)[rows[order]]
    dice: Floats = np.empty(len(rows))
    dice[order] = (place + rng.random(len(rows))) / counts[rows[order]]
    return dice


def pick(rng: np.random.Generator, weights: Floats, count: int, *, even: bool = False) -> Ints:
    """Return `count` places of a list of weights, drawn with them."""
    one = Choice.of_matrix(np.asarray(weights, dtype=np.float64)[None, :])
    return one.draw(rng, np.zeros(count, dtype=np.int64), even=even)


def whole(rng: np.random.Generator, wanted: Floats) -> Ints:
    """Return whole numbers that stand for `wanted`: every run of them sums to within one of it."""
    ends = np.floor(np.cumsum(wanted) + rng.random())
    counts: Ints = np.diff(ends, prepend=0.0).astype(np.int64)
    return counts


def turns(rng: np.random.Generator, count: int, step: float = GOLDEN) -> Floats:
    """Return numbers from 0 to 1 that are spread evenly over every run of them."""
    spread: Floats = np.fmod(np.arange(count) * step + float(rng.random()), 1.0)
    return spread
