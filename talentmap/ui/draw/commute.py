"""The numbers of one place's commuting, put together from published ones."""

from __future__ import annotations

from dataclasses import dataclass


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
