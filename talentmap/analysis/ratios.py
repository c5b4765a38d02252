"""Ratios of counts that keep their certainty: hidden stays hidden, nothing divides by zero."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.model.metric import S_INSUFFICIENT, S_OK, Values


def ratio(top: Values, bottom: Values) -> Values:
    """Return top / bottom; insufficient where bottom is zero, hidden or missing where either is.

    `n` of the result is the bottom: the persons the ratio is of.
    """
    status = worst(top, bottom)
    empty = (bottom.value <= 0) & (status == S_OK)
    status = np.where(empty, S_INSUFFICIENT, status).astype(np.uint8)
    value = np.divide(top.value, bottom.value, out=np.zeros(len(status)), where=bottom.value > 0)
    return Values(value, status, n=bottom.value)


def worst(*parts: Values) -> npt.NDArray[np.uint8]:
    """Return per place the status that outweighs: missing over insufficient over suppressed."""
    status = parts[0].status
    for part in parts[1:]:
        status = np.maximum(status, part.status)
    return status
