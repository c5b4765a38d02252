"""Numbers of a level as bytes: one u16 a place, four codes of them reserved.

NOTHING marks a cell that has nobody and no opening to count: the map shows the land there. ZERO
marks one without openings where an index of openings can have no value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.model.metric import S_OK, Floats, Values

Mask = npt.NDArray[np.bool_]

# Reserved codes by status (answer.STATUSES): ok is none of them.
MISSING, SUPPRESSED, INSUFFICIENT, NOTHING, ZERO = 65535, 65534, 65533, 65532, 65531
_BY_STATUS = np.array([0, SUPPRESSED, INSUFFICIENT, MISSING], dtype=np.uint16)
_LARGEST = 65000

_CLASSES = 6
_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
RATIO_BREAKS = (0.5, 0.67, 0.83, 1.2, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """How to read a code: value = a + b·code (linear) or exp(a + b·code) (log)."""

    kind: str
    a: float
    b: float


def encode(values: Values, nothing: Mask, zero: Mask) -> tuple[npt.NDArray[np.uint16], Scale]:
    """Return the codes of the values and their scale; NOTHING and ZERO where marked.

    Counts up to 65 000 are exact; larger ones and ratios are kept to a ten-thousandth.
    """
    shown = values.value[values.status == S_OK]
    top = float(shown.max()) if len(shown) else 0.0
    whole = len(shown) == 0 or bool(np.all((shown == np.round(shown)) & (shown >= 0)))
    scale = Scale("linear", 0.0, 1.0) if whole and top <= _LARGEST else _scale(shown)
    codes = _codes(values.value, scale)
    codes = np.where(values.status == S_OK, codes, _BY_STATUS[values.status])
    codes = np.where(zero, ZERO, codes)
    return np.where(nothing, NOTHING, codes).astype("<u2"), scale


def count_breaks(values: Values) -> list[float]:
    """Return class edges for counts: round numbers near the quantiles of what is above zero."""
    shown = values.value[(values.status == S_OK) & (values.value > 0)]
    if len(shown) == 0:
        return []
    shares = np.linspace(0, 1, _CLASSES + 1)[1:-1] ** 0.8
    edges = sorted({_round(float(q)) for q in np.quantile(shown, shares)})
    return [edge for edge in edges if edge > 0]


def _scale(shown: Floats) -> Scale:
    """A log scale where all values are above zero and spread widely, else a linear one."""
    low, top = float(shown.min()), float(shown.max())
    if low > 0 and top / low > 50:
        return Scale("log", float(np.log(low)), float(np.log(top / low)) / _LARGEST)
    return Scale("linear", low, (top - low) / _LARGEST or 1.0)


def _codes(value: Floats, scale: Scale) -> Floats:
    positions = np.log(np.maximum(value, 1e-300)) if scale.kind == "log" else value
    return np.clip(np.round((positions - scale.a) / scale.b), 0, _LARGEST)


def _round(value: float) -> float:
    """Round to the nearest of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten."""
    if value < 1:
        return round(value, 3)
    power = 10.0 ** np.floor(np.log10(value))
    return float(min(_STEPS, key=lambda s: abs(s - value / power)) * power)
