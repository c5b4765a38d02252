"""The card of one enterprise: what it is, what it wants, who lives near enough to fill it.

Openings are the enterprise's; people are sums of published counts of hexagons, so that the card
tells no more than the map does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.cube.lattice import WANTED_DIMS, WANTED_LEVELS, Node
from talentmap.cube.release import Release
from talentmap.cube.rollup import Counts
from talentmap.model.cells import parent
from talentmap.model.codes import code_table
from talentmap.model.errors import NotPublished

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

DIMENSIONS = tuple(dims[0] for dims in WANTED_DIMS)
BANDS_KM = (0, 5, 10, 15, 25)  # edges of the distance bands, straight lines
_MOST = 6  # codes listed per dimension
_EARTH_KM = 6371.0088
_COARSE, _FINE = WANTED_LEVELS


@dataclass(frozen=True)
class Wanted:
    """A code an enterprise has openings for, and how long they have been open (days, median)."""

    code: str
    openings: float
    before: float | None
    days: float | None


def about(release: Release, index: int, language: str) -> dict[str, Any]:
    """Return what an enterprise is: code, name, industry, scale, key, district, park, lon, lat.

    Codes with their names; null where the files did not say.
    """
    row = release.table("enterprises").slice(index, 1).to_pylist()[0]
    places = release.info.places
    found: dict[str, Any] = {name: row[name] for name in ("code", "name", "lon", "lat")}
    found["key"] = bool(row["key"])
    for kind in ("district", "park"):
        at = row[kind]
        listed = places.get(kind, ())
        known = at is not None and 0 <= at < len(listed)
        found[kind] = _coded(listed[at].code, listed[at].name.in_(language)) if known else None
    for name in ("industry", "scale"):
        code = row[name]
        found[name] = _coded(code, code_table(name).name(code, language)) if code else None
    return found


def wanted(
    release: Release, tier: str, index: int, dimension: str, month: int
) -> tuple[list[Wanted], float]:
    """Return the codes with most openings in a month, and the openings that name none.

    Raises NotPublished where the release does not hold the month by enterprise and code.
    """
    counts = _counts(release, tier, Node("posts", "enterprise", (dimension,), ""), month)
    column = counts.months.index(month)
    rows = np.flatnonzero(counts.ids == index)
    values, codes = counts.measures["openings"][rows], counts.dims[dimension][rows]
    now = values[:, column]
    days = _open_days(release, tier, index, dimension, month)
    book = release.codebooks[dimension].fine
    order = [i for i in np.argsort(-now, kind="stable") if now[i] > 0 and codes[i] > 0]
    then = _year_before(counts, column)
    found = [
        Wanted(
            book[codes[i] - 1],
            float(now[i]),
            None if then is None else float(values[i, then]),
            days.get(int(codes[i])),
        )
        for i in order[:_MOST]
    ]
    return found, float(now[codes == 0].sum())


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
    counts = _counts(release, tier, Node("home", level, (dimension,), ""), month)
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


def _open_days(
    release: Release, tier: str, index: int, dimension: str, month: int
) -> dict[int, float]:
    counts = _counts(release, tier, Node("market", "enterprise", (dimension,), ""), month)
    rows = np.flatnonzero(counts.ids == index)
    days = counts.measures["open_days"][rows, counts.months.index(month)]
    codes = counts.dims[dimension][rows]
    return {int(c): float(d) for c, d in zip(codes, days, strict=True) if d > 0}


def _year_before(counts: Counts, column: int) -> int | None:
    month = counts.months[column] - 12
    return counts.months.index(month) if month in counts.months else None


def _counts(release: Release, tier: str, node: Node, month: int) -> Counts:
    if release.has(tier, node.name):
        found = release.counts(tier, node)
        if month in found.months:
            return found
    raise NotPublished(
        f"what an enterprise wants by {node.dims[0]} is not published for this month; ask for the "
        "newest"
    )


def _coded(code: str, name: str) -> dict[str, str]:
    return {"id": code, "name": name}
