"""Openings against people, crossed two ways: where the gaps are and which few make most of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from talentmap.model.answer import OK, Answer
from talentmap.ui.draw.facts import by_id
from talentmap.ui.draw.scale import ratio_class

_SHRINK = 25.0  # openings: a gap of 6 is not painted like a gap of 460
_FRAMED = 4
_MOST = 0.6  # the frame holds this share of all gaps if four cells can


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing: openings, people, openings too many against the average, and its tint 1–7.

    `expected` is how many openings its people would have at the average of the whole table.
    """

    id: str
    status: str
    openings: float
    people: float
    gap: float
    expected: float
    tint: int
    framed: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether the numbers may be shown."""
        return self.status == OK


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Rows and columns as (code, name), the cells by row; `share` of all gaps is in the frame."""

    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    cells: list[list[Cell]]
    framed: int
    share: float
    largest: float

    @property
    def hidden(self) -> bool:
        """Tell whether any cell is not shown."""
        return any(not cell.ok for line in self.cells for cell in line)


def mismatch(answer: Answer) -> Mismatch:
    """Return the matrix of an answer, the rows with the largest gaps first."""
    given = answer.extra["matrix"]
    rows = [(str(code), str(name)) for code, name in given["rows"]]
    columns = [(str(code), str(name)) for code, name in given["columns"]]
    gaps = {key: row.value for key, row in by_id(answer).items() if row.ok}
    cells = [[_cell(given, gaps, r, c) for c in range(len(columns))] for r in range(len(rows))]
    order = sorted(range(len(rows)), key=lambda r: -sum(_need(cell) for cell in cells[r]))
    lines, frame, share = _framed([cells[r] for r in order])
    known = [cell for line in lines for cell in line if cell.ok]
    largest = max((max(cell.openings, cell.expected) for cell in known), default=0.0)
    return Mismatch([rows[r] for r in order], columns, lines, frame, share, largest)


def _cell(given: dict[str, Any], gaps: dict[str, float | None], r: int, c: int) -> Cell:
    identifier = f"{given['rows'][r][0]}>{given['columns'][c][0]}"
    status, openings, people = (given[part][r][c] for part in ("status", "openings", "people"))
    gap = gaps.get(identifier)
    if status != OK or openings is None or people is None or gap is None:
        return Cell(identifier, status if status != OK else "missing", 0.0, 0.0, 0.0, 0.0, 0)
    expected = max(openings - gap, 0.0)
    ratio = (openings + _SHRINK) / (expected + _SHRINK)
    return Cell(identifier, status, openings, people, gap, expected, ratio_class(ratio))


def _need(cell: Cell) -> float:
    return max(cell.gap, 0.0)


def _framed(lines: list[list[Cell]]) -> tuple[list[list[Cell]], int, float]:
    """Mark the fewest cells, four at most, that make most of the gaps; return their share too."""
    short = sorted((c for line in lines for c in line if c.gap > 0), key=_need, reverse=True)
    whole, held = sum(map(_need, short)), 0.0
    chosen: set[str] = set()
    for cell in short[:_FRAMED]:
        if held >= _MOST * whole:
            break
        chosen.add(cell.id)
        held += cell.gap
    marked = [[replace(cell, framed=cell.id in chosen) for cell in line] for line in lines]
    return marked, len(chosen), held / whole if whole else 0.0
