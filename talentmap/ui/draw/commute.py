"""The numbers of one place's commuting, put together from published ones."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.ui.draw.facts import Row

_PAIR = ">"


@dataclass(frozen=True, slots=True)
class Flows:
    """Persons with both ends known: who comes in, stays, goes out. None where hidden."""

    inflow: float | None
    stay: float | None
    outflow: float | None

    @property
    def parts(self) -> list[float]:
        """The three numbers where all are known, else nothing."""
        known = [v for v in (self.inflow, self.stay, self.outflow) if v is not None]
        return known if len(known) == 3 else []

    @property
    def jobs(self) -> float | None:
        """People who work there."""
        return None if self.inflow is None or self.stay is None else self.inflow + self.stay

    @property
    def residents(self) -> float | None:
        """People who live there."""
        return None if self.outflow is None or self.stay is None else self.outflow + self.stay


def flows_of(inflow: Row, outflow: Row, containment: Row, sufficiency: Row) -> Flows:
    """Return the flows; who stays follows from a share and the persons it is of."""
    stays = [r.number * r.n for r in (containment, sufficiency) if r.ok and r.n is not None]
    stay = float(round(stays[0])) if stays else None
    return Flows(_value(inflow), stay, _value(outflow))


def other_ends(rows: list[Row], at: str) -> list[Row]:
    """Return the rows of pairs `home>work` as rows of the end that is not fixed by `at`.

    `at` work fixes the workplace, so the homes are returned, with their own ids and names.
    """
    found = []
    for row in rows:
        home, _, work = row.id.partition(_PAIR)
        home_name, _, work_name = row.name.partition(" → ")
        identifier, name = (home, home_name) if at == "work" else (work, work_name)
        found.append(Row(identifier, name, row.value, row.low, row.high, row.n, row.status))
    return found


def _value(row: Row) -> float | None:
    return row.value if row.ok else None
