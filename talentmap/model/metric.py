"""A metric: what a number means and how it is computed from what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from talentmap.model.question import Question
from talentmap.model.words import Words

Floats = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.uint8]

# Status of one number, as small integers; the order of answer.STATUSES.
S_OK, S_SUPPRESSED, S_INSUFFICIENT, S_MISSING = 0, 1, 2, 3


@dataclass(frozen=True)
class Values:
    """Numbers aligned to the ids of a level; where status is not S_OK the value is NaN inside."""

    value: Floats
    status: Statuses
    low: Floats | None = None
    high: Floats | None = None
    n: Floats | None = None


class View(Protocol):
    """What a metric may ask: aligned numbers from the plane of the viewer's tier, never records.

    Every method returns Values over the ids of the question's level; zero where nobody is.
    """

    def persons(self, side: str) -> Values:
        """Employed and seeking people whose home or work (`side`) is there."""
        ...

    def seekers(self, side: str) -> Values:
        """Those among them who are seeking work."""
        ...

    def openings(self) -> Values:
        """Openings posted and not yet closed in the month."""
        ...

    def commute(self, part: str) -> Values:
        """Persons with both ends known: `jobs`, `residents`, `live_work`, `inflow`, `outflow`."""
        ...

    def distance(self, side: str) -> tuple[Values, Values]:
        """Person-kilometres from home to work, and the persons they are of."""
        ...

    def effective(self) -> Values:
        """People by the question's reach: those of the place, or what its openings can draw on."""
        ...

    def points(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of the level's cells; NaN for what is no cell."""
        ...

    def crossing(self, rows: str, columns: str) -> tuple[Floats, Floats, Statuses]:
        """Openings and people (places × rows × columns) by the roots of two dimensions."""
        ...

    def prior(self) -> tuple[float, float, float] | None:
        """rho, alpha, beta of the month, fitted at build over this level; None without openings."""
        ...


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `compute` gets a View and the Question and returns Values aligned to the level.

    `worse` is 'up', 'down' or '' (a change has no good or bad direction). `kind` decides how the
    number is written: count, ratio, share, km, score. `shape` is 'places' (a row a place) or
    'pairs' (a row a home–work pair; then compute is None and the desk answers from the pairs).
    """

    id: str
    name: Words
    unit: Words
    kind: str
    formula: Words
    source: Words
    compute: Callable[[View, Question], Values] | None
    worse: str = ""
    shape: str = "places"
    note: Words = Words("", "")
