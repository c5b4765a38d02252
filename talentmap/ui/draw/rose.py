"""The rose of distance and direction: rows of desk.distances as sectors of rings."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from talentmap.model.answer import MISSING, OK, SUPPRESSED
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.steps import breaks_of, class_of
from talentmap.ui.draw.svg import Point

DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
# Rings of the rose and of the map: name, the bands of the desk it holds, its outer radius in km.
RINGS = (
    ("0-5", ("0-5",), 5),
    ("5-10", ("5-10",), 10),
    ("10-20", ("10-15", "15-20"), 20),
    ("20+", ("20-25", "25+"), None),
)
_HALF = pi / len(DIRECTIONS)
_STEPS = 6  # straight pieces an arc of 45 degrees is drawn with


@dataclass(frozen=True, slots=True)
class Sector:
    """A piece of the rose; `persons` is None where a part of it is hidden or nothing is known."""

    ring: int
    direction: int
    persons: float | None
    status: str
    klass: int = 0

    @property
    def id(self) -> str:
        """Its name in an address: `5-10-W`."""
        return f"{RINGS[self.ring][0]}-{DIRECTIONS[self.direction]}"


@dataclass(frozen=True, slots=True)
class Rose:
    """The sectors, ring by ring, the edges of their classes and the persons they add up to."""

    sectors: tuple[Sector, ...]
    breaks: list[float]
    whole: float

    @property
    def largest(self) -> Sector | None:
        """The sector with most people; None where nobody is known."""
        known = [s for s in self.sectors if s.persons]
        return max(known, key=lambda s: s.persons or 0.0) if known else None

    def find(self, identifier: str) -> Sector | None:
        """Return the sector of an address; None for one that is not there."""
        return next((s for s in self.sectors if s.id == identifier), None)


def rose_of(rows: list[Row]) -> Rose:
    """Return the rose of rows `BAND-DIRECTION`; other rows (`unknown`) have no place in it."""
    by_id = {row.id: row for row in rows}
    found = [
        _sector(ring, direction, [by_id.get(f"{band}-{name}") for band in bands])
        for ring, (_, bands, _) in enumerate(RINGS)
        for direction, name in enumerate(DIRECTIONS)
    ]
    breaks = breaks_of([s.persons for s in found if s.persons])
    classed = tuple(
        Sector(s.ring, s.direction, s.persons, s.status, class_of(s.persons or 0.0, breaks))
        for s in found
    )
    return Rose(classed, breaks, sum(s.persons or 0.0 for s in found))


def _sector(ring: int, direction: int, parts: list[Row | None]) -> Sector:
    there = [row for row in parts if row is not None]
    hidden = next((row for row in there if row.status == SUPPRESSED), None)
    known = [row for row in there if row.ok]
    if hidden is not None or not known:
        status = hidden.status if hidden else there[0].status if there else MISSING
        return Sector(ring, direction, None, status)
    return Sector(ring, direction, sum(row.number for row in known), OK)


def outline(sector: Sector, centre: Point, radius: float) -> list[Point]:
    """Return the corners of a sector; rings are equally wide, north is up."""
    width = radius / len(RINGS)
    middle = sector.direction * 2 * _HALF - pi / 2
    angles = [middle - _HALF + 2 * _HALF * i / _STEPS for i in range(_STEPS + 1)]
    outer = [_at(centre, width * (sector.ring + 1), a) for a in angles]
    inner = [_at(centre, width * sector.ring, a) for a in reversed(angles)]
    return outer + (inner if sector.ring else [centre])


def wedge(identifier: str) -> dict[str, float | None] | None:
    """Return what the map draws of a sector's id: radii in km (no end beyond the last), degrees.

    None for an id that names no sector.
    """
    ring, _, direction = identifier.rpartition("-")
    names = [name for name, _, _ in RINGS]
    if ring not in names or direction not in DIRECTIONS:
        return None
    place = names.index(ring)
    turn = 360.0 / len(DIRECTIONS)
    middle = DIRECTIONS.index(direction) * turn
    begin = RINGS[place - 1][2] if place else 0
    return {"from_km": begin, "to_km": RINGS[place][2], "left": middle - turn / 2,
            "right": middle + turn / 2}  # fmt: skip


def _at(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)
