"""Strata: what the openings of many industries (or occupations …) and places have in common.

A grid of groups × places of one level, from the viewer's plane: openings, people they can draw on,
and how the openings fare. A number with a hidden part is hidden (`shown` False) and NaN inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.analysis.tightness import Prior, Tightness, posterior
from talentmap.cube.lattice import CATALOGUE, DIMENSION_ORDER, Node
from talentmap.cube.market import MEASURES
from talentmap.cube.release import Release
from talentmap.cube.rollup import Counts
from talentmap.model.errors import NotPublished
from talentmap.model.metric import Floats

Mask = npt.NDArray[np.bool_]

WANTED = "wanted"  # a column of our own: the four dimensions of the catalogue as one
_BITS, _DIGITS = 15, (1 << 15) - 1
_LEAST_BASE = 5.0  # openings a year before (or with a wage) from which a growth means something


@dataclass(frozen=True)
class Cut:
    """Which part of the plane is asked: level, filters beside the groups' own, reach, month."""

    tier: str
    level: str
    fact: str  # of the people: reach, home or work
    accepted: dict[str, list[int]]
    month: int


@dataclass(frozen=True)
class Strata:
    """Groups × places; every array has that shape, `raw` one a component of the composite."""

    openings: Floats
    people: Floats
    shown: Mask
    tight: Tightness | None
    raw: dict[str, Floats]
    fill_rate: Floats
    wage: Floats


def gather(
    release: Release, cut: Cut, column: str, groups: Sequence[Sequence[int]], places: int
) -> Strata:
    """Return the grid of groups (integers of a column) by places 0 … n−1 of the cut's level.

    Raises NotPublished where the plane does not hold the crossing.
    """
    dims = _ordered((column, *cut.accepted))
    people, hidden_people = _grid(release, cut, cut.fact, "persons", dims, column, groups, places)
    wanted, hidden = _grid(release, cut, "posts", "openings", dims, column, groups, places)
    shown = ~(hidden | hidden_people)
    tight = _tightness(release, cut, dims, wanted, people)
    market = {
        name: np.where(hidden, np.nan, values)
        for name in MEASURES
        for values, hidden in [_grid(release, cut, "market", name, dims, column, groups, places)]
    }
    fill, wage = _share(market["filled"], market["known"]), _share(market["wage"], market["waged"])
    raw = {
        "tightness": _log(tight.mean, shown) if tight else np.full(shown.shape, np.nan),
        "unfilled": 1.0 - fill,
        "open_days": np.where(market["posted"] > 0, market["open_days"], np.nan),
        "wage_growth": _growth(
            wage, _share(market["wage_before"], market["waged_before"]), market["waged_before"]
        ),
        "demand_growth": _demand_growth(release, cut, column, groups, places, wanted, shown),
    }
    return Strata(wanted, people, shown, tight, raw, fill, wage)


def _ordered(columns: Sequence[str]) -> tuple[str, ...]:
    if columns[0] == WANTED:
        return (WANTED,)
    rank = {name: i for i, name in enumerate(DIMENSION_ORDER)}
    return tuple(sorted(set(columns), key=lambda c: rank[c.removesuffix("_top")]))


def _grid(
    release: Release, cut: Cut, fact: str, measure: str, dims: tuple[str, ...], column: str,
    groups: Sequence[Sequence[int]], places: int,
) -> tuple[Floats, Mask]:  # fmt: skip
    """Sum a measure of one node into groups × places; mark what has a hidden part.

    Medians do not add up: where a group has several rows the median is weighed by their openings.
    """
    counts, at = _node(release, cut, fact, dims)
    rows = counts.ids >= 0
    for name, integers in cut.accepted.items():
        rows &= np.isin(counts.dims[name], integers)
    row, group = _matched(counts.dims[column][rows], groups)
    cell = group * places + counts.ids[rows][row]
    values = counts.measures[measure][rows, at][row]
    secret, size = values < 0, len(groups) * places
    part = np.where(secret, 0.0, values)
    if measure == "open_days":
        weight = np.maximum(counts.measures["posted"][rows, at][row], 0.0)
        total = np.bincount(cell, weight, size)
        found = (np.bincount(cell, part * weight, size) / np.maximum(total, 1e-9)).astype(float)
    else:
        found = np.bincount(cell, part, size).astype(float)
    hidden = np.bincount(cell, secret, size) > 0
    shape = (len(groups), places)
    return found.reshape(shape), hidden.reshape(shape)


