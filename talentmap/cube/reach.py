"""Reach at build: how much supply the jobs of a place can draw on, with competition.

Supply stands where people live, demand where the jobs are: filled ones and openings, since those
who have a job there are not free for the next opening (docs/decisions/0003). The catchment is
computed between cells of resolution 8, for every crossing and month in one sparse product; every
job of a cell has the access of its cell, so that a district's effective supply is the sum over its
jobs and every level adds up to the same total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import numpy.typing as npt
from scipy import sparse

from talentmap.analysis.areas import cell_areas_km2
from talentmap.analysis.decay import Decay
from talentmap.analysis.reach import catchment, own_km, reach_matrix
from talentmap.cube.base import OUTSIDE
from talentmap.cube.engines.base import Engine
from talentmap.cube.geography import cell_points
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import Node, levels_of
from talentmap.cube.rollup import Counts, Matrix, roll_stock
from talentmap.model.cells import parent

_REACH_RESOLUTION = 8
_COLUMNS = ("cell", "district", "park", "openings", "jobs", "month_in", "month_out")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Reached:
    """Effective supply and the jobs it is of, by level; how many reach nothing (newest month)."""

    nodes: dict[str, Counts]
    unreachable: float


class Reach:
    """The matrix of one release, built once, and the catchment of any crossing."""

    def __init__(self, engine: Engine, bases: Bases, decay: Decay) -> None:
        self._engine = engine
        self._bases = bases
        posts, people = bases.posts, bases.people.filter(bases.people.commuter)
        self._openings = posts.mutate(jobs=ibis.literal(0, "int32"))
        self._jobs = people.mutate(
            cell=people.work_cell,
            district=people.work_district,
            park=people.work_park,
            openings=ibis.literal(0, "int32"),
            jobs=people.persons,
        )
        supply, demand = self._supply((), bases.months), self._demand((), bases.months)
        self._supply_cells = np.unique(supply.ids[supply.ids > 0])
        self._demand_cells = np.unique(_eights(demand.ids[demand.ids > 0]))
        self._matrix = _between(self._supply_cells, self._demand_cells, decay)

    def of(self, dims: tuple[str, ...], months: Sequence[int]) -> Reached:
        """Return by level for one crossing: `persons` (effective supply), `openings` and `jobs`."""
        supply, demand = self._supply(dims, months), self._demand(dims, months)
        inside = demand.ids > 0
        demand = _rows(demand, inside)
        groups = _Groups.of(supply, demand, dims)
        persons = supply.measures["persons"]
        s = groups.spread(supply, persons, self._supply_cells, groups.of_supply)
        wanted = demand.measures["openings"] + demand.measures["jobs"]
        v = groups.spread(demand, wanted, self._demand_cells, groups.of_demand)
        found = catchment(s, v, self._matrix)
        access = groups.gather(found.access, demand, self._demand_cells, groups.of_demand)
        measures = {"persons": wanted * access, **demand.measures}
        effective = Counts(demand.ids, demand.dims, demand.months, measures)
        nodes = {level: _at(effective, level, dims) for level in levels_of(dims)}
        shape = len(self._supply_cells), groups.count, groups.months
        return Reached(nodes, float(found.unreachable.reshape(shape)[..., -1].sum()))

    def _supply(self, dims: tuple[str, ...], months: Sequence[int]) -> Counts:
        node = Node("home", "reach", dims, "all")
        return roll_stock(self._engine, self._bases.people, node, months, ("persons",))

    def _demand(self, dims: tuple[str, ...], months: Sequence[int]) -> Counts:
        """Openings and filled jobs by base cell, with their district and park."""
        node = Node("posts", "cell9", (*dims, "district", "park"), "all")
        rows = ibis.union(*(rows.select(*_COLUMNS, *dims) for rows in (self._openings, self._jobs)))
        return roll_stock(self._engine, rows, node, months, ("openings", "jobs"))


@dataclass(frozen=True)
class _Groups:
    """The crossings of a node as columns: one group a combination of its dimensions."""

    count: int
    months: int
    of_supply: Ints
    of_demand: Ints

    @classmethod
    def of(cls, supply: Counts, demand: Counts, dims: tuple[str, ...]) -> _Groups:
        columns = len(supply.months)
        if not dims:
            none = (np.zeros(len(c.ids), dtype=np.int64) for c in (supply, demand))
            return cls(1, columns, *none)
        keys = [np.stack([c.dims[d] for d in dims], axis=1) for c in (supply, demand)]
        found, index = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
        index = index.reshape(-1).astype(np.int64)
        cut = len(supply.ids)
        return cls(len(found), columns, index[:cut], index[cut:])

    def spread(self, counts: Counts, values: Matrix, cells: Ints, groups: Ints) -> Matrix:
        """Return cells × (group × month); rows without a cell are left out."""
        ids = _eights(counts.ids)
        placed = np.flatnonzero(ids > 0)
        rows = np.searchsorted(cells, ids[placed])
        grid = _adding(rows * self.count + groups[placed], len(cells) * self.count)
        return np.asarray(grid @ values[placed]).reshape(len(cells), self.count * self.months)

    def gather(self, access: Matrix, counts: Counts, cells: Ints, groups: Ints) -> Matrix:
        """Return the access of each row's cell and group: rows × month."""
        rows = np.searchsorted(cells, _eights(counts.ids))
        return access.reshape(len(cells), self.count, self.months)[rows, groups]


def _between(supply: Ints, demand: Ints, decay: Decay) -> sparse.csr_array:
    """Return the decay from the cells people live in to the cells that want them."""
    cells = np.union1d(supply, demand)
    lon, lat = cell_points(cells)
    inside = own_km(cell_areas_km2(cells))
    whole = reach_matrix(lon, lat, inside, decay, decay.range_km())
    return whole[np.searchsorted(cells, supply)][:, np.searchsorted(cells, demand)]


def _eights(cells: Ints) -> Ints:
    return parent(cells, _REACH_RESOLUTION)


def _adding(index: Ints, size: int) -> sparse.csr_array:
    """Return the matrix that sums rows into `size` groups; far faster than adding one by one."""
    rows = np.arange(len(index))
    return sparse.csr_array((np.ones(len(index)), (index, rows)), shape=(size, len(index)))


def _rows(counts: Counts, kept: npt.NDArray[np.bool_]) -> Counts:
    return Counts(
        counts.ids[kept],
        {name: codes[kept] for name, codes in counts.dims.items()},
        counts.months,
        {name: matrix[kept] for name, matrix in counts.measures.items()},
    )


def _at(effective: Counts, level: str, dims: tuple[str, ...]) -> Counts:
    """Sum the rows of the base cells up to a level."""
    if level.startswith("cell"):
        ids = parent(effective.ids, int(level[4:]))
    elif level == "city":
        ids = np.where(effective.dims["district"] == OUTSIDE, OUTSIDE, 0).astype(np.int64)
    else:
        ids = effective.dims[level].astype(np.int64)
    keys = np.stack([ids, *(effective.dims[d] for d in dims)], axis=1)
    unique, index = np.unique(keys, axis=0, return_inverse=True)
    index = index.reshape(-1)
    adding = _adding(index, len(unique))
    measures = {name: adding @ matrix for name, matrix in effective.measures.items()}
    columns = {d: unique[:, i + 1].astype(np.int16) for i, d in enumerate(dims)}
    return Counts(unique[:, 0], columns, effective.months, measures)
