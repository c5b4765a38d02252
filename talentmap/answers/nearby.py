"""Who lives how far from a point, by a code: sums of the published counts of hexagons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.cube.lattice import WANTED_LEVELS, Node
from talentmap.cube.release import Release
from talentmap.cube.rollup import Counts
from talentmap.model.cells import parent
from talentmap.model.errors import NotPublished

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

BANDS_KM = (0, 5, 10, 15, 25)  # edges of the distance bands, straight lines
_EARTH_KM = 6371.0088
_COARSE, _FINE = WANTED_LEVELS


def within_reach(
    release: Release, tier: str, lon: float, lat: float, dimension: str, code: str, month: int
) -> tuple[Floats, int]:
    """Return the people of a code who live in each distance band, and how many hexagons hide some.

    The published hexagons of 0.7 km² count where they lie; what their parent of 5 km² has beyond
    them counts at its middle. So a hidden hexagon is only lost where its parent is hidden too.
    """
    accepted = release.codebooks[dimension].integers([code])
    fine = _homes(release, tier, _FINE, dimension, accepted, month)
    coarse = _homes(release, tier, _COARSE, dimension, accepted, month)
    rest = _beyond(coarse, fine)
    bands, hidden = np.zeros(len(BANDS_KM) - 1), 0
    for level, ids, persons in ((_FINE, fine.ids, fine.persons), (_COARSE, coarse.ids, rest)):
        away = _km(lon, lat, *_centres(release, level, ids))
        near = (away < BANDS_KM[-1]) & (persons > 0)
        bands += np.histogram(away[near], BANDS_KM, weights=persons[near])[0]
        if level == _COARSE:
            hidden = int(((away < BANDS_KM[-1]) & coarse.hidden).sum())
    return bands, hidden


@dataclass(frozen=True)
class _Homes:
    """People by hexagon: ids ascending, persons (0 where hidden), whether any is hidden."""

    ids: npt.NDArray[np.int64]
    persons: Floats
    hidden: Mask


def _homes(
    release: Release, tier: str, level: str, dimension: str, accepted: list[int], month: int
) -> _Homes:
    counts = held(release, tier, Node("home", level, (dimension,), ""), month)
    rows = np.isin(counts.dims[dimension], accepted) & (counts.ids > 0)
    values = counts.measures["persons"][rows, counts.months.index(month)]
    ids, at = np.unique(counts.ids[rows], return_inverse=True)
    persons = np.bincount(at, np.where(values < 0, 0.0, values), len(ids)).astype(np.float64)
    return _Homes(ids, persons, np.bincount(at, values < 0, len(ids)) > 0)


def _beyond(coarse: _Homes, fine: _Homes) -> Floats:
    """Return what each coarse hexagon has beyond its fine ones that show; 0 where it is hidden."""
    up = parent(fine.ids, int(_COARSE[4:]))
    if not len(coarse.ids):
        return np.zeros(0)
    at = np.searchsorted(coarse.ids, up).clip(max=len(coarse.ids) - 1)
    own = coarse.ids[at] == up
    shown = np.bincount(at[own], fine.persons[own], len(coarse.ids))
    return np.where(coarse.hidden, 0.0, np.maximum(coarse.persons - shown, 0.0))


def _centres(release: Release, level: str, ids: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    cells = release.table("cells")
    of_level = cells["res"].to_numpy() == int(level[4:])
    known = cells["id"].to_numpy()[of_level]
    order = np.argsort(known)
    at = order[np.searchsorted(known, ids, sorter=order).clip(max=max(len(known) - 1, 0))]
    lon, lat = (cells[c].to_numpy()[of_level][at] for c in ("lon", "lat"))
    return lon, lat


def _km(lon: float, lat: float, lons: Floats, lats: Floats) -> Floats:
    """Return great-circle kilometres from a point to points."""
    a, b = np.radians(lat), np.radians(lats)
    turn = np.radians(lons - lon)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(half)), dtype=np.float64)


def held(release: Release, tier: str, node: Node, month: int) -> Counts:
    """Return a node that holds a month; raise NotPublished where the release or tier has none."""
    if release.has(tier, node.name):
        found = release.counts(tier, node)
        if month in found.months:
            return found
    raise NotPublished(
        f"what an enterprise wants by {node.dims[0]} is not published for this month; ask for the "
        "newest"
    )
