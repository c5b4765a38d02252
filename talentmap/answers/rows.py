"""The rows of an answer: numbers with ids, names and statuses put into its table."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.model.answer import SCHEMA, STATUSES
from talentmap.model.metric import S_OK, Values


def joined(ends: list[list[str]], mark: str) -> list[str]:
    """Return the words of two ends with a mark between them."""
    return [f"{a}{mark}{b}" for a, b in zip(*ends, strict=True)]


def take(values: Values, rows: npt.NDArray[np.int64]) -> Values:
    """Return the numbers of some rows."""
    parts = (values.low, values.high, values.n)
    low, high, n = (None if part is None else part[rows] for part in parts)
    return Values(values.value[rows], values.status[rows], low, high, n)


def shown(numbers: npt.NDArray[np.float64] | None, status: npt.NDArray[np.uint8]) -> pa.Array:
    """Return numbers with null wherever the status is not ok."""
    if numbers is None:
        return pa.nulls(len(status), pa.float64())
    return pa.array(numbers, mask=(status != S_OK) | ~np.isfinite(numbers))


def table_of(ids: Iterable[str], names: Iterable[str], values: Values) -> pa.Table:
    """Return rows in the form of an answer."""
    numbers = [
        shown(part, values.status) for part in (values.value, values.low, values.high, values.n)
    ]
    status = pa.array(np.array(STATUSES, dtype=object)[values.status], pa.string())
    return pa.table(
        [pa.array(ids, pa.string()), pa.array(names, pa.string()), *numbers, status], schema=SCHEMA
    )


def under_one_another(ids: list[str], names: list[str], found: list[Values]) -> pa.Table:
    """Put single values under one another."""

    def column(part: str) -> npt.NDArray[np.float64] | None:
        parts = [getattr(v, part) for v in found]
        if all(p is None for p in parts):
            return None
        return np.concatenate([np.full(1, np.nan) if p is None else p for p in parts])

    status = np.concatenate([v.status for v in found]) if found else np.zeros(0, dtype=np.uint8)
    value = column("value")
    value = np.zeros(0) if value is None else value
    return table_of(ids, names, Values(value, status, column("low"), column("high"), column("n")))
