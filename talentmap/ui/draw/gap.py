"""Openings over the months against the openings an average city would have for the same people."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from talentmap.ui.draw.facts import Row

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LINES = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """Months (YYYY-MM) with openings and expected openings; None where a month has no number."""

    months: list[str]
    openings: list[float | None]
    expected: list[float | None]

    @property
    def last(self) -> tuple[float, float] | None:
        """Openings and expected openings of the last month; None where one is not known."""
        if not self.months or self.openings[-1] is None or self.expected[-1] is None:
            return None
        return self.openings[-1], self.expected[-1]

    @property
    def known(self) -> list[float]:
        """Every number there is."""
        return [v for v in (*self.openings, *self.expected) if v is not None]


def gap(
    openings: list[Row], people: list[Row], everywhere: tuple[list[Row], list[Row]], until: str
) -> Gap:
    """Return the two lines up to a month.

    expected = people × (all openings ÷ all people of the city in that month), in openings. Rows are
    those of the desk's series, ids YYYY-MM; `everywhere` the openings and people of the whole city.
    """
    all_openings, all_people = (_by_month(rows) for rows in everywhere)
    have, wanted = _by_month(people), _by_month(openings)
    months = [row.id for row in openings if row.id <= until]
    expected = [_expected(have[m], all_openings.get(m), all_people.get(m)) for m in months]
    return Gap(months, [wanted[m] for m in months], expected)


def ticks(low: float, high: float) -> list[float]:
    """Return about four round numbers that hold low and high, never less than one apart."""
    span = max(high - low, float(_LINES))
    size = 10 ** floor(log10(span / _LINES))
    step = next(s * size for s in _STEPS if s * size * _LINES >= span)
    first = floor(low / step)
    count = 1
    while (first + count) * step < high:
        count += 1
    return [(first + i) * step for i in range(count + 1)]


def _by_month(rows: list[Row]) -> dict[str, float | None]:
    return {row.id: row.value if row.ok else None for row in rows}


def _expected(
    people: float | None, all_openings: float | None, all_people: float | None
) -> float | None:
    if people is None or all_openings is None or not all_people:
        return None
    return people * all_openings / all_people