def _matched(
    codes: npt.NDArray[np.integer[Any]], groups: Sequence[Sequence[int]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return (row, group) for every row whose code is in a group; groups may overlap."""
    of_group = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    members = np.array([m for g in groups for m in g], dtype=np.int64)
    order = np.argsort(members, kind="stable")
    members, of_group = members[order], of_group[order]
    first, last = (np.searchsorted(members, codes, side=side) for side in ("left", "right"))
    times = last - first
    row = np.repeat(np.arange(len(codes)), times)
    within = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return row, of_group[np.repeat(first, times) + within]


def _node(release: Release, cut: Cut, fact: str, dims: tuple[str, ...]) -> tuple[Counts, int]:
    whole = CATALOGUE if dims == (WANTED,) else dims
    node = Node(fact, cut.level, whole, "")
    if not release.has(cut.tier, node.name):
        words = " × ".join(d.removesuffix("_top") for d in whole)
        raise NotPublished(f"the crossing {words} is not published for {cut.level}")
    counts = release.counts(cut.tier, node)
    if cut.month not in counts.months:
        raise NotPublished("this crossing is kept for the newest month and a year before only")
    if dims == (WANTED,):
        counts = Counts(counts.ids, {WANTED: joined(counts)}, counts.months, counts.measures)
    return counts, counts.months.index(cut.month)


def joined(counts: Counts) -> npt.NDArray[np.int64]:
    """Return the four dimensions of the catalogue as one integer a row."""
    parts = [counts.dims[name].astype(np.int64) for name in CATALOGUE]
    return np.asarray(sum(part << (_BITS * k) for k, part in enumerate(parts)), dtype=np.int64)


def parted(wanted: int) -> dict[str, int]:
    """Return {dimension: integer} of what `joined` put together."""
    return {name: (wanted >> (_BITS * k)) & _DIGITS for k, name in enumerate(CATALOGUE)}


def _tightness(
    release: Release, cut: Cut, dims: tuple[str, ...], wanted: Floats, people: Floats
) -> Tightness | None:
    own = CATALOGUE if dims == (WANTED,) else dims
    for name in ("-".join((cut.fact, cut.level, *own)), f"{cut.fact}-{cut.level}-industry_top"):
        found = release.priors.get(name, {}).get(str(cut.month))
        if found:
            return posterior(wanted, people, Prior(*found))
    return None


def _demand_growth(
    release: Release, cut: Cut, column: str, groups: Sequence[Sequence[int]], places: int,
    wanted: Floats, shown: Mask,
) -> Floats:  # fmt: skip
    before_cut = Cut(cut.tier, cut.level, cut.fact, cut.accepted, cut.month - 12)
    dims = _ordered((column, *cut.accepted))
    try:
        before, hidden = _grid(
            release, before_cut, "posts", "openings", dims, column, groups, places
        )
    except NotPublished:  # the history is shorter than a year
        return np.full(shown.shape, np.nan)
    return _growth(np.where(shown & ~hidden, wanted, np.nan), before, before)


def _share(part: Floats, whole: Floats) -> Floats:
    found: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return found


def _growth(now: Floats, before: Floats, base: Floats) -> Floats:
    enough = (base >= _LEAST_BASE) & (before > 0)
    found: Floats = np.divide(now, before, out=np.full(now.shape, np.nan), where=enough) - 1.0
    return found


def _log(mean: Floats, shown: Mask) -> Floats:
    """Tightness on a log scale, where twice and half are equally far from the average."""
    return np.where(shown, np.log(np.maximum(mean, 1e-9)), np.nan)
