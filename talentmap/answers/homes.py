"""Where the workers of a park or drawn area live, as cells, and which are far from rail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.analysis.reach import nearest_km
from talentmap.answers.placed import Floats, Ids, Placed
from talentmap.cube.base import OUTSIDE, UNLOCATED
from talentmap.cube.geography import cell_points
from talentmap.model.errors import NotAllowed

Point = tuple[float, float]


@dataclass(frozen=True)
class Homes:
    """Cells of `level`: ids, degrees, persons, and which lie beyond a walk from every station.

    `hidden` flows are left out; `outside` persons live beyond the city, `unplaced` in no known
    cell. `to` is the place of work as one point, `rail_km` how far from there a station is.
    """

    level: str
    ids: Ids
    lon: Floats
    lat: Floats
    persons: Floats
    far: npt.NDArray[np.bool_]
    hidden: int
    outside: float
    unplaced: float
    to: Point
    rail_km: float

    @property
    def unserved(self) -> float:
        """Persons whose home is beyond a walk from every station."""
        return float(self.persons[self.far].sum())

    @property
    def workers(self) -> float:
        """Persons who live in a known cell or outside the city."""
        return float(self.persons.sum()) + self.outside


def stations(p: Placed) -> Floats:
    """Return longitude and latitude of the stations of the release."""
    places = p.release.info.places.get("station", ())
    return np.array([(s.lon, s.lat) for s in places], dtype=float).reshape(-1, 2)


def home_level(p: Placed) -> str:
    """Return the finest cells the viewer sees; raise NotAllowed where none can be walked across."""
    fine = [level for level in ("cell9", "cell8") if level in p.rules.levels]
    if not fine:
        raise NotAllowed(
            f"shuttles: not open to the {p.viewer.tier} tier: its hexagons are too wide to walk"
        )
    return fine[0]


def homes_of(p: Placed, level: str, walk_km: float) -> Homes:
    """Return the homes of those who work in the place.

    An area made of coarser cells than `level` has homes of its own level.
    """
    level = p.level if p.level.startswith("cell") else level
    flows = p.desk.flow_book.of(p.viewer.tier, level, p.level, p.accepted, p.month)
    rows = flows.coming(p.ids)
    ids, index = np.unique(flows.home[rows], return_inverse=True)
    shown = np.where(flows.hidden[rows], 0.0, flows.persons[rows])
    persons = np.bincount(index, shown, len(ids)).astype(np.float64)
    known = (ids > 0) & (persons > 0)
    lon, lat = cell_points(ids[known])
    at = stations(p)
    to = _middle(p, flows.work[rows], shown)
    return Homes(
        level, ids[known], lon, lat, persons[known], nearest_km(lon, lat, at) > walk_km,
        int(flows.hidden[rows].sum()), float(persons[ids == OUTSIDE].sum()),
        float(persons[(ids <= 0) & (ids != OUTSIDE)].sum()), to,
        float(nearest_km(np.array(to[:1]), np.array(to[1:]), at)[0]),
    )  # fmt: skip


def _middle(p: Placed, work: Ids, persons: Floats) -> Point:
    """Return the point a line goes to: a park's own, else the middle of the jobs of the area."""
    if p.level == "park":
        parks = p.release.info.places["park"]
        points = np.array([(parks[i].lon, parks[i].lat) for i in p.ids.tolist()], dtype=float)
        weight = np.array([persons[work == i].sum() for i in p.ids.tolist()])
    else:
        cells, index = np.unique(work[work != UNLOCATED], return_inverse=True)
        points = np.column_stack(cell_points(cells if len(cells) else p.ids))
        weight = np.bincount(index, persons, len(cells)) if len(cells) else np.ones(len(points))
    if not len(points):
        middle = p.area.outline.centroid if p.area else None
        return (middle.x, middle.y) if middle else (0.0, 0.0)
    lon, lat = np.average(points, axis=0, weights=weight + 1e-9).tolist()
    return lon, lat
