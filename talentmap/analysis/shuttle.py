"""Candidate shuttle lines: where many homes without rail lie along a way to one place of work.

Homes are points with persons (cells), the place of work is one point. Stops are chosen greedily so
that each serves most people within walking distance that no earlier one does; a line begins at a
stop and takes on others where they cost least way (cheapest insertion, as for the orienteering
problem; Golden, Levy, Vohra 1987), as long as it is short enough and nobody rides much farther than
straight there. Nothing is drawn by lot: the same homes give the same lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_KM_PER_DEGREE = 111.195
_MOST_STOPS, _SEEDS = 80, 16  # candidates looked at; lines begun
_LEAST_SHARE, _LEAST_PERSONS = 0.005, 5.0  # of all homes, for a stop to be worth its halt
_HALT_KM = 0.5  # what a halt costs beside its way, so that a stop on the way is not free
_SPARE_KM = 2.0  # a short way may be a little longer without being a detour
_NEAR_WALKS = 1.5  # homes so many walks apart are still one cluster


@dataclass(frozen=True, slots=True)
class Rules:
    """What a line may be: km on the ground; `turn` is the longest ride over the straight one."""

    walk_km: float = 0.8
    stops: int = 6
    detour: float = 1.3
    most_km: float = 35.0
    turn: float = 1.6
    lines: int = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line: stops as places among the homes, the farthest first, and who walks to each.

    `km` from the first stop to the work place; `persons` per stop; `way_km` straight from each.
    """

    stops: Ints
    persons: Floats
    way_km: Floats
    km: float

    @property
    def served(self) -> float:
        """Persons within walking distance of a stop, each counted at one."""
        return float(self.persons.sum())


def plane(lon: Floats, lat: Floats, at: tuple[float, float]) -> Floats:
    """Return points as km east and north of `at` (degrees)."""
    east = (lon - at[0]) * np.cos(np.radians(at[1]))
    return np.column_stack([east, lat - at[1]]) * _KM_PER_DEGREE


def clusters(km: Floats, persons: Floats, walk_km: float) -> Ints:
    """Return the cluster of each home, -1 for one that stands alone: dense homes near each other.

    Dense: as many people within walking distance as make a stop worth its halt. Clusters are
    numbered by their people, the largest 0 (density clusters as of Ester et al. 1996).
    """
    tree = cKDTree(km)
    dense = np.flatnonzero(_around(tree, persons, walk_km) >= least(persons))
    label = np.full(len(km), -1, dtype=np.int64)
    if not len(dense):
        return label
    pairs = cKDTree(km[dense]).query_pairs(walk_km * _NEAR_WALKS, output_type="ndarray")
    ones = np.ones(len(pairs), dtype=bool)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(dense), len(dense)))
    count, group = connected_components(graph, directed=False)
    order = np.argsort(-np.bincount(group, persons[dense], count), kind="stable")
    label[dense] = np.argsort(order)[group]
    return label


def candidate_lines(km: Floats, persons: Floats, rules: Rules) -> list[Line]:
    """Return up to `rules.lines` lines to the point (0, 0), most people served first.

    km: homes on a plane round the work place (see `plane`); persons: of each.
    """
    straight = np.hypot(km[:, 0], km[:, 1])
    near = (straight * rules.detour <= rules.most_km) & (straight > rules.walk_km)
    homes = np.flatnonzero(near & (persons > 0))
    stops, weight = _stops(km[homes], persons[homes], rules.walk_km)
    stops = homes[stops]
    found: list[Line] = []
    while len(stops) and len(found) < rules.lines:
        best = _best_line(km[stops], weight, rules)
        if best is None:
            break
        found.append(_line(stops[best], weight[best], km, rules))
        stops, weight = np.delete(stops, best), np.delete(weight, best)
    return sorted(found, key=lambda line: (-line.served, line.km))


def least(persons: Floats) -> float:
    """Return how many people make a stop worth its halt."""
    return max(_LEAST_PERSONS, _LEAST_SHARE * float(persons.sum()))


