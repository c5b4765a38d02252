"""What the rows of an answer say: the row of a place, ranks, shares, the largest."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow.compute as pc

from talentmap.model.answer import MISSING, OK, Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer; `value`, `low`, `high` and `n` are None where not known or hidden."""

    id: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: float | None
    status: str

    @property
    def number(self) -> float:
        """The value of a row that has one; ask only where status is ok."""
        if self.value is None:
            raise ValueError(f"row {self.id} has no value")
        return self.value

    @property
    def ok(self) -> bool:
        """Tell whether there is a value to show."""
        return self.status == OK and self.value is not None


NOTHING = Row("", "", None, None, None, None, MISSING)

# Rows beside the places of a level: people of the city whose home or work is not one of them.
NOWHERE = frozenset({"outside", "unlocated", "elsewhere"})


def rows_of(answer: Answer) -> list[Row]:
    """Return the rows of a small answer, in its order."""
    return [Row(**row) for row in answer.table.to_pylist()]


def only_row(answer: Answer | None) -> Row:
    """Return the row of the one place of an answer; a missing one where there is none."""
    rows = rows_of(answer) if answer is not None else []
    return next((row for row in rows if row.id not in NOWHERE), NOTHING)


def by_value(rows: list[Row]) -> list[Row]:
    """Return rows with a value first, largest on top; the others keep their order below."""
    return sorted(rows, key=lambda r: (not r.ok, -(r.value or 0.0)))


def by_id(answer: Answer | None) -> dict[str, Row]:
    """Return the rows of an answer by id; empty for None."""
    return {row.id: row for row in rows_of(answer)} if answer is not None else {}


def short_place(name: str) -> str:
    """Return an English name without what a table or drawing of districts says already."""
    return name.replace(" District", "").replace(" County", "")


def rank(rows: list[Row], identifier: str) -> tuple[int, int] | None:
    """Return (place, of how many) among rows with a value; None where the row has none."""
    order = [row.id for row in by_value(rows) if row.ok]
    return (order.index(identifier) + 1, len(order)) if identifier in order else None


def total(rows: list[Row]) -> float:
    """Return the sum of the values that are shown."""
    return sum(row.value or 0.0 for row in rows if row.ok)


def count_at_least(answer: Answer, edge: float) -> tuple[int, int]:
    """Return (rows with a value of at least `edge`, rows with a value)."""
    value = answer.table["value"]
    known = len(value) - value.null_count
    return int(pc.sum(pc.greater_equal(value, edge)).as_py() or 0), known
