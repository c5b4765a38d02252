"""A matrix of homes and workplaces as classes of colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from talentmap.model.answer import OK
from talentmap.ui.draw.facts import NOWHERE
from talentmap.ui.draw.sankey import Flow
from talentmap.ui.draw.steps import breaks_of, class_of

_UNKNOWN = "unlocated"


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell: persons (None where hidden), its state and its class, 0 for nobody."""

    persons: float | None
    status: str
    klass: int = 0


@dataclass(frozen=True, slots=True)
class Heat:
    """Ends as (code, name), rows of homes with one pair a workplace, edges of the classes."""

    ends: list[tuple[str, str]]
    rows: list[list[Pair]]
    breaks: list[float]

    @property
    def inside(self) -> int:
        """How many ends are places; those after them are outside and not known."""
        return sum(code not in NOWHERE for code, _ in self.ends)

    def staying(self) -> tuple[float, float]:
        """Return (persons who live and work in the same place, all who work in one of them).

        Those whose home is not known are in neither.
        """
        n = self.inside
        homes = [i for i, (code, _) in enumerate(self.ends) if code != _UNKNOWN]
        every = [self.rows[i][j].persons or 0.0 for i in homes for j in range(n)]
        return sum(self.rows[i][i].persons or 0.0 for i in range(n)), sum(every)

    def flows(self) -> list[Flow]:
        """Return the flows between different places, strongest first."""
        n = self.inside
        found = [
            Flow(self.ends[i], self.ends[j], self.rows[i][j].persons or 0.0)
            for i in range(n)
            for j in range(n)
            if i != j
        ]
        return sorted((f for f in found if f.persons > 0), key=lambda f: -f.persons)


def heat_of(matrix: dict[str, Any]) -> Heat:
    """Return the matrix of an answer's `extra["matrix"]` with a class for each pair."""
    ends = list(zip(matrix["codes"], matrix["names"], strict=True))
    values = [
        [value if status == OK else None for value, status in zip(*pair, strict=True)]
        for pair in zip(matrix["persons"], matrix["status"], strict=True)
    ]
    breaks = breaks_of([value for row in values for value in row if value])
    rows = [
        [Pair(v, s, class_of(v or 0.0, breaks)) for v, s in zip(row, states, strict=True)]
        for row, states in zip(values, matrix["status"], strict=True)
    ]
    return Heat(ends, rows, breaks)
