"""Reach: who can get to the openings of a place, with competition (METHODS 2).

A hexagon's own supply over its own demand is wrong, because people commute. In a floating
catchment each person counts for all openings in reach, shared among them:

    R_i = S_i / sum_k V_k f(c_ik)      people of i per opening they can reach
    A_j = sum_i R_i f(c_ij)            people per opening at j: the access
    S_eff_j = V_j A_j                  effective supply of j, persons; tightness is 1 / A_j

S: supply (persons, where they live), V: demand (openings, where the work is), f: decay of distance.
Sources: Shen 1998; Luo and Wang 2003 (2SFCA); Wan, Zou and Sternberg 2012 (3SFCA).

Where a place has no opening, S_eff is 0 by definition and says nothing about who lives in reach.
For the map `offered` shares people out over all cells, openings or not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial import cKDTree

from talentmap.analysis.decay import Decay

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Matrix = sparse.csr_array[np.float64]

EARTH_KM = 6371.0088

_BLOCK = 1 << 15  # pairs at a time: what is between stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Catchment:
    """Per cell (and industry): the first two in the shape of the demand, the last of the supply.

    access: people per opening at the cell; also where there is none, as a newcomer would find it.
    effective: persons, demand × access; 0 where there is no opening.
    unreachable: persons living where no opening is in reach; in nobody's effective supply.
    """

    access: Floats
    effective: Floats
    unreachable: Floats


def own_km(area_km2: Floats) -> Floats:
    """Return the distance within a cell: the radius of a circle of its area, never 0."""
    return np.sqrt(area_km2 / np.pi)


def reach_matrix(
    lon: Floats, lat: Floats, inside_km: Floats, decay: Decay, range_km: float
) -> Matrix:
    """Return f(c_ij) over all pairs of points not farther apart than `range_km`; symmetric.

    lon, lat: degrees (WGS-84). inside_km: a cell's distance to itself (see own_km); no pair is
    taken to be nearer than the smallest of them. Great circles; no pair in range is lost, which a
    ring of so many cells, reckoned from the mean edge of a hexagon, does not ensure (5 % missing).
    """
    first, second, km = pairs_within(lon, lat, range_km)
    near = float(inside_km.min()) if len(inside_km) else 0.0
    weight = decay.weight(np.maximum(km, near))
    return _symmetric(first, second, weight, decay.weight(inside_km), len(lon))


def neighbours(lon: Floats, lat: Floats, range_km: float) -> Matrix:
    """Return 1 for each pair of different points not farther apart than `range_km`; symmetric."""
    first, second, km = pairs_within(lon, lat, range_km)
    return _symmetric(first, second, np.ones(len(km)), np.zeros(0), len(lon))


def pairs_within(lon: Floats, lat: Floats, range_km: float) -> tuple[Ints, Ints, Floats]:
    """Return each unordered pair of points within `range_km` once, and its great circle in km.

    A k-d tree over points of the sphere in space: the straight line through the earth rises with
    the great circle, so nothing is lost and no projection bends anything, whatever the extent.
    """
    points = _on_sphere(lon, lat)
    tree = cKDTree(np.stack(points, axis=1))
    found = tree.query_pairs(_chord(range_km), output_type="ndarray")
    first, second = found.T.astype(np.int32)
    km = np.empty(len(first))
    for block in range(0, len(km), _BLOCK):
        part = slice(block, block + _BLOCK)
        km[part] = _great_circle(points, first[part], second[part])
    return first, second, km


def three_stage(reach: Matrix, choice: Floats | None = None) -> Matrix:
    """Return the weights of the 3SFCA, to be given to `catchment` in place of f.

    f² / sum_i f: the openings of a place turn to the near among all the supply in their reach, so
    that more supply nearby does not count as more openings for each. `choice` is the sum per
    column, where it should hold more than the pairs in range (the package `access` sums all).
    """
    columns = np.asarray(reach.sum(axis=0)) if choice is None else choice
    share = np.divide(1.0, columns, out=np.zeros_like(columns), where=columns > 0)
    squared = reach.copy()
    squared.data *= reach.data * share[reach.indices]
    return squared


def catchment(supply: Floats, demand: Floats, reach: Matrix) -> Catchment:
    """Share the supply out over the openings in its reach.

    supply, demand: persons and openings, n and m cells, or × k industries (all in one product).
    reach: n × m, row: where people live, column: where they would work. Nobody is lost or made:
    sum(demand × access) = sum(supply) - sum(unreachable).
    """
    in_reach = np.asarray(reach @ demand)
    served = in_reach > 0
    per_opening = np.divide(supply, in_reach, out=np.zeros_like(in_reach), where=served)
    access = np.asarray(reach.T @ per_opening)
    return Catchment(access, demand * access, np.where(served, 0.0, supply))


def offered(supply: Floats, reach: Matrix) -> Floats:
    """Return the persons each cell could draw if every cell drew alike: where supply reaches.

    N_j = sum_i S_i f_ij / sum_k f_ik, which is a catchment with one opening in every cell. The
    total stays that of the supply, and it is known where nobody looks for anyone yet.
    """
    alike = np.ones((reach.shape[1], *supply.shape[1:]))
    return catchment(supply, alike, reach).effective


def potential(supply: Floats, reach: Matrix) -> Floats:
    """Return the persons in reach of each cell, without competition: sum_i S_i f_ij (Hansen 1959).

    One person counts in many cells: it does not add up to the supply.
    """
    return np.asarray(reach.T @ supply)


def nearest_km(lon: Floats, lat: Floats, targets: Floats) -> Floats:
    """Return km from points to the nearest of `targets` (k × lon, lat); inf where there is none.

    Great circles.
    """
    if not len(targets):
        return np.full(len(lon), np.inf)
    tree = cKDTree(np.column_stack(_on_sphere(targets[:, 0], targets[:, 1])))
    through = tree.query(np.column_stack(_on_sphere(lon, lat)))[0]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(through / (2 * EARTH_KM), 1.0)))


def _on_sphere(lon: Floats, lat: Floats) -> tuple[Floats, Floats, Floats]:
    east, north = np.radians(lon), np.radians(lat)
    level = EARTH_KM * np.cos(north)
    return level * np.cos(east), level * np.sin(east), EARTH_KM * np.sin(north)


def _great_circle(points: tuple[Floats, Floats, Floats], first: Ints, second: Ints) -> Floats:
    """Return km from the straight line between points on the sphere."""
    x, y, z = points
    gap = (x[first] - x[second]) ** 2 + (y[first] - y[second]) ** 2 + (z[first] - z[second]) ** 2
    return 2 * EARTH_KM * np.arcsin(np.minimum(np.sqrt(gap) / (2 * EARTH_KM), 1.0))


def _chord(km: float) -> float:
    """Return the straight line through the earth; a hair longer, so that `km` itself is within."""
    angle = min(km / (2 * EARTH_KM), np.pi / 2)
    return float(2 * EARTH_KM * np.sin(angle) * (1 + 1e-12) + 1e-9)


def _symmetric(first: Ints, second: Ints, weight: Floats, diagonal: Floats, size: int) -> Matrix:
    """Return the matrix with `weight` both ways and `diagonal`; rows need not be sorted."""
    own = np.arange(len(diagonal), dtype=np.int32)
    rows = np.concatenate([first, second, own])
    columns = np.concatenate([second, first, own])
    both = sparse.coo_array(
        (np.concatenate([weight, weight, diagonal]), (rows, columns)), shape=(size, size)
    )
    both.has_canonical_format = True  # each pair once: spares a search for doubles, a second here
    return both.tocsr()
