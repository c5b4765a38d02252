"""The rows of an answer, as sections use them."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.answer import MISSING, OK, Answer
from talentmap.reports.content.model import Cell

# Rows beside the places of a level: people of the city whose home or work is not one of them.
NOWHERE = frozenset({"outside", "unlocated", "elsewhere"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer; numbers are None where not known or hidden."""

    id: str
    name: str
    number: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    status: str = OK
    before: float | None = None

    @property
    def has_interval(self) -> bool:
        """Tell whether the number comes with an interval."""
        return self.low is not None and self.high is not None

    @property
    def cell(self) -> Cell:
        """The number for a table."""
        return Cell(self.number, self.status)


NOTHING = Row("", "", None, status=MISSING)


def rows_of(answer: Answer | None) -> list[Row]:
    """Return the rows of an answer in its order; none for None."""
    if answer is None:
        return []
    return [
        Row(
            r["id"], r["name"], r["value"], r["low"], r["high"], r["n"], r["status"],
            r.get("before"),
        )
        for r in answer.table.to_pylist()
    ]  # fmt: skip


def places_of(answer: Answer | None) -> list[Row]:
    """Return the rows that are places."""
    return [row for row in rows_of(answer) if row.id not in NOWHERE]


def only(answer: Answer | None) -> Row:
    """Return the one row of an answer; a missing one where there is none."""
    rows = places_of(answer)
    return rows[0] if rows else NOTHING


def known(rows: list[Row]) -> list[Row]:
    """Return rows with a number, the largest first."""
    return sorted((r for r in rows if r.number is not None), key=lambda r: -(r.number or 0.0))


def by_size(rows: list[Row]) -> list[Row]:
    """Return rows with a number first, the largest on top; the others below in their order."""
    return [*known(rows), *(r for r in rows if r.number is None)]
