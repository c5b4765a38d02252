"""Change between two months: how a number now stands to what it was, in the way of its kind.

A count changes in per cent, an index as now ÷ then, a share, a length or a score by the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# A per cent of fewer than this says more about chance than about change.
LEAST_BASE = 20.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How a change is told: its kind and six class edges, symmetric around no change.

    `kind` is percent (now ÷ then − 1), times (now ÷ then), points, km_change or score_change
    (now − then).
    """

    kind: str
    edges: tuple[float, ...]


SCALES = {
    "count": Scale("percent", (-0.30, -0.15, -0.05, 0.05, 0.15, 0.30)),
    "ratio": Scale("times", (0.67, 0.80, 0.91, 1.10, 1.25, 1.50)),
    "share": Scale("points", (-0.10, -0.05, -0.02, 0.02, 0.05, 0.10)),
    "km": Scale("km_change", (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)),
    "score": Scale("score_change", (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)),
}


def change(kind: str, now: Floats, then: Floats) -> tuple[Floats, Mask]:
    """Return the change of a metric's kind and where it can be told; 0 (or 1) where it cannot.

    A count needs LEAST_BASE then, an index a value above zero then.
    """
    scale = SCALES[kind]
    if scale.kind not in ("percent", "times"):
        return now - then, np.isfinite(now) & np.isfinite(then)
    told = np.asarray(then >= LEAST_BASE if scale.kind == "percent" else then > 0)
    told &= np.isfinite(now) & np.isfinite(then)
    ratio: npt.NDArray[Any] = np.divide(now, then, out=np.ones(len(now)), where=told)
    return (ratio - 1.0 if scale.kind == "percent" else ratio), told


def worse_of(now: npt.NDArray[np.uint8], then: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the status of a comparison: what is absent at either end is absent.

    Statuses count as in model.metric (ok, suppressed, insufficient, missing); no data outweighs
    hidden, hidden outweighs too little.
    """
    weight = np.array([0, 2, 1, 3], dtype=np.uint8)
    return np.where(weight[now] >= weight[then], now, then).astype(np.uint8)