def _around(tree: cKDTree, persons: Floats, walk_km: float) -> Floats:
    pairs = tree.query_pairs(walk_km, output_type="ndarray")
    total = persons.astype(np.float64)
    np.add.at(total, pairs[:, 0], persons[pairs[:, 1]])
    np.add.at(total, pairs[:, 1], persons[pairs[:, 0]])
    return total


def _stops(km: Floats, persons: Floats, walk_km: float) -> tuple[Ints, Floats]:
    """Return stops and the persons of each: the home that reaches most people not yet reached."""
    left = persons.astype(np.float64)
    tree = cKDTree(km) if len(km) else None
    stops: list[int] = []
    weight: list[float] = []
    enough = least(persons)
    reach = _around(tree, left, walk_km) if tree is not None else left
    while tree is not None and len(stops) < _MOST_STOPS:
        best = int(np.argmax(reach))
        if reach[best] < enough:
            break
        stops.append(best)
        weight.append(float(reach[best]))
        for home in tree.query_ball_point(km[best], walk_km):
            if left[home] > 0:  # its people walk to this stop: nobody else reaches them now
                reach[tree.query_ball_point(km[home], walk_km)] -= left[home]
                left[home] = 0.0
    return np.array(stops, dtype=np.int64), np.array(weight)


def _best_line(km: Floats, weight: Floats, rules: Rules) -> Ints | None:
    """Return the stops of the line that serves most, in their order; None where none may be."""
    straight = np.hypot(km[:, 0], km[:, 1])
    seeds = np.argsort(-(weight * straight), kind="stable")[:_SEEDS]
    routes = [_grown(int(seed), km, weight, rules) for seed in seeds]
    routes = [route for route in routes if _length(km[route]) * rules.detour <= rules.most_km]
    if not routes:
        return None
    best = max(routes, key=lambda r: (weight[r].sum(), -_length(km[r]), -r[0]))
    return np.array(best, dtype=np.int64)


def _grown(seed: int, km: Floats, weight: Floats, rules: Rules) -> list[int]:
    """Return the line from a stop: takes on the stop with most people per km more, while it may."""
    route = [seed]
    while len(route) < rules.stops:
        place, more = _insertions(km[route], km)
        worth = weight / (more + _HALT_KM)
        worth[route] = 0.0
        for stop in np.argsort(-worth, kind="stable")[: len(km) - len(route)]:
            longer = [*route[: place[stop]], int(stop), *route[place[stop] :]]
            if _allowed(km[longer], rules):
                route = longer
                break
        else:
            break
    return route


def _insertions(route: Floats, stops: Floats) -> tuple[Ints, Floats]:
    """Return where each stop lengthens a route to (0, 0) least, and by how many km."""
    after = np.vstack([route, [[0.0, 0.0]]])
    to_stop = np.hypot(*(after[:, None] - stops).transpose(2, 0, 1))
    steps = np.hypot(*np.diff(after, axis=0).T)
    between = to_stop[:-1] + to_stop[1:] - steps[:, None]
    more = np.vstack([to_stop[:1], between])
    place = np.argmin(more, axis=0)
    return place, more[place, np.arange(len(stops))]


def _allowed(route: Floats, rules: Rules) -> bool:
    """Tell whether a route is short enough, and for each of its stops no great detour."""
    legs = np.hypot(*np.diff(np.vstack([route, [[0.0, 0.0]]]), axis=0).T)
    ride = np.cumsum(legs[::-1])[::-1]
    straight = np.hypot(route[:, 0], route[:, 1])
    short = ride[0] * rules.detour <= rules.most_km
    return bool(short and (ride <= rules.turn * straight + _SPARE_KM).all())


def _length(route: Floats) -> float:
    return float(np.hypot(*np.diff(np.vstack([route, [[0.0, 0.0]]]), axis=0).T).sum())


def _line(stops: Ints, persons: Floats, km: Floats, rules: Rules) -> Line:
    way = np.hypot(km[stops, 0], km[stops, 1])
    return Line(stops, persons, way, _length(km[stops]) * rules.detour)
